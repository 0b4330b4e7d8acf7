#include "server/admin/statewatch.h"

#include "core/json/objectwriter.h"
#include "server/admin/eventwatch.h"

#include <QHash>
#include <QJsonArray>
#include <QSet>

#include <utility>

namespace dialogue::admin {

void StateWatch::setIds(const QStringList &ids)
{
    QHash<QString, Row> known;
    for (const Row &row : m_rows)
        known.insert(row.id, row);
    m_rows.clear();
    ++m_generation;
    QSet<QString> seen;
    for (const QString &id : ids) {
        if (seen.contains(id))
            continue;
        seen.insert(id);
        m_rows.push_back(known.value(id, Row{.id = id}));
    }
}

QStringList StateWatch::ids() const
{
    QStringList ids;
    for (const Row &row : m_rows)
        ids.append(row.id);
    return ids;
}

void StateWatch::tell(std::size_t place, quint64 version, const QByteArray &json)
{
    Row &row = m_rows[place];
    const bool wasGone = std::exchange(row.isGone, json.isEmpty());
    row.told = version;
    if (row.isGone) {
        if (!wasGone)
            m_gone.append(row.id);
        return;
    }
    if (!m_set.isEmpty())
        m_set += ',';
    m_set += json;
}

void StateWatch::forget()
{
    for (Row &row : m_rows)
        row = {.id = row.id};
}

bool StateWatch::isReady() const { return m_rev - m_credited < EventWatch::MostUnderWay; }

std::optional<QByteArray> StateWatch::take()
{
    if (m_set.isEmpty() && m_gone.isEmpty())
        return {};
    json::ObjectWriter out(m_set.size() + 128);
    out.string(QLatin1String("watch"), m_name);
    out.number(QLatin1String("rev"), qint64(++m_rev));
    out.text(QLatin1String("set"), '[' + std::exchange(m_set, {}) + ']');
    out.value(QLatin1String("gone"), QJsonArray::fromStringList(std::exchange(m_gone, {})));
    return out.take();
}

void StateWatch::credit(quint64 rev)
{
    if (rev > m_credited && rev <= m_rev)
        m_credited = rev;
}

} // namespace dialogue::admin
