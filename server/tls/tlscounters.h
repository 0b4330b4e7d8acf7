#pragma once

#include <QtGlobal>

namespace dialogue {

/** Of the TLS connections of an io worker. */
struct TlsCounters
{
    qint64 handshaking = 0; ///< Now.
    qint64 completed = 0; ///< Handshakes.
    qint64 failed = 0; ///< For whatever reason but the next two.
    qint64 plain = 0; ///< Came with HTTP, and were told so.
    qint64 refused = 0; ///< Closed, as there were tls.maxHandshakes, or maxHandshakesPerIp.
};

} // namespace dialogue
