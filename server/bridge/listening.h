#pragma once

#include "core/base/result.h"
#include "server/config/serverconfig.h"
#include "server/tcp/places.h"
#include "server/tcp/trustedproxies.h"
#include "server/tls/tlsentry.h"

#include <QUrl>

#include <functional>
#include <memory>
#include <vector>

namespace dialogue {

class NetWorker;

/** One address that is listened on, of whatever transport; in the hub's thread. */
class Listening
{
public:
    /** Whose the next connection is. */
    using Next = std::function<NetWorker &()>;

    virtual ~Listening() = default; ///< Accepts no more.
    /** Accepts, within the limits; once. */
    virtual void begin(const std::shared_ptr<Places> &places, const TrustedProxies &proxies, const Next &next,
                       const tls::TlsEntries &entry)
        = 0;
    [[nodiscard]] virtual QUrl url() const = 0;
    [[nodiscard]] virtual quint16 port() const = 0; ///< 0 of a Unix socket.
};

using Listenings = std::vector<std::unique_ptr<Listening>>;

/** What \a config says to listen on: what was handed over, a Unix socket, an address and a port, or nothing.
 * ConfigError, IoError. */
Result<Listenings> openListenings(const ServerConfig &config);

/** What admin.port says, or nothing. IoError. */
Result<Listenings> openListeningsForConsoles(const ServerConfig &config);

/** The same of each transport, where it is not nothing. */
Result<Listenings> openNativeListenings(const ServerConfig &config);
Result<Listenings> openQtListenings(const ServerConfig &config);

/** "http://127.0.0.1:3000", or "https:" where that is spoken. */
[[nodiscard]] QUrl httpUrl(const QHostAddress &address, quint16 port, bool isSecure);

} // namespace dialogue
