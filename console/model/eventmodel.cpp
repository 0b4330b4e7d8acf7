#include "console/model/eventmodel.h"

#include "console/model/jsonvalue.h"

#include <QTimerEvent>

#include <algorithm>
#include <utility>

namespace dialogue::console {

EventModel::EventModel(const LogLimits &limits, QObject *parent)
    : QAbstractTableModel(parent)
    , m_log(limits)
{ }

void EventModel::append(EventBatch batch)
{
    m_waiting.push_back(std::move(batch));
    if (!m_timer.isActive())
        m_timer.start(FlushMs, this);
}

void EventModel::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId())
        return;
    m_timer.stop();
    flush();
}

void EventModel::flush()
{
    for (const EventBatch &batch : std::exchange(m_waiting, {}))
        m_log.append(batch);
    evict();
    if (!m_paused)
        showAll();
    else
        Q_EMIT hiddenRowsChanged(hiddenRows());
}

/** Rows that are hidden may be among them. */
void EventModel::evict()
{
    const qint64 rows = m_log.rowsToEvict();
    const qint64 shown = std::min<qint64>(rows, rowCount());
    if (rows == 0)
        return;
    if (shown > 0)
        beginRemoveRows({}, 0, int(shown) - 1);
    m_log.evict(rows);
    m_endSeq = std::max(m_endSeq, m_log.firstSeq());
    if (shown > 0)
        endRemoveRows();
}

void EventModel::showAll()
{
    const qint64 hidden = hiddenRows();
    if (hidden == 0)
        return;
    beginInsertRows({}, rowCount(), rowCount() + int(hidden) - 1);
    m_endSeq = m_log.endSeq();
    endInsertRows();
}

void EventModel::clear()
{
    beginResetModel();
    m_waiting.clear();
    m_log.clear();
    m_endSeq = m_log.endSeq();
    endResetModel();
    Q_EMIT hiddenRowsChanged(0);
}

void EventModel::setPaused(bool paused)
{
    if (paused == m_paused)
        return;
    if (paused)
        flush(); // What has come by now is seen.
    m_paused = paused;
    Q_EMIT pausedChanged(paused);
    if (!paused) {
        flush();
        Q_EMIT hiddenRowsChanged(0);
    }
}

bool EventModel::addPointerColumn(const QString &pointer)
{
    const std::optional<QStringList> parts = partsOfPointer(pointer);
    const auto isIt = [&](const PointerColumn &each) { return each.pointer == pointer; };
    if (!parts || std::any_of(m_pointers.begin(), m_pointers.end(), isIt))
        return false;
    beginInsertColumns({}, columnCount(), columnCount());
    m_pointers.append({pointer, *parts});
    endInsertColumns();
    return true;
}

void EventModel::removePointerColumn(const QString &pointer)
{
    for (int i = 0; i < m_pointers.size(); ++i) {
        if (m_pointers[i].pointer != pointer)
            continue;
        const int column = int(EventColumn::Count) + i;
        beginRemoveColumns({}, column, column);
        m_pointers.removeAt(i);
        endRemoveColumns();
        return;
    }
}

int EventModel::rowOf(quint64 seq) const
{
    return seq >= m_log.firstSeq() && seq < m_endSeq ? int(seq - m_log.firstSeq()) : -1;
}

int EventModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_endSeq - m_log.firstSeq());
}

int EventModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(EventColumn::Count) + int(m_pointers.size());
}

QVariant EventModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const quint64 seq = seqAt(index.row());
    const EventSegment &segment = *m_log.segmentOf(seq);
    return eventData(segment, int(seq - segment.firstSeq()), index.column(), role, m_pointers);
}

QVariant EventModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const auto titled = EventColumn(section);
    if (role == Qt::TextAlignmentRole && (titled == EventColumn::Offset || titled == EventColumn::Size))
        return int(Qt::AlignVCenter | Qt::AlignTrailing); // As the numbers below.
    if (role != Qt::DisplayRole)
        return {};
    switch (titled) {
    case EventColumn::Time:
        return tr("Time");
    case EventColumn::Room:
        return tr("Room");
    case EventColumn::Event:
        return tr("Event");
    case EventColumn::From:
        return tr("From");
    case EventColumn::Offset:
        return tr("Offset");
    case EventColumn::Size:
        return tr("Size");
    case EventColumn::Key:
        return tr("Key");
    case EventColumn::Node:
        return tr("Node");
    case EventColumn::Data:
        return tr("Data");
    case EventColumn::Count:
        break;
    }
    const int pointer = section - int(EventColumn::Count);
    return pointer >= 0 && pointer < m_pointers.size() ? QVariant(m_pointers[pointer].pointer) : QVariant();
}

} // namespace dialogue::console
