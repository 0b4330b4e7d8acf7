#include "core/protocol/admin/eventbatch.h"

#include "core/json/jsondata.h"
#include "core/json/objectwriter.h"

#include <QJsonArray>
#include <QJsonObject>

#include <array>
#include <limits>

using namespace Qt::StringLiterals;

namespace dialogue::protocol::admin {

namespace {

/** A row is an array of these, in this order. */
constexpr qsizetype Columns = 10;

void append(QByteArray &to, const WatchedRow &row)
{
    const std::array<qint64, Columns> columns{qint64(row.seq), row.time,           row.room, row.event,
                                              row.from,        qint64(row.offset), row.size, row.attachments,
                                              row.dataSize,    row.metaSize};
    char separator = '[';
    for (const qint64 column : columns) {
        to += separator;
        to += QByteArray::number(column);
        separator = ',';
    }
    to += ']';
}

Error violation(const QString &path, const QString &message)
{
    return {ErrorCode::ProtocolViolation, message, path};
}

/** Whole numbers of a row, each from 0 on. */
class Row
{
public:
    explicit Row(const QJsonArray &columns)
        : m_columns(columns)
    { }

    qint64 take(qint64 most = std::numeric_limits<qint64>::max())
    {
        const qint64 value = m_columns.at(m_next++).toInteger(-1);
        m_isGood = m_isGood && value >= 0 && value <= most;
        return value;
    }
    [[nodiscard]] bool isGood() const { return m_isGood && m_next == m_columns.size(); }

private:
    const QJsonArray m_columns;
    qsizetype m_next = 0;
    bool m_isGood = true;
};

} // namespace

QByteArray EventBatch::write() const
{
    json::ObjectWriter drops;
    drops.number("rate"_L1, dropped.rate);
    drops.number("ring"_L1, dropped.ring);
    drops.number("queue"_L1, dropped.queue);
    drops.number("filter"_L1, dropped.filter);
    QByteArray table = "[";
    for (const WatchedRow &row : rows) {
        if (table.size() > 1)
            table += ',';
        append(table, row);
    }
    table += ']';
    json::ObjectWriter out;
    out.string("watch"_L1, watch);
    out.number("number"_L1, qint64(number));
    out.number("count"_L1, rows.size());
    out.text("dropped"_L1, drops.take());
    out.value("names"_L1, QJsonArray::fromStringList(names));
    out.text("rows"_L1, table);
    if (!payloads.isEmpty())
        out.text("payloads"_L1, R"({"_placeholder":true,"num":0})");
    return out.take();
}

Result<EventBatch> EventBatch::read(const QJsonValue &json, const QList<QByteArray> &attachments)
{
    EventBatch batch{.watch = json[u"watch"].toString()};
    const qint64 number = json[u"number"].toInteger(-1);
    if (batch.watch.isEmpty() || number < 1)
        return violation(u"number"_s, u"must be the number of a batch of a watch"_s);
    batch.number = quint64(number);
    const QJsonValue drops = json[u"dropped"];
    batch.dropped = {.rate = drops[u"rate"].toInteger(),
                     .ring = drops[u"ring"].toInteger(),
                     .queue = drops[u"queue"].toInteger(),
                     .filter = drops[u"filter"].toInteger()};
    if (batch.dropped.rate < 0 || batch.dropped.ring < 0 || batch.dropped.queue < 0
        || batch.dropped.filter < 0)
        return violation(u"dropped"_s, u"must be numbers from 0 on"_s);
    const QJsonArray names = json[u"names"].toArray();
    for (const QJsonValue &name : names) {
        if (!name.isString())
            return violation(u"names"_s, u"must be texts"_s);
        batch.names.append(name.toString());
    }
    const QJsonArray rows = json[u"rows"].toArray();
    if (rows.size() > MostRows)
        return violation(u"rows"_s, u"must be %1 at most"_s.arg(MostRows));
    if (json[u"payloads"].isObject()) {
        if (attachments.size() != 1 || attachments.first().size() > LargestPayloads)
            return violation(u"payloads"_s, u"must be one attachment"_s);
        batch.payloads = attachments.first();
    }
    qint64 left = batch.payloads.size();
    batch.rows.reserve(rows.size());
    for (qsizetype i = 0; i < rows.size(); ++i) {
        Row columns(rows.at(i).toArray());
        const qint64 lastName = batch.names.size() - 1;
        WatchedRow row;
        row.seq = quint64(columns.take());
        row.time = columns.take();
        row.room = int(columns.take(lastName));
        row.event = int(columns.take(lastName));
        row.from = int(columns.take(lastName));
        row.offset = quint64(columns.take());
        row.size = columns.take();
        row.attachments = int(columns.take(std::numeric_limits<int>::max()));
        row.dataSize = columns.take(left);
        row.metaSize = columns.take(left - row.dataSize);
        if (!columns.isGood()) {
            return violation(
                u"rows[%1]"_s.arg(i),
                u"must be %1 whole numbers, of names and payloads that are there"_s.arg(Columns));
        }
        left -= row.dataSize + row.metaSize;
        batch.rows.append(row);
    }
    if (left != 0)
        return violation(u"payloads"_s, u"must be those of the rows"_s);
    return batch;
}

} // namespace dialogue::protocol::admin
