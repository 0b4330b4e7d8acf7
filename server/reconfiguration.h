#pragma once

#include "core/base/result.h"
#include "server/config/serverconfig.h"
#include "server/jwt/keyset.h"
#include "server/rooms/middlewares.h"
#include "server/tls/tlscontext.h"

#include <QList>
#include <QStringList>

#include <optional>

namespace dialogue {

class Certificates;
class Door;
class HubParts;

/**
 * A running server comes to have another configuration: all that may fail first, and then all of it, or
 * nothing. Lives for one call, in the hub's thread.
 */
class Reconfiguration
{
public:
    struct Target
    {
        ServerConfig &config; ///< What the parts of the server read.
        HubParts &parts;
        const Door &door;
        Certificates *certificates; ///< Null: there is no TLS.
    };

    Reconfiguration(const Target &target, const ServerConfig &now);

    /** ConfigError, LimitReached and what a store says: it all is as it was. */
    [[nodiscard]] Result<void> run();

private:
    [[nodiscard]] Result<void> prepare();
    [[nodiscard]] Result<void> prepareRooms();
    [[nodiscard]] Result<void> createRooms();
    void changeRooms();
    void changeCreatedRooms();

    Target m_target;
    const ServerConfig m_before;
    ServerConfig m_now; ///< What it is to run with.
    QList<RoomConfig> m_added;
    QList<RoomConfig> m_changed;
    QList<RoomConfig> m_taken; ///< In the place of rooms of clients.
    QStringList m_removed;
    MiddlewareChainPtr m_middleware;
    std::optional<jwt::KeySet> m_keys;
    tls::TlsContextPtr m_certificates;
};

} // namespace dialogue
