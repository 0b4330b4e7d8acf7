#include "client/connection/connector.h"

#include "client/engineio/endpoint.h"

#include <QPointer>
#include <QRandomGenerator>

namespace dialogue::client {

namespace {

/** For an orderly goodbye to leave before its connection is deleted. */
constexpr std::chrono::milliseconds GoodbyeTime{2000};

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
        if (m_socket)
            m_socket->open(proxy);
    });
    m_retryTimer.setSingleShot(true);
    connect(&m_retryTimer, &QTimer::timeout, this, &Connector::attempt);
    m_lastingTimer.setSingleShot(true);
    connect(&m_lastingTimer, &QTimer::timeout, this, [this] { m_backoff.reset(); });
}

Connector::~Connector()
{
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    m_socket->close();
    delete m_socket;
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
    if (m_socket)
        return;
    if (m_state == State::Reconnecting)
        return attempt();
    if (const auto sound = checkConfig(m_config); !sound) {
        Q_EMIT ended(sound.error(), false);
        return;
    }
    m_backoff.reset();
    if (setState(State::Connecting))
        attempt();
}

void Connector::check()
{
    if (m_state == State::Reconnecting)
        start();
    else if (SocketClient *const connection = socket())
        connection->check();
}

void Connector::attempt()
{
    m_retryTimer.stop();
    m_socket = new SocketClient(m_config, m_network, this);
    connect(m_socket, &SocketClient::connected, this, [this](const QString &sid) {
        m_lastingTimer.start(m_config.reconnectionDelayMax);
        if (setState(State::Connected))
            Q_EMIT connected(sid);
    });
    connect(m_socket, &SocketClient::eventReceived, this, &Connector::eventReceived);
    connect(m_socket, &SocketClient::refused, this, &Connector::onRefused);
    connect(m_socket, &SocketClient::closed, this,
            [this](const ConnectionFailure &failure, bool byServer) { end(failure, true, byServer); });
    connect(m_socket, &SocketClient::disconnectedByServer, this, [this] {
        end({ConnectionFailure::Kind::Closed, QStringLiteral("The server disconnected this client")}, false);
    });
    if (const auto proxy = knownProxy(m_config))
        m_socket->open(proxy);
    else
        m_proxies.ask(proxyQuery(m_config));
}

void Connector::onRefused(const QString &message, const QJsonObject &data)
{
    const auto code = codeFromName(data.value(QLatin1String("code")).toString().toUtf8());
    const bool passes = code == ErrorCode::ServerDraining || code == ErrorCode::LimitReached
        || code == ErrorCode::RateLimited || code == ErrorCode::Unavailable;
    ConnectionFailure failure(ConnectionFailure::Kind::Refused,
                              QStringLiteral("The server refused the connection: %1").arg(message));
    failure.error.code = code.value_or(ErrorCode::Unauthorized);
    end(failure, passes || m_config.auth.isFresh());
}

void Connector::stop()
{
    m_retryTimer.stop();
    if (m_socket) {
        m_socket->close();
        retire();
    }
    if (m_state == State::Disconnected || !setState(State::Disconnected))
        return;
    Q_EMIT ended({ConnectionFailure::Kind::Closed, QStringLiteral("Disconnected by this client")}, false);
}

void Connector::drop(const ConnectionFailure &failure)
{
    if (!m_socket)
        return;
    m_socket->close();
    end(failure, true);
}

void Connector::retire()
{
    m_lastingTimer.stop();
    m_proxies.cancel();
    SocketClient *const gone = std::exchange(m_socket, nullptr);
    gone->disconnect(this);
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
