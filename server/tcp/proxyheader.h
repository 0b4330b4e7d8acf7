#pragma once

#include "server/tcp/needmore.h"
#include "server/tcp/peer.h"

#include <optional>
#include <variant>

namespace dialogue {

/** What a proxy has put in front of a connection (haproxy's PROXY protocol, versions 1 and 2). */
struct ProxyHeader
{
    qsizetype size = 0; ///< Bytes of it on the wire.
    /** Nothing: it is the proxy's own connection, or one that it cannot describe. */
    std::optional<Peer> client;
};

/** No header of the PROXY protocol; why not, for the log. */
struct NotProxied
{
    QByteArray reason;
};

/** A longer header of version 2 is none: what comes with its addresses is seldom of interest, and never to us
 * but for one bit. Version 1 has 107 bytes at most. */
constexpr qsizetype MaxProxyHeaderSize = 4096;

/** The header at the front of \a bytes, of which nothing is consumed. */
std::variant<NeedMore, ProxyHeader, NotProxied> parseProxyHeader(QByteArrayView bytes);

} // namespace dialogue
