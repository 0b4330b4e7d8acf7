#pragma once

#include <QByteArray>
#include <QHash>

#include <memory>
#include <utility>

namespace dialogue {

/** How many answers each session waits for, in all of its namespaces together. */
class SessionWaits
{
public:
    /** One of them, for as long as it is there. */
    class One
    {
    public:
        One(std::shared_ptr<SessionWaits> all, QByteArray sessionId)
            : m_all(std::move(all))
            , m_sessionId(std::move(sessionId))
        {
            ++m_all->m_waiting[m_sessionId];
        }
        Q_DISABLE_COPY_MOVE(One)
        ~One()
        {
            const auto waiting = m_all->m_waiting.find(m_sessionId);
            if (--*waiting == 0)
                m_all->m_waiting.erase(waiting);
        }

    private:
        const std::shared_ptr<SessionWaits> m_all;
        const QByteArray m_sessionId;
    };

    [[nodiscard]] int of(const QByteArray &sessionId) const { return m_waiting.value(sessionId); }

private:
    QHash<QByteArray, int> m_waiting; ///< Of those that wait for any.
};

} // namespace dialogue
