#pragma once

#include <QStyledItemDelegate>

namespace dialogue::console {

/** Puts the cells of a JsonTreeModel into words, and gives each type its tone. */
class JsonDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    [[nodiscard]] static QString typeText(const QModelIndex &index);
    [[nodiscard]] static QString valueText(const QModelIndex &index);
};

} // namespace dialogue::console
