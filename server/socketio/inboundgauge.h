#pragma once

#include <QtGlobal>

#include <atomic>
#include <memory>
#include <utility>

namespace dialogue::socketio {

class Connection;

/** What of one session may wait for the hub; then it is not read. One message may in any case. */
struct InboundLimits
{
    int messages = 256;
    qint64 bytes = 4194304;
};

/** Bytes of all sessions of a server that wait for its hub. Any thread. */
class InboundTotal
{
public:
    explicit InboundTotal(qint64 limit)
        : m_limit(limit)
    { }

    void add(qint64 bytes) { m_bytes.fetch_add(bytes, std::memory_order_relaxed); }
    [[nodiscard]] qint64 bytes() const { return m_bytes.load(std::memory_order_relaxed); }
    [[nodiscard]] bool isFull() const { return bytes() > m_limit; }

private:
    const qint64 m_limit;
    std::atomic<qint64> m_bytes = 0;
};

/** Bytes that count against a total for as long as this is there. */
class InboundShare
{
public:
    InboundShare() = default;
    /** \a total outlives it. */
    InboundShare(InboundTotal *total, qint64 bytes)
        : m_total(total)
        , m_bytes(bytes)
    {
        total->add(bytes);
    }
    InboundShare(InboundShare &&other) noexcept
        : m_total(std::exchange(other.m_total, nullptr))
        , m_bytes(other.m_bytes)
    { }
    InboundShare &operator=(InboundShare &&other) noexcept
    {
        std::swap(m_total, other.m_total);
        std::swap(m_bytes, other.m_bytes);
        return *this;
    }
    Q_DISABLE_COPY(InboundShare)
    ~InboundShare() { giveBack(); }

    void giveBack()
    {
        if (InboundTotal *const total = std::exchange(m_total, nullptr))
            total->add(-m_bytes);
    }

private:
    InboundTotal *m_total = nullptr;
    qint64 m_bytes = 0;
};

/**
 * How much of one session waits for the hub, in messages and bytes. The worker counts it in and stops reading
 * at a limit; the hub counts it out and says when half of it is done, so that nobody can fill the hub's
 * queue. Where too much waits of all sessions together, each may have but one message waiting.
 */
class InboundGauge
{
public:
    /** \a total outlives it. */
    InboundGauge(const InboundLimits &limits, InboundTotal *total)
        : m_limits(limits)
        , m_total(total)
    { }

    /** Worker: one more. True: stop reading, and go on when counted out() has said so. */
    [[nodiscard]] bool countIn(qint64 bytes)
    {
        m_total->add(bytes);
        const qint64 waitingBytes = m_bytes += bytes;
        const bool enough
            = ++m_waiting >= m_limits.messages || waitingBytes >= m_limits.bytes || m_total->isFull();
        if (!enough || m_paused.exchange(true))
            return false;
        // The hub may have emptied it before it could see the mark; then nobody else would take it back.
        return !mayResume() || !m_paused.exchange(false);
    }
    /** Hub: one is done. True: tell the worker to read on. */
    [[nodiscard]] bool countOut(qint64 bytes)
    {
        m_total->add(-bytes);
        m_bytes -= bytes;
        --m_waiting;
        return mayResume() && m_paused.exchange(false);
    }

    [[nodiscard]] int waiting() const { return m_waiting.load(); }
    [[nodiscard]] qint64 bytes() const { return m_bytes.load(); }

    Connection *connection = nullptr; ///< Worker only; null once the session is gone.

private:
    [[nodiscard]] bool mayResume() const
    {
        const int waiting = m_waiting.load();
        return waiting == 0
            || (waiting <= m_limits.messages / 2 && m_bytes.load() <= m_limits.bytes / 2
                && !m_total->isFull());
    }

    const InboundLimits m_limits;
    InboundTotal *const m_total;
    std::atomic<int> m_waiting = 0;
    std::atomic<bool> m_paused = false;
    std::atomic<qint64> m_bytes = 0;
};

using GaugePtr = std::shared_ptr<InboundGauge>; ///< Shared with what waits.

} // namespace dialogue::socketio
