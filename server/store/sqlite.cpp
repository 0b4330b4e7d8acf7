#include "server/store/sqlite.h"

#include <QFile>

#include <sqlite3.h>

namespace dialogue::sqlite {

namespace {

Error errorOf(sqlite3 *database)
{
    // "disk I/O error (SQLite error 778)": the extended code says which.
    return {ErrorCode::IoError,
            QStringLiteral("%1 (SQLite error %2)")
                .arg(QString::fromUtf8(sqlite3_errmsg(database)))
                .arg(sqlite3_extended_errcode(database))};
}

} // namespace

void Statement::Finalize::operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }

// What binding fails at, a place that is not there or want of memory, the step tells.

Statement &Statement::bind(int place, qint64 value)
{
    sqlite3_bind_int64(m_prepared.get(), place, value);
    return *this;
}

Statement &Statement::bind(int place, const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    sqlite3_bind_text64(m_prepared.get(), place, utf8.constData(), static_cast<sqlite3_uint64>(utf8.size()),
                        SQLITE_TRANSIENT, SQLITE_UTF8);
    return *this;
}

Statement &Statement::bind(int place, QByteArrayView blob)
{
    // One of no bytes may be nowhere, which would be NULL.
    const void *const bytes = blob.isEmpty() ? "" : blob.data();
    sqlite3_bind_blob64(m_prepared.get(), place, bytes, static_cast<sqlite3_uint64>(blob.size()),
                        SQLITE_STATIC);
    return *this;
}

Statement &Statement::bindNull(int place)
{
    sqlite3_bind_null(m_prepared.get(), place);
    return *this;
}

Result<bool> Statement::step()
{
    switch (sqlite3_step(m_prepared.get())) {
    case SQLITE_ROW:
        return true;
    case SQLITE_DONE:
        reset();
        return false;
    default:
        const Error error = errorOf(m_database);
        reset();
        return error;
    }
}

Result<void> Statement::run()
{
    for (;;) {
        const Result<bool> row = step();
        if (!row)
            return row.error();
        if (!*row)
            return {};
    }
}

void Statement::reset()
{
    sqlite3_reset(m_prepared.get());
    sqlite3_clear_bindings(m_prepared.get());
}

qint64 Statement::integer(int column) const { return sqlite3_column_int64(m_prepared.get(), column); }

QString Statement::text(int column) const
{
    const auto *const utf8 = reinterpret_cast<const char *>(sqlite3_column_text(m_prepared.get(), column));
    return QString::fromUtf8(utf8, sqlite3_column_bytes(m_prepared.get(), column));
}

QByteArray Statement::blob(int column) const
{
    const auto *const bytes = static_cast<const char *>(sqlite3_column_blob(m_prepared.get(), column));
    return {bytes, sqlite3_column_bytes(m_prepared.get(), column)};
}

void Database::Close::operator()(sqlite3 *database) const { sqlite3_close(database); }

Database::Database(sqlite3 *database)
    : m_database(database)
{
    const auto committed = [](void *pages, sqlite3 *, const char *, int inLog) {
        *static_cast<int *>(pages) = inLog;
        return SQLITE_OK;
    };
    sqlite3_wal_hook(database, committed, m_logPages.get()); // In place of its own checkpoints.
}

Result<Database> Database::open(const QString &path, File file)
{
    sqlite3 *opened = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        | (file == File::Any ? SQLITE_OPEN_CREATE : 0);
    const int result = sqlite3_open_v2(QFile::encodeName(path).constData(), &opened, flags, nullptr);
    Database database(opened);
    if (result != SQLITE_OK)
        return errorOf(opened);
    sqlite3_db_config(opened, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    return database;
}

Result<void> Database::execute(const char *sql)
{
    if (sqlite3_exec(m_database.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        return errorOf(m_database.get());
    return {};
}

Result<Statement> Database::prepare(const char *sql)
{
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v3(m_database.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr)
        != SQLITE_OK)
        return errorOf(m_database.get());
    return Statement(m_database.get(), statement);
}

Result<void> Database::prepare(std::span<const ToPrepare> all)
{
    for (const auto &[statement, sql] : all) {
        Result<Statement> prepared = prepare(sql);
        if (!prepared)
            return prepared.error();
        *statement = std::move(*prepared);
    }
    return {};
}

Result<qint64> Database::number(const char *sql)
{
    Result<Statement> statement = prepare(sql);
    if (!statement)
        return statement.error();
    const Result<bool> row = statement->step();
    if (!row)
        return row.error();
    return *row ? statement->integer(0) : 0;
}

Trouble Database::trouble() const
{
    switch (sqlite3_errcode(m_database.get()) & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return Trouble::None;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return Trouble::Busy;
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_NOLFS:
    case SQLITE_NOMEM:
        return Trouble::CannotWrite;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return Trouble::Damaged;
    default:
        return Trouble::Other;
    }
}

void Database::goOnWhile(std::function<bool()> goesOn)
{
    constexpr int Steps = 20'000; // Of its machine: well under a millisecond.
    m_goesOn = std::make_unique<std::function<bool()>>(std::move(goesOn));
    const auto ask = [](void *goes) { return (*static_cast<std::function<bool()> *>(goes))() ? 0 : 1; };
    sqlite3_progress_handler(m_database.get(), Steps, ask, m_goesOn.get());
}

int Database::changes() const { return sqlite3_changes(m_database.get()); }

Result<void> Database::checkpoint(bool all)
{
    const int mode = all ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
    int left = 0;
    if (sqlite3_wal_checkpoint_v2(m_database.get(), nullptr, mode, &left, nullptr) != SQLITE_OK)
        return errorOf(m_database.get());
    return {};
}

int Database::logPages() const { return *m_logPages; }

} // namespace dialogue::sqlite
