#include "server/tcp/addresskey.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace dialogue {

namespace {

/** Of the addresses that stand for those of IPv4 (RFC 4291, section 2.5.5.2). */
constexpr std::array<quint8, 12> MappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

} // namespace

QHostAddress plainAddress(const QHostAddress &address)
{
    if (address.protocol() != QAbstractSocket::IPv6Protocol)
        return address;
    // Not by toIPv4Address() alone, which takes "::" for "0.0.0.0" as well.
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    const bool isMapped = std::equal(MappedPrefix.begin(), MappedPrefix.end(), std::begin(bytes.c));
    return isMapped ? QHostAddress(address.toIPv4Address()) : address;
}

QHostAddress addressKey(const QHostAddress &address)
{
    const QHostAddress plain = plainAddress(address);
    if (plain.protocol() != QAbstractSocket::IPv6Protocol)
        return plain;
    Q_IPV6ADDR bytes = plain.toIPv6Address();
    std::fill(std::begin(bytes.c) + 8, std::end(bytes.c), quint8(0));
    return QHostAddress(bytes);
}

} // namespace dialogue
