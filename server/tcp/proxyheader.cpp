#include "server/tcp/proxyheader.h"

#include "server/tcp/addresskey.h"
#include "server/tcp/trustedproxies.h"

#include <QtEndian>

#include <algorithm>

namespace dialogue {

namespace {

using Parsed = std::variant<NeedMore, ProxyHeader, NotProxied>;

// Of version 2, as in "The PROXY protocol", section 2.2.
constexpr QByteArrayView Signature("\r\n\r\n\0\r\nQUIT\n", 12);
constexpr qsizetype FixedSize = 16; ///< Signature, version and command, family, length.
enum Command : quint8 { Local = 0x20, Proxied = 0x21 };
enum Family : quint8 { Unspecified = 0x00, Tcp4 = 0x11, Tcp6 = 0x21, UnixStream = 0x31 };
constexpr qsizetype Ipv4Size = 12; ///< Two addresses, two ports.
constexpr qsizetype Ipv6Size = 36;
constexpr qsizetype UnixSize = 216;
constexpr quint8 TlsField = 0x20;
constexpr quint8 ClientUsedTls = 0x01;

constexpr QByteArrayView Version1 = "PROXY ";
constexpr qsizetype Version1Size = 107; ///< At most, with its line break.

/** Whether the two agree as far as both go. */
bool agree(QByteArrayView a, QByteArrayView b)
{
    const qsizetype size = std::min(a.size(), b.size());
    return a.first(size) == b.first(size);
}

bool isPort(QByteArrayView text)
{
    bool good = false;
    const bool isNumber = !text.isEmpty() && text.size() <= 5
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    return isNumber && text.toByteArray().toUInt(&good) <= 0xffff && good;
}

/** "TCP4 192.0.2.7 203.0.113.1 47011 443", and what follows. */
Parsed parseVersion1(QByteArrayView bytes)
{
    const QByteArrayView longest = bytes.first(std::min(bytes.size(), Version1Size));
    const qsizetype end = longest.indexOf("\r\n");
    if (end < 0)
        return longest.size() == Version1Size ? Parsed(NotProxied{"a PROXY line without an end"})
                                              : NeedMore{};
    ProxyHeader header{.size = end + 2, .client = {}};
    const QList<QByteArray> words = bytes.first(end).sliced(Version1.size()).toByteArray().split(' ');
    if (words.first() == "UNKNOWN")
        return header;
    const bool ipv6 = words.first() == "TCP6";
    if (words.size() != 5 || !(ipv6 || words.first() == "TCP4") || !isPort(words[3]) || !isPort(words[4]))
        return NotProxied{"a malformed PROXY line"};
    for (const qsizetype i : {1, 2}) {
        if (!strictAddress(words[i]) || words[i].contains(':') != ipv6)
            return NotProxied{"a malformed address in a PROXY line"};
    }
    header.client = Peer{.address = *strictAddress(words[1])};
    return header;
}

/** Whether the fields behind the addresses say that the client uses TLS; nothing where they are malformed. */
std::optional<bool> readFields(QByteArrayView fields)
{
    bool secure = false;
    constexpr qsizetype Head = 3; // Type and length.
    while (!fields.isEmpty()) {
        if (fields.size() < Head)
            return std::nullopt;
        const qsizetype length = qFromBigEndian<quint16>(fields.data() + 1);
        if (fields.size() < Head + length)
            return std::nullopt;
        if (quint8(fields[0]) == TlsField && length > 0)
            secure = (quint8(fields[Head]) & ClientUsedTls) != 0;
        fields = fields.sliced(Head + length);
    }
    return secure;
}

Parsed parseVersion2(QByteArrayView bytes)
{
    if (bytes.size() < FixedSize)
        return NeedMore{};
    const auto command = quint8(bytes[12]);
    const auto family = quint8(bytes[13]);
    const qsizetype length = qFromBigEndian<quint16>(bytes.data() + 14);
    if (command != Local && command != Proxied)
        return NotProxied{"a PROXY header of an unknown version or command"};
    if (FixedSize + length > MaxProxyHeaderSize)
        return NotProxied{"a PROXY header that is too long"};
    if (bytes.size() < FixedSize + length)
        return NeedMore{};
    ProxyHeader header{.size = FixedSize + length, .client = {}};
    if (command == Local || family == Unspecified)
        return header;
    const QByteArrayView rest = bytes.sliced(FixedSize, length);
    Peer client;
    qsizetype addresses = 0;
    if (family == Tcp4 && length >= Ipv4Size) {
        client.address = QHostAddress(qFromBigEndian<quint32>(rest.data()));
        addresses = Ipv4Size;
    } else if (family == Tcp6 && length >= Ipv6Size) {
        client.address = plainAddress(QHostAddress(reinterpret_cast<const quint8 *>(rest.data())));
        addresses = Ipv6Size;
    } else if (family == UnixStream && length >= UnixSize) {
        client.isUnix = true;
        addresses = UnixSize;
    } else {
        return NotProxied{"a PROXY header with addresses that are too short or of an unknown family"};
    }
    const std::optional<bool> secure = readFields(rest.sliced(addresses));
    if (!secure)
        return NotProxied{"a PROXY header with malformed fields"};
    client.isSecure = *secure;
    header.client = client;
    return header;
}

} // namespace

std::variant<NeedMore, ProxyHeader, NotProxied> parseProxyHeader(QByteArrayView bytes)
{
    if (bytes.isEmpty())
        return NeedMore{};
    if (agree(bytes, Signature))
        return parseVersion2(bytes);
    if (agree(bytes, Version1))
        return bytes.size() < Version1.size() ? Parsed(NeedMore{}) : parseVersion1(bytes);
    return NotProxied{"no PROXY header"};
}

} // namespace dialogue
