#pragma once

#include "server/fanout/flushedqueue.h"
#include "server/tcp/bytestream.h"

#include <memory>

namespace dialogue {

class FrameFlusher;

/**
 * A connection that is sent frames, whatever it speaks: they wait in its queue, leave in one write with the
 * flush at the end of the turn, and what the peer does not take at once is the stream's, which tells when it
 * takes more.
 */
class QueuedStream : public FlushedQueue, protected ByteStreamListener
{
public:
    /** Ours and the stream's. */
    [[nodiscard]] qint64 queuedBytes() const { return m_queue.bytes() + m_socket->bytesToWrite(); }
    /** The peer takes nothing more for now. */
    [[nodiscard]] bool isStuck() const { return m_socketIsWriting; }

protected:
    /** It is the listener of \a socket from here on. */
    QueuedStream(FrameFlusher &flusher, std::unique_ptr<ByteStream> socket, qint64 limit,
                 SendQueueCounters *counters);
    ~QueuedStream() override; ///< Closes; nobody is told.

    /** Leaves with the flush at the end of this turn. */
    SendResult enqueue(const FramePtr &frame);
    /** Without waiting for the end of the turn. */
    void flushNow();
    /** Behind what was handed to it before, and before all that is in the queue. */
    void handToSocket(const QByteArray &bytes);
    [[nodiscard]] bool isSent() const { return m_queue.isEmpty() && m_isConnected; }

    // ByteStreamListener
    void bytesWritten() override;
    void disconnected() override { m_isConnected = false; }

    std::unique_ptr<ByteStream> m_socket;

private:
    /** There is no room for a frame that may not be dropped; it was not queued. */
    virtual void queueOverflowed() = 0;
    /** Less waits than before. */
    virtual void someLeft() = 0;
    /** The peer cannot be written to. Called in the flush: calls no listener. */
    virtual void writingFailed() = 0;
    // FlushedQueue
    void sent(qint64 result, qint64 offered) final;

    FrameFlusher &m_flusher;
};

} // namespace dialogue
