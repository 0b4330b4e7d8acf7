#pragma once

#include "server/engine/exchange.h"
#include "server/fanout/sendqueue.h"

#include <limits>
#include <memory>

namespace dialogue::engineio {

/**
 * The sending half of a session while it polls: the GET that waits, and the frames that wait for one. Frames
 * are bounded in bytes like the send queue of a WebSocket, with the same policies.
 */
class PollingTransport
{
public:
    explicit PollingTransport(qint64 limit, SendQueueCounters *counters)
        : m_queue(limit, counters)
    { }

    [[nodiscard]] bool hasPoll() const { return m_poll != nullptr; }
    [[nodiscard]] bool isPoll(const Exchange *exchange) const { return m_poll.get() == exchange; }
    /** There must be none. */
    void setPoll(std::unique_ptr<Exchange> poll) { m_poll = std::move(poll); }
    /** The poll's peer is gone. */
    void dropPoll() { m_poll.reset(); }

    SendQueue::Added add(const FramePtr &frame) { return m_queue.add(frame); }
    /** Answers the waiting poll, if any, with what waits, if anything; of much with its beginning. */
    void flush();
    /** Answers the waiting poll, if any, with \a payload alone. */
    void answer(const QByteArray &payload);

    /** Takes out what waits, oldest first: one frame, and more up to so many bytes in all. */
    [[nodiscard]] std::vector<FramePtr> take(qint64 most = std::numeric_limits<qint64>::max());
    [[nodiscard]] bool isEmpty() const { return m_queue.isEmpty(); }
    [[nodiscard]] qint64 queuedBytes() const { return m_queue.bytes(); }
    [[nodiscard]] SendQueue &queue() { return m_queue; }

private:
    std::unique_ptr<Exchange> m_poll;
    SendQueue m_queue;
};

/** The messages of \a frames as one polling payload: joined with 0x1e, binary as "b" and base64. */
[[nodiscard]] QByteArray payloadOf(const std::vector<FramePtr> &frames);

/** The answer to a GET. */
[[nodiscard]] HttpResponse pollResponse(const QByteArray &payload);
/** The answer to a POST that was taken. */
[[nodiscard]] HttpResponse postResponse();

} // namespace dialogue::engineio
