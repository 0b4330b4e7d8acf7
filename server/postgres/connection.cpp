#include "server/postgres/connection.h"

#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <vector>

namespace dialogue::postgres {

namespace {

/** The parameters as libpq takes them; lives as long as the values. */
struct Parameters
{
    explicit Parameters(const Values &values)
    {
        for (const Value &value : values) {
            texts.push_back(value.bytes ? value.bytes->constData() : nullptr);
            lengths.push_back(value.bytes ? static_cast<int>(value.bytes->size()) : 0);
            formats.push_back(value.isBinary ? 1 : 0);
        }
    }
    [[nodiscard]] int count() const { return static_cast<int>(texts.size()); }

    std::vector<const char *> texts;
    std::vector<int> lengths;
    std::vector<int> formats;
};

bool isGood(const PGresult *result)
{
    const ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_PIPELINE_SYNC;
}

Error failure(const char *message)
{
    return {ErrorCode::IoError,
            QStringLiteral("PostgreSQL: %1").arg(QString::fromUtf8(message).simplified())};
}

} // namespace

void Rows::Clear::operator()(pg_result *result) const { PQclear(result); }
int Rows::count() const { return PQntuples(m_result.get()); }
bool Rows::isNull(int row, int column) const { return PQgetisnull(m_result.get(), row, column) == 1; }

QString Rows::text(int row, int column) const
{
    return QString::fromUtf8(PQgetvalue(m_result.get(), row, column),
                             PQgetlength(m_result.get(), row, column));
}

qint64 Rows::number(int row, int column) const
{
    return QByteArrayView(PQgetvalue(m_result.get(), row, column), PQgetlength(m_result.get(), row, column))
        .toLongLong();
}

bool Rows::boolean(int row, int column) const { return *PQgetvalue(m_result.get(), row, column) == 't'; }

QByteArray Rows::blob(int row, int column) const
{
    const auto *const text = PQgetvalue(m_result.get(), row, column);
    // As bytea_output says by default: "\x", and two digits for each byte.
    return QByteArray::fromHex(
        QByteArray::fromRawData(text, PQgetlength(m_result.get(), row, column)).mid(2));
}

void Connection::Finish::operator()(pg_conn *connection) const { PQfinish(connection); }

Error Connection::errorOf(const pg_result *result) const
{
    const char *const message = result ? PQresultErrorMessage(result) : nullptr;
    return failure(message && *message ? message : PQerrorMessage(m_connection.get()));
}

Result<Connection> Connection::open(const QString &url)
{
    // What it says itself goes before the others.
    const QByteArray target = url.toUtf8();
    const std::array<const char *, 8> keys{
        "connect_timeout", "application_name", "tcp_user_timeout", "keepalives_idle",
        "client_encoding", "options",          "dbname",           nullptr};
    const std::array<const char *, 8> values{"5",
                                             "dialogue-server",
                                             "10000",
                                             "30",
                                             "UTF8",
                                             "-c statement_timeout=30000 -c bytea_output=hex",
                                             target.constData(),
                                             nullptr};
    Connection connection(PQconnectdbParams(keys.data(), values.data(), 1));
    if (PQstatus(connection.m_connection.get()) != CONNECTION_OK)
        return connection.errorOf();
    PQsetNoticeProcessor(
        connection.m_connection.get(), [](void *, const char *) {}, nullptr);
    return connection;
}

bool Connection::isBroken() const { return PQstatus(m_connection.get()) != CONNECTION_OK; }

Result<void> Connection::execute(const char *sql)
{
    PGresult *const result = PQexec(m_connection.get(), sql);
    const Rows owner(result);
    if (!isGood(result))
        return errorOf(result);
    return {};
}

Result<void> Connection::prepare(const char *name, const char *sql)
{
    PGresult *const result = PQprepare(m_connection.get(), name, sql, 0, nullptr);
    const Rows owner(result);
    if (!isGood(result))
        return errorOf(result);
    return {};
}

Result<Rows> Connection::query(const char *prepared, const Values &values)
{
    const Parameters parameters(values);
    PGresult *const result
        = PQexecPrepared(m_connection.get(), prepared, parameters.count(), parameters.texts.data(),
                         parameters.lengths.data(), parameters.formats.data(), 0);
    Rows rows(result);
    if (!isGood(result))
        return errorOf(result);
    return rows;
}

Result<void> Connection::sendSome(const char *prepared, QList<Values>::const_iterator begin,
                                  QList<Values>::const_iterator end)
{
    pg_conn *const connection = m_connection.get();
    for (auto values = begin; values != end; ++values) {
        const Parameters parameters(*values);
        if (PQsendQueryPrepared(connection, prepared, parameters.count(), parameters.texts.data(),
                                parameters.lengths.data(), parameters.formats.data(), 0)
            != 1)
            return errorOf();
    }
    if (PQpipelineSync(connection) != 1)
        return errorOf();
    // The answers of each, an end of each, and at last that of the synchronisation.
    Result<void> all;
    for (bool isSynchronised = false; !isSynchronised;) {
        PGresult *const result = PQgetResult(connection);
        if (!result) {
            if (isBroken())
                return errorOf();
            continue;
        }
        const Rows owner(result);
        isSynchronised = PQresultStatus(result) == PGRES_PIPELINE_SYNC;
        if (all && !isGood(result) && PQresultStatus(result) != PGRES_PIPELINE_ABORTED)
            all = errorOf(result);
    }
    return all;
}

Result<void> Connection::forEach(const char *prepared, const QList<Values> &all)
{
    constexpr qsizetype AtOnce = 200; // More might wait for us to read, while we wait for it to.
    if (PQenterPipelineMode(m_connection.get()) != 1)
        return errorOf();
    Result<void> done;
    for (qsizetype begin = 0; done && begin < all.size(); begin += AtOnce) {
        const auto from = all.cbegin() + begin;
        done = sendSome(prepared, from, from + std::min(AtOnce, all.size() - begin));
    }
    if (PQexitPipelineMode(m_connection.get()) != 1 && done)
        return errorOf();
    return done;
}

} // namespace dialogue::postgres
