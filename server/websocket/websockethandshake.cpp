#include "server/websocket/websockethandshake.h"

#include "core/base/bytes.h"
#include "server/http/token.h"
#include "server/websocket/deflateoffer.h"

#include <QCryptographicHash>

#include <algorithm>

namespace dialogue {

namespace {

/** Of those the client offers; empty: it offers none. */
QByteArray firstSubprotocol(const HttpHeaders &headers)
{
    const QByteArray offered = headers.joined("Sec-WebSocket-Protocol");
    const qsizetype comma = offered.indexOf(',');
    return (comma < 0 ? offered : offered.first(comma)).trimmed();
}

} // namespace

std::optional<HttpResponse> refusalOfUpgrade(const HttpRequest &request)
{
    const auto refusal = [](int status, const QByteArray &reason) {
        HttpResponse response = HttpResponse::text(reason, status);
        response.close = true;
        return response;
    };
    if (request.headers.value("Sec-WebSocket-Version") != "13") {
        HttpResponse response = refusal(426, "Sec-WebSocket-Version 13 is expected\n");
        response.headers.append("Sec-WebSocket-Version", "13");
        return response;
    }
    const auto key = QByteArray::fromBase64Encoding(request.headers.value("Sec-WebSocket-Key"),
                                                    QByteArray::AbortOnBase64DecodingErrors);
    if (!key || key.decoded.size() != 16)
        return refusal(400, "A Sec-WebSocket-Key of 16 bytes in base64 is expected\n");
    const QByteArray protocol = firstSubprotocol(request.headers);
    if (!std::all_of(protocol.begin(), protocol.end(), isTokenCharacter))
        return refusal(400,
                       "Names of subprotocols, with commas between them, are expected in "
                       "Sec-WebSocket-Protocol\n");
    return std::nullopt;
}

QByteArray upgradeResponse(const HttpHeaders &headers, bool deflates)
{
    const QByteArray key = headers.value("Sec-WebSocket-Key");
    const QByteArray accept
        = QCryptographicHash::hash(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", QCryptographicHash::Sha1);
    QByteArray response = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Accept: ";
    response.reserve(response.size() + 32);
    appendBytes(response, accept.toBase64());
    if (const QByteArray protocol = firstSubprotocol(headers); !protocol.isEmpty()) {
        appendBytes(response, "\r\nSec-WebSocket-Protocol: ");
        appendBytes(response, protocol);
    }
    if (deflates) {
        appendBytes(response, "\r\nSec-WebSocket-Extensions: ");
        appendBytes(response, DeflateAgreed);
    }
    appendBytes(response, "\r\n\r\n");
    return response;
}

} // namespace dialogue
