#pragma once

#include <QStyledItemDelegate>

namespace dialogue::console {

/** A QList<qint64> as bars beside each other, the greatest as high as the cell. */
class TrendDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QString displayText(const QVariant &value, const QLocale &locale) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
};

/** A share, 0 to 1 or more, as a bar and in percent; from what share on it is to be looked after it says, by
 * a sign and a colour. */
class ShareDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    static constexpr double Much = 0.5;
    static constexpr double NearlyAll = 0.9;

    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QString displayText(const QVariant &value, const QLocale &locale) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
};

} // namespace dialogue::console
