#pragma once

#include "server/admin/account.h"
#include "server/admin/watches.h"
#include "server/socketio/values.h"

#include <QHash>

namespace dialogue::admin {

/** Somebody who is in /admin now. */
struct Console
{
    SocketId socket = 0;
    Account account = {};
    QHash<QString, WatchId> watches = {}; ///< Of events, by the names it gives them.
    QString statsWatch = {}; ///< The same of figures; empty: none.
};

} // namespace dialogue::admin
