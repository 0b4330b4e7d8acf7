#pragma once

#include "console/why/timelinewords.h"

#include <QAbstractTableModel>
#include <QJsonArray>

namespace dialogue::console {

/** What became of a client, the last first. */
class TimelineModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Time, What, Room, Details, ColumnCount };
    static constexpr int ToneRole = Qt::UserRole; ///< Tone, of What.
    static constexpr int MostRows = 4096; ///< Of what a server tells.

    using QAbstractTableModel::QAbstractTableModel;

    /** As the server tells them, oldest first; those that are there already stay as they are. */
    void setEntries(const QJsonArray &entries);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<TimelineRow> m_rows; ///< The last first.
};

} // namespace dialogue::console
