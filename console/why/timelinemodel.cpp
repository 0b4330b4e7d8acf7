#include "console/why/timelinemodel.h"

#include <algorithm>

namespace dialogue::console {

void TimelineModel::setEntries(const QJsonArray &entries)
{
    QList<TimelineRow> rows;
    const qsizetype first = std::max<qsizetype>(0, entries.size() - MostRows);
    for (qsizetype i = entries.size(); i-- > first;)
        rows.append(timelineRowOf(entries[i].toObject()));
    if (rows == m_rows)
        return;
    // Mostly something new is in front, and what somebody has selected is to stay.
    const qsizetype more = rows.size() - m_rows.size();
    if (!m_rows.isEmpty() && more > 0 && rows.mid(more) == m_rows) {
        beginInsertRows({}, 0, int(more) - 1);
        m_rows = rows;
        endInsertRows();
        return;
    }
    beginResetModel();
    m_rows = rows;
    endResetModel();
}

int TimelineModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int TimelineModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant TimelineModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const TimelineRow &row = m_rows[index.row()];
    if (role == ToneRole && index.column() == What)
        return int(timelineKindTone(row.kind));
    if (role == Qt::ToolTipRole && index.column() == Details)
        return row.details.toHtmlEscaped();
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Time:
        return row.time;
    case What:
        return timelineKindText(row.kind);
    case Room:
        return row.room;
    default:
        return row.details;
    }
}

QVariant TimelineModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time");
    case What:
        return tr("What");
    case Room:
        return tr("Room");
    default:
        return tr("Details");
    }
}

} // namespace dialogue::console
