#pragma once

#include "server/loop/servertransport.h"
#include "server/tcp/permessagedeflate.h"
#include "server/tcp/trustedproxies.h"

#include <QtGlobal>

#include <chrono>
#include <cstddef>

namespace dialogue {

/** What the connections are told; the server's config in their words. */
struct NetConfig
{
    int maxHeaderSize = 16384; ///< Bytes; a longer head is answered 431.
    qint64 maxMessageSize = 1000000; ///< Bytes of one WebSocket message; over it: close 1009.
    qint64 sendQueue = 4194304; ///< Bytes waiting for one slow reader.
    std::chrono::milliseconds headerTimeout{10000}; ///< To a complete head; also an idle keep-alive.
    std::chrono::milliseconds bodyTimeout{20000}; ///< From the head to the complete body.
    std::chrono::milliseconds closeTimeout{5000}; ///< For a closing connection to take what is left.
    ServerTransport transport = ServerTransport::Native; ///< Of all connections that it adopts.
    bool ioUring = true; ///< Where it is to be had.
    TrustedProxies trustedProxies = {}; ///< Believed in what they say of their clients.
    PerMessageDeflate deflate = {};
    std::size_t connectionsPerFlush = 2048; ///< Sent to before others have their turn.
    bool tls = false; ///< All connections speak it.
    bool proxyProtocol = false; ///< What trusted proxies say comes first, in a header of the PROXY protocol.
};

} // namespace dialogue
