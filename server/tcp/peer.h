#pragma once

#include "server/tcp/peercertificate.h"

#include <QHostAddress>

namespace dialogue {

/** Who is at the other end of a connection. */
struct Peer
{
    QHostAddress address; ///< Null: not known, as of a Unix socket's peer.
    bool isUnix = false; ///< It came through a Unix socket.
    bool isSecure = false; ///< It uses TLS, with us or says the proxy it came through.
    PeerCertificatePtr certificate = {}; ///< What it has shown, with us; null: nothing.
};

/** For the log. */
inline QString nameOf(const Peer &peer)
{
    return peer.isUnix ? QStringLiteral("a Unix socket") : peer.address.toString();
}

} // namespace dialogue
