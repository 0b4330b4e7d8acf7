#pragma once

#include "server/fanout/queuedstream.h"
#include "server/loop/deadlines.h"

#include <QObject>

#include <utility>

namespace dialogue {

class EventStream;
struct WorkerParts;

/** Told what becomes of one EventStream. */
class EventStreamListener
{
public:
    virtual ~EventStreamListener() = default;
    /** Last call, unless it was close()d or abort()ed here: the peer has gone, and the stream goes. */
    virtual void streamClosed() = 0;
    /** The send queue is over its bound and the frame's policy is Disconnect; the frame was not queued. */
    virtual void sendQueueOverflowed() = 0;
    /** EventStream::tellWhenDrained(): no more waits than was asked for. */
    virtual void drained() = 0;
};

/** What an EventStream asks of the worker that owns it. */
class EventStreamOwner
{
public:
    virtual ~EventStreamOwner() = default;
    /** It has ended: \a stream is deleted, later. */
    virtual void remove(EventStream *stream) = 0;
};

/**
 * The answer to a request that does not end: what is sent are ready Frames, whose bytes go out as they are,
 * in one write per turn. What the peer still says is read and dropped. Lives in its worker's thread and is
 * owned by the worker. Every call is safe from inside a listener's callback.
 */
class EventStream final : public QObject, private QueuedStream
{
    Q_OBJECT

public:
    EventStream(EventStreamOwner &owner, WorkerParts &parts, FrameFlusher &flusher,
                SendQueueCounters &counters, std::unique_ptr<ByteStream> socket);
    ~EventStream() override;

    /** Must live until streamClosed(), or until it is replaced; null: nobody is told. */
    void setListener(EventStreamListener *listener) { m_listener = listener; }

    /** Leaves with the flush at the end of this turn. Dropped once it closes. */
    SendResult send(const FramePtr &frame);
    /** Listener's drained(), once and not from inside any call, when queuedBytes() are no more than \a mark;
     * in place of what was asked for before. */
    void tellWhenDrained(qint64 mark);

    /** Closes after all that was sent has left; resets when the peer does not take it within closeTimeout.
     * Its listener hears nothing any more. */
    void close();
    /** Resets at once; the same of its listener. */
    void abort();

    using QueuedStream::isStuck;
    using QueuedStream::queue;
    using QueuedStream::queuedBytes;
    /** Whether the peer has taken anything since the last call. */
    [[nodiscard]] bool takeMoved() { return std::exchange(m_moved, false); }

private:
    // QueuedStream
    void readyRead() override;
    void disconnected() override;
    void queueOverflowed() override;
    void someLeft() override;
    void writingFailed() override { end(); }
    void reportIfDrained();
    void closeWhenSent();
    void end();

    EventStreamOwner &m_owner;
    WorkerParts &m_parts;
    EventStreamListener *m_listener = nullptr;
    qint64 m_drainMark = -1; ///< Told when no more waits; negative: nobody asked.
    bool m_closing = false;
    bool m_removed = false;
    bool m_moved = false;
    MemberDeadline<&EventStream::end, EventStream> m_deadline{this};
};

} // namespace dialogue
