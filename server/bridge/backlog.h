#pragma once

#include <QtGlobal>

#include <atomic>
#include <utility>

namespace dialogue::bridge {

/**
 * How much one worker was handed by the hub and has not done yet. It is congested from where that is more
 * than the limit until half of it is left, which the worker says: so nobody has to ask over and over.
 */
class Backlog
{
public:
    explicit Backlog(qint64 limit)
        : m_limit(limit)
    { }

    // The hub's side
    /** A batch, before it is posted. */
    void add(qint64 messages, qint64 bytes)
    {
        m_messages.fetch_add(messages, std::memory_order_relaxed);
        m_bytes.fetch_add(bytes, std::memory_order_relaxed);
    }
    /** \a unposted: bytes of the batch that is being put together. */
    [[nodiscard]] bool isCongested(qint64 unposted)
    {
        if (m_congested || bytes() + unposted <= m_limit)
            return m_congested;
        m_congested = true;
        m_hubWaits.store(true);
        // The worker may have been done before it could see the mark; then nobody else would take it back.
        if (unposted == 0 && m_bytes.load() <= m_limit / 2 && m_hubWaits.exchange(false))
            m_congested = false;
        return m_congested;
    }
    /** So much that it should not be added to at all. */
    [[nodiscard]] bool isOverloaded(qint64 unposted) const { return bytes() + unposted > 2 * m_limit; }
    /** The worker says that it has done enough. False: the hub did not wait. */
    bool relieve() { return std::exchange(m_congested, false); }

    // The worker's side
    /** So much was done. True: the hub is to be told. */
    [[nodiscard]] bool take(qint64 messages, qint64 bytes)
    {
        m_messages.fetch_sub(messages, std::memory_order_relaxed);
        return m_bytes.fetch_sub(bytes) - bytes <= m_limit / 2 && m_hubWaits.load()
            && m_hubWaits.exchange(false);
    }

    [[nodiscard]] qint64 bytes() const { return m_bytes.load(std::memory_order_relaxed); }
    [[nodiscard]] qint64 messages() const { return m_messages.load(std::memory_order_relaxed); }

private:
    const qint64 m_limit;
    bool m_congested = false; ///< The hub's own.
    std::atomic<bool> m_hubWaits = false;
    std::atomic<qint64> m_bytes = 0;
    std::atomic<qint64> m_messages = 0;
};

} // namespace dialogue::bridge
