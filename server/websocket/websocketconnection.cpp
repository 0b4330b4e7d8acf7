#include "server/websocket/websocketconnection.h"

#include "core/protocol/websocket/utf8.h"
#include "server/websocket/closecodes.h"
#include "server/websocket/deflater.h"
#include "server/websocket/websocketconnectionowner.h"
#include "server/websocket/websocketlistener.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace dialogue {

namespace {

/** Read in one turn before others have theirs: so many pieces, and so many messages in them. */
constexpr int PiecesPerTurn = 4;
constexpr int MessagesPerTurn = 256;
constexpr qsizetype BytesLikeAMessage = 4096; ///< Decompressed, they count as much as one.

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

WebSocketConnection::WebSocketConnection(WebSocketConnectionOwner &owner, std::unique_ptr<ByteStream> socket,
                                         const QByteArray &received, const QByteArray &handshake,
                                         qint64 maxMessageSize, bool deflates)
    : QueuedStream(owner.flusher, std::move(socket), owner.parts.config.sendQueue, &owner.sendQueueCounters())
    , m_owner(owner)
    , m_deflates(deflates)
    , m_reader(maxMessageSize)
    , m_held(received)
{
    if (deflates)
        m_reader.takeCompressed();
    pauseOrResume(); // As HTTP it may have been paused.
    send(Frame::raw(handshake)); // In one go with what is sent now.
}

WebSocketConnection::~WebSocketConnection() = default;

// The peer's first frames may have come along with its handshake; later, as whoever opened us is still at it.
void WebSocketConnection::start()
{
    if (!m_isConnected) {
        disconnected();
    } else if (!m_held.isEmpty()) {
        flushNow(); // The handshake, before what was sent with it can be the end.
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
    ByteStream::Piece piece; // NOLINT(cppcoreguidelines-pro-type-member-init)
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
        m_owner.parts.nextTurn.schedule(&m_readOn);
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
        if (message->isCompressed && !inflate(*message, messages))
            return;
        received(std::move(*message));
        if (!alive)
            return;
    }
    if (m_readPaused || messages <= 0)
        m_held = bytes.toByteArray();
    if (!m_closing && m_reader.error() != 0)
        sendClose(m_reader.error(), {});
}

bool WebSocketConnection::inflate(WebSocketReader::Message &message, int &messages)
{
    Deflater::Inflated inflated = m_owner.deflater().inflated(message.data, m_reader.maxMessageSize());
    const bool isText = message.kind == WebSocketReader::Kind::Text;
    if (inflated.error == 0 && isText && !isValidUtf8(inflated.data))
        inflated.error = closecodes::InvalidData;
    if (inflated.error != 0) {
        sendClose(inflated.error, {});
        return false;
    }
    // A few bytes may have become very many.
    messages -= static_cast<int>(inflated.data.size() / BytesLikeAMessage);
    message.data = std::move(inflated.data);
    return true;
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
        send(Frame::control(WebSocketOpcode::Pong, message.data));
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
    return enqueue(m_deflates ? m_owner.deflater().deflated(frame) : frame);
}

void WebSocketConnection::queueOverflowed()
{
    if (m_listener)
        m_listener->sendQueueOverflowed();
}

void WebSocketConnection::someLeft()
{
    reportIfDrained();
    closeWhenSent();
}

void WebSocketConnection::close(int code, const QByteArray &reason)
{
    if (m_closing)
        return;
    m_closing = true;
    closing().code = code;
    closing().reason = reason;
    closing().deadline.schedule(&m_owner.parts.deadlines, m_owner.parts.config.closeTimeout);
    pauseOrResume();
    closeWhenSent();
}

void WebSocketConnection::closeWhenSent()
{
    if (m_closing && isSent() && !m_socket->isLingering())
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
        closing().deadline.schedule(&m_owner.parts.deadlines, m_owner.parts.config.closeTimeout);
    if (m_report == Report::NotYet)
        reportLater(code);
    QByteArray payload;
    if (code != closecodes::NoStatus) {
        payload.append(char(code >> 8)).append(char(code & 0xff));
        payload += reason.first(std::min(reason.size(), LongestReason));
    }
    handToSocket(Frame::control(WebSocketOpcode::Close, payload)->bytes());
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
    m_owner.parts.memoryReturn.freed(m_queue.bytes());
    m_queue.abandon();
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
    QueuedStream::disconnected();
    m_closing = true;
    dropQueue();
    if (m_closingWith)
        m_closingWith->deadline.cancel();
    if (m_report == Report::NotYet)
        reportLater(closecodes::AbnormalClosure);
    else if (m_report == Report::Made)
        m_owner.remove(this);
}

// Never from inside a listener's call to us, nor from inside the socket's to us.
void WebSocketConnection::reportLater(int code)
{
    m_report = Report::Posted;
    closing().code = code;
    QMetaObject::invokeMethod(this, &WebSocketConnection::report, Qt::QueuedConnection);
}

void WebSocketConnection::reportNow()
{
    if (m_report != Report::Made)
        report();
}

void WebSocketConnection::report()
{
    m_report = Report::Made;
    if (WebSocketListener *listener = std::exchange(m_listener, nullptr))
        listener->webSocketClosed(closing().code);
    if (!m_isConnected)
        m_owner.remove(this);
}

} // namespace dialogue
