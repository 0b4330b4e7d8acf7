#pragma once

#include "console/model/eventsegment.h"

#include <QStringList>
#include <QVariant>

namespace dialogue::console {

/** The columns of a table of events; behind them one for each JSON pointer into the data. */
enum class EventColumn { Time, Room, Event, From, Offset, Size, Key, Node, Data, Count };

/** What there is to be had of a row besides what is displayed. Everything is raw: delegates put it into
 * words. */
enum EventRole {
    KindRole = Qt::UserRole + 1, ///< RowKind, as an int.
    SeqRole, ///< quint64
    FlagsRole, ///< EventFlag, as an int.
    DataRole, ///< QByteArray: the JSON as it came, whole.
    MetaRole, ///< QByteArray
    GapReasonRole, ///< GapReason, as an int; of a gap alone.
    GapCountRole, ///< qint64; of a gap alone. 0: nobody knows.
};

struct PointerColumn
{
    QString pointer;
    QStringList parts;
};

/** Of the cell in \a column, which is an EventColumn, or behind them one of \a pointers. The first 256 bytes
 * of data are displayed: who wants all asks for DataRole. */
[[nodiscard]] QVariant eventData(const EventSegment &segment, int row, int column, int role,
                                 const QList<PointerColumn> &pointers);

} // namespace dialogue::console
