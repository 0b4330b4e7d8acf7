#include "server/qtwebsockets/qtwebsocket.h"

#include "server/connections/networker.h"
#include "server/qtwebsockets/closereason.h"
#include "server/websocket/websocketlistener.h"

#include <algorithm>
#include <utility>

namespace dialogue::qtwebsockets {

namespace {

constexpr int AbnormalClosure = 1006; // RFC 6455, section 7.4.1

/** More than this in one turn does not wait for its end: a burst must not look like a slow reader. */
constexpr qint64 FlushEarly = 262144;
/** Given to the QWebSocket at a time, and how often in one turn. */
constexpr qint64 Piece = 65536;
constexpr int PiecesPerTurn = 8;
/** Handed up in one turn before others have theirs. */
constexpr int MessagesPerTurn = 256;

constexpr qint64 FrameHeader = 14; // RFC 6455, section 5.2: the longest.

} // namespace

QtWebSocket::QtWebSocket(QWebSocket *socket, bool isSecure, NetWorker &worker, Place &&place,
                         qint64 maxMessageSize)
    : m_worker(worker)
    , m_socket(socket)
    , m_place(std::move(place))
    , m_queue(worker.config().sendQueue, &worker.sendQueueCounters())
    , m_unsent(socket, isSecure)
    // A frame is taken out of the buffer in one piece.
    , m_readBuffer(std::max(maxMessageSize + FrameHeader, Piece))
{
    socket->setParent(this);
    socket->setMaxAllowedIncomingFrameSize(static_cast<quint64>(maxMessageSize));
    socket->setMaxAllowedIncomingMessageSize(static_cast<quint64>(maxMessageSize));
    socket->setReadBufferSize(m_readBuffer);
    connect(socket, &QWebSocket::textMessageReceived, this,
            [this](const QString &text) { received(text.toUtf8(), false); });
    connect(socket, &QWebSocket::binaryMessageReceived, this,
            [this](const QByteArray &data) { received(QByteArray(data), true); });
    connect(socket, &QWebSocket::bytesWritten, this, &QtWebSocket::taken);
    connect(socket, &QWebSocket::pong, this, [this](quint64, const QByteArray &payload) {
        m_unsent.answered(payload);
        taken();
    });
    connect(socket, &QWebSocket::aboutToClose, this, &QtWebSocket::goodbyeBegun);
    connect(socket, &QWebSocket::disconnected, this, &QtWebSocket::disconnected);
    connect(socket, &QObject::destroyed, this, &QtWebSocket::disconnected);
    // It serves a session from here on, and gives way no more; one that was asked to already ends here.
    if (!m_place.settle())
        abort();
}

QtWebSocket::~QtWebSocket()
{
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->abort();
    }
    m_place.release();
    if (WebSocketListener *listener = std::exchange(m_listener, nullptr))
        listener->webSocketClosed(AbnormalClosure);
}

void QtWebSocket::received(QByteArray &&data, bool binary)
{
    if (m_closing)
        return;
    if (!m_readPaused && !m_isDelivering && m_held.isEmpty() && m_messages < MessagesPerTurn) {
        deliver(std::move(data), binary);
        return;
    }
    m_held.add(data, binary);
    if (!m_readPaused)
        m_worker.nextTurn().schedule(&m_readOn);
    if (m_held.bytes() > HeldAtMost && !std::exchange(m_readsNoFurther, true))
        m_socket->setReadBufferSize(1); // Half of what any frame begins with: there it stays.
}

void QtWebSocket::deliver(QByteArray &&data, bool binary)
{
    if (m_messages++ == 0)
        m_worker.turnEnd().schedule(this);
    if (!m_listener)
        return;
    const QPointer<QtWebSocket> alive(this);
    m_isDelivering = true;
    if (binary)
        m_listener->binaryReceived(data);
    else
        m_listener->textReceived(std::move(data));
    if (alive)
        m_isDelivering = false;
}

void QtWebSocket::readOn()
{
    const QPointer<QtWebSocket> alive(this);
    for (int i = 0; i < MessagesPerTurn && !m_held.isEmpty() && !m_readPaused && !m_isDelivering; ++i) {
        HeldMessages::Message message = m_held.take();
        deliver(std::move(message.data), message.binary);
        if (!alive)
            return;
    }
    if (m_held.isEmpty())
        readFurther();
    else if (!m_readPaused)
        m_worker.nextTurn().schedule(&m_readOn);
}

/** All that has come was handed up. */
void QtWebSocket::readFurther()
{
    if (!m_isConnected || m_saidGoodbye) {
        reportLater();
    } else if (m_socket && std::exchange(m_readsNoFurther, false)) {
        m_socket->setReadBufferSize(m_readBuffer);
        // With TLS it may have more already, decrypted or not, which it looks at when something comes.
        m_socket->ping();
    }
}

void QtWebSocket::setReadPaused(bool paused)
{
    m_readPaused = paused;
    if (!paused && !m_held.isEmpty())
        m_worker.nextTurn().schedule(&m_readOn);
}

SendResult QtWebSocket::send(const FramePtr &frame)
{
    if (m_closing || m_saidGoodbye || !m_isConnected)
        return SendResult::Dropped;
    if (m_queue.bytes() > FlushEarly)
        sendQueued();
    if (!m_isConnected)
        return SendResult::Dropped;
    switch (m_queue.add(frame, m_unsent.bytes())) {
    case SendQueue::Added::Queued:
        break;
    case SendQueue::Added::Dropped:
        return SendResult::Dropped;
    case SendQueue::Added::Overflow:
        if (m_listener)
            m_listener->sendQueueOverflowed();
        return SendResult::Dropped;
    }
    if (m_isStuck)
        return SendResult::Queued; // See taken().
    m_worker.turnEnd().schedule(this);
    return SendResult::Sent;
}

void QtWebSocket::flush()
{
    m_messages = 0;
    sendQueued();
}

void QtWebSocket::sendQueued()
{
    if (m_isStuck || m_isSending)
        return;
    m_isSending = true; // It may tell of bytes it has written, or of its end, from in there.
    for (int pieces = 0; pieces < PiecesPerTurn && !m_queue.isEmpty() && !m_isStuck; ++pieces) {
        const qint64 before = m_queue.bytes();
        while (!m_queue.isEmpty() && before - m_queue.bytes() < Piece)
            give(*m_queue.takeFrame());
        m_unsent.flush();
        m_isStuck = m_unsent.isMuch();
    }
    m_isSending = false;
    if (!m_queue.isEmpty() && !m_isStuck)
        m_worker.nextTurn().schedule(&m_sendOn);
    reportIfDrained();
    closeWhenSent();
}

void QtWebSocket::give(const Frame &frame)
{
    if (!m_socket)
        return;
    m_unsent.given(frame.bytes().size());
    for (const Frame::Message &message : frame.messages()) {
        const QByteArrayView payload = frame.payload(message);
        if (message.binary)
            m_socket->sendBinaryMessage(payload.toByteArray());
        else
            m_socket->sendTextMessage(QString::fromUtf8(payload));
    }
}

/** The client has taken some. */
void QtWebSocket::taken()
{
    if (m_isSending || !m_isConnected)
        return;
    if (m_isStuck && !m_unsent.isMuch()) {
        m_isStuck = false;
        m_worker.turnEnd().schedule(this);
    }
    reportIfDrained();
}

void QtWebSocket::close(int code, const QByteArray &reason)
{
    if (std::exchange(m_closing, true))
        return;
    m_held.clear();
    if (!m_isConnected || m_saidGoodbye) {
        reportLater();
        return;
    }
    m_code = code;
    m_reason = reason;
    m_deadline.schedule(&m_worker.deadlines(), m_worker.config().closeTimeout);
    closeWhenSent();
}

void QtWebSocket::closeWhenSent()
{
    if (!m_closing || !m_queue.isEmpty() || !m_isConnected || m_saidGoodbye || !m_socket)
        return;
    beginGoodbye();
    m_socket->close(static_cast<QWebSocketProtocol::CloseCode>(m_code),
                    closeReason(QString::fromUtf8(m_reason)));
}

void QtWebSocket::beginGoodbye()
{
    m_saidGoodbye = true;
    if (!m_deadline.isScheduled())
        m_deadline.schedule(&m_worker.deadlines(), m_worker.config().closeTimeout);
    // It serves nothing more. In this thread, whoever asks: there may be others in its place by then.
    m_place.wait([this] { QMetaObject::invokeMethod(this, &QtWebSocket::abort, Qt::QueuedConnection); });
}

/** In answer to the peer's Close frame, or for a fault in what it sent. */
void QtWebSocket::goodbyeBegun()
{
    if (m_saidGoodbye || !m_isConnected)
        return;
    m_code = m_socket->closeCode();
    beginGoodbye();
    dropQueue();
    // What came before it is told first.
    if (m_held.isEmpty())
        reportLater();
}

void QtWebSocket::abort()
{
    m_closing = true;
    m_held.clear();
    dropQueue();
    if (m_socket)
        m_socket->abort();
    disconnected(); // It may have been closed by half already, and say nothing.
}

void QtWebSocket::dropQueue()
{
    m_worker.memoryReturn().freed(m_queue.bytes());
    m_queue.abandon();
}

void QtWebSocket::disconnected()
{
    if (!std::exchange(m_isConnected, false))
        return;
    m_place.release();
    m_deadline.cancel();
    dropQueue();
    if (!m_saidGoodbye && !m_closing)
        m_code = AbnormalClosure;
    if (m_report == Report::Made)
        m_worker.remove(this);
    else if (m_held.isEmpty())
        reportLater();
}

// Never from inside a listener's call to us, nor from inside the socket's to us.
void QtWebSocket::reportLater()
{
    if (m_report != Report::NotYet)
        return;
    m_report = Report::Posted;
    QMetaObject::invokeMethod(this, &QtWebSocket::report, Qt::QueuedConnection);
}

void QtWebSocket::report()
{
    m_report = Report::Made;
    m_closing = true;
    if (WebSocketListener *listener = std::exchange(m_listener, nullptr))
        listener->webSocketClosed(m_code);
    if (!m_isConnected)
        m_worker.remove(this);
}

} // namespace dialogue::qtwebsockets
