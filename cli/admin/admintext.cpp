#include "cli/admin/admintext.h"

#include "core/base/foreigntext.h"
#include "core/json/cursor.h"
#include "core/json/objectwriter.h"

#include <QDateTime>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::cli {

namespace {

QString timeText(qint64 time)
{
    return QDateTime::fromMSecsSinceEpoch(time).toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s);
}

QString cellOf(const QString &key, const QJsonValue &value)
{
    if ((key == u"time" || key == u"since" || key == u"until") && value.isDouble())
        return timeText(value.toInteger());
    if (value.isString())
        return printable(value.toString());
    if (value.isUndefined() || value.isNull())
        return {};
    // QJsonDocument takes no value that is alone.
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return printable(QString::fromUtf8(list.mid(1, list.size() - 2)));
}

QByteArray lineOf(const QJsonObject &object)
{
    return printable(QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact))).toUtf8() + '\n';
}

/** Calls \a visit(row, data, meta) for each. */
template <class Visit>
void forEachRow(const protocol::admin::EventBatch &batch, Visit visit)
{
    qsizetype place = 0;
    for (const protocol::admin::WatchedRow &row : batch.rows) {
        const QByteArray data = batch.payloads.mid(place, row.dataSize);
        const QByteArray meta = batch.payloads.mid(place + row.dataSize, row.metaSize);
        place += row.dataSize + row.metaSize;
        visit(row, data, meta);
    }
}

QString dropsText(const protocol::admin::WatchDrops &drops)
{
    QStringList reasons;
    const auto add = [&](qint64 count, const QString &why) {
        if (count > 0)
            reasons.append(u"%1 %2"_s.arg(count).arg(why));
    };
    add(drops.rate, u"beyond --max-rate"_s);
    add(drops.queue, u"as this console was too slow"_s);
    add(drops.filter, u"as the filter takes too long for them"_s);
    add(drops.ring, u"as the server had too much to look at"_s);
    return u"not shown: "_s + reasons.join(u", "_s);
}

} // namespace

QByteArray adminTable(const QJsonArray &rows, const QList<AdminColumn> &columns, const Style &style)
{
    if (rows.isEmpty())
        return "none\n";
    QList<AdminColumn> shown;
    std::copy_if(columns.begin(), columns.end(), std::back_inserter(shown), [&](const AdminColumn &column) {
        return std::any_of(rows.begin(), rows.end(),
                           [&](const QJsonValue &row) { return !row[column.key].isUndefined(); });
    });
    QList<QStringList> cells{{}};
    for (const AdminColumn &column : std::as_const(shown))
        cells.first().append(column.title);
    for (const QJsonValue &row : rows) {
        QStringList line;
        for (const AdminColumn &column : std::as_const(shown))
            line.append(cellOf(column.key, row[column.key]));
        cells.append(line);
    }
    QByteArray text;
    for (qsizetype r = 0; r < cells.size(); ++r) {
        QString line;
        for (qsizetype c = 0; c < shown.size(); ++c) {
            qsizetype width = 0;
            for (const QStringList &each : std::as_const(cells))
                width = std::max(width, each[c].size());
            line += cells[r][c].leftJustified(c + 1 < shown.size() ? width + 2 : 0);
        }
        while (line.endsWith(u' '))
            line.chop(1);
        text += (r == 0 ? style(Style::Bold, line) : line).toUtf8() + '\n';
    }
    return text;
}

QByteArray foundText(const QJsonObject &reply, const Style &style)
{
    static const QList<AdminColumn> columns{{u"id"_s, u"ID"_s},       {u"userId"_s, u"USER"_s},
                                            {u"name"_s, u"NAME"_s},   {u"size"_s, u"IN IT"_s},
                                            {u"rooms"_s, u"ROOMS"_s}, {u"address"_s, u"ADDRESS"_s}};
    const QJsonArray first = reply[u"first"_s].toArray();
    const qint64 all = reply[u"items"_s].toInteger();
    const qint64 most = reply[u"most"_s].toInteger();
    QByteArray text = adminTable(first, columns, style);
    if (all > first.size())
        text += "and " + QByteArray::number(all - first.size()) + " more\n";
    text += "would be done to " + QByteArray::number(all) + ", and reach "
        + QByteArray::number(reply[u"reaches"_s].toInteger()) + '\n';
    if (all > most)
        text += "but it is done to " + QByteArray::number(most) + " at most (admin.maxTargets)\n";
    return text;
}

QByteArray doneText(const QJsonObject &reply, const Style &style)
{
    QByteArray text = "done to " + QByteArray::number(reply[u"done"_s].toInteger());
    if (const qint64 skipped = reply[u"skipped"_s].toInteger(); skipped > 0)
        text += "; " + QByteArray::number(skipped) + " were gone, or wanted no more";
    const qint64 failed = reply[u"failed"_s].toInteger();
    if (failed == 0)
        return text + '\n';
    QJsonArray rows;
    const QJsonArray failures = reply[u"failures"_s].toArray();
    for (const QJsonValue &each : failures) {
        const QJsonObject error = each[u"error"_s].toObject();
        rows.append(QJsonObject{
            {u"id"_s, each[u"id"_s]}, {u"code"_s, error[u"code"_s]}, {u"message"_s, error[u"message"_s]}});
    }
    text += "; not to " + QByteArray::number(failed) + ", such as\n";
    return text
        + adminTable(rows, {{u"id"_s, u"ID"_s}, {u"code"_s, u"CODE"_s}, {u"message"_s, u"WHY"_s}}, style);
}

QByteArray adminFields(const QJsonObject &object, const Style &style)
{
    qsizetype widest = 0;
    for (const QString &key : object.keys())
        widest = std::max(widest, key.size());
    QByteArray text;
    for (auto it = object.begin(); it != object.end(); ++it) {
        text += style(Style::Dim, printable(it.key()).leftJustified(widest + 2)).toUtf8()
            + cellOf(it.key(), *it).toUtf8() + '\n';
    }
    return text;
}

QByteArray adminJson(const QJsonArray &rows)
{
    QByteArray lines;
    for (const QJsonValue &row : rows)
        lines += lineOf(row.toObject());
    return lines;
}

QByteArray logLines(const QJsonObject &batch, const QList<AdminColumn> &columns, const Style &style)
{
    QByteArray lines;
    const QJsonArray rows = batch[u"rows"_s].toArray();
    for (const QJsonValue &row : rows) {
        QStringList cells;
        for (const AdminColumn &column : columns) {
            const QString cell = cellOf(column.key, row[column.key]);
            if (!cell.isEmpty())
                cells.append(column.key == u"time" ? style(Style::Dim, cell) : cell);
        }
        lines += cells.join(u' ').toUtf8() + '\n';
    }
    const QJsonObject dropped = batch[u"dropped"_s].toObject();
    QStringList reasons;
    for (auto each = dropped.begin(); each != dropped.end(); ++each)
        reasons.append(u"%1 %2"_s.arg(each->toInteger()).arg(printable(each.key())));
    if (!reasons.isEmpty())
        lines += style(Style::Bold, u"not shown: "_s + reasons.join(u", "_s)).toUtf8() + '\n';
    return lines;
}

QByteArray logJson(const QJsonObject &batch)
{
    const QJsonObject dropped = batch[u"dropped"_s].toObject();
    return adminJson(batch[u"rows"_s].toArray())
        + (dropped.isEmpty() ? QByteArray() : lineOf({{u"dropped"_s, dropped}}));
}

QByteArray batchLines(const protocol::admin::EventBatch &batch, const Style &style)
{
    QByteArray lines;
    forEachRow(
        batch, [&](const protocol::admin::WatchedRow &row, const QByteArray &data, const QByteArray &meta) {
            QString line
                = style(Style::Dim, QDateTime::fromMSecsSinceEpoch(row.time).toString(u"HH:mm:ss.zzz"_s));
            line += u' ' + style(Style::Cyan, printable(batch.names[row.room]));
            if (row.offset > 0)
                line += u' ' + style(Style::Dim, u"#%1"_s.arg(row.offset));
            line += u' ' + style(Style::Green, printable(batch.names[row.event]));
            line += u' ' + style(Style::Yellow, printable(batch.names[row.from]));
            line += data.isEmpty() ? u' ' + style(Style::Dim, u"(%1 bytes)"_s.arg(row.size))
                                   : u' ' + printable(QString::fromUtf8(data));
            if (!meta.isEmpty())
                line += u' ' + style(Style::Dim, printable(QString::fromUtf8(meta)));
            if (row.attachments > 0)
                line += u' ' + style(Style::Dim, u"+%1 binary"_s.arg(row.attachments));
            lines += line.toUtf8() + '\n';
        });
    if (batch.dropped.all() > 0)
        lines += style(Style::Bold, dropsText(batch.dropped)).toUtf8() + '\n';
    return lines;
}

QByteArray batchJson(const protocol::admin::EventBatch &batch)
{
    QByteArray lines;
    forEachRow(batch,
               [&](const protocol::admin::WatchedRow &row, const QByteArray &data, const QByteArray &meta) {
                   json::ObjectWriter out;
                   out.string("event"_L1, batch.names[row.event]);
                   out.string("roomId"_L1, batch.names[row.room]);
                   out.string("from"_L1, batch.names[row.from]);
                   out.number("timestamp"_L1, row.time);
                   if (row.offset > 0)
                       out.number("offset"_L1, qint64(row.offset));
                   out.number("size"_L1, row.size);
                   if (!data.isEmpty() && json::check(data))
                       out.text("data"_L1, data);
                   if (!meta.isEmpty() && json::check(meta))
                       out.text("meta"_L1, meta);
                   lines += printable(QString::fromUtf8(out.take())).toUtf8() + '\n';
               });
    if (batch.dropped.all() > 0) {
        json::ObjectWriter drops;
        drops.number("rate"_L1, batch.dropped.rate);
        drops.number("queue"_L1, batch.dropped.queue);
        drops.number("ring"_L1, batch.dropped.ring);
        drops.number("filter"_L1, batch.dropped.filter);
        json::ObjectWriter out;
        out.text("dropped"_L1, drops.take());
        lines += out.take() + '\n';
    }
    return lines;
}

} // namespace dialogue::cli
