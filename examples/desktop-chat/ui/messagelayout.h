#pragma once

#include <QModelIndex>
#include <QRect>
#include <QSize>
#include <QStyleOptionViewItem>

#include <functional>

class QTextLayout;

namespace chat {

/** Where the parts of one message stand, in a row of the view's width at 0,0. Empty: it has no such part. */
struct MessageLayout
{
    /** How large a text is when it is broken to a width; whoever calls often remembers it. */
    using Measure = std::function<QSize(const QString &text, const QFont &font, int width)>;

    MessageLayout(const QModelIndex &index, const QFont &font, int width, const Measure &measure);

    QRect day; ///< The date above the first message of a day.
    QRect avatar;
    QRect head; ///< Who, and when.
    QRect bubble;
    QRect text; ///< Inside the bubble; of a gap, the line itself.
    QRect note; ///< Below: that it waits, or why it was refused.
    QRect again; ///< "Edit", below that.
    int height = 0;

    static QString noteText(const QModelIndex &index);
    static QString againText();
};

/** Breaks the text of \a layout to \a width; the size it then has. */
QSize breakLines(QTextLayout &layout, const QString &text, int width);

} // namespace chat
