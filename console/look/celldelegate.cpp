#include "console/look/celldelegate.h"

#include "console/look/tones.h"
#include "console/look/wording.h"

namespace dialogue::console {

namespace {

QString dashOr(double value, const QString &text) { return value == 0 ? QStringLiteral("–") : text; }

} // namespace

CellDelegate::CellDelegate(Kind kind, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_kind(kind)
{ }

QString CellDelegate::text(Kind kind, const QVariant &value)
{
    switch (kind) {
    case Kind::Number:
        return dashOr(value.toDouble(), numberText(value.toLongLong()));
    case Kind::Rate:
        return dashOr(value.toDouble(), rateText(value.toDouble()));
    case Kind::Bytes:
        return dashOr(value.toDouble(), bytesText(value.toLongLong()));
    case Kind::Duration:
        return value.toDouble() < 0 ? QStringLiteral("–") : durationText(value.toDouble());
    case Kind::DateTime:
        return value.toLongLong() == 0 ? QStringLiteral("–") : dateTimeText(value.toLongLong());
    case Kind::YesOrDash:
        return value.toBool() ? tr("yes") : QStringLiteral("–");
    case Kind::Text:
        break;
    }
    return foreignText(value.toString());
}

QString CellDelegate::displayText(const QVariant &value, const QLocale &) const
{
    return text(m_kind, value);
}

void CellDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    if (m_kind != Kind::Text && m_kind != Kind::YesOrDash && m_kind != Kind::DateTime)
        option->displayAlignment = Qt::AlignVCenter | Qt::AlignTrailing;
    if (m_threshold > 0 && index.data().toDouble() >= m_threshold) {
        option->font.setBold(true);
        option->palette.setColor(QPalette::Text, toneColor(Tone::Warning, option->palette));
    }
}

} // namespace dialogue::console
