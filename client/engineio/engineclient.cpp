#include "client/engineio/engineclient.h"

#include "client/connection/boottime.h"
#include "client/engineio/endpoint.h"
#include "client/engineio/turntime.h"
#include "core/base/foreigntext.h"
#include "core/base/logging.h"

#include <QDeadlineTimer>
#include <QPointer>

namespace dialogue::client {

using engineio::Packet;
using engineio::PacketType;

namespace {

/** A heartbeat carries nothing (Engine.IO v4); what is in it goes back, so it must not be much. */
constexpr qsizetype LongestPing = 16;

/** What the inbox may hold beyond its bound, in memory: one read of the socket brings a few million bytes, of
 * which tiny packets make a multiple. */
constexpr qint64 MostBeyond = 67108864;

/** As many as lead anywhere: http to https, another host, a folder. */
constexpr int MostRedirects = 5;

} // namespace

EngineClient::EngineClient(const ClientConfig &config, Network network, QObject *parent)
    : QObject(parent)
    , m_configured(config)
    , m_config{config, {}}
    , m_network(std::move(network))
    , m_dialer(m_network.resolve)
    , m_upgrade(m_config, m_network.transport)
    , m_watchdog(&timeAsleep)
    , m_inbox(config.limits.inbox)
{
    connect(&m_pulse, &QTimer::timeout, this, &EngineClient::pulse);
    connect(&m_dialer, &Dialer::done, this, [this](const QHostAddress &address) {
        m_config.address = address;
        tryNext();
    });
    connect(&m_dialer, &Dialer::failed, this,
            [this](const ConnectionFailure &failure) { end(failure, false); });
    connect(&m_upgrade, &Upgrade::probed, this, [this] { m_transport->comeToRest(); });
    connect(&m_upgrade, &Upgrade::abandoned, this, [this] { m_transport->resume(); });
    m_checkTimer.setSingleShot(true);
    connect(&m_checkTimer, &QTimer::timeout, this, &EngineClient::onCheckExpired);
    m_openTimer.setSingleShot(true);
    m_nextTurn.setSingleShot(true);
    m_nextTurn.setInterval(AfterATurn);
    connect(&m_nextTurn, &QTimer::timeout, this, &EngineClient::deliver);
    connect(&m_openTimer, &QTimer::timeout, this, [this] {
        onFailed(Error{.code = ErrorCode::Timeout,
                       .message = QStringLiteral("The server did not answer within %1 ms (timeouts.connect)")
                                      .arg(m_config.timeouts.connect.count())},
                 m_transport != nullptr); // else none of them could reach it
    });
    connect(&m_watchdog, &Watchdog::silent, this, [this] {
        fail(Error{.code = ErrorCode::ConnectionLost,
                   .message = QStringLiteral("The server's heartbeat is missing")});
    });
    connect(&m_watchdog, &Watchdog::slept, this, [this] {
        fail(Error{.code = ErrorCode::ConnectionLost, .message = QStringLiteral("The machine was asleep")});
    });
}

EngineClient::~EngineClient()
{
    if (m_transport)
        m_transport->abort();
}

void EngineClient::open(const std::optional<QNetworkProxy> &proxy)
{
    if (m_state != State::Idle)
        return;
    if (proxy)
        m_config.proxy = proxy;
    const QPointer<EngineClient> self(this);
    if (m_configured.freshHeaders)
        m_config.headers += m_configured.freshHeaders(); // user code
    if (!self || m_state != State::Idle)
        return;
    m_state = State::Opening;
    begin();
}

void EngineClient::begin()
{
    m_next = 0;
    m_config.address.clear();
    m_openTimer.start(m_config.timeouts.connect);
    m_dialer.dial(m_config);
}

void EngineClient::tryNext()
{
    m_kind = m_config.transports.at(m_next++);
    m_transport = m_network.transport(m_kind, m_config);
    listen();
    m_openTimer.start(m_config.timeouts.connect);
    if (auto socket = m_dialer.takeSocket())
        m_transport->adopt(std::move(socket));
    m_transport->open();
}

void EngineClient::listen()
{
    connect(m_transport.get(), &Transport::packetReceived, this, &EngineClient::onPacket);
    connect(m_transport.get(), &Transport::answered, &m_checkTimer, &QTimer::stop);
    connect(m_transport.get(), &Transport::atRest, this, &EngineClient::goOver);
    connect(m_transport.get(), &Transport::failed, this, &EngineClient::onFailed);
}

void EngineClient::goOver()
{
    auto next = m_upgrade.take();
    if (!next)
        return m_transport->resume();
    const auto waiting = m_transport->takeWaiting();
    retire();
    m_transport = std::move(next);
    m_kind = TransportKind::WebSocket;
    listen();
    m_transport->send({.type = PacketType::Upgrade});
    for (const Packet &packet : waiting)
        m_transport->send(packet);
    regulate();
    qCDebug(lcClient) << "Session" << m_handshake.sid << "goes on over a WebSocket";
}

void EngineClient::sendText(const QByteArray &text)
{
    if (m_state == State::Open)
        m_transport->send({.type = PacketType::Message, .data = text});
}

void EngineClient::sendBinary(const QByteArray &data)
{
    if (m_state == State::Open)
        m_transport->send({.type = PacketType::Message, .data = data, .binary = true});
}

void EngineClient::close()
{
    if (m_transport && m_state == State::Open)
        m_transport->close();
    m_state = State::Closed;
    m_dialer.stop();
    m_inbox.clear();
    m_openTimer.stop();
    m_watchdog.stop();
    m_pulse.stop();
    m_checkTimer.stop();
    m_upgrade.stop();
}

void EngineClient::fail(const ConnectionFailure &failure) { end(failure, false); }

void EngineClient::end(const ConnectionFailure &failure, bool byServer)
{
    if (m_state == State::Closed)
        return;
    m_state = State::Closed;
    m_dialer.stop();
    m_openTimer.stop();
    m_watchdog.stop();
    m_pulse.stop();
    m_checkTimer.stop();
    m_upgrade.stop();
    retire();
    enqueue(Inbox::Ended{failure, byServer});
}

void EngineClient::reject(const Error &error)
{
    m_inbox.clear();
    fail(error);
}

void EngineClient::retire()
{
    if (!m_transport)
        return;
    m_transport->disconnect(this);
    m_transport->abort();
    m_retired.push_back(std::move(m_transport));
    QMetaObject::invokeMethod(
        this, [this] { m_retired.clear(); }, Qt::QueuedConnection);
}

void EngineClient::onPacket(const Packet &packet)
{
    m_watchdog.heard();
    if (m_state == State::Opening) {
        if (packet.binary || packet.type != PacketType::Open)
            return onFailed(
                Error{.code = ErrorCode::ProtocolViolation,
                      .message = QStringLiteral("The server's first packet is no Engine.IO handshake")},
                false);
        const auto handshake = engineio::decodeHandshake(packet.data);
        if (!handshake)
            return onFailed(handshake.error(), false);
        m_handshake = *handshake;
        m_state = State::Open;
        m_openTimer.stop();
        m_transport->begin(m_handshake);
        m_watchdog.start(std::chrono::milliseconds(m_handshake.pingInterval)
                         + std::chrono::milliseconds(m_handshake.pingTimeout));
        m_upgrade.start(m_kind, m_handshake);
        qCDebug(lcClient) << "Session" << m_handshake.sid << "opened";
        return enqueue(Inbox::Opened());
    }
    if (m_state != State::Open)
        return;
    switch (packet.type) {
    case PacketType::Ping:
        return onPing(packet.data);
    case PacketType::Message:
        return enqueue(packet);
    case PacketType::Close:
        return end({ConnectionFailure::Kind::Closed, QStringLiteral("The server closed the session")}, true);
    case PacketType::Noop:
        return;
    case PacketType::Open:
    case PacketType::Pong:
    case PacketType::Upgrade:
        return fail(Error{
            .code = ErrorCode::ProtocolViolation,
            .message = QStringLiteral("The server sent an Engine.IO packet of type %1, which is a client's")
                           .arg(static_cast<char>(packet.type) - '0')});
    }
}

void EngineClient::onPing(const QByteArray &payload)
{
    if (payload.size() > LongestPing)
        return fail(
            Error{.code = ErrorCode::ProtocolViolation,
                  .message = QStringLiteral("The server's heartbeat carries %1 bytes, it must be empty")
                                 .arg(payload.size())});
    sayPong(payload);
}

void EngineClient::sayPong(const QByteArray &payload)
{
    // All that the outbox holds may wait, several times over; answers to pings alone must not pile up.
    const qint64 most = 2 * m_config.outbox.bytes + m_config.limits.messageSize;
    if (m_transport->bytesWaiting() > most)
        return fail(Error{
            .code = ErrorCode::ConnectionLost,
            .message
            = QStringLiteral("The server reads nothing: more than %1 bytes wait to be sent").arg(most)});
    m_transport->send({.type = PacketType::Pong, .data = payload});
}

void EngineClient::onFailed(const ConnectionFailure &failure, bool retryOther, bool byServer)
{
    if (m_state == State::Opening && follow(failure))
        return;
    if (m_state != State::Opening || !retryOther || m_next >= m_config.transports.size())
        return end(failure, byServer);
    qCInfo(lcClient).noquote() << printable(failure.error.text()) << "- trying the next transport";
    retire();
    tryNext();
}

bool EngineClient::isTrusted() const { return isSameServer(m_configured.url, m_config.url); }

bool EngineClient::follow(const ConnectionFailure &failure)
{
    if (failure.kind != ConnectionFailure::Kind::Redirect || failure.redirectedTo.isEmpty()
        || m_redirects >= MostRedirects)
        return false;
    const auto next = redirected(m_config, failure.redirectedTo);
    if (!next)
        return false;
    ++m_redirects;
    qCInfo(lcClient).noquote() << "Redirected to" << printable(next->url.toDisplayString());
    retire();
    // Whoever was retired still looks at it; it does nothing more than that.
    static_cast<ClientConfig &>(m_config) = *next;
    begin();
    return true;
}

void EngineClient::regulate()
{
    m_regulationPosted = false;
    if (m_state != State::Open)
        return;
    const bool full = m_inbox.isFull();
    m_transport->setReading(!full);
    if (!full)
        return;
    m_heldBack = true;
    if (!m_pulse.isActive())
        m_pulse.start(std::max(1, std::min(m_handshake.pingInterval, m_handshake.pingTimeout) / 2));
}

void EngineClient::pulse()
{
    if (!std::exchange(m_heldBack, m_inbox.isFull()))
        return m_pulse.stop();
    m_watchdog.heard(); // It is we who do not listen.
    sayPong({});
}

void EngineClient::check()
{
    // What is opening has its own time; and where we do not read, we would not hear the answer.
    if (m_state != State::Open || m_inbox.isFull() || m_checkTimer.isActive())
        return;
    m_checkTimer.start(m_config.timeouts.check);
    m_transport->check();
}

void EngineClient::onCheckExpired()
{
    // The answer may stand behind much else, which keeps coming.
    if (m_inbox.isFull() || m_watchdog.quiet() < m_config.timeouts.check / 2)
        return;
    fail(Error{.code = ErrorCode::ConnectionLost,
               .message = QStringLiteral("The server gave no sign of life within %1 ms (timeouts.check)")
                              .arg(m_config.timeouts.check.count())});
}

void EngineClient::enqueue(Inbox::Incoming incoming)
{
    m_inbox.push(std::move(incoming));
    if (m_inbox.bytes() > m_config.limits.inbox + MostBeyond)
        return reject({.code = ErrorCode::LimitReached,
                       .message = QStringLiteral("What the server says at once takes more than %1 bytes")
                                      .arg(m_config.limits.inbox + MostBeyond)});
    // Once the transport is done with what it has read: reading goes on by itself until then.
    if (m_inbox.isFull() && m_state == State::Open && !std::exchange(m_regulationPosted, true))
        QMetaObject::invokeMethod(this, &EngineClient::regulate, Qt::QueuedConnection);
    postDelivery();
}

void EngineClient::setUnheard(qint64 bytes)
{
    const bool wasFull = m_inbox.isFull();
    m_inbox.setUnheard(bytes);
    if (wasFull != m_inbox.isFull())
        regulate();
}

void EngineClient::setTelling(bool telling)
{
    if (std::exchange(m_telling, telling) != telling && telling && !m_inbox.isEmpty())
        postDelivery();
}

void EngineClient::postDelivery()
{
    if (m_nextTurn.isActive() || std::exchange(m_deliveryPosted, true))
        return;
    QMetaObject::invokeMethod(this, &EngineClient::deliver, Qt::QueuedConnection);
}

void EngineClient::deliver()
{
    m_deliveryPosted = false;
    const QPointer<EngineClient> self(this);
    const QDeadlineTimer turn(TurnTime);
    while (self && m_telling && !m_inbox.isEmpty()) {
        if (turn.hasExpired())
            return m_nextTurn.start();
        const bool wasFull = m_inbox.isFull();
        const Inbox::Incoming incoming = m_inbox.pop();
        if (wasFull && !m_inbox.isFull())
            regulate();
        if (const auto *packet = std::get_if<Packet>(&incoming)) {
            if (packet->binary)
                Q_EMIT binaryReceived(packet->data);
            else
                Q_EMIT textReceived(packet->data);
        } else if (const auto *ended = std::get_if<Inbox::Ended>(&incoming)) {
            Q_EMIT closed(ended->failure, ended->byServer);
        } else {
            Q_EMIT opened();
        }
    }
}

} // namespace dialogue::client
