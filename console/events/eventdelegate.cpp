#include "console/events/eventdelegate.h"

#include "console/details/eventfacts.h"
#include "console/events/rowlook.h"
#include "console/events/seqselection.h"
#include "console/look/wording.h"
#include "console/model/eventcolumns.h"

#include "core/base/foreigntext.h"

#include <QHeaderView>
#include <QHelpEvent>
#include <QPainter>
#include <QTableView>
#include <QToolTip>

namespace dialogue::console {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype LongestText = 256;
const QString MarkSign = u"\u2605 "_s;
constexpr QChar Apart = u'\u2002'; // Of a number from what stands in the next column.

bool isGap(const QModelIndex &index) { return index.data(KindRole).toInt() == int(RowKind::Gap); }

QString gapTextOf(const QModelIndex &index)
{
    return gapText(GapReason(index.data(GapReasonRole).toInt()), index.data(GapCountRole).toLongLong());
}

QString valueText(const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::Nullptr:
        return u"null"_s;
    case QMetaType::Bool:
        return value.toBool() ? u"true"_s : u"false"_s;
    default:
        return printable(value.toString().left(LongestText));
    }
}

bool isNumberColumn(const QModelIndex &index)
{
    const auto column = EventColumn(index.column());
    if (column == EventColumn::Offset || column == EventColumn::Size)
        return true;
    const int type = index.data().typeId();
    return column >= EventColumn::Count && (type == QMetaType::LongLong || type == QMetaType::Double);
}

} // namespace

EventDelegate::EventDelegate(QTableView &view, const RowLook &look, const SeqSelection &selection,
                             QObject *parent)
    : QStyledItemDelegate(parent)
    , m_view(view)
    , m_look(look)
    , m_selection(selection)
{ }

QString EventDelegate::cellText(const QModelIndex &index)
{
    const QVariant value = index.data();
    if (!value.isValid())
        return {};
    switch (EventColumn(index.column())) {
    case EventColumn::Time:
        return timeText(value.toLongLong());
    case EventColumn::Offset:
        return numberText(value.toLongLong());
    case EventColumn::Size:
        return value.toLongLong() > 0 ? bytesText(value.toLongLong()) : QString();
    default:
        return valueText(value);
    }
}

void EventDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const quint64 seq = index.data(SeqRole).toULongLong();
    option->state.setFlag(QStyle::State_Selected, m_selection.has(seq));
    option->text = cellText(index);
    if (EventColumn(index.column()) >= EventColumn::Data && option->direction == Qt::RightToLeft) {
        option->direction = Qt::LeftToRight; // JSON is written so, whatever the rest is.
        option->displayAlignment = Qt::AlignRight | Qt::AlignVCenter;
    }
    if (isNumberColumn(index)) {
        option->displayAlignment = Qt::AlignTrailing | Qt::AlignVCenter;
        option->text += Apart;
    }
    if (EventColumn(index.column()) == EventColumn::Time && m_look.isMarked(seq))
        option->text.prepend(MarkSign);
    const auto rule = m_look.ruleFor(seq);
    if (rule && rule->paints == ColourRule::Paints::Background)
        option->backgroundBrush = toneBackground(rule->tone, option->palette);
    else if (rule)
        option->palette.setColor(QPalette::Text, toneColor(rule->tone, option->palette));
}

QRect EventDelegate::rowRect(const QRect &cell) const
{
    const QHeaderView &header = *m_view.horizontalHeader();
    int left = cell.left();
    int right = cell.right();
    for (int i = 0; i < header.count(); ++i) {
        if (header.isSectionHidden(i))
            continue;
        const int begin = header.sectionViewportPosition(i);
        left = std::min(left, begin);
        right = std::max(right, begin + header.sectionSize(i) - 1);
    }
    return {QPoint(left, cell.top()), QPoint(right, cell.bottom())};
}

/** Each cell paints its part of the sentence. */
void EventDelegate::paintGap(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const bool isSelected = cell.state & QStyle::State_Selected;
    const QPalette &palette = option.palette;
    painter->save();
    painter->setClipRect(option.rect);
    painter->fillRect(option.rect,
                      isSelected ? palette.color(QPalette::Highlight)
                                 : toneBackground(Tone::Warning, palette));
    painter->setPen(palette.color(isSelected ? QPalette::HighlightedText : QPalette::Text));
    const int margin = m_view.style()->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, &m_view) + 1;
    const QRect row = rowRect(option.rect).adjusted(margin, 0, -margin, 0);
    const QString time = cellText(index.siblingAtColumn(int(EventColumn::Time)));
    painter->drawText(row, int(Qt::AlignLeading | Qt::AlignVCenter),
                      painter->fontMetrics().elidedText(time + u"   \u22ef "_s + gapTextOf(index),
                                                        Qt::ElideRight, row.width()));
    painter->restore();
}

void EventDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    if (isGap(index))
        paintGap(painter, option, index);
    else
        QStyledItemDelegate::paint(painter, option, index);
}

bool EventDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                              const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QString text;
    if (isGap(index))
        text = gapTextOf(index) + u'\n' + gapAdvice(GapReason(index.data(GapReasonRole).toInt()));
    else if (const QString comment = m_look.comment(index.data(SeqRole).toULongLong()); !comment.isEmpty())
        text = comment;
    else if (EventColumn(index.column()) == EventColumn::Time && index.data().isValid())
        text = dateTimeText(index.data().toLongLong());
    else
        text = cellText(index);
    QToolTip::showText(event->globalPos(), text.isEmpty() ? text : u"<p>%1</p>"_s.arg(text.toHtmlEscaped()),
                       view);
    return true;
}

} // namespace dialogue::console
