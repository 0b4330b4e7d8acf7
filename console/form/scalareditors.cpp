#include "console/form/scalareditors.h"

#include "console/form/fieldhint.h"
#include "console/form/fieldvalues.h"
#include "console/form/numberbox.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStyle>

namespace dialogue::console {

using namespace Qt::StringLiterals;

namespace {

QHBoxLayout *lineOf(QWidget *editor)
{
    auto *const line = new QHBoxLayout(editor);
    line->setContentsMargins(0, 0, 0, 0);
    return line;
}

/** The lines of text of NumberBox are protected, as its kin's. */
QString writtenIn(const NumberBox *box) { return box->text().trimmed(); }

} // namespace

NumberEditor::NumberEditor(const Field &field, QWidget *parent)
    : FieldEditor(field, parent)
    , m_box(new NumberBox(field.kind == FieldKind::Integer, rangeOf(field)))
    , m_value(0)
{
    // All digits of 64 bits, and the buttons.
    m_box->setMinimumWidth(m_box->fontMetrics().horizontalAdvance(QString(22, u'0'))
                           + m_box->style()->pixelMetric(QStyle::PM_ScrollBarExtent));
    QHBoxLayout *const line = lineOf(this);
    line->addWidget(m_box);
    line->addStretch(1);
    setInput(m_box);
    connect(m_box, &NumberBox::edited, this, [this] {
        const QJsonValue now = m_box->value();
        // What is no number is none in the data either, so that it is told of.
        m_value = now.isUndefined() ? QJsonValue(writtenIn(m_box)) : now;
        Q_EMIT edited();
    });
}

QJsonValue NumberEditor::value() const { return m_value; }

void NumberEditor::setValue(const QJsonValue &value)
{
    m_value = value;
    m_box->setValue(value);
}

BooleanEditor::BooleanEditor(const Field &field, QWidget *parent)
    : FieldEditor(field, parent)
    , m_box(new QCheckBox)
{
    lineOf(this)->addWidget(m_box);
    setInput(m_box);
    tell();
    connect(m_box, &QCheckBox::toggled, this, [this] {
        tell();
        Q_EMIT edited();
    });
}

void BooleanEditor::tell() { m_box->setText(m_box->isChecked() ? u"true"_s : u"false"_s); }

QJsonValue BooleanEditor::value() const { return m_box->isChecked(); }

void BooleanEditor::setValue(const QJsonValue &value)
{
    const QSignalBlocker quiet(m_box);
    m_box->setChecked(value.toBool());
    tell();
}

NullEditor::NullEditor(const Field &field, QWidget *parent)
    : FieldEditor(field, parent)
{
    auto *const label = new QLabel(u"null"_s);
    lineOf(this)->addWidget(label);
    label->setAccessibleName(captionOf(field));
}

ChoiceEditor::ChoiceEditor(const Field &field, QWidget *parent)
    : FieldEditor(field, parent)
    , m_box(new QComboBox)
{
    m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_box->setMinimumContentsLength(18);
    for (const FieldChoice &choice : field.choices)
        m_box->addItem(choice.label);
    QHBoxLayout *const line = lineOf(this);
    line->addWidget(m_box);
    line->addStretch(1);
    setInput(m_box);
    connect(m_box, &QComboBox::currentIndexChanged, this, &ChoiceEditor::edited);
}

QJsonValue ChoiceEditor::value() const { return field().choices.value(m_box->currentIndex()).value; }

void ChoiceEditor::setValue(const QJsonValue &value)
{
    const QSignalBlocker quiet(m_box);
    for (int i = 0; i < field().choices.size(); ++i) {
        if (field().choices[i].value == value)
            return m_box->setCurrentIndex(i);
    }
}

DateTimeEditor::DateTimeEditor(const Field &field, QWidget *parent)
    : FieldEditor(field, parent)
    , m_edit(new QDateTimeEdit)
{
    m_edit->setTimeSpec(Qt::UTC);
    m_edit->setDisplayFormat(u"yyyy-MM-dd HH:mm:ss.zzz"_s);
    m_edit->setCalendarPopup(true);
    auto *const now = new QPushButton(tr("Now"));
    now->setAutoDefault(false);
    now->setAccessibleName(tr("%1: now").arg(captionOf(field)));
    QHBoxLayout *const line = lineOf(this);
    line->addWidget(m_edit);
    line->addWidget(now);
    line->addStretch(1);
    setInput(m_edit);
    connect(m_edit, &QDateTimeEdit::dateTimeChanged, this, [this](const QDateTime &moment) {
        m_text = textOfMoment(moment);
        Q_EMIT edited();
    });
    connect(now, &QPushButton::clicked, m_edit,
            [this] { m_edit->setDateTime(QDateTime::currentDateTimeUtc()); });
}

void DateTimeEditor::setValue(const QJsonValue &value)
{
    const QSignalBlocker quiet(m_edit);
    m_text = value.toString();
    m_edit->setDateTime(momentOf(m_text).value_or(QDateTime::currentDateTimeUtc()));
}

} // namespace dialogue::console
