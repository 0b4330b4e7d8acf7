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

QByteArray basicCredentials(const QString &user, const QString &password)
{
    return "Basic " + (user + QLatin1Char(':') + password).toUtf8().toBase64();
}

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

int portOf(const QUrl &url) { return url.port(isSecure(url) ? 443 : 80); }

QNetworkRequest endpointRequest(const ClientConfig &config, const QUrl &url)
{
    // The user and the password go along unasked: to wait for a 401 would cost a round trip, and Qt's sending
    // the request again is no broken connection.
    QNetworkRequest request(url.adjusted(QUrl::RemoveUserInfo));
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("Dialogue/" DIALOGUE_VERSION));
    if (!url.userName().isEmpty())
        request.setRawHeader("Authorization", basicCredentials(url.userName(), url.password()));
    for (const auto &[name, value] : config.headers)
        request.setRawHeader(name, value);
    if (isSecure(url))
        request.setSslConfiguration(config.ssl);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    return request;
}

std::optional<QNetworkProxy> knownProxy(const ClientConfig &config)
{
    if (config.proxy)
        return *config.proxy;
    if (isLoopback(config.url.host()))
        return QNetworkProxy::NoProxy;
    if (QNetworkProxyFactory::usesSystemConfiguration()) // what it then asks is the system
        return std::nullopt;
    const QList<QNetworkProxy> ofApplication = QNetworkProxyFactory::proxyForQuery(proxyQuery(config));
    if (!ofApplication.isEmpty() && ofApplication.constFirst().type() != QNetworkProxy::NoProxy
        && ofApplication.constFirst().type() != QNetworkProxy::DefaultProxy)
        return ofApplication.constFirst();
    return std::nullopt;
}

QNetworkProxyQuery proxyQuery(const ClientConfig &config)
{
    // There are rules for http, not for ws.
    return QNetworkProxyQuery(endpointUrl(config, TransportKind::Polling).adjusted(QUrl::RemoveUserInfo),
                              QNetworkProxyQuery::UrlRequest);
}

bool isSameServer(const QUrl &from, const QUrl &to)
{
    const bool becomesSecure = !isSecure(from) && isSecure(to) && portOf(from) == 80 && portOf(to) == 443;
    const bool isSameOrigin = isSecure(from) == isSecure(to) && portOf(from) == portOf(to);
    return from.host() == to.host() && (isSameOrigin || becomesSecure);
}

std::optional<ClientConfig> redirected(const ClientConfig &config, const QUrl &target)
{
    const bool secure = isSecure(target);
    if (!target.isValid() || target.host().isEmpty() || (!secure && target.scheme() != QLatin1String("http"))
        || (isSecure(config.url) && !secure))
        return std::nullopt;
    ClientConfig next = config;
    next.url = target.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveFragment);
    QUrlQuery query(next.url);
    for (const char *ours : {"EIO", "transport", "sid", "t"})
        query.removeAllQueryItems(QString::fromLatin1(ours));
    next.url.setQuery(query.isEmpty() ? QString() : query.toString(QUrl::FullyEncoded));
    next.path = next.url.path().isEmpty() ? QStringLiteral("/") : next.url.path();
    if (isSameServer(config.url, target)) {
        next.url.setUserName(config.url.userName());
        next.url.setPassword(config.url.password());
        return next;
    }
    next.headers.clear();
    next.freshHeaders = {};
    next.auth = {};
    return next;
}

ConnectionFailure::Kind kindOf(QNetworkReply::NetworkError error, int httpStatus)
{
    using Kind = ConnectionFailure::Kind;
    if (httpStatus == 401)
        return Kind::Unauthorized;
    if (httpStatus == 407 || error == QNetworkReply::ProxyAuthenticationRequiredError)
        return Kind::ProxyAuthentication;
    if (httpStatus == 511) // RFC 6585
        return Kind::CaptivePortal;
    if (httpStatus >= 300 && httpStatus < 400)
        return Kind::Redirect;
    if (httpStatus != 0 && httpStatus != 200)
        return Kind::HttpStatus;
    switch (error) {
    case QNetworkReply::HostNotFoundError:
        return Kind::HostNotFound;
    case QNetworkReply::TimeoutError:
        return Kind::TimedOut;
    case QNetworkReply::SslHandshakeFailedError:
        return Kind::Tls;
    case QNetworkReply::ConnectionRefusedError:
    case QNetworkReply::UnknownNetworkError:
    case QNetworkReply::NetworkSessionFailedError:
        return Kind::Unreachable;
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::UnknownProxyError:
        return Kind::Proxy;
    default:
        return Kind::Lost;
    }
}

ConnectionFailure::Kind kindOf(QAbstractSocket::SocketError error)
{
    using Kind = ConnectionFailure::Kind;
    switch (error) {
    case QAbstractSocket::HostNotFoundError:
        return Kind::HostNotFound;
    case QAbstractSocket::SocketTimeoutError:
        return Kind::TimedOut;
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError:
        return Kind::Tls;
    case QAbstractSocket::ConnectionRefusedError:
    case QAbstractSocket::NetworkError:
    case QAbstractSocket::SocketAccessError:
        return Kind::Unreachable;
    case QAbstractSocket::ProxyAuthenticationRequiredError:
        return Kind::ProxyAuthentication;
    case QAbstractSocket::ProxyConnectionRefusedError:
    case QAbstractSocket::ProxyConnectionClosedError:
    case QAbstractSocket::ProxyConnectionTimeoutError:
    case QAbstractSocket::ProxyNotFoundError:
    case QAbstractSocket::ProxyProtocolError:
        return Kind::Proxy;
    default:
        return Kind::Lost;
    }
}

} // namespace dialogue::client
