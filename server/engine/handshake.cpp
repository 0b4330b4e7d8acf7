#include "server/engine/handshake.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace dialogue::engineio {

namespace {

QString text(HandshakeRefusal refusal)
{
    switch (refusal) {
    case HandshakeRefusal::TransportUnknown:
        return QStringLiteral("Transport unknown");
    case HandshakeRefusal::SessionUnknown:
        return QStringLiteral("Session ID unknown");
    case HandshakeRefusal::BadHandshakeMethod:
        return QStringLiteral("Bad handshake method");
    case HandshakeRefusal::BadRequest:
        return QStringLiteral("Bad request");
    case HandshakeRefusal::Forbidden:
        return QStringLiteral("Forbidden");
    case HandshakeRefusal::UnsupportedVersion:
        return QStringLiteral("Unsupported protocol version");
    }
    return {};
}

/** A JSON string literal, quotes included. */
QByteArray jsonLiteral(const QString &string)
{
    const QByteArray array = QJsonDocument(QJsonArray{string}).toJson(QJsonDocument::Compact);
    return array.sliced(1, array.size() - 2);
}

} // namespace

QByteArray wireName(TransportName transport)
{
    return transport == TransportName::Polling ? QByteArrayLiteral("polling")
                                               : QByteArrayLiteral("websocket");
}

Query Query::parse(const HttpRequest &request)
{
    Query query;
    const QByteArray transport = request.query.value("transport");
    if (transport == "polling")
        query.transport = TransportName::Polling;
    else if (transport == "websocket")
        query.transport = TransportName::WebSocket;
    query.sid = request.query.value("sid");
    query.versionOk = request.query.value("EIO") == "4";
    query.base64 = !request.query.value("b64").isEmpty();
    return query;
}

std::optional<HandshakeRefusal> verify(const Query &query, const QByteArray &method, bool isUpgrade,
                                       Known session)
{
    if (!query.transport)
        return HandshakeRefusal::TransportUnknown;
    const bool webSocket = *query.transport == TransportName::WebSocket;
    if (!query.sid.isEmpty()) {
        if (session == Known::Nothing)
            return HandshakeRefusal::SessionUnknown;
        if (!isUpgrade && webSocket != (session == Known::OnWebSocket))
            return HandshakeRefusal::BadRequest;
        if (!query.versionOk)
            return HandshakeRefusal::BadRequest;
    } else {
        if (method != "GET")
            return HandshakeRefusal::BadHandshakeMethod;
        if (webSocket && !isUpgrade)
            return HandshakeRefusal::BadRequest;
        if (!query.versionOk)
            return HandshakeRefusal::UnsupportedVersion;
    }
    // What the reference lets through and then cannot serve: a WebSocket on polling's URL, HTTP on a
    // WebSocket's.
    if (webSocket != isUpgrade)
        return HandshakeRefusal::BadRequest;
    return std::nullopt;
}

HttpResponse errorResponse(HandshakeRefusal refusal, const QString &message)
{
    // By hand, for the order of the keys.
    const QByteArray body = "{\"code\":" + QByteArray::number(static_cast<int>(refusal))
        + ",\"message\":" + jsonLiteral(message.isEmpty() ? text(refusal) : message) + '}';
    return HttpResponse::of(refusal == HandshakeRefusal::Forbidden ? 403 : 400, "application/json", body);
}

} // namespace dialogue::engineio
