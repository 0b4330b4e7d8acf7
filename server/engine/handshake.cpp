#include "server/engine/handshake.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace dialogue::engineio {

namespace {

QString text(Refusal refusal)
{
    switch (refusal) {
    case Refusal::TransportUnknown:
        return QStringLiteral("Transport unknown");
    case Refusal::SessionUnknown:
        return QStringLiteral("Session ID unknown");
    case Refusal::BadHandshakeMethod:
        return QStringLiteral("Bad handshake method");
    case Refusal::BadRequest:
        return QStringLiteral("Bad request");
    case Refusal::Forbidden:
        return QStringLiteral("Forbidden");
    case Refusal::UnsupportedVersion:
        return QStringLiteral("Unsupported protocol version");
    }
    return {};
}

/** A JSON string literal, quotes included. */
QByteArray quoted(const QString &string)
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

std::optional<Refusal> verify(const Query &query, const QByteArray &method, bool isUpgrade, Known session)
{
    if (!query.transport)
        return Refusal::TransportUnknown;
    const bool webSocket = *query.transport == TransportName::WebSocket;
    if (!query.sid.isEmpty()) {
        if (session == Known::Nothing)
            return Refusal::SessionUnknown;
        if (!isUpgrade && webSocket != (session == Known::OnWebSocket))
            return Refusal::BadRequest;
        if (!query.versionOk)
            return Refusal::BadRequest;
    } else {
        if (method != "GET")
            return Refusal::BadHandshakeMethod;
        if (webSocket && !isUpgrade)
            return Refusal::BadRequest;
        if (!query.versionOk)
            return Refusal::UnsupportedVersion;
    }
    // What the reference lets through and then cannot serve: a WebSocket on polling's URL, HTTP on a
    // WebSocket's.
    if (webSocket != isUpgrade)
        return Refusal::BadRequest;
    return std::nullopt;
}

HttpResponse errorResponse(Refusal refusal, const QString &message)
{
    // By hand, for the order of the keys.
    const QByteArray body = "{\"code\":" + QByteArray::number(static_cast<int>(refusal))
        + ",\"message\":" + quoted(message.isEmpty() ? text(refusal) : message) + '}';
    return HttpResponse::of(refusal == Refusal::Forbidden ? 403 : 400, "application/json", body);
}

} // namespace dialogue::engineio
