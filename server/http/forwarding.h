#pragma once

#include "server/http/httpmessage.h"
#include "server/tcp/trustedproxies.h"

namespace dialogue {

/** What is known of a request's client when it came through proxies. */
struct Forwarding
{
    QHostAddress address = noAddress(); ///< The client's; the peer's where nothing readable says more.
    bool secure = false; ///< The client spoke TLS, says a proxy.
    QByteArray host = {}; ///< "example.org:8080" as the client asked for it; empty: no proxy says so.
    /** The port that the client asked for, where that host names none; 0: no proxy says so. */
    int port = 0;
    bool malformed = false; ///< Something was said that cannot be read.
};

/** So many proxies in a row are followed. */
constexpr int MaxForwardingHops = 32;

/**
 * Reads what \a peer, one of \a proxies, says of its client: X-Forwarded-For, -Proto and -Host, and -Port
 * beside them, or, where none of the three is there, Forwarded (RFC 7239). Each proxy has added its word at
 * the right, so it is read from there, and no further than to the first address that is not a proxy of ours:
 * what lies to the left of it is that client's own word, and may be anything.
 *
 * An address that is malformed, or one too many hops away, is no address: then it is the peer's. "unknown"
 * and names that a proxy made up ("_hidden") are as good as the peer's too, and not malformed.
 */
Forwarding readForwarding(const HttpHeaders &headers, const Peer &peer, const TrustedProxies &proxies);

} // namespace dialogue
