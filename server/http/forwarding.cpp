#include "server/http/forwarding.h"

#include "server/http/forwardedlist.h"
#include "server/http/origin.h"

#include <algorithm>
#include <array>

namespace dialogue {

namespace {

constexpr std::array XHeaders{"X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host"};
constexpr const char *PortHeader = "X-Forwarded-Port"; ///< Said beside them, or beside nothing.
constexpr qsizetype LongestAuthority = 255 + 6; ///< A name of DNS and a port.

bool sameText(QByteArrayView a, QByteArrayView b) { return a.compare(b, Qt::CaseInsensitive) == 0; }

bool mayBeHost(QByteArrayView text)
{
    return text.size() <= LongestAuthority && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.'
                   || c == '-' || c == '_' || c == ':' || c == '[' || c == ']';
           });
}

/** What one proxy says of the peer it had. */
struct Hop
{
    QByteArray node = {}; ///< An address, perhaps with a port; empty: not told.
    QByteArray protocol = {};
    QByteArray host = {};
    QByteArray port = {};
    bool malformed = false;
};

/** Hops from the nearest on; X-Forwarded-Proto, -Host and -Port may be shorter than -For where a proxy
 * replaces what came, and then their leftmost stands for all further ones. */
class XForwardedHops
{
public:
    explicit XForwardedHops(const HttpHeaders &headers)
        : m_nodes(headers.joined(XHeaders[0]))
        , m_protocols(headers.joined(XHeaders[1]))
        , m_hosts(headers.joined(XHeaders[2]))
        , m_ports(headers.joined(PortHeader))
    { }

    std::optional<Hop> next()
    {
        const std::optional<QByteArray> node = m_nodes.takeLast();
        if (!node && !m_first)
            return std::nullopt;
        m_first = false;
        if (std::optional<QByteArray> protocol = m_protocols.takeLast())
            m_protocol = *protocol;
        if (std::optional<QByteArray> host = m_hosts.takeLast())
            m_host = *host;
        if (std::optional<QByteArray> port = m_ports.takeLast())
            m_port = *port;
        return Hop{
            .node = node.value_or(QByteArray()), .protocol = m_protocol, .host = m_host, .port = m_port};
    }

private:
    ForwardedList m_nodes;
    ForwardedList m_protocols;
    ForwardedList m_hosts;
    ForwardedList m_ports;
    QByteArray m_protocol;
    QByteArray m_host;
    QByteArray m_port;
    bool m_first = true;
};

class Rfc7239Hops
{
public:
    explicit Rfc7239Hops(const HttpHeaders &headers)
        : m_elements(headers.joined("Forwarded"))
    { }

    std::optional<Hop> next()
    {
        const std::optional<QByteArray> element = m_elements.takeLast();
        if (!element)
            return std::nullopt;
        Hop hop;
        const std::optional<ForwardedElement> read = readForwardedElement(*element);
        if (!read)
            hop.malformed = true;
        else
            hop = {.node = read->forNode, .protocol = read->protocol, .host = read->host};
        return hop;
    }

private:
    ForwardedList m_elements;
};

/** Reads protocol, host and port of the hop that names the client. */
void describe(const Hop &hop, Forwarding &forwarding)
{
    forwarding.secure = sameText(hop.protocol, "https") || sameText(hop.protocol, "wss");
    if (!hop.protocol.isEmpty() && !forwarding.secure && !sameText(hop.protocol, "http")
        && !sameText(hop.protocol, "ws"))
        forwarding.malformed = true;
    if (mayBeHost(hop.host))
        forwarding.host = hop.host;
    else
        forwarding.malformed = true;
    if (hop.port.isEmpty())
        return;
    if (const std::optional<int> port = parsePort(hop.port))
        forwarding.port = *port;
    else
        forwarding.malformed = true;
}

template <class Hops>
Forwarding follow(Hops hops, const Peer &peer, const TrustedProxies &proxies)
{
    Forwarding forwarding{.address = peer.address};
    for (int count = 0;; ++count) {
        const std::optional<Hop> hop = hops.next();
        if (!hop)
            return forwarding;
        const ForwardedNode node = readForwardedNode(hop->node);
        if (hop->malformed || node.kind == ForwardedNode::Malformed || count == MaxForwardingHops)
            return {.address = peer.address, .malformed = true};
        forwarding = {.address = node.kind == ForwardedNode::Address ? node.address : peer.address};
        describe(*hop, forwarding);
        if (node.kind != ForwardedNode::Address || !proxies.contains(node.address))
            return forwarding;
    }
}

} // namespace

Forwarding readForwarding(const HttpHeaders &headers, const Peer &peer, const TrustedProxies &proxies)
{
    const bool hasPortAlone = headers.contains(PortHeader) && !headers.contains("Forwarded");
    if (hasPortAlone || std::any_of(XHeaders.begin(), XHeaders.end(), [&headers](const char *name) {
            return headers.contains(name);
        }))
        return follow(XForwardedHops(headers), peer, proxies);
    return follow(Rfc7239Hops(headers), peer, proxies);
}

} // namespace dialogue
