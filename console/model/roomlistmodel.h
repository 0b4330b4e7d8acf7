#pragma once

#include "console/model/keyedtablemodel.h"

#include <QString>

namespace dialogue::console {

/** A room as an operator sees it. */
struct RoomRow
{
    QString id;
    QString name = {};
    int size = 0; ///< Participants.
    int maxSize = 0; ///< 0: as many as come.
    double eventsPerSecond = 0;
    qint64 dropped = 0; ///< For slow readers.
    qint64 replaced = 0; ///< Likewise, by newer ones of the same key.
    qint64 lastOffset = 0; ///< 0: it has had no event that is kept.
    qint64 keptBytes = 0; ///< Of its log.
    bool isDeclared = false; ///< In the configuration; else somebody created it.

    friend bool operator==(const RoomRow &, const RoomRow &) = default;
};

/** All rooms, or those that were searched for. */
class RoomListModel : public KeyedTableModel<RoomRow>
{
public:
    enum Column {
        Id,
        Name,
        Size,
        MaxSize,
        Events,
        Dropped,
        Replaced,
        LastOffset,
        KeptBytes,
        Declared,
        ColumnCount
    };

    explicit RoomListModel(QObject *parent = nullptr);
};

} // namespace dialogue::console
