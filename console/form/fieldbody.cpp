#include "console/form/fieldbody.h"

#include "console/form/fieldhint.h"
#include "console/form/fieldvalues.h"
#include "console/form/jsoneditor.h"
#include "console/look/tonedlabel.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace dialogue::console {

using namespace Qt::StringLiterals;

FieldBody::FieldBody(const Field &field, FormContext &context, QWidget *parent)
    : QWidget(parent)
    , m_field(field)
    , m_context(context)
    , m_isFolded(isContainer(field.kind) && context.rows() > FormContext::MostOpenedUnasked)
    , m_hasRow(context.takeRow())
    , m_layout(new QVBoxLayout(this))
    , m_state(new TonedLabel(Tone::Quiet))
    , m_help(new TonedLabel(Tone::Quiet, helpOf(field)))
    , m_wrong(new TonedLabel(Tone::Bad))
    , m_anew(new QPushButton)
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(2);
    m_layout->addWidget(m_state);
    m_layout->addWidget(m_anew, 0, Qt::AlignLeft);
    m_layout->addWidget(m_help);
    m_layout->addWidget(m_wrong);
    m_anew->setAutoDefault(false);
    m_wrong->hide();
    connect(m_anew, &QPushButton::clicked, this, [this] {
        setValue(m_context.schema().initialValue(m_field));
        Q_EMIT edited();
    });
    tellState();
}

FieldBody::~FieldBody()
{
    if (m_hasRow)
        m_context.giveRow();
}

QJsonValue FieldBody::value() const { return m_editor ? m_editor->value() : m_value; }

bool FieldBody::takesJson(const QJsonValue &value) const
{
    return m_field.kind != FieldKind::Json && !canHold(m_field, value);
}

void FieldBody::setValue(const QJsonValue &value)
{
    m_value = value;
    if (value.isUndefined() || (m_editor && m_isJson != takesJson(value)))
        drop();
    if (m_editor)
        m_editor->setValue(value);
    else if (!value.isUndefined() && (!m_isFolded || takesJson(value)))
        build();
    tellState();
}

void FieldBody::build()
{
    if (!m_hasRow)
        return;
    m_isJson = takesJson(m_value);
    if (m_isJson)
        m_editor = new JsonEditor(m_field, this);
    else
        m_editor = makeFieldEditor(m_field, m_context, this);
    m_layout->insertWidget(0, m_editor);
    m_editor->setValue(m_value);
    connect(m_editor, &FieldEditor::edited, this, &FieldBody::edited);
    setFocusProxy(m_editor);
    m_editor->setVisible(!m_isFolded || m_isJson);
    Q_EMIT m_context.built();
}

void FieldBody::drop()
{
    // It may be the one that is telling us.
    if (m_editor) {
        m_editor->hide();
        m_layout->removeWidget(m_editor);
        disconnect(m_editor, nullptr, this, nullptr);
        m_editor->deleteLater();
    }
    m_editor = nullptr;
    m_isJson = false;
    setFocusProxy(nullptr);
}

void FieldBody::tellState()
{
    QString state;
    if (m_value.isUndefined() && !m_editor)
        state = headingSays() ? QString() : tr("not set");
    else if (!m_hasRow)
        state = tr("This form is too large: the rest of it is in the JSON.");
    else if (m_isJson)
        state = tr("This value is none that the field is for; here is its JSON.");
    else if (m_field.kind == FieldKind::Json && m_field.obstacle.isEmpty())
        state = tr("Any JSON.");
    else if (!m_field.obstacle.isEmpty())
        state = tr("%1 It is written as JSON.").arg(m_field.obstacle);
    m_state->setText(state);
    m_state->setVisible(!state.isEmpty());
    // What is optional has a box for that before its name.
    const bool isMissing = m_field.isRequired && m_value.isUndefined() && !m_editor;
    m_anew->setText(isMissing ? tr("Set") : tr("Begin anew"));
    m_anew->setAccessibleName((isMissing ? tr("%1: set") : tr("%1: begin anew")).arg(captionOf(m_field)));
    m_anew->setVisible(m_isJson || isMissing);
    m_help->setVisible(!m_help->text().isEmpty() && !m_isFolded);
}

bool FieldBody::headingSays() const
{
    return !m_field.isRequired && (isContainer(m_field.kind) || m_field.kind == FieldKind::Branches);
}

bool FieldBody::saysSomething() const
{
    const QList<QWidget *> parts{m_state, m_anew, m_help, m_wrong};
    return (m_editor && !m_editor->isHidden())
        || std::any_of(parts.begin(), parts.end(), [](const QWidget *part) { return !part->isHidden(); });
}

void FieldBody::setFolded(bool folded)
{
    if (m_isFolded == folded || !isContainer(m_field.kind))
        return;
    m_isFolded = folded;
    if (!folded && !m_editor && !m_value.isUndefined())
        build();
    if (m_editor)
        m_editor->setVisible(!folded || m_isJson);
    tellState();
    showFaults(m_faults);
    Q_EMIT foldedChanged();
}

void FieldBody::showFaults(const FaultTree &faults)
{
    m_faults = faults;
    const bool isShown = m_editor && (!m_isFolded || m_isJson);
    if (m_editor && !isShown)
        m_editor->showFaults({});
    const QStringList wrong = isShown ? m_editor->showFaults(faults) : faults.all();
    QStringList lines;
    for (const QString &each : wrong)
        lines.append(u"✕ "_s + each);
    m_wrong->setText(lines.join(u'\n'));
    m_wrong->setVisible(!lines.isEmpty());
}

QWidget *FieldBody::reveal(const QStringList &pointer)
{
    setFolded(false);
    if (!m_editor)
        return m_field.isRequired ? static_cast<QWidget *>(m_anew) : this;
    QWidget *const at = m_editor->reveal(pointer);
    return at ? at : this;
}

} // namespace dialogue::console
