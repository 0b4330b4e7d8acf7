#include "console/model/eventexport.h"

#include "console/model/jsonvalue.h"

#include "core/json/cursor.h"
#include "core/json/exact.h"
#include "core/json/objectwriter.h"
#include "core/json/parsed.h"

#include <QDateTime>

#include <algorithm>
#include <array>

namespace dialogue::console {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array NameKeys{"room"_L1, "event"_L1, "from"_L1, "key"_L1,
                              "node"_L1}; // As NameColumn counts them.

QLatin1StringView reasonOf(GapReason reason)
{
    switch (reason) {
    case GapReason::Rate:
        return "rate"_L1;
    case GapReason::Ring:
        return "ring"_L1;
    case GapReason::Queue:
        return "queue"_L1;
    case GapReason::Filter:
        return "filter"_L1;
    case GapReason::Connection:
        break;
    }
    return "connection"_L1;
}

void writeJson(json::ObjectWriter &out, QLatin1StringView key, QLatin1StringView textKey, QByteArrayView json)
{
    if (json.isEmpty())
        return;
    const QByteArrayView trimmed = json.trimmed();
    if (json::check(trimmed, json::MaxWrappedDepth))
        out.text(key, json::compact(trimmed));
    else
        out.string(textKey, json::fromUtf8(json));
}

/** A text of somebody else's. */
QByteArray csvText(const QString &text)
{
    constexpr auto BeginsFormula = "=+-@\t\r"_L1;
    QByteArray cell = text.toUtf8();
    if (!text.isEmpty() && BeginsFormula.contains(text.front()))
        cell.prepend('\'');
    const bool isPlain = std::none_of(cell.begin(), cell.end(),
                                      [](char c) { return QByteArrayView(",\"\r\n").contains(c); });
    return isPlain ? cell : '"' + cell.replace('"', "\"\"") + '"';
}

QByteArray csvNumber(qint64 number) { return number < 0 ? QByteArray() : QByteArray::number(number); }

QByteArray csvTime(qint64 time)
{
    return time < 0 ? QByteArray()
                    : QDateTime::fromMSecsSinceEpoch(time, Qt::UTC).toString(Qt::ISODateWithMs).toLatin1();
}

QByteArray csvValue(const QVariant &value)
{
    return value.typeId() == QMetaType::QString ? csvText(value.toString()) : value.toString().toUtf8();
}

} // namespace

QByteArray ndjsonLine(const EventSegment &segment, int row)
{
    json::ObjectWriter out;
    if (segment.time(row) >= 0)
        out.number("time"_L1, segment.time(row));
    if (segment.kind(row) == RowKind::Gap) {
        out.string("gap"_L1, QString(reasonOf(segment.gapReason(row))));
        if (segment.gapCount(row) > 0)
            out.number("count"_L1, segment.gapCount(row));
        return out.take() + '\n';
    }
    for (std::size_t i = 0; i < NameKeys.size(); ++i) {
        const QString &name = segment.name(EventSegment::NameColumn(i), row);
        if (!name.isEmpty())
            out.string(NameKeys[i], name);
    }
    if (segment.offset(row) >= 0)
        out.number("offset"_L1, segment.offset(row));
    out.number("size"_L1, segment.length(row));
    writeJson(out, "data"_L1, "dataText"_L1, segment.data(row));
    writeJson(out, "meta"_L1, "metaText"_L1, segment.meta(row));
    return out.take() + '\n';
}

QByteArray csvHeader(const QList<PointerColumn> &pointers)
{
    QByteArray line = "time,room,event,from,key,node,offset,size,data,meta,gap,count";
    for (const PointerColumn &column : pointers)
        line += ',' + csvText(column.pointer);
    return line + "\r\n";
}

QByteArray csvLine(const EventSegment &segment, int row, const QList<PointerColumn> &pointers)
{
    const bool isGap = segment.kind(row) == RowKind::Gap;
    QByteArray line = csvTime(segment.time(row));
    for (int column = 0; column < EventSegment::NameColumnCount; ++column)
        line += ',' + csvText(segment.name(EventSegment::NameColumn(column), row));
    line += ',' + csvNumber(segment.offset(row)) + ','
        + (isGap ? QByteArray() : csvNumber(segment.length(row)));
    line += ',' + csvText(json::fromUtf8(segment.data(row))) + ','
        + csvText(json::fromUtf8(segment.meta(row)));
    line += ',' + (isGap ? QByteArray(reasonOf(segment.gapReason(row)).data()) : QByteArray()) + ','
        + (segment.gapCount(row) > 0 ? QByteArray::number(segment.gapCount(row)) : QByteArray());
    for (const PointerColumn &column : pointers)
        line += ',' + csvValue(valueAt(segment.data(row), column.parts));
    return line + "\r\n";
}

} // namespace dialogue::console
