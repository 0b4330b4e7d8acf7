#include "client/connection/connector.h"

#include "client/engineio/endpoint.h"

#include <QPointer>
#include <QRandomGenerator>

#include <algorithm>

namespace dialogue::client {

namespace {

/** For an orderly goodbye to leave before its connection is deleted. */
constexpr std::chrono::milliseconds GoodbyeTime{2000};

bool isWanted(const NamespaceLink *link) { return link->wish() == NamespaceLink::Wish::In; }

} // namespace

Connector::Connector(const ClientConfig &config, Network network)
    : m_config(config)
    , m_network(std::move(network))
    , m_backoff(config.reconnectionDelay, config.reconnectionDelayMax, config.reconnectionJitter)
    , m_proxies(config.timeouts.connect / 2, &QNetworkProxyFactory::systemProxyForQuery, this)
    , m_retryTimer(this)
    , m_lastingTimer(this)
{
    connect(&m_proxies, &ProxyLookup::found, this, [this](const QNetworkProxy &proxy) {
        if (m_connection)
            m_connection->open(proxy);
    });
    m_retryTimer.setSingleShot(true);
    connect(&m_retryTimer, &QTimer::timeout, this, &Connector::attempt);
    m_lastingTimer.setSingleShot(true);
    connect(&m_lastingTimer, &QTimer::timeout, this, [this] { m_backoff.reset(); });
}

Connector::~Connector()
{
    if (!m_connection)
        return;
    m_connection->disconnect(this);
    goodbye();
    m_connection->close();
    delete m_connection;
}

void Connector::add(NamespaceLink &link)
{
    m_links.insert(link.nsp(), &link);
    connect(&link, &NamespaceLink::connected, this, &Connector::onConnected);
    connect(&link, &NamespaceLink::refused, this,
            [this, &link](const Error &error) { onRefused(link, error); });
    connect(&link, &NamespaceLink::disconnectedByServer, this, [this, &link] { onDisconnected(link); });
    connect(&link, &NamespaceLink::unanswered, this, [this, &link] { onUnanswered(link); });
}

void Connector::remove(NamespaceLink &link)
{
    leave(link);
    link.disconnect(this);
    m_links.remove(link.nsp());
    m_left.insert(link.nsp());
}

void Connector::enter(NamespaceLink &link)
{
    link.setWish(NamespaceLink::Wish::In);
    if (!m_connection)
        start();
    else if (m_open && !link.isThere())
        link.enter(*m_connection);
}

void Connector::leave(NamespaceLink &link)
{
    link.setWish(NamespaceLink::Wish::Out);
    if (isWantedBeside(link))
        link.leave();
    else
        stop();
}

bool Connector::isWantedBeside(const NamespaceLink &link) const
{
    return std::ranges::any_of(
        m_links, [&link](const NamespaceLink *other) { return other != &link && isWanted(other); });
}

bool Connector::setState(State state)
{
    if (std::exchange(m_state, state) == state)
        return true;
    const QPointer<Connector> self(this);
    Q_EMIT stateChanged(state);
    return !self.isNull();
}

void Connector::start()
{
    if (m_connection)
        return;
    if (m_state == State::Reconnecting)
        return attempt();
    if (const auto sound = checkConfig(m_config); !sound) {
        Q_EMIT ended(sound.error(), false);
        return;
    }
    for (NamespaceLink *const link : std::as_const(m_links)) {
        if (link->wish() == NamespaceLink::Wish::Refused)
            link->setWish(NamespaceLink::Wish::In);
    }
    if (std::ranges::none_of(m_links, isWanted))
        return;
    m_backoff.reset();
    if (setState(State::Connecting))
        attempt();
}

void Connector::check()
{
    if (m_state == State::Reconnecting)
        start();
    else if (m_state == State::Connected)
        m_connection->check();
}

void Connector::attempt()
{
    m_retryTimer.stop();
    m_left.clear();
    m_connection = new PacketConnection(m_config, m_network, this);
    connect(m_connection, &PacketConnection::opened, this, &Connector::onOpened);
    connect(m_connection, &PacketConnection::packetReceived, this, &Connector::onPacket);
    connect(m_connection, &PacketConnection::closed, this,
            [this](const ConnectionFailure &failure, bool byServer) { end(failure, true, byServer); });
    if (const auto proxy = knownProxy(m_config))
        m_connection->open(proxy);
    else
        m_proxies.ask(proxyQuery(m_config));
}

void Connector::onOpened()
{
    m_open = true;
    const QPointer<PacketConnection> here(m_connection); // What to say of ourselves is asked of the user.
    const QList<NamespaceLink *> links = m_links.values();
    for (NamespaceLink *const link : links) {
        if (here && isWanted(link) && !link->isThere())
            link->enter(*here);
    }
}

void Connector::onPacket(const socketio::Packet &packet)
{
    if (NamespaceLink *const link = m_links.value(packet.nsp))
        link->take(packet);
    else if (!m_left.contains(packet.nsp))
        m_connection->violation(
            QStringLiteral("a packet for the namespace '%1'").arg(QString::fromUtf8(packet.nsp.left(64))));
    else if (packet.type == socketio::PacketType::Connect)
        m_connection->send({.type = socketio::PacketType::Disconnect, .nsp = packet.nsp});
}

void Connector::onConnected()
{
    if (m_state != State::Connected)
        m_lastingTimer.start(m_config.reconnectionDelayMax);
    setState(State::Connected);
}

void Connector::onDisconnected(NamespaceLink &link)
{
    link.setWish(NamespaceLink::Wish::Refused);
    if (!isWantedBeside(link))
        end({ConnectionFailure::Kind::Closed, QStringLiteral("The server disconnected this client")}, false);
}

void Connector::onUnanswered(NamespaceLink &link)
{
    m_connection->fail(Error{
        .code = ErrorCode::Timeout,
        .message = QStringLiteral("The server did not answer CONNECT to %1 within %2 ms (timeouts.connect)")
                       .arg(QString::fromUtf8(link.nsp()))
                       .arg(m_config.timeouts.connect.count())});
}

void Connector::onRefused(NamespaceLink &link, const Error &error)
{
    const bool passes = error.code == ErrorCode::ServerDraining || error.code == ErrorCode::LimitReached
        || error.code == ErrorCode::RateLimited || error.code == ErrorCode::Unavailable;
    const bool mayRetry = passes || link.auth().isFresh();
    if (isWantedBeside(link)) {
        link.setWish(NamespaceLink::Wish::Refused);
        return;
    }
    if (!mayRetry)
        link.setWish(NamespaceLink::Wish::Refused);
    ConnectionFailure failure(ConnectionFailure::Kind::Refused,
                              QStringLiteral("The server refused the connection: %1").arg(error.message));
    failure.error.code = error.code;
    end(failure, mayRetry);
}

void Connector::stop()
{
    m_retryTimer.stop();
    if (m_connection) {
        goodbye();
        retire();
    }
    if (m_state == State::Disconnected || !setState(State::Disconnected))
        return;
    Q_EMIT ended({ConnectionFailure::Kind::Closed, QStringLiteral("Disconnected by this client")}, false);
}

void Connector::drop(const ConnectionFailure &failure)
{
    if (!m_connection)
        return;
    goodbye();
    end(failure, true);
}

void Connector::goodbye()
{
    for (NamespaceLink *const link : std::as_const(m_links))
        link->leave();
}

void Connector::retire()
{
    m_lastingTimer.stop();
    m_proxies.cancel();
    m_open = false;
    for (NamespaceLink *const link : std::as_const(m_links))
        link->connectionGone();
    PacketConnection *const gone = std::exchange(m_connection, nullptr);
    gone->disconnect(this);
    gone->close();
    QTimer::singleShot(GoodbyeTime, gone, &QObject::deleteLater);
}

void Connector::end(const ConnectionFailure &failure, bool mayRetry, bool byServer)
{
    retire();
    const bool exhausted
        = m_config.reconnectionAttempts > 0 && m_backoff.attempts() >= m_config.reconnectionAttempts;
    const bool retry = mayRetry && m_config.reconnection && !exhausted;
    std::chrono::milliseconds delay{0};
    if (retry) {
        delay = m_backoff.next(QRandomGenerator::global()->generateDouble());
        m_retryTimer.start(delay);
    }
    const QPointer<Connector> self(this);
    if (!setState(retry ? State::Reconnecting : State::Disconnected))
        return;
    Q_EMIT ended(failure, byServer);
    if (self && m_retryTimer.isActive())
        Q_EMIT scheduled(m_backoff.attempts(), static_cast<int>(delay.count()));
}

} // namespace dialogue::client
