#include "client/engineio/websockethandshake.h"

#include <QCryptographicHash>
#include <QRandomGenerator>
#include <QUrl>

#include <algorithm>
#include <array>

namespace dialogue::client {

namespace {

bool isOneOf(const QByteArray &name, std::initializer_list<const char *> names)
{
    return std::ranges::any_of(
        names, [&](const char *other) { return name.compare(other, Qt::CaseInsensitive) == 0; });
}

/** Said once, by us. */
bool isTheHandshakes(const QByteArray &name)
{
    return isOneOf(name,
                   {"Connection", "Upgrade", "Sec-WebSocket-Key", "Sec-WebSocket-Version",
                    "Sec-WebSocket-Extensions", "Sec-WebSocket-Protocol"});
}

bool isTokenCharacter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
        || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

/** RFC 9110, section 5: a line break within would begin another header. */
bool isHeader(const QByteArray &name, const QByteArray &value)
{
    return !name.isEmpty() && std::ranges::all_of(name, isTokenCharacter)
        && std::ranges::none_of(value, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

QByteArray acceptFor(const QByteArray &key)
{
    const QByteArray text = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455, 1.3
    return QCryptographicHash::hash(text, QCryptographicHash::Sha1).toBase64();
}

/** Of the name \a name, put together as RFC 9110, 5.3, has it. */
QByteArray valueOf(const QByteArrayList &lines, const char *name)
{
    QByteArrayList values;
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.first(colon).compare(name, Qt::CaseInsensitive) == 0)
            values.append(line.sliced(colon + 1).trimmed());
    }
    return values.join(", ");
}

bool names(const QByteArray &list, const char *token)
{
    return std::ranges::any_of(list.split(','), [&](const QByteArray &one) {
        return one.trimmed().compare(token, Qt::CaseInsensitive) == 0;
    });
}

QString faultOf(const QByteArrayList &lines, const QByteArray &key)
{
    if (!names(valueOf(lines, "Upgrade"), "websocket") || !names(valueOf(lines, "Connection"), "upgrade"))
        return QStringLiteral("HTTP 101, and not to a WebSocket");
    if (valueOf(lines, "Sec-WebSocket-Accept") != acceptFor(key))
        return QStringLiteral("Sec-WebSocket-Accept does not fit the key that was sent");
    for (const char *unasked : {"Sec-WebSocket-Extensions", "Sec-WebSocket-Protocol"}) {
        if (!valueOf(lines, unasked).isEmpty())
            return QStringLiteral("a %1 that was not asked for").arg(QLatin1String(unasked));
    }
    return {};
}

} // namespace

QByteArray handshakeKey()
{
    std::array<quint32, 4> random{};
    QRandomGenerator::system()->fillRange(random.data(), static_cast<qsizetype>(random.size()));
    return QByteArray(reinterpret_cast<const char *>(random.data()), sizeof random).toBase64();
}

QByteArray handshakeRequest(const QNetworkRequest &request, const QByteArray &key)
{
    const QUrl url = request.url();
    QByteArray target = url.path(QUrl::FullyEncoded).toLatin1();
    if (!target.startsWith('/'))
        target.prepend('/');
    if (url.hasQuery())
        target += '?' + url.query(QUrl::FullyEncoded).toLatin1();
    QByteArray head = "GET " + target + " HTTP/1.1\r\n";
    if (!request.hasRawHeader("Host"))
        head += "Host: " + url.authority(QUrl::FullyEncoded).toLatin1() + "\r\n";
    head += "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
        + key + "\r\n";
    for (const QByteArray &name : request.rawHeaderList()) {
        const QByteArray value = request.rawHeader(name);
        if (isHeader(name, value) && !isTheHandshakes(name))
            head += name + ": " + value + "\r\n";
    }
    return head + "\r\n";
}

Result<std::optional<HandshakeAnswer>> readHandshake(QByteArrayView bytes, const QByteArray &key)
{
    const auto violation
        = [](const QString &what) { return Error{.code = ErrorCode::ProtocolViolation, .message = what}; };
    const QByteArrayView start("HTTP/1.");
    const qsizetype known = std::min(start.size(), bytes.size());
    if (bytes.first(known) != start.first(known))
        return violation(QStringLiteral("the answer is not HTTP"));
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    if ((end < 0 ? bytes.size() : end) > LongestHead)
        return violation(QStringLiteral("the head of the answer is longer than %1 bytes").arg(LongestHead));
    if (end < 0)
        return std::optional<HandshakeAnswer>();
    QByteArrayList lines;
    for (QByteArray &line : bytes.first(end).toByteArray().split('\n'))
        lines.append(line.endsWith('\r') ? line.chopped(1) : line);
    const QByteArray statusLine = lines.takeFirst();
    HandshakeAnswer answer{.status = statusLine.mid(9, 3).toInt(),
                           .reason = statusLine.mid(13).trimmed(),
                           .location = valueOf(lines, "Location"),
                           .size = end + 4,
                           .fault = {}};
    if (statusLine.size() < 12 || statusLine[8] != ' ' || answer.status < 100)
        return violation(QStringLiteral("the answer is not HTTP"));
    if (answer.status == 101)
        answer.fault = faultOf(lines, key);
    return std::optional(answer);
}

} // namespace dialogue::client
