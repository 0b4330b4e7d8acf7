#pragma once

#include <QAbstractTableModel>
#include <QByteArray>

namespace dialogue::console {

/** Bytes, sixteen in a row: where they stand, what they are, and the characters that they may be. Nothing is
 * made but for the rows that are looked at. */
class BytesModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Place, Bytes, Text, ColumnCount };
    static constexpr int BytesInRow = 16;

    using QAbstractTableModel::QAbstractTableModel;

    void setBytes(const QByteArray &bytes);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QByteArray m_bytes;
};

} // namespace dialogue::console
