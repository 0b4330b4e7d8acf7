#pragma once

#include "server/fanout/sendqueue.h"

namespace dialogue {

/** A connection as a FrameFlusher knows it: what waits to be sent, and the Sender's target for it. */
class FlushedQueue
{
public:
    FlushedQueue(const FlushedQueue &) = delete;
    FlushedQueue &operator=(const FlushedQueue &) = delete;

    [[nodiscard]] bool wantsToSend() const
    {
        return !m_queue.isEmpty() && !m_socketIsWriting && m_isConnected;
    }
    [[nodiscard]] SendQueue &queue() { return m_queue; }
    [[nodiscard]] qintptr target() const { return m_target; } ///< Only while it wantsToSend().
    /** Of what it \a offered the Sender took \a result bytes, or said -errno. Calls no listener. */
    virtual void sent(qint64 result, qint64 offered) = 0;

    bool isScheduled = false; ///< For the flush at the end of the turn, which notes it here.

protected:
    FlushedQueue(qint64 limit, SendQueueCounters *counters)
        : m_queue(limit, counters)
    { }
    ~FlushedQueue() = default;

    // What every delivery looks at: with thousands of connections each line of the cache counts.
    bool m_isConnected = true;
    bool m_socketIsWriting = false; ///< What it was handed; until then ours waits.
    qintptr m_target = -1;
    SendQueue m_queue;
};

} // namespace dialogue
