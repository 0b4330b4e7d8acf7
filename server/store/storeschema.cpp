#include "server/store/storeschema.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"

#include <QFileInfo>

#include <array>

namespace dialogue::store {

namespace {

// Events lie in the order of their keys, so that a stretch of a room's log is read in one go, and appending
// adds to the end of a room. Those of events that have a history have a name, too: an index finds them.
constexpr const char *FirstTables = R"(
CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE rooms (
    room INTEGER PRIMARY KEY AUTOINCREMENT, -- no number comes twice
    id TEXT UNIQUE,                -- null: it is deleted, and its events are being
    stream INTEGER NOT NULL,
    durability INTEGER NOT NULL,
    offset INTEGER NOT NULL,       -- at least so high was the newest event's
    completeAfter INTEGER NOT NULL,-- of what comes after it, no event without a history is missing
    creator TEXT,                  -- null: it was not made by a client
    declaration TEXT               -- JSON, of a room that a client made
);
CREATE TABLE names (
    name INTEGER PRIMARY KEY,
    room INTEGER NOT NULL,
    event TEXT NOT NULL,
    UNIQUE (room, event)
);
CREATE TABLE events (
    key INTEGER PRIMARY KEY,       -- room and offset
    seq INTEGER NOT NULL,
    time INTEGER NOT NULL,         -- ms since 1970
    name INTEGER,                  -- null: of an event without a history
    sender TEXT,
    json BLOB NOT NULL,
    attachments BLOB               -- each with its length before it, four bytes, the highest first
);
CREATE INDEX eventsByName ON events (name) WHERE name IS NOT NULL;
CREATE TABLE triggers (
    number INTEGER PRIMARY KEY,
    room INTEGER NOT NULL,
    user TEXT NOT NULL,
    origin TEXT NOT NULL,
    id TEXT NOT NULL,
    event TEXT NOT NULL,
    offset INTEGER NOT NULL,
    time INTEGER NOT NULL
);
)";

/** What each version added to the one before it, beginning with the second. */
constexpr std::array Migrations{
    R"(
CREATE TABLE schemas (             -- that the stored events of a room were last held to
    room INTEGER NOT NULL,
    event TEXT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (room, event)
) WITHOUT ROWID;
)",
};
static_assert(CurrentVersion == 1 + Migrations.size());

QByteArray isOfVersion(qint64 version) { return "PRAGMA user_version=" + QByteArray::number(version) + ';'; }

QByteArray migrationsFrom(qint64 version)
{
    QByteArray sql;
    for (auto i = static_cast<std::size_t>(version - 1); i < Migrations.size(); ++i)
        sql += Migrations[i];
    return sql + isOfVersion(CurrentVersion);
}

Result<void> makeTables(sqlite::Database &database)
{
    const QByteArray sql = "BEGIN IMMEDIATE;" + QByteArray(FirstTables) + migrationsFrom(1)
        + "PRAGMA application_id=" + QByteArray::number(ApplicationId) + ";COMMIT;";
    return database.execute(sql.constData());
}

Result<void> migrate(sqlite::Database &database, const QString &path, qint64 version)
{
    const QString copy = QStringLiteral("%1.format-%2").arg(path).arg(version);
    if (QFileInfo::exists(copy)) {
        return Error{ErrorCode::ConfigError,
                     QStringLiteral("It is of format %1 and is to become %2, and its copy is to be '%3', "
                                    "which is there already; move that away")
                         .arg(version)
                         .arg(CurrentVersion)
                         .arg(copy)};
    }
    Result<sqlite::Statement> copies = database.prepare("VACUUM INTO ?1");
    if (!copies)
        return copies.error();
    if (const auto copied = copies->bind(1, copy).run(); !copied) {
        return Error{
            ErrorCode::IoError,
            QStringLiteral("It is of format %1; before it becomes %2 it cannot be copied to '%3': %4")
                .arg(version)
                .arg(CurrentVersion)
                .arg(copy, copied.error().message)};
    }
    const QByteArray sql = "BEGIN IMMEDIATE;" + migrationsFrom(version) + "COMMIT;";
    if (const auto migrated = database.execute(sql.constData()); !migrated) {
        (void)database.execute("ROLLBACK");
        return migrated;
    }
    qCInfo(lcStore).noquote() << "The store" << quoted(path) << "was of format" << version << "and is of"
                              << CurrentVersion << "now; a copy of it as it was is" << quoted(copy);
    return {};
}

} // namespace

Result<void> prepareTables(sqlite::Database &database, const QString &path)
{
    const Result<qint64> version = database.number("PRAGMA user_version");
    if (!version)
        return version.error();
    const Result<qint64> application = database.number("PRAGMA application_id");
    if (!application)
        return application.error();
    const Result<qint64> objects = database.number("SELECT count(*) FROM sqlite_schema");
    if (!objects)
        return objects.error();
    if (*objects == 0 && *version == 0 && *application == 0)
        return makeTables(database);
    if (*application != ApplicationId) {
        return Error{
            ErrorCode::ConfigError,
            QStringLiteral("It is the database of another program; name a file of its own for the store")};
    }
    if (*version > CurrentVersion) {
        return Error{ErrorCode::ConfigError,
                     QStringLiteral("It was written by a newer version (format %1; this one knows up to %2); "
                                    "install that version, or name another file")
                         .arg(*version)
                         .arg(CurrentVersion)};
    }
    if (*version < CurrentVersion)
        return migrate(database, path, *version);
    return {};
}

} // namespace dialogue::store
