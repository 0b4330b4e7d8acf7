#include "server/engine/session.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"

#include <utility>

namespace dialogue::engineio {

namespace {

/** Of a polling body, which may hold some hundred thousand, before others have their turn. */
constexpr int PacketsPerTurn = 256;

FramePtr textFrame(PacketType type) { return Frame::create(encodeText({.type = type})); }

} // namespace

Session::Session(SessionHost *host, const SessionSettings *settings, const QByteArray &sid,
                 const HttpRequest &handshake)
    : m_host(host)
    , m_settings(settings)
    , m_sid(sid)
    , m_opening{handshake.peerAddress, handshake.headers,     handshake.query,
                handshake.secure,      handshake.certificate, handshake.ofConsole}
    , m_heartbeat(settings->deadlines, settings->engine.pingInterval, settings->engine.pingTimeout, this)
    , m_polling(settings->sendQueue, settings->sendQueueCounters)
{ }

Session::~Session()
{
    if (m_webSocket)
        m_webSocket->setListener(nullptr);
}

TransportName Session::transport() const
{
    return m_webSocket ? TransportName::WebSocket : TransportName::Polling;
}

bool Session::isBehind() const
{
    if (m_webSocket)
        return m_webSocket->isStuck();
    return m_polling.hasPoll() ? m_polling.queuedBytes() > m_settings->sendQueue / 2 : !m_polling.isEmpty();
}

qint64 Session::queuedBytes() const
{
    return m_webSocket ? m_webSocket->queuedBytes() : m_polling.queuedBytes();
}

void Session::open(TransportName transport)
{
    Handshake handshake{.sid = m_sid,
                        .upgrades = {},
                        .pingInterval = static_cast<int>(m_settings->engine.pingInterval.count()),
                        .pingTimeout = static_cast<int>(m_settings->engine.pingTimeout.count()),
                        .maxPayload = m_settings->engine.maxPayload};
    if (transport == TransportName::Polling)
        handshake.upgrades.append("websocket");
    m_heartbeat.start();
    send(Frame::create({"0", encodeHandshake(handshake)}));
}

void Session::openOnPolling(std::unique_ptr<Exchange> poll)
{
    m_polling.setPoll(std::move(poll));
    open(TransportName::Polling);
}

void Session::openOnWebSocket(WebSocket *webSocket, bool base64)
{
    m_webSocket = webSocket;
    m_base64 = base64;
    m_webSocket->setListener(this);
    open(TransportName::WebSocket);
}

SendResult Session::send(const FramePtr &frame)
{
    if (m_state != State::Open)
        return SendResult::Dropped;
    if (m_webSocket)
        return sendOnWebSocket(frame);
    switch (m_polling.add(frame)) {
    case SendQueue::Added::Queued:
        if (!m_polling.hasPoll())
            return SendResult::Queued;
        m_settings->turnEnd->schedule(this);
        return SendResult::Sent;
    case SendQueue::Added::Dropped:
        return SendResult::Dropped;
    case SendQueue::Added::Overflow:
        overflowed();
        return SendResult::Dropped;
    }
    return SendResult::Dropped;
}

SendResult Session::sendOnWebSocket(const FramePtr &frame)
{
    if (!m_webSocket)
        return SendResult::Dropped;
    return m_base64 && frame->messages().back().binary ? sendAsText(*frame) : m_webSocket->send(frame);
}

SendResult Session::sendAsText(const Frame &frame)
{
    // One frame, so that all of it comes, or nothing.
    QList<QByteArray> texts;
    for (const Frame::Message &message : frame.messages()) {
        const QByteArrayView payload = frame.payload(message);
        texts.append(message.binary ? encodeBase64(payload) : payload.toByteArray());
    }
    return m_webSocket->send(frame.asTexts(texts));
}

void Session::close(CloseReason reason)
{
    if (m_state != State::Open)
        return;
    m_polling.flush();
    if (m_webSocket || m_polling.hasPoll()) {
        finish(reason);
        return;
    }
    // What waits goes out with the next GET, the `1` with the one after it, or at once when nothing waits.
    m_state = State::Closing;
    m_heartbeat.stop();
    m_inbox.clear();
    m_closeDeadline = std::make_unique<CloseDeadline>(this);
    m_closeDeadline->schedule(m_settings->deadlines, m_settings->closeTimeout);
    m_begunPost.reset();
    if (!m_pumping)
        answerPost({.status = 400});
    tell(reason);
}

void Session::tellWhenDrained(qint64 mark)
{
    if (m_state != State::Open)
        return;
    m_drainMark = mark;
    if (m_webSocket)
        m_webSocket->tellWhenDrained(mark);
    else
        m_settings->turnEnd->schedule(this);
}

void Session::askWhetherAlive()
{
    if (m_state != State::Open || m_asked)
        return;
    if (m_readPaused || m_answered > std::chrono::steady_clock::now() - m_settings->aliveFor) {
        tellHeard();
        return;
    }
    m_asked = true;
    pingDue();
}

void Session::answered()
{
    m_asked = false;
    m_answered = std::chrono::steady_clock::now();
    tellHeard();
}

void Session::tellHeard()
{
    if (m_listener)
        m_listener->heard();
}

void Session::drained()
{
    m_drainMark = -1;
    if (m_listener)
        m_listener->drained();
}

void Session::flush()
{
    m_polling.flush();
    if (m_drainMark >= 0 && !m_webSocket && m_state == State::Open && queuedBytes() <= m_drainMark)
        drained();
}

void Session::setReadPaused(bool paused)
{
    if (m_readPaused == paused || m_state != State::Open)
        return;
    m_readPaused = paused;
    m_heartbeat.setForgiving(paused);
    if (m_webSocket)
        m_webSocket->setReadPaused(paused);
    if (!paused)
        pump();
}

void Session::expire()
{
    if (m_heartbeat.isOverdue())
        finish(CloseReason::PingTimeout);
}

void Session::pump()
{
    if (m_pumping || m_pumpOn.goesOn())
        return;
    m_pumping = true;
    const auto hasMore = [this] { return !m_readPaused && m_state == State::Open && !m_inbox.isEmpty(); };
    int packets = 0;
    for (; packets < PacketsPerTurn && hasMore(); ++packets) {
        Result<Packet> packet = m_inbox.take();
        if (packet) {
            received(*std::move(packet));
        } else {
            qCDebug(lcEngine).noquote()
                << "session" << m_sid << "sent a broken packet:" << printable(packet.error().text());
            finish(CloseReason::ParseError);
        }
        if (!m_inbox.hasBody())
            confirmPost();
    }
    m_pumping = false;
    if (packets == PacketsPerTurn && hasMore())
        m_settings->nextTurn->schedule(&m_pumpOn);
    // As in the reference, the body was taken, whatever became of the session.
    if (m_state != State::Open)
        confirmPost();
}

void Session::received(Packet &&packet)
{
    if (packet.type != PacketType::Pong)
        m_heartbeat.packet();
    switch (packet.type) {
    case PacketType::Message:
        if (!m_listener)
            return;
        if (packet.binary)
            m_listener->binaryReceived(packet.data);
        else
            m_listener->textReceived(std::move(packet.data));
        return;
    case PacketType::Pong:
        m_heartbeat.pong();
        return;
    case PacketType::Ping:
        finish(CloseReason::TransportError);
        return;
    case PacketType::Close:
        confirmPost();
        finish(CloseReason::ClientClosed, "6");
        return;
    case PacketType::Open:
    case PacketType::Upgrade:
    case PacketType::Noop:
        return; // Stray, and harmless.
    }
}

void Session::overflowed()
{
    qCDebug(lcEngine) << "session" << m_sid << "does not read; more than" << m_settings->sendQueue
                      << "bytes wait for it";
    finish(CloseReason::SlowReader);
}

void Session::finish(CloseReason reason, const QByteArray &lastPoll)
{
    if (m_state == State::Closed)
        return;
    m_state = State::Closed;
    m_host->sessionEnded(this); // First: an answer may bring the connection's next request in.
    m_heartbeat.stop();
    if (m_closeDeadline)
        m_closeDeadline->cancel(); // Not destroyed: it may be what calls.
    m_inbox.clear();
    if (m_probe)
        m_probe->abandon();
    if (m_webSocket) {
        remember(reason);
        m_webSocket->setListener(nullptr);
        m_webSocket->close(1000);
        m_webSocket = nullptr;
    }
    m_polling.flush();
    m_isCut = isCutShort(reason);
    if (m_isCut)
        m_polling.queue().giveUp();
    m_polling.answer(lastPoll);
    m_begunPost.reset();
    if (!m_pumping)
        answerPost({.status = 400});
    tell(reason);
}

void Session::tell(CloseReason reason)
{
    if (!m_listener)
        return;
    m_formerListener = std::move(m_listener);
    m_formerListener->sessionClosed(reason);
}

void Session::closeTimedOut() { finish(CloseReason::ServerClosed); }

void Session::pingDue()
{
    static const FramePtr ping = textFrame(PacketType::Ping);
    send(ping);
}

void Session::textReceived(QByteArray utf8)
{
    heard();
    // Heartbeats pass those that are held back.
    if (utf8 == "3") {
        m_heartbeat.pong();
        return;
    }
    m_inbox.addText(std::move(utf8));
    pump();
}

void Session::binaryReceived(const QByteArray &data)
{
    heard();
    m_inbox.addBinary(data);
    pump();
}

void Session::webSocketClosed(int code)
{
    remember(CloseReason::TransportClosed);
    m_webSocket->setListener(nullptr);
    m_webSocket = nullptr;
    finish(code == 1009       ? CloseReason::PayloadTooLarge
               : code == 1006 ? CloseReason::ConnectionLost
                              : CloseReason::TransportClosed);
}

} // namespace dialogue::engineio
