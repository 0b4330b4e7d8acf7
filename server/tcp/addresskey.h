#pragma once

#include <QHostAddress>

namespace dialogue {

/** "::ffff:10.0.0.1", as a socket bound to "::" reports it, and "10.0.0.1" are one address: the latter. */
QHostAddress plainAddress(const QHostAddress &address);

/**
 * What a limit per address counts by: IPv4 as it is, mapped or not; of IPv6 the first 64 bits, because a
 * household or a rented machine has all the addresses behind those (RFC 6177). No address, as of a peer on a
 * Unix socket, is a key as well.
 */
QHostAddress addressKey(const QHostAddress &address);

} // namespace dialogue
