#include "core/schema/run/ends.h"

#include "core/json/checked.h"

namespace dialogue::schema {

void Ends::read(const char *begin, const char *end)
{
    using namespace json;
    m_list.clear();
    m_begin = begin;
    const char *at = begin;
    do {
        if (*at == '"') {
            at = checked::string(at, end).text.end() + 1;
        } else if (*at == '{' || *at == '[') {
            m_open.push_back(m_list.size());
            m_list.push_back({at++, nullptr});
        } else {
            m_list[m_open.back()].behind = ++at;
            m_open.pop_back();
        }
        if (!m_open.empty())
            at = checked::toBracket(at, end);
    } while (!m_open.empty());
    m_end = at;
}

} // namespace dialogue::schema
