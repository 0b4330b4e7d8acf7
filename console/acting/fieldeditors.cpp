#include "console/acting/fieldeditors.h"

#include "console/look/wording.h"
#include "core/json/parsed.h"

#include <QComboBox>
#include <QFormLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

struct DurationChoice
{
    const char *text;
    qint64 milliseconds;
};
constexpr qint64 Minute = 60'000;
constexpr std::array DurationChoices{
    DurationChoice{QT_TRANSLATE_NOOP("dialogue::console::FieldEditors", "5 minutes"), 5 * Minute},
    DurationChoice{QT_TRANSLATE_NOOP("dialogue::console::FieldEditors", "15 minutes"), 15 * Minute},
    DurationChoice{QT_TRANSLATE_NOOP("dialogue::console::FieldEditors", "1 hour"), 60 * Minute},
    DurationChoice{QT_TRANSLATE_NOOP("dialogue::console::FieldEditors", "1 day"), 1440 * Minute},
    DurationChoice{QT_TRANSLATE_NOOP("dialogue::console::FieldEditors", "7 days"), 10080 * Minute},
    DurationChoice{QT_TRANSLATE_NOOP("dialogue::console::FieldEditors", "30 days"), 43200 * Minute},
    DurationChoice{QT_TRANSLATE_NOOP("dialogue::console::FieldEditors", "until it is lifted"), 0}};

const QJsonValue LeftOut(QJsonValue::Undefined);

Error wrongField(const ActionField &field, const QString &message)
{
    return {.code = ErrorCode::InvalidRequest, .message = message, .path = field.name};
}

Result<QJsonValue> wholeNumberOf(const ActionField &field, const QString &text)
{
    if (text.isEmpty())
        return LeftOut;
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    if (!isNumber || number < 1)
        return wrongField(field, FieldEditors::tr("must be a whole number from 1 on"));
    return QJsonValue(number);
}

Result<QJsonValue> jsonOf(const ActionField &field, const QString &text)
{
    if (text.trimmed().isEmpty())
        return LeftOut;
    // Qt reads documents, which are arrays or objects; in an array stands any value.
    QJsonParseError error;
    const QJsonDocument document = json::parsed('[' + text.toUtf8() + ']', &error);
    if (error.error != QJsonParseError::NoError)
        return wrongField(field,
                          FieldEditors::tr("is no JSON: %1, at character %2; a text has its quotes")
                              .arg(error.errorString(), numberText(qMax(1, error.offset))));
    if (document.array().size() != 1)
        return wrongField(field, FieldEditors::tr("must be one value"));
    return document.array().at(0);
}

} // namespace

FieldEditors::FieldEditors(const QList<ActionField> &fields, QWidget *parent)
    : QWidget(parent)
{
    auto *const form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    for (const ActionField &field : fields) {
        m_editors.push_back(editorFor(field));
        QWidget *const widget = m_editors.back().widget;
        widget->setAccessibleName(field.label);
        auto *const label = new QLabel(field.isRequired ? tr("%1 (required):").arg(field.label)
                                                        : tr("%1:").arg(field.label));
        label->setTextFormat(Qt::PlainText);
        label->setBuddy(widget);
        form->addRow(label, widget);
    }
}

FieldEditors::Editor FieldEditors::editorFor(const ActionField &field)
{
    if (field.kind == ActionField::Kind::Duration) {
        auto *const box = new QComboBox;
        for (const DurationChoice &choice : DurationChoices)
            box->addItem(tr(choice.text), choice.milliseconds);
        box->setCurrentIndex(2);
        connect(box, &QComboBox::currentIndexChanged, this, &FieldEditors::changed);
        return {field, box, [box]() -> Result<QJsonValue> {
                    const qint64 duration = box->currentData().toLongLong();
                    return duration > 0 ? QJsonValue(duration) : LeftOut;
                }};
    }
    if (field.kind == ActionField::Kind::Json) {
        auto *const edit = new QPlainTextEdit(field.value);
        edit->setPlaceholderText(field.hint);
        edit->setTabChangesFocus(true);
        edit->setMinimumHeight(edit->fontMetrics().height() * 6);
        connect(edit, &QPlainTextEdit::textChanged, this, &FieldEditors::changed);
        return {field, edit, [field, edit] { return jsonOf(field, edit->toPlainText()); }};
    }
    auto *const line = new QLineEdit(field.value);
    line->setPlaceholderText(field.hint);
    connect(line, &QLineEdit::textChanged, this, &FieldEditors::changed);
    if (field.kind == ActionField::Kind::Number)
        return {field, line, [field, line] { return wholeNumberOf(field, line->text().trimmed()); }};
    return {field, line, [line]() -> Result<QJsonValue> {
                const QString text = line->text().trimmed();
                return text.isEmpty() ? LeftOut : QJsonValue(text);
            }};
}

Result<QJsonObject> FieldEditors::arguments() const
{
    QJsonObject all;
    for (const Editor &editor : m_editors) {
        const Result<QJsonValue> value = editor.value();
        if (!value)
            return value.error();
        if (!value->isUndefined())
            all.insert(editor.field.name, *value);
        else if (editor.field.isRequired)
            return wrongField(editor.field, tr("is required"));
    }
    return all;
}

void FieldEditors::focus(const QString &field)
{
    const auto editor = std::find_if(m_editors.begin(), m_editors.end(),
                                     [&](const Editor &each) { return each.field.name == field; });
    if (editor != m_editors.end())
        editor->widget->setFocus();
}

} // namespace dialogue::console
