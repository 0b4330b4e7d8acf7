#pragma once

#include "core/protocol/websocket/websocketreader.h"
#include "server/fanout/queuedstream.h"
#include "server/loop/deadlines.h"
#include "server/loop/nextturn.h"
#include "server/websocket/workerwebsocket.h"

#include <memory>

namespace dialogue {

class WebSocketConnectionOwner;

/**
 * One open WebSocket. What is sent are ready Frames, which go out in one write per turn. Pings are answered,
 * and a Close or a fault of the peer's, without anybody's doing. Lives in its worker's thread and is owned by
 * the worker; it is deleted (later) after WebSocketListener::webSocketClosed(). Every call is safe from
 * inside a listener's callback.
 */
class WebSocketConnection final : public WorkerWebSocket, private QueuedStream
{
    Q_OBJECT

public:
    /** \a received: after the handshake's request; \a handshake: the answer to it, which goes out first.
     * \a deflates: permessage-deflate is agreed upon. */
    WebSocketConnection(WebSocketConnectionOwner &owner, std::unique_ptr<ByteStream> socket,
                        const QByteArray &received, const QByteArray &handshake, qint64 maxMessageSize,
                        bool deflates);
    ~WebSocketConnection() override;
    void start(); ///< Somebody listens now.

    /** Leaves with the flush at the end of this turn. Dropped once close() was called. */
    SendResult send(const FramePtr &frame) override;

    /** Closes after all that was sent has left; resets when the peer does not take it within closeTimeout. */
    void close(int code = 1000, const QByteArray &reason = {}) override;
    /** Resets at once. webSocketClosed(1006) follows, later. */
    void abort();

    /** Stops reading from the peer, who is held back by TCP. */
    void setReadPaused(bool paused) override;

    [[nodiscard]] bool isOpen() const { return !m_closing; }
    [[nodiscard]] qint64 queuedBytes() const override { return QueuedStream::queuedBytes(); }
    [[nodiscard]] SendQueue *sendQueue() override { return &queue(); }
    [[nodiscard]] bool isStuck() const override { return QueuedStream::isStuck(); }
    /** The last that its listener hears, where it has not heard it yet: its worker goes. */
    void reportNow();

private:
    enum class Report { NotYet, Posted, Made }; ///< Of the end, to the listener.

    // QueuedStream
    void readyRead() override;
    void disconnected() override;
    void queueOverflowed() override;
    void someLeft() override;
    void writingFailed() override { abort(); }
    void take(QByteArrayView bytes, int &messages);
    void received(WebSocketReader::Message &&message);
    /** Of a message that is compressed, and how much of this turn that takes. */
    [[nodiscard]] bool inflate(WebSocketReader::Message &message, int &messages);
    void dropQueue();
    void pauseOrResume();
    void closeWhenSent();
    /** Says goodbye now, whatever still waits to be sent. */
    void sendClose(int code, const QByteArray &reason);
    void reportLater(int code);
    void report();

    WebSocketConnectionOwner &m_owner;
    bool m_reading = false;
    bool m_readLater = false; ///< A listener runs an event loop of its own, and there is more to read.
    bool m_readPaused = false;
    const bool m_deflates;
    Report m_report = Report::NotYet;

    WebSocketReader m_reader;
    QByteArray m_held; ///< Received, but not looked at: reading was paused, or it was enough for a turn.
    MemberResumable<&WebSocketConnection::readyRead, WebSocketConnection> m_readOn{this};
    struct Closing;
    Closing &closing(); ///< Begins it, where it has not.
    std::unique_ptr<Closing> m_closingWith; ///< Once it closes: few do just now.
};

} // namespace dialogue
