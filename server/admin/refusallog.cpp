#include "server/admin/refusallog.h"

#include <algorithm>

namespace dialogue::admin {

void RefusalLog::forgetOldestOf(Entries &entries)
{
    m_bytes -= entries.front().bytes();
    entries.pop_front();
}

void RefusalLog::add(std::vector<RefusalEntry> &entries)
{
    for (RefusalEntry &entry : entries) {
        entry.number = ++m_last;
        m_bytes += entry.bytes();
        Entries &same = m_byCode[entry.code];
        same.push_back(entry);
        if (same.size() > MostOfACode)
            forgetOldestOf(same);
    }
    while (m_bytes > MostBytes) {
        const auto most
            = std::max_element(m_byCode.begin(), m_byCode.end(), [](const auto &one, const auto &other) {
                  return one.second.size() < other.second.size();
              });
        forgetOldestOf(most->second);
    }
}

RefusalLog::Page RefusalLog::page(quint64 before, int limit, const QString &search, const RefusalScope &scope,
                                  const Account &account) const
{
    // The newest of those of all codes that are left, again and again.
    std::vector<std::pair<Entries::const_reverse_iterator, Entries::const_reverse_iterator>> left;
    for (const auto &[code, entries] : m_byCode)
        left.emplace_back(entries.rbegin(), entries.rend());
    Page page;
    quint64 last = 0;
    for (;;) {
        std::erase_if(left, [](const auto &each) { return each.first == each.second; });
        if (left.empty())
            return page;
        const auto newest
            = std::max_element(left.begin(), left.end(), [](const auto &one, const auto &other) {
                  return one.first->number < other.first->number;
              });
        const RefusalEntry &entry = *newest->first++;
        if ((before > 0 && entry.number >= before) || !scope.isFor(entry, account))
            continue;
        if (!search.isEmpty() && !says(entry, search, account, m_salt))
            continue;
        if (page.rows.size() == limit) {
            page.next = last;
            return page;
        }
        page.rows.append(rowOf(entry, account, m_salt));
        last = entry.number;
    }
}

} // namespace dialogue::admin
