#include "server/net/websocketconnection.h"

#include "server/net/networker.h"

#include <QWebSocket>

#include <cerrno>
#include <utility>

namespace dialogue {

namespace {

constexpr int AbnormalClosure = 1006; // RFC 6455, section 7.4.1

/** More than this in one turn does not wait for its end: a burst must not look like a slow reader. */
constexpr qint64 FlushEarly = 262144;

/** A frame's header and mask, and what may be read ahead of the next; Qt reads a frame only when it is all
 * there. */
constexpr qint64 ReadAhead = 65536;

} // namespace

WebSocketConnection::WebSocketConnection(NetWorker *worker, QWebSocket *webSocket,
                                         std::unique_ptr<ClientSocket> socket, qint64 maxMessageSize)
    : m_worker(worker)
    , m_socket(std::move(socket))
    , m_webSocket(webSocket)
    , m_queue(worker->config().sendQueue)
{
    webSocket->setParent(nullptr);
    m_socket->setParent(nullptr);
    webSocket->setMaxAllowedIncomingMessageSize(quint64(maxMessageSize));
    webSocket->setMaxAllowedIncomingFrameSize(quint64(maxMessageSize));
    m_socket->limitReadAhead(maxMessageSize + ReadAhead);
    connect(webSocket, &QWebSocket::textMessageReceived, this,
            [this](const QString &text) { messageReceived(text.toUtf8(), false); });
    connect(webSocket, &QWebSocket::binaryMessageReceived, this,
            [this](const QByteArray &data) { messageReceived(data, true); });
    connect(webSocket, &QWebSocket::aboutToClose, m_socket.get(), &ClientSocket::lingerOnClose);
    connect(m_socket.get(), &QIODevice::bytesWritten, this, &WebSocketConnection::bytesWritten);
    connect(m_socket.get(), &ClientSocket::lingering, this, &WebSocketConnection::lingering);
    connect(m_socket.get(), &QAbstractSocket::disconnected, this, &WebSocketConnection::disconnected);
}

WebSocketConnection::~WebSocketConnection()
{
    if (m_scheduled)
        m_worker->flusher().forget(this);
    m_socket->disconnect(this);
    m_socket->abort();
}

// The peer's first frames may have come along with its handshake, and Qt waits for more to arrive.
void WebSocketConnection::readBuffered()
{
    if (m_socket->bytesAvailable() > 0)
        Q_EMIT m_socket->readyRead();
    m_hasRead = true; // The handshake.
    scheduleFlush();
    if (m_socket->state() == QAbstractSocket::UnconnectedState && m_report == Report::NotYet)
        disconnected();
}

void WebSocketConnection::messageReceived(const QByteArray &data, bool binary)
{
    if (m_closing || !m_listener)
        return;
    m_hasRead = true;
    scheduleFlush();
    if (binary)
        m_listener->binaryReceived(data);
    else
        m_listener->textReceived(data);
}

SendResult WebSocketConnection::send(const FramePtr &frame)
{
    if (m_closing)
        return SendResult::Dropped;
    if (m_queue.bytes() > FlushEarly && wantsToSend())
        m_worker->flusher().flushNow(this);
    if (m_closing)
        return SendResult::Dropped;
    const qint64 withQt = m_socket->bytesToWrite();
    switch (m_queue.add(frame, withQt)) {
    case SendQueue::Added::Queued:
        break;
    case SendQueue::Added::Dropped:
        return SendResult::Dropped;
    case SendQueue::Added::Overflow:
        if (m_listener)
            m_listener->sendQueueOverflowed();
        return SendResult::Dropped;
    }
    if (withQt > 0)
        return SendResult::Queued; // Until Qt has written what it has; see bytesWritten().
    scheduleFlush();
    return SendResult::Sent;
}

void WebSocketConnection::scheduleFlush()
{
    if (!std::exchange(m_scheduled, true))
        m_worker->flusher().schedule(this);
}

void WebSocketConnection::turnEnds()
{
    m_scheduled = false;
    if (std::exchange(m_hasRead, false))
        m_socket->releaseBuffers();
}

void WebSocketConnection::sent(qint64 result, qint64 offered)
{
    if (result < 0 && result != -EAGAIN && result != -EWOULDBLOCK) {
        abort();
        return;
    }
    const bool stuck = result < offered;
    m_queue.consume(std::max<qint64>(result, 0));
    if (stuck && !m_queue.isEmpty()) {
        // The rest of this frame goes through Qt, so that no frame of Qt's own can come between; and Qt tells
        // when the socket takes more.
        m_socket->write(m_queue.takeFront());
    }
    closeWhenSent();
}

void WebSocketConnection::bytesWritten()
{
    if (wantsToSend())
        scheduleFlush();
}

void WebSocketConnection::close(int code, const QByteArray &reason)
{
    if (m_closing)
        return;
    m_closing = true;
    m_closeCode = code;
    m_closeReason = reason;
    m_closeDeadline.schedule(&m_worker->deadlines(), m_worker->config().closeTimeout);
    closeWhenSent();
}

void WebSocketConnection::closeWhenSent()
{
    if (m_closing && m_queue.isEmpty() && !m_socket->isLingering())
        m_webSocket->close(QWebSocketProtocol::CloseCode(m_closeCode), QString::fromUtf8(m_closeReason));
}

void WebSocketConnection::abort()
{
    m_closing = true;
    m_queue.clear();
    m_socket->abort();
}

void WebSocketConnection::setReadPaused(bool paused)
{
    if (m_readPaused == paused || m_socket->isLingering())
        return;
    m_readPaused = paused;
    m_socket->setReadPaused(paused);
}

// QWebSocket has sent its Close frame: in answer to the peer's, because of a fault in what it read, or for
// our close().
void WebSocketConnection::lingering()
{
    m_closing = true;
    m_queue.clear();
    if (!m_closeDeadline.isScheduled())
        m_closeDeadline.schedule(&m_worker->deadlines(), m_worker->config().closeTimeout);
    if (m_report == Report::NotYet)
        reportLater(m_webSocket->closeCode());
}

void WebSocketConnection::disconnected()
{
    m_closing = true;
    m_queue.clear();
    m_closeDeadline.cancel();
    if (m_report == Report::NotYet)
        reportLater(AbnormalClosure);
    else if (m_report == Report::Made)
        m_worker->remove(this);
}

// Never from inside a listener's call to us, nor from inside Qt's handling of the socket.
void WebSocketConnection::reportLater(int code)
{
    m_report = Report::Posted;
    m_closeCode = code;
    QMetaObject::invokeMethod(this, &WebSocketConnection::report, Qt::QueuedConnection);
}

void WebSocketConnection::report()
{
    m_report = Report::Made;
    if (WebSocketListener *listener = std::exchange(m_listener, nullptr))
        listener->webSocketClosed(m_closeCode);
    if (m_socket->state() == QAbstractSocket::UnconnectedState)
        m_worker->remove(this);
}

} // namespace dialogue
