#include "console/lists/listfeed.h"

#include "core/protocol/admin/names.h"

#include <QTimerEvent>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::console {

ListFeed::ListFeed(AdminConnection &connection, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
{
    connect(&connection, &AdminConnection::entered, this, &ListFeed::refresh);
}

void ListFeed::setQuery(const ListQuery &query)
{
    if (m_query == query)
        return;
    m_query = query;
    refresh();
}

void ListFeed::setActive(bool active)
{
    if (m_isActive == active)
        return;
    m_isActive = active;
    if (active) {
        refresh();
    } else {
        ++m_generation;
        m_pause.stop();
    }
}

void ListFeed::refresh()
{
    ++m_generation;
    m_pause.stop();
    m_rows = m_pages = 0;
    if (m_isActive && m_connection.isIn())
        ask({});
}

void ListFeed::ask(const QString &after)
{
    QJsonObject request{{u"what"_s, m_query.what},
                        {u"limit"_s, std::clamp(m_query.most - m_rows, 1, PageRows)}};
    const auto add = [&](const QString &name, const QString &value) {
        if (!value.isEmpty())
            request.insert(name, value);
    };
    add(u"search"_s, m_query.search);
    add(u"room"_s, m_query.room);
    add(u"sort"_s, m_query.sort);
    add(u"after"_s, after);
    if (m_query.descending)
        request.insert(u"descending"_s, true);
    m_connection.ask(protocol::admin::names::list, request, this,
                     [this, generation = m_generation](const Result<QJsonObject> &reply) {
                         if (generation != m_generation)
                             return;
                         if (reply)
                             return take(*reply);
                         m_pause.start(int(m_length.count()), this);
                         Q_EMIT failed(reply.error());
                     });
}

void ListFeed::take(const QJsonObject &reply)
{
    QJsonArray rows = reply[u"rows"_s].toArray();
    while (rows.size() > m_query.most - m_rows)
        rows.removeLast(); // No server of ours tells more than it is asked for.
    const QString next = reply[u"next"_s].toString();
    m_rows += int(rows.size());
    ++m_pages;
    const quint64 generation = m_generation;
    Q_EMIT page(rows);
    if (generation != m_generation)
        return; // whoever saw it wants something else
    if (!next.isEmpty() && !rows.isEmpty() && wantsMore())
        return ask(next);
    m_pause.start(int(m_length.count()), this);
    Q_EMIT completed(std::max(qint64(m_rows), reply[u"total"_s].toInteger()));
}

bool ListFeed::wantsMore() const
{
    // Pages are full but for the last: who tells a row in each has no end.
    return m_rows < m_query.most && m_pages <= m_query.most / PageRows;
}

void ListFeed::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_pause.timerId())
        refresh();
}

} // namespace dialogue::console
