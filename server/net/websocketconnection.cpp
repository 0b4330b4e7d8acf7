#include "server/net/websocketconnection.h"

#include "server/net/networker.h"

#include <QPointer>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace dialogue {

namespace {

// RFC 6455, section 7.4.1
constexpr int NoStatus = 1005;
constexpr int AbnormalClosure = 1006;

/** More than this in one turn does not wait for its end: a burst must not look like a slow reader. */
constexpr qint64 FlushEarly = 262144;

/** Read in one turn before others have theirs: so many pieces, and so many messages in them. */
constexpr int PiecesPerTurn = 4;
constexpr int MessagesPerTurn = 256;

enum ControlOpcode : quint8 { CloseFrame = 8, PongFrame = 10 };

constexpr qsizetype LongestReason = 123; // Beside the code, in the 125 bytes of a control frame

} // namespace

/** What is said at the end, and until when the peer has to take it. */
struct WebSocketConnection::Closing
{
    explicit Closing(WebSocketConnection *connection)
        : deadline(connection)
    { }

    MemberDeadline<&WebSocketConnection::abort, WebSocketConnection> deadline;
    int code = 0;
    QByteArray reason;
};

WebSocketConnection::WebSocketConnection(NetWorker *worker, std::unique_ptr<ClientSocket> socket,
                                         const QByteArray &received, const QByteArray &handshake,
                                         qint64 maxMessageSize)
    : m_worker(worker)
    , m_queue(worker->config().sendQueue, &worker->sendQueueCounters())
    , m_descriptor(socket->descriptor())
    , m_isConnected(socket->isConnected())
    , m_socketIsWriting(socket->bytesToWrite() > 0)
    , m_socket(std::move(socket))
    , m_reader(maxMessageSize)
    , m_held(received)
{
    m_socket->setListener(this);
    pauseOrResume(); // As HTTP it may have been paused.
    send(Frame::raw(handshake)); // In one go with what is sent now.
}

WebSocketConnection::~WebSocketConnection()
{
    if (m_scheduled)
        m_worker->flusher().forget(this);
    m_socket->setListener(nullptr);
    m_socket->abort();
}

// The peer's first frames may have come along with its handshake; later, as whoever opened us is still at it.
void WebSocketConnection::start()
{
    if (!m_isConnected) {
        disconnected();
    } else if (!m_held.isEmpty()) {
        m_worker->flusher().flushNow(this); // The handshake, before what was sent with it can be the end.
        QMetaObject::invokeMethod(this, &WebSocketConnection::readyRead, Qt::QueuedConnection);
    }
}

void WebSocketConnection::readyRead()
{
    if (m_reading) {
        // A listener runs an event loop, though it should not: the rest comes when control is back.
        m_readLater = true;
        pauseOrResume();
        return;
    }
    m_reading = true;
    const QPointer<WebSocketConnection> alive(this);
    // Not zeroed: that would be a fifth of all that a connect costs.
    ClientSocket::Piece piece; // NOLINT(cppcoreguidelines-pro-type-member-init)
    int messages = MessagesPerTurn;
    for (int pieces = 0; pieces < PiecesPerTurn && alive && !m_closing && !m_readPaused && messages > 0;
         ++pieces) {
        const QByteArray held = std::exchange(m_held, {});
        if (!held.isEmpty()) {
            take(held, messages);
            continue;
        }
        const qint64 count = m_socket->read(piece);
        take(QByteArrayView(piece.data(), count), messages);
        if (count < qint64(piece.size()))
            break;
    }
    if (!alive)
        return;
    m_reading = false;
    if (!m_held.isEmpty() && !m_readPaused && !m_closing)
        m_worker->nextTurn().schedule(&m_readOn);
    if (std::exchange(m_readLater, false))
        pauseOrResume();
}

void WebSocketConnection::take(QByteArrayView bytes, int &messages)
{
    const QPointer<WebSocketConnection> alive(this);
    while (!m_closing && !m_readPaused && messages > 0) {
        auto message = m_reader.take(bytes);
        if (!message)
            break;
        --messages;
        received(std::move(*message));
        if (!alive)
            return;
    }
    if (m_readPaused || messages == 0)
        m_held = bytes.toByteArray();
    if (!m_closing && m_reader.error() != 0)
        sendClose(m_reader.error(), {});
}

void WebSocketConnection::received(WebSocketReader::Message &&message)
{
    switch (message.kind) {
    case WebSocketReader::Kind::Text:
        if (m_listener)
            m_listener->textReceived(std::move(message.data));
        return;
    case WebSocketReader::Kind::Binary:
        if (m_listener)
            m_listener->binaryReceived(message.data);
        return;
    case WebSocketReader::Kind::Ping:
        send(Frame::control(PongFrame, message.data));
        return;
    case WebSocketReader::Kind::Pong:
        return;
    case WebSocketReader::Kind::Close:
        sendClose(message.code, message.data);
        return;
    }
}

SendResult WebSocketConnection::send(const FramePtr &frame)
{
    if (m_closing)
        return SendResult::Dropped;
    if (m_queue.bytes() > FlushEarly && wantsToSend())
        m_worker->flusher().flushNow(this);
    if (m_closing)
        return SendResult::Dropped;
    const qint64 withSocket = m_socketIsWriting ? m_socket->bytesToWrite() : 0;
    switch (m_queue.add(frame, withSocket)) {
    case SendQueue::Added::Queued:
        break;
    case SendQueue::Added::Dropped:
        return SendResult::Dropped;
    case SendQueue::Added::Overflow:
        if (m_listener)
            m_listener->sendQueueOverflowed();
        return SendResult::Dropped;
    }
    if (withSocket > 0)
        return SendResult::Queued; // Until the socket has sent what it has; see bytesWritten().
    scheduleFlush();
    m_worker->flusher().frameAdded();
    return SendResult::Sent;
}

void WebSocketConnection::scheduleFlush()
{
    if (!std::exchange(m_scheduled, true))
        m_worker->flusher().schedule(this);
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
        // The rest of this frame is the socket's, which tells us when it takes more.
        handToSocket(m_queue.takeFront());
    }
    if (m_drainMark >= 0)
        reportIfDrained();
    closeWhenSent();
}

void WebSocketConnection::handToSocket(const QByteArray &bytes)
{
    m_socket->write(bytes);
    m_socketIsWriting = m_socket->bytesToWrite() > 0;
}

void WebSocketConnection::bytesWritten()
{
    m_socketIsWriting = m_socket->bytesToWrite() > 0;
    if (wantsToSend())
        scheduleFlush();
    if (m_drainMark >= 0)
        reportIfDrained();
}

void WebSocketConnection::tellWhenDrained(qint64 mark)
{
    m_drainMark = mark;
    reportIfDrained();
}

// Later: in the middle of a flush nobody may send.
void WebSocketConnection::reportIfDrained()
{
    if (m_closing || queuedBytes() > m_drainMark)
        return;
    m_drainMark = -1;
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_listener && !m_closing)
                m_listener->drained();
        },
        Qt::QueuedConnection);
}

void WebSocketConnection::close(int code, const QByteArray &reason)
{
    if (m_closing)
        return;
    m_closing = true;
    closing().code = code;
    closing().reason = reason;
    closing().deadline.schedule(&m_worker->deadlines(), m_worker->config().closeTimeout);
    pauseOrResume();
    closeWhenSent();
}

void WebSocketConnection::closeWhenSent()
{
    if (m_closing && m_queue.isEmpty() && !m_socket->isLingering() && m_isConnected)
        sendClose(closing().code, closing().reason);
}

WebSocketConnection::Closing &WebSocketConnection::closing()
{
    if (!m_closingWith)
        m_closingWith = std::make_unique<Closing>(this);
    return *m_closingWith;
}

// In answer to the peer's, because of a fault in what it sent, or at the end of our own close().
void WebSocketConnection::sendClose(int code, const QByteArray &reason)
{
    m_closing = true;
    dropQueue();
    if (!closing().deadline.isScheduled())
        closing().deadline.schedule(&m_worker->deadlines(), m_worker->config().closeTimeout);
    if (m_report == Report::NotYet)
        reportLater(code);
    QByteArray payload;
    if (code != NoStatus) {
        payload.append(char(code >> 8)).append(char(code & 0xff));
        payload += reason.first(std::min(reason.size(), LongestReason));
    }
    handToSocket(Frame::control(CloseFrame, payload)->bytes());
    m_socket->closeGently();
}

void WebSocketConnection::abort()
{
    m_closing = true;
    dropQueue();
    m_socket->abort();
}

void WebSocketConnection::dropQueue()
{
    m_worker->memoryReturn().freed(m_queue.bytes());
    m_queue.clear();
}

void WebSocketConnection::setReadPaused(bool paused)
{
    if (m_readPaused == paused || m_socket->isLingering())
        return;
    m_readPaused = paused;
    pauseOrResume();
    if (!paused && !m_held.isEmpty())
        QMetaObject::invokeMethod(this, &WebSocketConnection::readyRead, Qt::QueuedConnection);
}

// What we do not look at stays with the kernel, and must not be announced to us over and over.
void WebSocketConnection::pauseOrResume()
{
    m_socket->setReadPaused(m_readPaused || m_readLater || m_closing);
}

void WebSocketConnection::disconnected()
{
    m_isConnected = false;
    m_closing = true;
    dropQueue();
    if (m_closingWith)
        m_closingWith->deadline.cancel();
    if (m_report == Report::NotYet)
        reportLater(AbnormalClosure);
    else if (m_report == Report::Made)
        m_worker->remove(this);
}

// Never from inside a listener's call to us, nor from inside the socket's to us.
void WebSocketConnection::reportLater(int code)
{
    m_report = Report::Posted;
    closing().code = code;
    QMetaObject::invokeMethod(this, &WebSocketConnection::report, Qt::QueuedConnection);
}

void WebSocketConnection::report()
{
    m_report = Report::Made;
    if (WebSocketListener *listener = std::exchange(m_listener, nullptr))
        listener->webSocketClosed(closing().code);
    if (!m_isConnected)
        m_worker->remove(this);
}

} // namespace dialogue
