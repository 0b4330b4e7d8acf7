#pragma once

#include "core/base/result.h"
#include "core/room/persistence.h"
#include "server/export.h"

#include <QList>
#include <QString>
#include <QStringList>

/** What dialogue-server does with a store at a command line. */
namespace dialogue::store {

struct RoomFacts
{
    QString id;
    Durability durability = Durability::Commit;
    qint64 events = 0;
    quint64 oldest = 0; ///< Offsets; 0: there are none.
    quint64 newest = 0;
    qint64 bytes = 0; ///< Of its events, with their attachments.
    bool isOfClient = false; ///< A client has made it.
};

struct StoreFacts
{
    qint64 format = 0;
    qint64 starts = 0; ///< Of servers, on this file.
    bool wasStopped = false; ///< The last one ended in order; not while one runs.
    qint64 triggers = 0; ///< Ids that are remembered.
    QList<RoomFacts> rooms = {}; ///< By id.
};

/** The Error: there is no such file, or it is none. */
[[nodiscard]] Result<void> mustBeStore(const QString &path);

/** Also while a server runs. */
DIALOGUE_SERVER_EXPORT Result<StoreFacts> factsOf(const QString &path);
/** What is wrong with it, a line each; looks at every page and every event. Also while a server runs. */
DIALOGUE_SERVER_EXPORT Result<QStringList> faultsOf(const QString &path);
/** A copy of one moment, in a file that is not there yet. Also while a server runs. */
DIALOGUE_SERVER_EXPORT Result<void> backUp(const QString &path, const QString &to);
/** It comes from a backup: whoever comes back to a room begins anew. Not while a server runs. */
DIALOGUE_SERVER_EXPORT Result<void> markRestored(const QString &path);

} // namespace dialogue::store
