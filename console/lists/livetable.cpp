#include "console/lists/livetable.h"

#include "console/model/sortedtablemodel.h"

#include <QJsonArray>
#include <QScrollBar>
#include <QTimerEvent>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::console {

LiveTable::LiveTable(AdminConnection &connection, QTableView &table, const AdminWatch::Kind &kind,
                     QObject *parent)
    : QObject(parent)
    , m_table(table)
    , m_watch(connection, u"rows of "_s + kind.what, kind)
{
    connect(&m_watch, &AdminWatch::told, this, &LiveTable::take);
    connect(table.verticalScrollBar(), &QScrollBar::valueChanged, this, &LiveTable::follow);
    connect(table.verticalScrollBar(), &QScrollBar::rangeChanged, this, &LiveTable::follow);
    const QAbstractItemModel *const model = table.model();
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(model, signal, this, &LiveTable::follow);
    connect(model, &QAbstractItemModel::modelReset, this, &LiveTable::follow);
    connect(model, &QAbstractItemModel::layoutChanged, this, &LiveTable::follow);
}

void LiveTable::setActive(bool active)
{
    m_isActive = active;
    m_pause.stop();
    if (active)
        follow();
    else
        m_watch.stop();
}

void LiveTable::follow()
{
    if (m_isActive && !m_pause.isActive())
        m_pause.start(FollowMs, this);
}

void LiveTable::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_pause.timerId())
        return;
    m_pause.stop();
    m_watch.start({{u"ids"_s, QJsonArray::fromStringList(shownIds())}});
}

QStringList LiveTable::shownIds() const
{
    QStringList ids;
    const QAbstractItemModel &model = *m_table.model();
    const int height = m_table.viewport()->height();
    const int first = m_table.rowAt(0);
    const int last = m_table.rowAt(height - 1) < 0 ? model.rowCount() - 1 : m_table.rowAt(height - 1);
    if (first < 0)
        return ids;
    for (int row = first; row <= std::min(last, first + MostRows - 1); ++row)
        ids.append(model.index(row, 0).data(SortedTableModel::IdRole).toString());
    std::sort(ids.begin(), ids.end()); // In another order they are the same.
    return ids;
}

void LiveTable::take(const QJsonObject &message)
{
    const QJsonArray set = message[u"set"_s].toArray();
    for (const QJsonValue &each : set)
        Q_EMIT row(each.toObject());
    const QJsonArray gone = message[u"gone"_s].toArray();
    for (const QJsonValue &id : gone)
        Q_EMIT this->gone(id.toString());
    Q_EMIT passed();
}

} // namespace dialogue::console
