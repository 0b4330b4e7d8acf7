#include "server/store/storeexport.h"

#include "core/json/objectwriter.h"
#include "server/store/attachments.h"
#include "server/store/storefile.h"
#include "server/store/storereader.h"
#include "server/store/storeschema.h"
#include "server/store/storetool.h"

namespace dialogue::store {

namespace {

using Write = std::function<Result<void>(const QByteArray &)>;

/** Calls \a line for each row, and hands on what it makes of it. */
template <class Line>
Result<void> writeRows(sqlite::Database &database, const char *sql, const Write &write, Line line)
{
    Result<sqlite::Statement> rows = database.prepare(sql);
    if (!rows)
        return rows.error();
    for (;;) {
        const Result<bool> row = rows->step();
        if (!row)
            return row.error();
        if (!*row)
            return {};
        const Result<QByteArray> text = line(*rows);
        if (!text)
            return text.error();
        if (const auto written = write(*text + '\n'); !written)
            return written;
    }
}

Result<QByteArray> roomLine(const sqlite::Statement &row)
{
    json::ObjectWriter out;
    out.string(QLatin1String("room"), row.text(0));
    out.number(QLatin1String("durability"), row.integer(1));
    out.number(QLatin1String("offset"), row.integer(2));
    out.number(QLatin1String("completeAfter"), row.integer(3));
    if (const QString declaration = row.text(4); !declaration.isEmpty()) {
        out.string(QLatin1String("createdBy"), row.text(5));
        out.text(QLatin1String("declaration"), declaration.toUtf8());
    }
    return out.take();
}

Result<QByteArray> eventLine(const sqlite::Statement &row)
{
    json::ObjectWriter out;
    out.string(QLatin1String("event"), row.text(2));
    out.string(QLatin1String("in"), row.text(0));
    out.number(QLatin1String("offset"), static_cast<qint64>(offsetOf(row.integer(1))));
    out.number(QLatin1String("seq"), row.integer(3));
    out.number(QLatin1String("time"), row.integer(4));
    out.string(QLatin1String("from"), row.text(5));
    const QByteArray message = row.blob(6);
    if (!message.isEmpty()) // Else it was erased.
        out.text(QLatin1String("message"), message);
    const auto attachments = unpackAttachments(row.blob(7));
    if (!attachments)
        return attachments.error();
    if (!attachments->isEmpty()) {
        QByteArray list;
        for (const QByteArray &attachment : *attachments)
            list += (list.isEmpty() ? "[\"" : ",\"") + attachment.toBase64() + '"';
        out.text(QLatin1String("attachments"), list + ']');
    }
    return out.take();
}

Result<QByteArray> triggerLine(const sqlite::Statement &row)
{
    json::ObjectWriter out;
    out.string(QLatin1String("trigger"), row.text(3));
    out.string(QLatin1String("in"), row.text(0));
    out.string(QLatin1String("user"), row.text(1));
    out.string(QLatin1String("origin"), row.text(2));
    out.string(QLatin1String("event"), row.text(4));
    out.number(QLatin1String("offset"), row.integer(5));
    out.number(QLatin1String("time"), row.integer(6));
    return out.take();
}

} // namespace

Result<void> exportStore(const QString &path, const Write &write)
{
    if (const auto there = mustBeStore(path); !there)
        return there;
    Result<sqlite::Database> database = StoreFile::reader(path);
    if (!database)
        return database.error();
    if (const auto begun = database->execute("BEGIN"); !begun) // One moment.
        return begun;
    json::ObjectWriter head;
    head.string(QLatin1String("store"), QString(LinesVersion));
    if (const auto written = write(head.take() + '\n'); !written)
        return written;
    const auto rooms = writeRows(*database,
                                 "SELECT id,durability,offset,completeAfter,declaration,creator FROM rooms "
                                 "WHERE id IS NOT NULL ORDER BY room",
                                 write, roomLine);
    if (!rooms)
        return rooms;
    const auto events = writeRows(
        *database,
        "SELECT rooms.id,key,coalesce(names.event,''),seq,time,coalesce(sender,''),json,attachments "
        "FROM rooms JOIN events ON key BETWEEN rooms.room<<36 AND ((rooms.room+1)<<36)-1 LEFT JOIN "
        "names ON names.name=events.name WHERE rooms.id IS NOT NULL ORDER BY key",
        write, eventLine);
    if (!events)
        return events;
    return writeRows(*database,
                     "SELECT rooms.id,user,origin,triggers.id,event,triggers.offset,time FROM triggers JOIN "
                     "rooms ON rooms.room=triggers.room WHERE rooms.id IS NOT NULL ORDER BY number",
                     write, triggerLine);
}

} // namespace dialogue::store
