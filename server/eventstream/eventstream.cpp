#include "server/eventstream/eventstream.h"

#include "server/tcp/workerparts.h"

#include <utility>

namespace dialogue {

EventStream::EventStream(EventStreamOwner &owner, WorkerParts &parts, FrameFlusher &flusher,
                         SendQueueCounters &counters, std::unique_ptr<ByteStream> socket)
    : QueuedStream(flusher, std::move(socket), parts.config.sendQueue, &counters)
    , m_owner(owner)
    , m_parts(parts)
{
    m_socket->setReadPaused(false); // As HTTP it may have been; and by reading it is seen that the peer goes.
}

EventStream::~EventStream() = default;

SendResult EventStream::send(const FramePtr &frame)
{
    return m_closing ? SendResult::Dropped : enqueue(frame);
}

void EventStream::tellWhenDrained(qint64 mark)
{
    m_drainMark = mark;
    reportIfDrained();
}

// Later: in the middle of a flush nobody may send.
void EventStream::reportIfDrained()
{
    if (m_drainMark < 0 || m_closing || queuedBytes() > m_drainMark)
        return;
    m_drainMark = -1;
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_listener)
                m_listener->drained();
        },
        Qt::QueuedConnection);
}

void EventStream::close()
{
    m_listener = nullptr;
    if (std::exchange(m_closing, true))
        return;
    m_deadline.schedule(&m_parts.deadlines, m_parts.config.closeTimeout);
    closeWhenSent();
}

void EventStream::abort()
{
    m_listener = nullptr;
    end();
}

void EventStream::end()
{
    m_closing = true;
    m_parts.memoryReturn.freed(m_queue.bytes());
    m_queue.abandon();
    m_socket->abort(); // disconnected() follows at once.
}

void EventStream::closeWhenSent()
{
    if (m_closing && isSent() && !m_socket->isLingering())
        m_socket->closeGently();
}

void EventStream::queueOverflowed()
{
    if (m_listener)
        m_listener->sendQueueOverflowed();
}

void EventStream::someLeft()
{
    m_moved = true;
    reportIfDrained();
    closeWhenSent();
}

void EventStream::readyRead()
{
    ByteStream::Piece piece; // NOLINT(cppcoreguidelines-pro-type-member-init)
    (void)m_socket->read(piece); // The rest at the next turn.
}

// The listener hears of it later: never from inside its own call to us, nor from inside the flush.
void EventStream::disconnected()
{
    QueuedStream::disconnected();
    m_queue.giveUp();
    m_closing = true;
    m_deadline.cancel();
    if (std::exchange(m_removed, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (EventStreamListener *const listener = std::exchange(m_listener, nullptr))
                listener->streamClosed();
            m_owner.remove(this);
        },
        Qt::QueuedConnection);
}

} // namespace dialogue
