#include "client/engineio/upgrade.h"

#include "core/base/logging.h"

#include <algorithm>

namespace dialogue::client {

namespace {

constexpr int MostDoublings = 6;

bool prefersWebSocket(const ClientConfig &config, TransportKind kind)
{
    const qsizetype webSocket = config.transports.indexOf(TransportKind::WebSocket);
    return webSocket >= 0 && webSocket < config.transports.indexOf(kind);
}

} // namespace

Upgrade::Upgrade(const ConnectionConfig &config, const TransportFactory &factory)
    : m_config(config)
    , m_factory(factory)
{
    m_wait.setSingleShot(true);
    connect(&m_wait, &QTimer::timeout, this, &Upgrade::attempt);
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, &Upgrade::giveUp);
}

Upgrade::~Upgrade()
{
    if (m_probe)
        m_probe->abort();
}

void Upgrade::start(TransportKind kind, const engineio::Handshake &handshake)
{
    m_handshake = handshake;
    if (m_config.timeouts.upgrade.count() > 0 && prefersWebSocket(m_config, kind)
        && handshake.upgrades.contains("websocket"))
        m_wait.start(m_config.timeouts.upgrade);
}

void Upgrade::stop()
{
    m_wait.stop();
    m_limit.stop();
    retire();
}

void Upgrade::attempt()
{
    m_isProbed = false;
    m_probe = m_factory(TransportKind::WebSocket, m_config);
    connect(m_probe.get(), &Transport::packetReceived, this, &Upgrade::onPacket);
    connect(m_probe.get(), &Transport::failed, this, &Upgrade::giveUp);
    m_limit.start(m_config.timeouts.connect);
    m_probe->begin(m_handshake); // It opens for this session.
    m_probe->open();
}

void Upgrade::onPacket(const engineio::Packet &packet)
{
    const bool isAnswer = packet.type == engineio::PacketType::Pong && packet.data == "probe";
    if (!isAnswer || std::exchange(m_isProbed, true))
        return giveUp();
    Q_EMIT probed();
}

std::unique_ptr<Transport> Upgrade::take()
{
    m_limit.stop();
    if (m_probe)
        m_probe->disconnect(this);
    return std::move(m_probe);
}

void Upgrade::giveUp()
{
    m_limit.stop();
    retire();
    m_attempts = std::min(m_attempts + 1, MostDoublings);
    m_wait.start(m_config.timeouts.upgrade * (1 << m_attempts));
    if (std::exchange(m_isProbed, false))
        Q_EMIT abandoned();
}

void Upgrade::retire()
{
    if (!m_probe)
        return;
    m_probe->disconnect(this);
    m_probe->abort();
    m_probe.release()->deleteLater(); // It may be telling us something.
}

} // namespace dialogue::client
