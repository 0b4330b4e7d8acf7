#include "console/form/dataeditor.h"

#include "console/form/formview.h"
#include "console/look/tonedlabel.h"
#include "core/base/foreigntext.h"

#include <QFontDatabase>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QTabWidget>
#include <QTextBlock>
#include <QVBoxLayout>

namespace dialogue::console {

using namespace Qt::StringLiterals;

namespace {

constexpr int LinesOfList = 4;

QWidget *pageOf(std::initializer_list<QWidget *> parts)
{
    auto *const page = new QWidget;
    auto *const column = new QVBoxLayout(page);
    for (QWidget *const part : parts)
        column->addWidget(part);
    return page;
}

} // namespace

DataEditor::DataEditor(QWidget *parent)
    : QWidget(parent)
    , m_tabs(new QTabWidget)
    , m_form(new FormView)
    , m_json(new QPlainTextEdit)
    , m_jsonFault(new TonedLabel(Tone::Bad))
    , m_formNote(new TonedLabel(Tone::Warning))
    , m_summary(new TonedLabel(Tone::Good))
    , m_list(new QListWidget)
{
    // The path of a fault is a word as long as the schema is deep.
    for (TonedLabel *const each : {m_jsonFault, m_formNote, m_summary})
        each->letNothingGrow();
    QWidget *const form = pageOf({m_formNote, m_form});
    form->layout()->setContentsMargins(0, 0, 0, 0);
    m_tabs->addTab(form, tr("&Form"));
    m_tabs->addTab(pageOf({m_json, m_jsonFault}), tr("&JSON"));
    m_json->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_json->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_json->setAccessibleName(tr("Data as JSON"));
    m_list->setAccessibleName(tr("What is wrong with the data"));
    m_list->setWordWrap(true);
    for (QWidget *const each : {static_cast<QWidget *>(m_jsonFault), static_cast<QWidget *>(m_formNote)})
        each->hide();
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_tabs, 1);
    column->addWidget(m_summary);
    column->addWidget(m_list);
    connect(m_form, &FormView::edited, this, &DataEditor::takeForm);
    connect(m_json, &QPlainTextEdit::textChanged, this, &DataEditor::takeJson);
    connect(m_tabs, &QTabWidget::currentChanged, this, &DataEditor::takeTab);
    connect(m_list, &QListWidget::itemActivated, this, [this] { goTo(m_list->currentRow()); });
    connect(m_list, &QListWidget::itemClicked, this, [this] { goTo(m_list->currentRow()); });
    connect(&m_check, &DataCheck::checked, this, [this](const QList<SchemaFault> &faults) {
        showFaults(faults);
        Q_EMIT checked();
    });
    connect(&m_check, &DataCheck::failed, this, [this](const Error &error) {
        m_unchecked = printable(error.text());
        list();
    });
    setSchema({});
}

void DataEditor::addTab(QWidget *tab, const QString &name) { m_tabs->addTab(tab, name); }

void DataEditor::setSchema(const QJsonObject &schema, const QJsonValue &value)
{
    m_unchecked.clear();
    m_hasSchema = !schema.isEmpty();
    m_form->setSchema(schema, value);
    m_formIsBehind = false;
    m_check.setSchema(schema);
    m_jsonIsBehind = true;
    take(m_form->value());
    takeTab();
}

void DataEditor::setValue(const QJsonValue &value)
{
    m_formIsBehind = true;
    m_jsonIsBehind = true;
    take(value);
    takeTab();
}

void DataEditor::take(const QJsonValue &value)
{
    m_value = value;
    m_check.check(value);
    Q_EMIT edited();
}

void DataEditor::takeForm()
{
    m_jsonIsBehind = true;
    m_isJson = true;
    markJson({});
    take(m_form->value());
}

void DataEditor::takeJson()
{
    const JsonEntry entry = readJsonEntry(m_json->toPlainText());
    m_isJson = entry.value.has_value();
    markJson(entry);
    if (!m_isJson) {
        Q_EMIT edited();
        return;
    }
    m_formIsBehind = true;
    take(*entry.value);
}

void DataEditor::markJson(const JsonEntry &entry)
{
    m_jsonFault->setTone(m_isJson ? Tone::Warning : Tone::Bad);
    m_jsonFault->setText(m_isJson
                             ? tr("⚠ Not all digits of %1 are sent: it is neither a whole number of 64 bits "
                                  "nor exact as a double. A text keeps them.")
                                   .arg(entry.rounded)
                             : u"✕ "_s + faultText(entry));
    m_jsonFault->setVisible(!m_isJson || !entry.rounded.isEmpty());
    m_formNote->setText(
        tr("⚠ What is written under JSON is none (line %1, column %2). The form shows what was "
           "before; editing it replaces what is written there.")
            .arg(entry.line)
            .arg(entry.column));
    m_formNote->setVisible(!m_isJson);
    m_tabs->setTabText(1, m_isJson ? tr("&JSON") : tr("&JSON (not valid)"));
    QList<QTextEdit::ExtraSelection> marks;
    if (!m_isJson) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(m_json->document());
        mark.cursor.setPosition(
            int(std::min<qsizetype>(entry.position, m_json->document()->characterCount() - 1)));
        if (!mark.cursor.movePosition(QTextCursor::NextCharacter, QTextCursor::KeepAnchor))
            mark.cursor.movePosition(QTextCursor::PreviousCharacter, QTextCursor::KeepAnchor);
        mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        mark.format.setUnderlineColor(toneColor(Tone::Bad, palette()));
        marks.append(mark);
    }
    m_json->setExtraSelections(marks);
}

void DataEditor::takeTab()
{
    if (m_tabs->currentIndex() == 0 && m_formIsBehind) {
        m_form->setValue(m_value);
        m_formIsBehind = false;
        m_form->showFaults(m_faults);
    } else if (m_tabs->currentIndex() == 1 && m_jsonIsBehind) {
        const QSignalBlocker quiet(m_json);
        m_json->setPlainText(prettyJson(m_value));
        m_jsonIsBehind = false;
        m_isJson = true;
        markJson({});
    }
}

void DataEditor::showFaults(const QList<SchemaFault> &faults)
{
    m_faults = faults;
    m_form->showFaults(m_formIsBehind ? QList<SchemaFault>() : faults);
    list();
}

void DataEditor::list()
{
    m_list->clear();
    for (const SchemaFault &fault : std::as_const(m_faults))
        m_list->addItem(
            printable(fault.path.isEmpty() ? fault.message : fault.path + u": "_s + fault.message));
    m_list->setVisible(!m_faults.isEmpty());
    const int lines = std::min(int(m_faults.size()), LinesOfList) + 1; // And a line that is wrapped.
    m_list->setFixedHeight(m_list->fontMetrics().lineSpacing() * lines + 2 * m_list->frameWidth() + 4);
    m_summary->setTone(!m_faults.isEmpty() || !m_unchecked.isEmpty() ? Tone::Bad
                           : m_hasSchema                             ? Tone::Good
                                                                     : Tone::Quiet);
    if (!m_unchecked.isEmpty())
        m_summary->setText(tr("✕ The schema cannot be used to check the data: %1").arg(m_unchecked));
    else if (m_faults.isEmpty())
        m_summary->setText(m_hasSchema ? tr("✓ The data fits the schema.")
                                       : tr("There is no schema: whatever it says is taken."));
    else
        m_summary->setText((m_faults.size() == 1 ? tr("✕ 1 fault.") : tr("✕ %1 faults.").arg(m_faults.size()))
                           + u' ' + tr("Enter in the list leads there:"));
}

void DataEditor::goToFirstFault() { goTo(0); }

void DataEditor::goTo(int fault)
{
    if (fault < 0 || fault >= m_faults.size() || !m_isJson)
        return;
    m_tabs->setCurrentIndex(0);
    m_form->reveal(m_faults[fault].pointer);
}

} // namespace dialogue::console
