#include "server/budgets/ratewindows.h"

namespace dialogue {

std::optional<std::chrono::milliseconds> RateWindows::take(const QString &key, Clock::time_point now)
{
    const auto [place, isNew] = m_byKey.try_emplace(key);
    if (isNew)
        place->second = m_entries.insert(m_entries.end(), Entry{key, {}});
    const auto entry = place->second;
    m_entries.splice(m_entries.end(), m_entries, entry);
    if (const auto wait = entry->window.wait(m_limit, now))
        return wait;
    entry->window.take(m_limit, now);
    forget(now);
    return std::nullopt;
}

std::optional<std::chrono::milliseconds> RateWindows::wait(const QString &key, Clock::time_point now)
{
    const auto found = m_byKey.find(key);
    return found == m_byKey.end() ? std::nullopt : found->second->window.wait(m_limit, now);
}

int RateWindows::left(const QString &key) const
{
    const auto found = m_byKey.find(key);
    return m_limit.maxEvents - (found == m_byKey.end() ? 0 : found->second->window.taken());
}

/** Two at most for one that comes: so they grow no further, and no call takes long. */
void RateWindows::forget(Clock::time_point now)
{
    for (int i = 0; i < 2 && !m_entries.empty(); ++i) {
        const Entry &oldest = m_entries.front();
        if (m_entries.size() <= m_mostKeys && !oldest.window.hasRunOut(m_limit, now))
            return;
        m_byKey.erase(oldest.key);
        m_entries.pop_front();
    }
}

} // namespace dialogue
