#pragma once

#include "console/look/celldelegate.h"

#include <QTableView>

namespace dialogue::console {

/**
 * A table of rows that are chosen as a whole, of one height, sorted by a click at a column's head. Which
 * columns are shown, in what order and how wide is kept under \a name in the application's settings. Its
 * actions() are its context menu.
 */
class ListTable : public QTableView
{
    Q_OBJECT
public:
    explicit ListTable(const QString &name, QWidget *parent = nullptr);
    ~ListTable() override;

    /** What is kept of the columns is kept when their model goes. */
    void setModel(QAbstractItemModel *model) override;

    /** The model's columns in their order: how they are worded, and how wide, in characters; those of width
     * 0 are hidden until somebody asks for them. Behind setModel(). */
    struct ColumnLook
    {
        CellDelegate::Kind kind = CellDelegate::Kind::Text;
        int characters = 12;
        double threshold = 0;
    };
    void setColumns(const QList<ColumnLook> &columns);

    /** Of those that are selected what \a role has, in the order of their rows. */
    [[nodiscard]] QStringList selectedTexts(int role) const;

Q_SIGNALS:
    void rowActivated(const QModelIndex &index);
    void selectionChangedTo(int rows);

protected:
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void offerColumns(const QPoint &place);
    void keepColumns();

    QString m_name;
};

} // namespace dialogue::console
