#pragma once

#include <QAbstractItemModel>
#include <QStringList>

namespace dialogue::test {

/** What a list shows, row by row. */
inline QStringList rowsOf(const QAbstractItemModel &model)
{
    QStringList rows;
    for (int row = 0; row < model.rowCount(); ++row)
        rows.append(model.index(row, 0).data().toString());
    return rows;
}

} // namespace dialogue::test
