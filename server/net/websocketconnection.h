#pragma once

#include "core/protocol/websocket/websocketreader.h"
#include "server/net/clientsocket.h"
#include "server/net/connectionhandler.h"
#include "server/net/deadlines.h"
#include "server/net/frame.h"
#include "server/net/nextturn.h"
#include "server/net/sendqueue.h"
#include "server/net/websocket.h"

#include <QObject>

#include <memory>

namespace dialogue {

class NetWorker;

/**
 * One open WebSocket. What is sent are ready Frames, which go out in one write per turn. Pings are answered,
 * and a Close or a fault of the peer's, without anybody's doing. Lives in its worker's thread and is owned by
 * the worker; it is deleted (later) after WebSocketListener::webSocketClosed(). Every call is safe from
 * inside a listener's callback.
 */
class WebSocketConnection final : public QObject, public WebSocket, private ClientSocketListener
{
    Q_OBJECT

public:
    void setListener(WebSocketListener *listener) override { m_listener = listener; }

    /** Leaves with the flush at the end of this turn. Dropped once close() was called. */
    SendResult send(const FramePtr &frame) override;
    /** One text message, as a Frame of its own that is never dropped. */
    SendResult sendText(const QByteArray &utf8) { return send(Frame::create(utf8)); }

    /** Closes after all that was sent has left; resets when the peer does not take it within closeTimeout. */
    void close(int code = 1000, const QByteArray &reason = {}) override;
    /** Resets at once. webSocketClosed(1006) follows, later. */
    void abort();

    /** Stops reading from the peer, who is held back by TCP. */
    void setReadPaused(bool paused) override;

    [[nodiscard]] bool isOpen() const { return !m_closing; }
    [[nodiscard]] qint64 queuedBytes() const override
    {
        return m_queue.bytes() + m_socket->bytesToWrite();
    } ///< Ours and the socket's.
    [[nodiscard]] bool isStuck() const override { return m_socketIsWriting; }
    void tellWhenDrained(qint64 mark) override;

private:
    friend class NetWorker;
    friend class FrameFlusher;
    enum class Report { NotYet, Posted, Made }; ///< Of the end, to the listener.

    /** \a received: after the handshake's request; \a handshake: the answer to it, which goes out first. */
    WebSocketConnection(NetWorker *worker, std::unique_ptr<ClientSocket> socket, const QByteArray &received,
                        const QByteArray &handshake, qint64 maxMessageSize);
    ~WebSocketConnection() override;

    void start(); ///< Somebody listens now.
    // ClientSocketListener
    void readyRead() override;
    void bytesWritten() override;
    void disconnected() override;
    void take(QByteArrayView bytes, int &messages);
    void received(WebSocketReader::Message &&message);
    void scheduleFlush();
    void dropQueue();
    [[nodiscard]] bool wantsToSend() const
    {
        return !m_queue.isEmpty() && !m_socketIsWriting && m_isConnected;
    }
    void handToSocket(const QByteArray &bytes);
    [[nodiscard]] int descriptor() const { return m_descriptor; } ///< Only while it wantsToSend().
    void pauseOrResume();
    void sent(qint64 result, qint64 offered);
    void closeWhenSent();
    /** Says goodbye now, whatever still waits to be sent. */
    void sendClose(int code, const QByteArray &reason);
    void reportIfDrained();
    void reportLater(int code);
    void report();

    // First what every delivery looks at: with thousands of connections each line of the cache counts.
    NetWorker *m_worker;
    WebSocketListener *m_listener = nullptr;
    SendQueue m_queue;
    int m_descriptor; ///< Of m_socket while it is connected.
    bool m_isConnected = true;
    bool m_socketIsWriting; ///< What it was handed; until then ours waits.
    bool m_scheduled = false; ///< For the flush at the end of the turn.
    bool m_reading = false;
    bool m_readLater = false; ///< A listener runs an event loop of its own, and there is more to read.
    bool m_readPaused = false;
    bool m_closing = false; ///< Nothing more is sent or delivered.
    Report m_report = Report::NotYet;

    qint64 m_drainMark = -1; ///< Told when no more waits; negative: nobody asked.

    std::unique_ptr<ClientSocket> m_socket;
    WebSocketReader m_reader;
    QByteArray m_held; ///< Received, but not looked at: reading was paused, or it was enough for a turn.
    MemberResumable<&WebSocketConnection::readyRead, WebSocketConnection> m_readOn{this};
    struct Closing;
    Closing &closing(); ///< Begins it, where it has not.
    std::unique_ptr<Closing> m_closingWith; ///< Once it closes: few do just now.
};

} // namespace dialogue
