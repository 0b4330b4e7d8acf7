#pragma once

#include "ui/messagelayout.h"

#include <QCache>
#include <QStyledItemDelegate>

namespace chat {

struct Theme;

/** Paints messages as bubbles: others' at the left, ours at the right. */
class MessageDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit MessageDelegate(QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] bool editorEvent(QEvent *event, QAbstractItemModel *model,
                                   const QStyleOptionViewItem &option, const QModelIndex &index) override;

Q_SIGNALS:
    void editWanted(const QModelIndex &index); ///< A refused message is to be written better.

private:
    struct SizeKey
    {
        QString text;
        int width;
        int fontHeight;
        friend bool operator==(const SizeKey &, const SizeKey &) = default;
        friend size_t qHash(const SizeKey &key, size_t seed = 0)
        {
            return qHashMulti(seed, key.text, key.width, key.fontHeight);
        }
    };

    [[nodiscard]] MessageLayout layoutOf(const QStyleOptionViewItem &option, const QModelIndex &index) const;
    [[nodiscard]] QSize measured(const QString &text, const QFont &font, int width) const;
    void paintDay(QPainter &painter, const QRect &rect, const QModelIndex &index, const QFont &font,
                  const Theme &theme) const;
    void paintGap(QPainter &painter, const QRect &rect, const QModelIndex &index, const QFont &font,
                  const Theme &theme) const;
    void paintSaid(QPainter &painter, const MessageLayout &layout, const QModelIndex &index,
                   const QFont &font, const Theme &theme) const;

    mutable QCache<SizeKey, QSize> m_sizes; ///< A view asks for all of them whenever one is added.
};

} // namespace chat
