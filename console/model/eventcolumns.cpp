#include "console/model/eventcolumns.h"

#include "console/model/jsonvalue.h"

#include "core/json/parsed.h"

namespace dialogue::console {

namespace {

constexpr qsizetype MostDisplayed = 256;

QString beginning(QByteArrayView json)
{
    if (json.size() <= MostDisplayed)
        return json::fromUtf8(json);
    qsizetype end = MostDisplayed;
    while (end > 0 && (static_cast<uchar>(json[end]) & 0xc0U) == 0x80)
        --end; // Not in the middle of a character.
    return json::fromUtf8(json.first(end));
}

QVariant numberOrNothing(qint64 number) { return number < 0 ? QVariant() : QVariant(number); }

QVariant displayed(const EventSegment &segment, int row, int column, const QList<PointerColumn> &pointers)
{
    switch (EventColumn(column)) {
    case EventColumn::Time:
        return numberOrNothing(segment.time(row));
    case EventColumn::Room:
        return segment.name(EventSegment::Room, row);
    case EventColumn::Event:
        return segment.name(EventSegment::Event, row);
    case EventColumn::From:
        return segment.name(EventSegment::From, row);
    case EventColumn::Offset:
        return numberOrNothing(segment.offset(row));
    case EventColumn::Size:
        return segment.kind(row) == RowKind::Event ? QVariant(qint64(segment.length(row))) : QVariant();
    case EventColumn::Key:
        return segment.name(EventSegment::Key, row);
    case EventColumn::Node:
        return segment.name(EventSegment::Node, row);
    case EventColumn::Data:
        return beginning(segment.data(row));
    case EventColumn::Count:
        break;
    }
    const int pointer = column - int(EventColumn::Count);
    return pointer < pointers.size() ? valueAt(segment.data(row), pointers[pointer].parts) : QVariant();
}

} // namespace

QVariant eventData(const EventSegment &segment, int row, int column, int role,
                   const QList<PointerColumn> &pointers)
{
    const bool isGap = segment.kind(row) == RowKind::Gap;
    switch (role) {
    case Qt::DisplayRole:
        return displayed(segment, row, column, pointers);
    case KindRole:
        return int(segment.kind(row));
    case SeqRole:
        return segment.firstSeq() + quint64(row);
    case FlagsRole:
        return isGap ? 0 : int(segment.flags(row));
    case DataRole:
        return segment.data(row).toByteArray();
    case MetaRole:
        return segment.meta(row).toByteArray();
    case GapReasonRole:
        return isGap ? QVariant(int(segment.gapReason(row))) : QVariant();
    case GapCountRole:
        return isGap ? QVariant(segment.gapCount(row)) : QVariant();
    default:
        return {};
    }
}

} // namespace dialogue::console
