#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <memory>
#include <optional>

struct pg_conn;
struct pg_result;

namespace dialogue::postgres {

/** What a statement is given: text as PostgreSQL writes it, or bytes; nothing: NULL. */
struct Value
{
    std::optional<QByteArray> bytes = {};
    bool isBinary = false;

    Value() = default;
    Value(const QString &text) // NOLINT(google-explicit-constructor): lists of them stand for themselves.
        : bytes(text.toUtf8())
    { }
    Value(qint64 number) // NOLINT(google-explicit-constructor)
        : bytes(QByteArray::number(number))
    { }
    static Value blob(const QByteArray &blob)
    {
        Value value;
        value.bytes = blob;
        value.isBinary = true;
        return value;
    }
    static Value boolean(bool is) { return Value(is ? QStringLiteral("t") : QStringLiteral("f")); }
};
using Values = QList<Value>;

/** The rows that a statement gave. Columns count from 0. */
class Rows
{
public:
    explicit Rows(pg_result *result)
        : m_result(result)
    { }
    [[nodiscard]] int count() const;
    [[nodiscard]] bool isNull(int row, int column) const;
    [[nodiscard]] QString text(int row, int column) const;
    [[nodiscard]] qint64 number(int row, int column) const;
    [[nodiscard]] bool boolean(int row, int column) const;
    [[nodiscard]] QByteArray blob(int row, int column) const; ///< A bytea.

private:
    struct Clear
    {
        void operator()(pg_result *result) const;
    };
    std::unique_ptr<pg_result, Clear> m_result;
};

/** A connection to a database, blocking: for a thread that may wait. */
class Connection
{
public:
    /** By a connection URI, or keywords and values; the Error has no password in it. */
    [[nodiscard]] static Result<Connection> open(const QString &url);

    [[nodiscard]] bool isBroken() const; ///< It is of no use any more.
    /** Statements without parameters and rows. */
    [[nodiscard]] Result<void> execute(const char *sql);
    [[nodiscard]] Result<void> prepare(const char *name, const char *sql);
    [[nodiscard]] Result<Rows> query(const char *prepared, const Values &values);
    /** The same statement for each of them, some hundred on their way at once; to be called in a transaction,
     * which has failed where it gives back an Error. */
    [[nodiscard]] Result<void> forEach(const char *prepared, const QList<Values> &all);

private:
    struct Finish
    {
        void operator()(pg_conn *connection) const;
    };
    explicit Connection(pg_conn *connection)
        : m_connection(connection)
    { }
    [[nodiscard]] Result<void> sendSome(const char *prepared, QList<Values>::const_iterator begin,
                                        QList<Values>::const_iterator end);
    [[nodiscard]] Error errorOf(const pg_result *result = nullptr) const;

    std::unique_ptr<pg_conn, Finish> m_connection;
};

} // namespace dialogue::postgres
