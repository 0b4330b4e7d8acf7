#include "server/admin/rowqueue.h"

#include "core/json/objectwriter.h"
#include "server/admin/eventwatch.h"

#include <QJsonObject>

#include <utility>

namespace dialogue::admin {

void RowQueue::add(const QByteArray &row, const QString &kind)
{
    if (m_count >= MostRows || m_rows.size() + row.size() > MostBytes)
        return drop(kind, 1);
    if (m_count++ > 0)
        m_rows += ',';
    m_rows += row;
}

std::optional<QByteArray> RowQueue::take()
{
    if ((m_count == 0 && m_dropped.isEmpty()) || m_number - m_credited >= EventWatch::MostUnderWay)
        return {};
    QJsonObject dropped;
    for (auto each = m_dropped.cbegin(); each != m_dropped.cend(); ++each)
        dropped.insert(each.key(), *each);
    json::ObjectWriter out(m_rows.size() + 128);
    out.string(QLatin1String("watch"), m_watch);
    out.number(QLatin1String("number"), qint64(++m_number));
    out.value(QLatin1String("dropped"), dropped);
    out.text(QLatin1String("rows"), '[' + m_rows + ']');
    m_rows.clear();
    m_count = 0;
    m_dropped.clear();
    return out.take();
}

void RowQueue::credit(quint64 number)
{
    if (number > m_credited && number <= m_number)
        m_credited = number;
}

} // namespace dialogue::admin
