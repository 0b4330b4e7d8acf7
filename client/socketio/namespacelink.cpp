#include "client/socketio/namespacelink.h"

#include "client/socketio/packetconnection.h"
#include "core/protocol/socketio/event.h"

#include <QJsonArray>
#include <QPointer>

namespace dialogue::client {

NamespaceLink::NamespaceLink(QByteArray nsp, Auth auth, const ClientConfig &config, QObject *parent)
    : QObject(parent)
    , m_nsp(std::move(nsp))
    , m_auth(std::move(auth))
    , m_patience(config.timeouts.connect)
    , m_mostEarly(config.limits.inbox)
    , m_connectTimer(this)
{
    m_connectTimer.setSingleShot(true);
    connect(&m_connectTimer, &QTimer::timeout, this, &NamespaceLink::unanswered);
}

void NamespaceLink::send(socketio::Packet packet)
{
    packet.nsp = m_nsp;
    m_connection->send(packet);
}

void NamespaceLink::enter(PacketConnection &connection)
{
    const bool asked = std::exchange(m_state, State::Entering) == State::Leaving;
    m_recovered = false;
    if (asked)
        return; // And the answer is due.
    m_mayRecover = false;
    m_connection = &connection;
    m_connectTimer.start(m_patience);
    QJsonObject said;
    if (connection.isTrusted()) {
        const QPointer<NamespaceLink> self(this);
        said = m_auth(); // user code
        if (!self || m_connection != &connection)
            return;
        m_mayRecover = !m_pid.isEmpty();
        if (m_mayRecover) { // Below what the user says, as in the reference.
            if (!said.contains(QLatin1String("pid")))
                said.insert(QLatin1String("pid"), m_pid);
            if (!m_offset.isEmpty() && !said.contains(QLatin1String("offset")))
                said.insert(QLatin1String("offset"), m_offset);
        }
    }
    send({.type = socketio::PacketType::Connect,
          .data = said.isEmpty() ? QJsonValue(QJsonValue::Undefined) : said});
}

void NamespaceLink::leave()
{
    if (m_state == State::Entering || m_state == State::Leaving) {
        m_state = State::Leaving;
        return;
    }
    if (m_state == State::Inside)
        send({.type = socketio::PacketType::Disconnect});
    connectionGone();
}

void NamespaceLink::connectionGone()
{
    m_connection = nullptr;
    m_state = State::Outside;
    m_connectTimer.stop();
    m_acks.clear();
    m_early.clear();
    m_earlyBytes = 0;
}

void NamespaceLink::emitEvent(const OutgoingEvent &event, AckHandler onAck)
{
    socketio::Packet packet = packetOf(event);
    if (onAck) {
        packet.id = ++m_lastAck;
        m_acks.emplace(m_lastAck, std::move(onAck));
    }
    send(std::move(packet));
}

void NamespaceLink::acknowledge(quint64 ackId, const JsonData &args, const QList<QByteArray> &attachments)
{
    send({.type = socketio::PacketType::Ack, .id = ackId, .data = args, .attachments = attachments});
}

void NamespaceLink::take(const socketio::Packet &packet)
{
    if (m_state == State::Outside)
        return; // It was on its way when we left.
    if (packet.type == socketio::PacketType::Connect)
        return onConnect(packet);
    if (packet.type == socketio::PacketType::ConnectError)
        return onConnectError(packet);
    if (m_state == State::Leaving)
        return;
    if (m_state == State::Entering && m_mayRecover && packet.isEvent())
        return onEarlyEvent(packet);
    if (m_state != State::Inside)
        return m_connection->violation(QStringLiteral("a packet before the answer to CONNECT"));
    if (packet.isEvent())
        return onEvent(packet);
    if (packet.isAck())
        return onAck(packet);
    connectionGone();
    Q_EMIT disconnectedByServer();
}

void NamespaceLink::onConnect(const socketio::Packet &packet)
{
    if (m_state == State::Inside)
        return m_connection->violation(QStringLiteral("a second CONNECT"));
    const QJsonObject said = packet.data.toObject();
    const QString sid = said.value(QLatin1String("sid")).toString();
    if (sid.isEmpty())
        return m_connection->violation(
            QStringLiteral("a CONNECT without a sid; is it a server of Socket.IO 3 or newer?"));
    if (m_state == State::Leaving) {
        send({.type = socketio::PacketType::Disconnect});
        return connectionGone();
    }
    const QString pid = said.value(QLatin1String("pid")).toString();
    m_recovered = !pid.isEmpty() && pid == m_pid;
    m_pid = pid;
    if (!m_recovered)
        m_offset.clear();
    m_state = State::Inside;
    m_connectTimer.stop();
    const QPointer<NamespaceLink> self(this);
    const std::vector<socketio::Packet> early = std::exchange(m_early, {});
    Q_EMIT connected(sid);
    for (const socketio::Packet &missed : early) {
        if (self && isInside())
            onEvent(missed);
    }
}

void NamespaceLink::onEarlyEvent(const socketio::Packet &packet)
{
    m_earlyBytes += m_connection->packetBytes();
    if (m_earlyBytes > m_mostEarly)
        return m_connection->violation(
            QStringLiteral("more than %1 bytes before the answer to CONNECT (limits.inbox)")
                .arg(m_mostEarly));
    m_early.push_back(packet);
}

void NamespaceLink::onConnectError(const socketio::Packet &packet)
{
    if (m_state == State::Inside)
        return m_connection->violation(QStringLiteral("a CONNECT_ERROR after the CONNECT"));
    const bool leaving = m_state == State::Leaving;
    connectionGone();
    if (leaving)
        return;
    const QJsonObject said = packet.data.toObject();
    const QJsonObject data = said.value(QLatin1String("data")).toObject();
    const auto code = codeFromName(data.value(QLatin1String("code")).toString().toUtf8());
    Q_EMIT refused({code.value_or(ErrorCode::Unauthorized), said.value(QLatin1String("message")).toString()},
                   data);
}

void NamespaceLink::onEvent(const socketio::Packet &packet)
{
    const socketio::EventParts event = socketio::takeApart(packet.data);
    if (!m_pid.isEmpty()) {
        if (const QJsonValue last = event.args.toArray().last(); last.isString())
            m_offset = last.toString();
    }
    Q_EMIT eventReceived(event.name, event.args, packet.attachments, packet.id);
}

void NamespaceLink::onAck(const socketio::Packet &packet)
{
    const auto waiting = m_acks.find(packet.id.value_or(0));
    if (waiting == m_acks.end())
        return; // as the reference: no violation
    const AckHandler handler = std::move(waiting->second);
    m_acks.erase(waiting);
    handler(packet.data, packet.attachments); // may delete this
}

} // namespace dialogue::client
