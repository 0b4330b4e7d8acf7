#pragma once

#include "console/details/jsonchanges.h"

#include <QAbstractTableModel>

namespace dialogue::console {

/** The places at which two events differ, as a table. */
class DifferencesModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Kind, Pointer, Before, After, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /** Keeps the beginnings of what is in \a changes alone. */
    void setChanges(const JsonChanges &changes);
    [[nodiscard]] bool hasMore() const { return m_hasMore; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    /** Of the kind JsonChange::Kind, as an int. */
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row
    {
        JsonChange::Kind kind;
        QString pointer;
        QString before;
        QString after;
    };

    QList<Row> m_rows;
    bool m_hasMore = false;
};

} // namespace dialogue::console
