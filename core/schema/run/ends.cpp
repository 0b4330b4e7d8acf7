#include "core/schema/run/ends.h"

#include "core/json/checked.h"

#include <algorithm>
#include <bit>

namespace dialogue::schema {

void Ends::read(const char *at, const char *end)
{
    using namespace json;
    constexpr std::size_t Most = 4096; // to begin with
    if (m_containers.empty()) {
        m_containers.resize(std::bit_ceil(std::clamp<std::size_t>(std::size_t(end - at) / 4, 64, Most)));
        m_open.reserve(std::size_t(MaxDepth));
    }
    do {
        if (*at == '"') {
            at = checked::string(at, end).text.end() + 1;
        } else if (*at == '{' || *at == '[') {
            m_open.push_back(at++);
        } else {
            add({m_open.back(), ++at});
            m_open.pop_back();
        }
        if (!m_open.empty())
            at = checked::toBracket(at, end);
    } while (!m_open.empty());
}

void Ends::add(const Container &container)
{
    if (m_used * 2 >= m_containers.size()) {
        const std::vector<Container> before = std::move(m_containers);
        m_containers.assign(before.size() * 2, {});
        for (const Container &each : before) {
            if (each.begin)
                m_containers[slotOf(each.begin)] = each;
        }
    }
    Container &to = m_containers[slotOf(container.begin)];
    m_used += to.begin ? 0 : 1;
    to = container;
}

} // namespace dialogue::schema
