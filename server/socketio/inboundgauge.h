#pragma once

#include <atomic>
#include <memory>

namespace dialogue::socketio {

class Connection;

/**
 * How many events of one session wait for the hub. The worker counts them in and stops reading at the limit;
 * the hub counts them out and says when half of them are done, so that nobody can fill the hub's queue.
 */
class InboundGauge
{
public:
    explicit InboundGauge(int limit)
        : m_limit(limit)
        , m_resumeAt(limit / 2)
    { }

    /** Worker: one more. True: stop reading, and go on when counted out() has said so. */
    [[nodiscard]] bool countIn()
    {
        if (++m_waiting < m_limit || m_paused.exchange(true))
            return false;
        // The hub may have emptied it before it could see the mark; then nobody else would take it back.
        return m_waiting.load() > m_resumeAt || !m_paused.exchange(false);
    }
    /** Hub: one is done. True: tell the worker to read on. */
    [[nodiscard]] bool countOut() { return --m_waiting <= m_resumeAt && m_paused.exchange(false); }

    [[nodiscard]] int waiting() const { return m_waiting.load(); }

    Connection *connection = nullptr; ///< Worker only; null once the session is gone.

private:
    int m_limit;
    int m_resumeAt;
    std::atomic<int> m_waiting = 0;
    std::atomic<bool> m_paused = false;
};

using GaugePtr = std::shared_ptr<InboundGauge>; ///< Shared with what waits.

} // namespace dialogue::socketio
