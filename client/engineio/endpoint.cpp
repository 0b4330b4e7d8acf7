#include "client/engineio/endpoint.h"

#include <QHostAddress>
#include <QUrlQuery>

namespace dialogue::client {

namespace {

bool isSecure(const QUrl &url)
{
    return url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("wss");
}

bool isLoopback(const QString &host)
{
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

Error configError(const QString &message, const QString &path)
{
    return {.code = ErrorCode::ConfigError, .message = message, .path = path};
}

} // namespace

Result<void> checkConfig(const ClientConfig &config)
{
    static const QStringList schemes{QStringLiteral("http"), QStringLiteral("https"), QStringLiteral("ws"),
                                     QStringLiteral("wss")};
    if (!config.url.isValid() || config.url.host().isEmpty() || !schemes.contains(config.url.scheme()))
        return configError(
            QStringLiteral(
                "must be an http, https, ws or wss address such as http://127.0.0.1:3000, it is '%1'")
                .arg(config.url.toDisplayString()),
            QStringLiteral("url"));
    if (config.transports.isEmpty())
        return configError(QStringLiteral("must name at least one transport"), QStringLiteral("transports"));
    return {};
}

QUrl endpointUrl(const ClientConfig &config, TransportKind transport, const QByteArray &sid)
{
    const bool secure = isSecure(config.url);
    const bool webSocket = transport == TransportKind::WebSocket;
    QUrl url = config.url;
    url.setFragment({});
    if (webSocket)
        url.setScheme(secure ? QStringLiteral("wss") : QStringLiteral("ws"));
    else
        url.setScheme(secure ? QStringLiteral("https") : QStringLiteral("http"));
    if (url.path().isEmpty() || url.path() == QLatin1String("/"))
        url.setPath(config.path.startsWith(QLatin1Char('/')) ? config.path : QLatin1Char('/') + config.path);
    QUrlQuery query(url);
    query.addQueryItem(QStringLiteral("EIO"), QStringLiteral("4"));
    query.addQueryItem(QStringLiteral("transport"),
                       webSocket ? QStringLiteral("websocket") : QStringLiteral("polling"));
    if (!sid.isEmpty())
        query.addQueryItem(QStringLiteral("sid"),
                           QString::fromUtf8(QUrl::toPercentEncoding(QString::fromUtf8(sid))));
    url.setQuery(query);
    return url;
}

QNetworkRequest endpointRequest(const ClientConfig &config, const QUrl &url)
{
    QNetworkRequest request(url);
    for (const auto &[name, value] : config.headers)
        request.setRawHeader(name, value);
    if (isSecure(url))
        request.setSslConfiguration(config.ssl);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    return request;
}

QNetworkProxy proxyFor(const ClientConfig &config)
{
    if (config.proxy)
        return *config.proxy;
    if (isLoopback(config.url.host()))
        return QNetworkProxy::NoProxy;
    // There are rules for http, not for ws.
    const QNetworkProxyQuery query(endpointUrl(config, TransportKind::Polling),
                                   QNetworkProxyQuery::UrlRequest);
    const QList<QNetworkProxy> ofApplication = QNetworkProxyFactory::proxyForQuery(query);
    if (!ofApplication.isEmpty() && ofApplication.constFirst().type() != QNetworkProxy::NoProxy
        && ofApplication.constFirst().type() != QNetworkProxy::DefaultProxy)
        return ofApplication.constFirst();
    const QList<QNetworkProxy> ofSystem = QNetworkProxyFactory::systemProxyForQuery(query);
    return ofSystem.isEmpty() ? QNetworkProxy(QNetworkProxy::NoProxy) : ofSystem.constFirst();
}

} // namespace dialogue::client
