#pragma once

#include "server/budgets/slidingwindow.h"
#include "server/config/serverconfig.h"

#include <QString>

#include <list>
#include <optional>
#include <unordered_map>

namespace dialogue {

/** A RateLimit for each of many, by name. Who has been quiet for longest is forgotten first, and at once
 * where his window has run out. */
class RateWindows
{
public:
    using Clock = SlidingWindow::Clock;

    RateWindows(const RateLimit &limit, std::size_t mostKeys)
        : m_limit(limit)
        , m_mostKeys(mostKeys)
    { }

    /** Takes one; or says after what time one may be taken. */
    [[nodiscard]] std::optional<std::chrono::milliseconds> take(const QString &key, Clock::time_point now);

    /** After what time one may be taken, where that is not \a now; nothing is. */
    [[nodiscard]] std::optional<std::chrono::milliseconds> wait(const QString &key, Clock::time_point now);

    /** So many more may be taken, as of the last take(). */
    [[nodiscard]] int left(const QString &key) const;

    [[nodiscard]] const RateLimit &limit() const { return m_limit; }
    [[nodiscard]] std::size_t size() const { return m_byKey.size(); } ///< Of whom something is remembered.

private:
    struct Entry
    {
        QString key;
        SlidingWindow window;
    };
    struct Hash
    {
        std::size_t operator()(const QString &key) const { return qHash(key); }
    };

    void forget(Clock::time_point now);

    const RateLimit m_limit;
    const std::size_t m_mostKeys;
    std::list<Entry> m_entries; ///< The longest quiet first.
    std::unordered_map<QString, std::list<Entry>::iterator, Hash> m_byKey;
};

} // namespace dialogue
