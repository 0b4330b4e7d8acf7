#include "console/form/jsoneditor.h"

#include "console/form/fieldvalues.h"
#include "console/form/jsonentry.h"
#include "console/look/tonedlabel.h"

#include <QFontDatabase>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace dialogue::console {

JsonEditor::JsonEditor(const Field &field, QWidget *parent)
    : FieldEditor(field, parent)
    , m_edit(new QPlainTextEdit)
    , m_fault(new TonedLabel(Tone::Bad))
{
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(m_edit);
    column->addWidget(m_fault);
    m_edit->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_edit->setTabChangesFocus(true);
    m_fault->hide();
    setInput(m_edit);
    fit();
    connect(m_edit, &QPlainTextEdit::textChanged, this, &JsonEditor::read);
}

void JsonEditor::setValue(const QJsonValue &value)
{
    m_value = value;
    m_isBroken = false;
    const QSignalBlocker quiet(m_edit);
    m_edit->setPlainText(prettyJson(value));
    m_fault->hide();
    fit();
}

void JsonEditor::read()
{
    const JsonEntry entry = readJsonEntry(m_edit->toPlainText());
    m_isBroken = !entry.value;
    m_fault->setVisible(m_isBroken);
    fit();
    if (m_isBroken)
        return m_fault->setText(tr("✕ %1. Until it is JSON, what was before counts.").arg(faultText(entry)));
    m_value = *entry.value;
    Q_EMIT edited();
}

void JsonEditor::fit()
{
    const int lines = std::clamp(m_edit->document()->blockCount(), 2, 10);
    m_edit->setFixedHeight(m_edit->fontMetrics().lineSpacing() * lines + 2 * m_edit->frameWidth() + 10);
}

} // namespace dialogue::console
