#pragma once

#include "server/fanout/sendqueue.h"
#include "server/loop/deadlines.h"
#include "server/loop/nextturn.h"
#include "server/loop/turnend.h"
#include "server/qtwebsockets/heldmessages.h"
#include "server/qtwebsockets/unsentbytes.h"
#include "server/tcp/places.h"
#include "server/websocket/guestwebsocket.h"

#include <QPointer>
#include <QWebSocket>

namespace dialogue {
class NetWorker;
}

namespace dialogue::qtwebsockets {

/**
 * A QWebSocket, of the thread of its worker, as the layers above see a WebSocket.
 *
 * What is sent waits in a queue of ours, with the policies for slow readers, and the QWebSocket is given no
 * more of it than its client takes. What comes is handed up at most so many messages a turn; the rest is
 * held, and where that is much the QWebSocket is made to read no further, so that TCP holds the client back.
 */
class QtWebSocket final : public GuestWebSocket, private Flushable
{
    Q_OBJECT

public:
    /** Of what has come and was not handed up, before no more is read. */
    static constexpr qint64 HeldAtMost = 65536;

    /** Owns \a socket, which is connected. \a maxMessageSize: bytes of one that it may receive; over it
     * QWebSocket closes with 1009. */
    QtWebSocket(QWebSocket *socket, bool isSecure, NetWorker &worker, Place &&place, qint64 maxMessageSize);
    ~QtWebSocket() override;

    // WebSocket
    SendResult send(const FramePtr &frame) override;
    void close(int code = 1000, const QByteArray &reason = {}) override;
    void setReadPaused(bool paused) override;
    [[nodiscard]] qint64 queuedBytes() const override { return m_queue.bytes() + m_unsent.bytes(); }
    [[nodiscard]] SendQueue *sendQueue() override { return &m_queue; }
    [[nodiscard]] bool isStuck() const override { return m_isStuck; }
    // GuestWebSocket
    void abort() override;

private:
    enum class Report { NotYet, Posted, Made }; ///< Of the end, to the listener.

    // Flushable
    void flush() override;

    void received(QByteArray &&data, bool binary);
    void deliver(QByteArray &&data, bool binary);
    void readOn();
    void readFurther();
    void sendQueued();
    void give(const Frame &frame);
    void taken();
    void closeWhenSent();
    void beginGoodbye();
    void goodbyeBegun();
    void dropQueue();
    void disconnected();
    void reportLater();
    void report();

    NetWorker &m_worker;
    QPointer<QWebSocket> m_socket;
    Place m_place;
    SendQueue m_queue;
    UnsentBytes m_unsent;
    HeldMessages m_held;
    qint64 m_readBuffer;
    int m_messages = 0; ///< Handed up in this turn.
    int m_code = 0; ///< Of the end.
    QByteArray m_reason;
    bool m_isConnected = true;
    bool m_isStuck = false; ///< It takes no more; until then ours waits.
    bool m_isSending = false;
    bool m_isDelivering = false;
    bool m_readPaused = false;
    bool m_readsNoFurther = false;
    bool m_saidGoodbye = false; ///< A Close frame was sent, by whomever first.
    Report m_report = Report::NotYet;
    MemberResumable<&QtWebSocket::readOn, QtWebSocket> m_readOn{this};
    MemberResumable<&QtWebSocket::sendQueued, QtWebSocket> m_sendOn{this};
    MemberDeadline<&QtWebSocket::abort, QtWebSocket> m_deadline{this};
};

} // namespace dialogue::qtwebsockets
