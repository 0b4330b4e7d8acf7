#include "server/fanout/queuedstream.h"

#include "server/fanout/frameflusher.h"

#include <algorithm>
#include <cerrno>
#include <utility>

namespace dialogue {

namespace {

/** More than this in one turn does not wait for its end: a burst must not look like a slow reader. */
constexpr qint64 FlushEarly = 262144;

} // namespace

QueuedStream::QueuedStream(FrameFlusher &flusher, std::unique_ptr<ByteStream> socket, qint64 limit,
                           SendQueueCounters *counters)
    : FlushedQueue(limit, counters)
    , m_socket(std::move(socket))
    , m_flusher(flusher)
{
    m_target = m_socket->sendTarget();
    m_isConnected = m_socket->isConnected();
    m_socketIsWriting = m_socket->bytesToWrite() > 0;
    m_socket->setListener(this);
}

QueuedStream::~QueuedStream()
{
    m_flusher.forget(this);
    m_socket->setListener(nullptr);
    m_socket->abort();
}

SendResult QueuedStream::enqueue(const FramePtr &frame)
{
    if (m_queue.bytes() > FlushEarly && wantsToSend()) {
        flushNow();
        if (!m_isConnected)
            return SendResult::Dropped;
    }
    const qint64 withSocket = m_socketIsWriting ? m_socket->bytesToWrite() : 0;
    switch (m_queue.add(frame, withSocket)) {
    case SendQueue::Added::Queued:
        break;
    case SendQueue::Added::Dropped:
        return SendResult::Dropped;
    case SendQueue::Added::Overflow:
        queueOverflowed();
        return SendResult::Dropped;
    }
    if (withSocket > 0)
        return SendResult::Queued; // Until the socket has sent what it has; see bytesWritten().
    m_flusher.schedule(this);
    m_flusher.frameAdded();
    return SendResult::Sent;
}

void QueuedStream::flushNow() { m_flusher.flushNow(this); }

void QueuedStream::sent(qint64 result, qint64 offered)
{
    if (result < 0 && result != -EAGAIN && result != -EWOULDBLOCK) {
        writingFailed();
        return;
    }
    const bool stuck = result < offered;
    m_queue.consume(std::max<qint64>(result, 0));
    if (stuck && !m_queue.isEmpty()) {
        // The rest of this frame is the socket's, which tells us when it takes more.
        handToSocket(m_queue.takeFront());
    }
    someLeft();
}

void QueuedStream::handToSocket(const QByteArray &bytes)
{
    m_socket->write(bytes);
    m_socketIsWriting = m_socket->bytesToWrite() > 0;
}

void QueuedStream::bytesWritten()
{
    m_socketIsWriting = m_socket->bytesToWrite() > 0;
    if (wantsToSend())
        m_flusher.schedule(this);
    someLeft();
}

} // namespace dialogue
