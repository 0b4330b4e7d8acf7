#include "server/tcp/trustedproxies.h"

#include "server/tcp/addresskey.h"

#include <QtEndian>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include <arpa/inet.h>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

constexpr std::array Loopback{"127.0.0.0/8", "::1"};
constexpr std::array Private{"10.0.0.0/8", "172.16.0.0/12",  "192.168.0.0/16",
                             "fc00::/7",   "169.254.0.0/16", "fe80::/10"};
constexpr int Ipv4Bits = 32;
constexpr int Ipv6Bits = 128;
constexpr int MappedBits = Ipv6Bits - Ipv4Bits; ///< Of the prefix of "::ffff:10.0.0.1".

Error wrong(const QString &message) { return {ErrorCode::ConfigError, message}; }

int bitsOf(const QHostAddress &address)
{
    return address.protocol() == QAbstractSocket::IPv4Protocol ? Ipv4Bits : Ipv6Bits;
}

/** The first address of the block that \a address is in. */
QHostAddress firstOf(const QHostAddress &address, int prefix)
{
    if (bitsOf(address) == Ipv4Bits) {
        const quint32 mask = prefix == 0 ? 0 : ~quint32(0) << (Ipv4Bits - prefix);
        return QHostAddress(address.toIPv4Address() & mask);
    }
    Q_IPV6ADDR bytes = address.toIPv6Address();
    for (int i = 0; i < 16; ++i) {
        const int kept = std::clamp(prefix - i * 8, 0, 8);
        bytes.c[i] = quint8(bytes.c[i] & (0xff00U >> kept));
    }
    return QHostAddress(bytes);
}

} // namespace

std::optional<QHostAddress> strictAddress(QByteArrayView text)
{
    // inet_pton takes no short, octal or hexadecimal forms, which QHostAddress does.
    std::array<char, INET6_ADDRSTRLEN> buffer{};
    if (text.size() >= qsizetype(buffer.size()) || text.contains('\0'))
        return std::nullopt;
    std::copy(text.begin(), text.end(), buffer.begin());
    in_addr ipv4{};
    if (::inet_pton(AF_INET, buffer.data(), &ipv4) == 1)
        return QHostAddress(qFromBigEndian(ipv4.s_addr));
    Q_IPV6ADDR ipv6{};
    if (::inet_pton(AF_INET6, buffer.data(), &ipv6) == 1)
        return plainAddress(QHostAddress(ipv6));
    return std::nullopt;
}

Result<TrustedProxies> TrustedProxies::parse(const QStringList &items)
{
    TrustedProxies proxies;
    for (qsizetype i = 0; i < items.size(); ++i) {
        if (const Result<void> added = proxies.add(items[i]); !added)
            return Error{ErrorCode::ConfigError, added.error().message, u"trustedProxies[%1]"_s.arg(i)};
    }
    return proxies;
}

QString TrustedProxies::problem(const QString &item)
{
    TrustedProxies proxies;
    const Result<void> added = proxies.add(item);
    return added ? QString() : added.error().message;
}

bool TrustedProxies::contains(const QHostAddress &address) const
{
    return std::any_of(m_blocks.begin(), m_blocks.end(), [&address](const Block &block) {
        return bitsOf(block.first) == bitsOf(address) && address.isInSubnet(block.first, block.second);
    });
}

Result<void> TrustedProxies::add(const QString &item)
{
    const auto addAll = [this](const auto &blocks) {
        for (const char *block : blocks) {
            if (const Result<void> added = addBlock(QString::fromLatin1(block)); !added)
                return added;
        }
        return Result<void>();
    };
    if (item == "unix"_L1) {
        m_unix = true;
        return {};
    }
    if (item == "loopback"_L1)
        return addAll(Loopback);
    if (item == "private"_L1)
        return addAll(Private);
    return addBlock(item);
}

Result<void> TrustedProxies::addBlock(const QString &text)
{
    const qsizetype slash = text.indexOf(u'/');
    const QByteArray base = (slash < 0 ? text : text.first(slash)).toUtf8();
    std::optional<QHostAddress> address = strictAddress(base);
    if (!address) {
        return wrong(u"must be an address such as \"10.0.0.1\", a block such as \"10.0.0.0/8\" or "
                     "\"2001:db8::/32\", or \"loopback\", \"private\" or \"unix\", not \"%1\""_s.arg(text));
    }
    const bool mapped = bitsOf(*address) == Ipv4Bits && base.contains(':');
    const int bits = mapped ? Ipv6Bits : bitsOf(*address);
    int prefix = bits;
    if (slash >= 0) {
        const QString digits = text.sliced(slash + 1);
        const bool isNumber = !digits.isEmpty() && digits.size() <= 3
            && std::all_of(digits.begin(), digits.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
        prefix = isNumber ? digits.toInt() : -1;
        if (prefix < (mapped ? MappedBits : 0) || prefix > bits) {
            return wrong(u"\"%1\": after the \"/\" a number of bits from %2 to %3 is expected"_s.arg(text)
                             .arg(mapped ? MappedBits : 0)
                             .arg(bits));
        }
    }
    if (mapped)
        prefix -= MappedBits;
    if (const QHostAddress first = firstOf(*address, prefix); first != *address) {
        return wrong(u"\"%1\": the block begins at %2; write \"%2/%3\", or the address alone"_s.arg(
            text, first.toString(), QString::number(prefix)));
    }
    m_blocks.append({*address, prefix});
    return {};
}

} // namespace dialogue
