#include "client/engineio/dialer.h"

#include "client/engineio/endpoint.h"
#include "core/base/logging.h"

namespace dialogue::client {

Dialer::Dialer(Resolver resolve)
    : m_resolve(std::move(resolve))
{
    connect(&m_race, &AddressRace::won, this, [this](const QHostAddress &address) {
        qCDebug(lcClient) << "Connected to" << address.toString();
        Q_EMIT done(address);
    });
    connect(
        &m_race, &AddressRace::lost, this, [this](QAbstractSocket::SocketError error, const QString &text) {
            Q_EMIT failed(ConnectionFailure(
                kindOf(error), QStringLiteral("None of the host's addresses can be reached: %1").arg(text)));
        });
}

void Dialer::dial(const ConnectionConfig &config)
{
    stop();
    const QUrl url = endpointUrl(config, TransportKind::WebSocket);
    m_port = static_cast<quint16>(portOf(url));
    m_secure = url.scheme() == QLatin1String("wss");
    const bool isProxied = config.proxy && config.proxy->type() != QNetworkProxy::NoProxy;
    m_lookup = std::make_unique<QObject>();
    if (isProxied || !QHostAddress(url.host()).isNull() || (m_secure && !QSslSocket::supportsSsl())) {
        QMetaObject::invokeMethod(
            m_lookup.get(), [this] { onResolved({}); }, Qt::QueuedConnection);
        return;
    }
    m_resolve(url.host(), m_lookup.get(),
              [this](const QList<QHostAddress> &addresses) { onResolved(addresses); });
}

void Dialer::stop()
{
    m_lookup.reset();
    m_race.stop();
}

void Dialer::onResolved(const QList<QHostAddress> &addresses)
{
    m_lookup.release()->deleteLater(); // It is telling us.
    const QList<QHostAddress> ordered = inTurns(addresses);
    if (ordered.size() < 2) {
        Q_EMIT done({});
        return;
    }
    m_race.start(ordered, m_port, m_secure);
}

} // namespace dialogue::client
