#pragma once

#include <QList>
#include <QStringList>

namespace dialogue {

class ConnectedClient;

/** Whom a broadcast leaves out. */
struct BroadcastOptions
{
    QList<ConnectedClient *> except = {};
    QStringList exceptUsers = {}; ///< All connections of these users.
    bool isVolatile = false; ///< Dropped for who is behind with what was sent before, and not queued.
};

} // namespace dialogue
