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
    QHash<QString, WatchId> logs = {}; ///< The same of errors and of the audit log; and
    QHash<QString, WatchId> lists = {}; ///< of rooms and of clients.
    QString statsWatch = {}; ///< The same of figures; empty: none.
    QList<SocketId> traces = {}; ///< Clients of which it wants to know when what was written.

    [[nodiscard]] bool isWatching(const QString &name) const
    {
        return watches.contains(name) || logs.contains(name) || lists.contains(name) || statsWatch == name;
    }
    /** But for that of figures, which costs nothing. */
    [[nodiscard]] qsizetype watchCount() const { return watches.size() + logs.size() + lists.size(); }
};

} // namespace dialogue::admin
