#include "messagearchive.h"

#include <QtConcurrent>

#include <sqlite3.h>

using namespace dialogue;
using namespace Qt::StringLiterals;

namespace {

struct Finish
{
    void operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finish>;

Statement prepare(sqlite3 *database, const char *sql)
{
    sqlite3_stmt *statement = nullptr;
    sqlite3_prepare_v2(database, sql, -1, &statement, nullptr);
    return Statement(statement); // Null: the steps say what is wrong.
}

void bindText(const Statement &statement, int place, const QByteArray &text)
{
    sqlite3_bind_text(statement.get(), place, text.constData(), static_cast<int>(text.size()),
                      SQLITE_TRANSIENT);
}

QByteArray textOf(const Statement &row, int column)
{
    return {reinterpret_cast<const char *>(sqlite3_column_text(row.get(), column)),
            sqlite3_column_bytes(row.get(), column)};
}

} // namespace

void MessageArchive::Close::operator()(sqlite3 *database) const { sqlite3_close(database); }

MessageArchive::MessageArchive(const QString &file)
{
    sqlite3 *database = nullptr;
    const int opened = sqlite3_open(file.toUtf8().constData(), &database);
    m_database.reset(database);
    const char *const table
        = "CREATE TABLE IF NOT EXISTS messages (number INTEGER PRIMARY KEY, room TEXT, event TEXT,"
          " data TEXT, sender TEXT, time INTEGER, epoch TEXT, offset INTEGER)";
    if (opened != SQLITE_OK || sqlite3_exec(database, table, nullptr, nullptr, nullptr) != SQLITE_OK)
        qFatal("%s: %s", qPrintable(file), sqlite3_errmsg(database));
    m_thread.setMaxThreadCount(1);
}

MessageArchive::~MessageArchive() { m_thread.waitForDone(); }

void MessageArchive::append(const EventMessage &message, const QByteArray &epoch)
{
    m_thread.start([database = m_database.get(), message, epoch] {
        const Statement insert
            = prepare(database,
                      "INSERT INTO messages (room, event, data, sender, time, epoch, offset)"
                      " VALUES (?, ?, ?, ?, ?, ?, ?)");
        bindText(insert, 1, message.roomId.toUtf8());
        bindText(insert, 2, message.event.toUtf8());
        bindText(insert, 3, message.data.text());
        bindText(insert, 4, message.from.toUtf8());
        sqlite3_bind_int64(insert.get(), 5, message.timestamp);
        bindText(insert, 6, epoch);
        sqlite3_bind_int64(insert.get(), 7, static_cast<sqlite3_int64>(message.offset));
        if (sqlite3_step(insert.get()) != SQLITE_DONE)
            qWarning("A message is lost: %s", sqlite3_errmsg(database));
    });
}

QFuture<Result<QList<EventMessage>>> MessageArchive::load(const QString &room, const QString &event,
                                                          HistoryRange range, const QByteArray &epoch)
{
    return QtConcurrent::run(&m_thread, [=, database = m_database.get()]() -> Result<QList<EventMessage>> {
        const Statement rows = prepare(database,
                                       "SELECT data, sender, time, epoch, offset FROM messages"
                                       " WHERE room = ? AND event = ? ORDER BY number DESC LIMIT ? OFFSET ?");
        bindText(rows, 1, room.toUtf8());
        bindText(rows, 2, event.toUtf8());
        sqlite3_bind_int(rows.get(), 3, range.end - range.start);
        sqlite3_bind_int(rows.get(), 4, range.start);
        QList<EventMessage> messages;
        int step = sqlite3_step(rows.get());
        for (; step == SQLITE_ROW; step = sqlite3_step(rows.get())) {
            EventMessage message{.event = event,
                                 .roomId = room,
                                 .data = JsonData::fromText(textOf(rows, 0)),
                                 .from = QString::fromUtf8(textOf(rows, 1)),
                                 .timestamp = sqlite3_column_int64(rows.get(), 2)};
            if (textOf(rows, 3) == epoch) // An offset means something in its own log alone.
                message.offset = static_cast<quint64>(sqlite3_column_int64(rows.get(), 4));
            messages.append(message);
        }
        if (step == SQLITE_DONE)
            return messages;
        qWarning("A page of history: %s", sqlite3_errmsg(database));
        return Error{ErrorCode::Unavailable, u"The archive cannot be read now"_s};
    });
}
