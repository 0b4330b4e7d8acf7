#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <functional>
#include <memory>
#include <span>
#include <utility>

struct sqlite3;
struct sqlite3_stmt;

namespace dialogue::sqlite {

/** Used in one thread at a time, as the Database it is of. */
class Statement
{
public:
    Statement() = default;
    Statement(sqlite3 *database, sqlite3_stmt *prepared)
        : m_database(database)
        , m_prepared(prepared)
    { }

    Statement &bind(int place, qint64 value); ///< The first place is 1.
    Statement &bind(int place, quint64 value) { return bind(place, static_cast<qint64>(value)); }
    Statement &bind(int place, int value) { return bind(place, static_cast<qint64>(value)); }
    Statement &bind(int place, const QString &text);
    Statement &bind(int place, QByteArrayView blob); ///< Stays where it is until reset().
    Statement &bindNull(int place);

    /** Whether there is a row. Where there is none, or an Error, it is reset. */
    [[nodiscard]] Result<bool> step();
    [[nodiscard]] Result<void> run(); ///< To its end.
    void reset();

    [[nodiscard]] qint64 integer(int column) const; ///< The first column is 0.
    [[nodiscard]] QString text(int column) const;
    [[nodiscard]] QByteArray blob(int column) const;

private:
    struct Finalize
    {
        void operator()(sqlite3_stmt *statement) const;
    };
    sqlite3 *m_database = nullptr;
    std::unique_ptr<sqlite3_stmt, Finalize> m_prepared;
};

/** What an error of SQLite asks for. */
enum class Trouble {
    None,
    Busy, ///< Somebody else has it open.
    CannotWrite, ///< Disk full, input or output error, no permission: it may be otherwise in a while.
    Damaged, ///< The file is no database, or its pages make no sense.
    Other, ///< We asked for something that makes no sense.
};

/** A connection to a database file; its statements end before it does. */
class Database
{
public:
    enum class File {
        Existing,
        Any, ///< Made where there is none.
    };

    Database() = default; ///< To nothing.

    [[nodiscard]] static Result<Database> open(const QString &path, File file);

    [[nodiscard]] Result<void> execute(const char *sql); ///< Statements that give nothing back.
    [[nodiscard]] Result<Statement> prepare(const char *sql);
    using ToPrepare = std::pair<Statement *, const char *>;
    [[nodiscard]] Result<void> prepare(std::span<const ToPrepare> all); ///< Each from its SQL.
    [[nodiscard]] Result<qint64> number(const char *sql); ///< The first column of the first row; 0: no row.
    [[nodiscard]] Trouble trouble() const; ///< Of the last call that failed, its statements' included.
    [[nodiscard]] int changes() const; ///< Rows that the last statement changed.
    /** Moves what the write-ahead log has into the file; with \a all it waits for nobody and empties it. */
    [[nodiscard]] Result<void> checkpoint(bool all);
    /** What runs is asked now and then, and where it says false it ends with an Error. */
    void goOnWhile(std::function<bool()> goesOn);
    [[nodiscard]] int logPages() const; ///< Of the write-ahead log, as of the last commit.

private:
    struct Close
    {
        void operator()(sqlite3 *database) const;
    };
    explicit Database(sqlite3 *database);

    std::unique_ptr<std::function<bool()>> m_goesOn; ///< Likewise.
    std::unique_ptr<int> m_logPages = std::make_unique<int>(0); ///< SQLite knows where it is.
    std::unique_ptr<sqlite3, Close> m_database;
};

} // namespace dialogue::sqlite
