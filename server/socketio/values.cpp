#include "server/socketio/values.h"

namespace dialogue {

QByteArray reasonName(DisconnectReason reason)
{
    switch (reason) {
    case DisconnectReason::ClientDisconnect:
        return "client namespace disconnect";
    case DisconnectReason::TransportClosed:
    case DisconnectReason::ConnectionLost:
        return "transport close";
    case DisconnectReason::PingTimeout:
        return "ping timeout";
    case DisconnectReason::ProtocolError:
        return "parse error";
    case DisconnectReason::PayloadTooLarge:
        return "payload too large";
    case DisconnectReason::SlowReader:
        return "slow reader";
    case DisconnectReason::RateLimited:
        return "rate limited";
    case DisconnectReason::TokenExpired:
        return "token expired";
    case DisconnectReason::ServerDisconnect:
        return "server namespace disconnect";
    case DisconnectReason::ServerShutdown:
        return "server shutting down";
    }
    return {};
}

} // namespace dialogue
