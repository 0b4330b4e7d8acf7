#pragma once

#include <QStyledItemDelegate>

class QTableView;

namespace dialogue::console {

class RowLook;
class SeqSelection;

/** Puts the cells of a table of events into words, in the colours of its RowLook; a gap in a sentence across
 * all columns. */
class EventDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    /** All must outlive it. */
    EventDelegate(QTableView &view, const RowLook &look, const SeqSelection &selection,
                  QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;
    /** As it stands in a cell. */
    [[nodiscard]] static QString cellText(const QModelIndex &index);

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    void paintGap(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    [[nodiscard]] QRect rowRect(const QRect &cell) const;

    QTableView &m_view;
    const RowLook &m_look;
    const SeqSelection &m_selection;
};

} // namespace dialogue::console
