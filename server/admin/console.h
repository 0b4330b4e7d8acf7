#pragma once

#include "server/admin/account.h"
#include "server/admin/watches.h"
#include "server/socketio/values.h"

#include <QHash>

#include <memory>

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
    /** Pages of logs that it waits for. */
    std::shared_ptr<int> pages = std::make_shared<int>(0);
    QList<SocketId> traces = {}; ///< Clients of which it wants to know when what was written.

    [[nodiscard]] bool isWatching(const QString &name) const
    {
        return watches.contains(name) || logs.contains(name) || lists.contains(name) || statsWatch == name;
    }
    /** But for that of figures, which costs nothing. */
    [[nodiscard]] qsizetype watchCount() const { return watches.size() + logs.size() + lists.size(); }
};

} // namespace dialogue::admin
