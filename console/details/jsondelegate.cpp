#include "console/details/jsondelegate.h"

#include "console/details/jsontreemodel.h"
#include "console/look/tones.h"

#include "core/base/foreigntext.h"

#include <QJsonValue>

#include <optional>

namespace dialogue::console {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype LongestCell = 300;

QString inACell(const QString &text)
{
    return text.size() <= LongestCell ? printable(text) : printable(text.left(LongestCell)) + u'\u2026';
}

std::optional<Tone> toneOfType(int type)
{
    switch (type) {
    case QJsonValue::String:
        return Tone::Good;
    case QJsonValue::Double:
        return Tone::Accent;
    case QJsonValue::Bool:
        return Tone::Warning;
    case QJsonValue::Undefined:
        return Tone::Bad;
    default:
        return Tone::Quiet;
    }
}

} // namespace

QString JsonDelegate::typeText(const QModelIndex &index)
{
    if (index.data(JsonTreeModel::AttachmentRole).isValid())
        return tr("attachment");
    switch (index.data(JsonTreeModel::TypeRole).toInt()) {
    case QJsonValue::Null:
        return tr("null");
    case QJsonValue::Bool:
        return tr("boolean");
    case QJsonValue::Double:
        return tr("number");
    case QJsonValue::String:
        return tr("text");
    case QJsonValue::Array:
        return tr("array");
    case QJsonValue::Object:
        return tr("object");
    default:
        return tr("no JSON");
    }
}

QString JsonDelegate::valueText(const QModelIndex &index)
{
    const QVariant value = index.data();
    if (const QVariant number = index.data(JsonTreeModel::AttachmentRole); number.isValid())
        return tr("attachment %1: binary, which consoles are not sent").arg(number.toInt() + 1);
    switch (index.data(JsonTreeModel::TypeRole).toInt()) {
    case QJsonValue::Null:
        return u"null"_s;
    case QJsonValue::Bool:
        return value.toBool() ? u"true"_s : u"false"_s;
    case QJsonValue::Array:
        return value.toInt() == 1 ? tr("1 item") : tr("%1 items").arg(value.toInt());
    case QJsonValue::Object:
        return value.toInt() == 1 ? tr("1 member") : tr("%1 members").arg(value.toInt());
    default:
        return inACell(value.toString());
    }
}

QSize JsonDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    constexpr int Padding = 4;
    return QStyledItemDelegate::sizeHint(option, index) + QSize(0, Padding);
}

void JsonDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    std::optional<Tone> tone;
    switch (index.column()) {
    case JsonTreeModel::Name:
        option->text = inACell(index.data().toString());
        if (!index.data(JsonTreeModel::FaultRole).toString().isEmpty())
            tone = Tone::Bad;
        break;
    case JsonTreeModel::Value:
        option->text = valueText(index);
        if (index.data().typeId() != QMetaType::Int && option->direction == Qt::RightToLeft) {
            option->direction = Qt::LeftToRight; // JSON is written so, whatever the rest is.
            option->displayAlignment = Qt::AlignRight | Qt::AlignVCenter;
        }
        tone = toneOfType(index.data(JsonTreeModel::TypeRole).toInt());
        break;
    case JsonTreeModel::Type:
        option->text = typeText(index);
        tone = Tone::Quiet;
        break;
    default:
        option->text = inACell(index.data().toString());
        tone = Tone::Bad;
        break;
    }
    if (tone)
        option->palette.setColor(QPalette::Text, toneColor(*tone, option->palette));
}

} // namespace dialogue::console
