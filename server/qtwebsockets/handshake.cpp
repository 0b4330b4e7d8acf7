#include "server/qtwebsockets/handshake.h"

#include "server/tcp/addresskey.h"

#include <QNetworkRequest>
#include <QWebSocket>

#ifndef QT_NO_SSL
#include <QSslCipher>
#include <QSslConfiguration>
#endif

namespace dialogue::qtwebsockets {

namespace {

bool isSecure(const QWebSocket &socket)
{
    if (socket.requestUrl().scheme() == QLatin1StringView("wss"))
        return true;
#ifndef QT_NO_SSL
    // A QHttpServer hands TLS connections to a QWebSocketServer that knows nothing of TLS.
    return !socket.sslConfiguration().sessionCipher().isNull();
#else
    return false;
#endif
}

} // namespace

HttpRequest handshakeOf(const QWebSocket &socket)
{
    const QUrl url = socket.requestUrl();
    HttpRequest head;
    head.method = "GET";
    head.target = url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::RemoveFragment);
    head.path = url.path(QUrl::FullyDecoded).toUtf8();
    head.query = HttpQuery(url.query(QUrl::FullyEncoded).toLatin1());
    const QNetworkRequest request = socket.request();
    for (const QByteArray &name : request.rawHeaderList())
        head.headers.append(name, request.rawHeader(name));
    return head;
}

Peer peerOf(const QWebSocket &socket)
{
    return {.address = plainAddress(socket.peerAddress()), .isSecure = isSecure(socket)};
}

} // namespace dialogue::qtwebsockets
