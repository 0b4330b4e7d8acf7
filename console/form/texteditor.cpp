#include "console/form/texteditor.h"

#include "console/form/fieldhint.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QTextBlock>
#include <QToolButton>

namespace dialogue::console {

using namespace Qt::StringLiterals;

namespace {

constexpr int LongOnes = 300; // Characters allowed from which on there are several lines at once.

bool hasSeveralLines(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c == u'\n' || c == u'\r'; });
}

/** As it was written: toPlainText() would make a space of U+00A0 and a line of U+2028. */
QString writtenLines(const QPlainTextEdit *edit)
{
    QStringList lines;
    for (QTextBlock block = edit->document()->begin(); block.isValid(); block = block.next())
        lines.append(block.text());
    return lines.join(u'\n');
}

} // namespace

TextEditor::TextEditor(const Field &field, QWidget *parent)
    : FieldEditor(field, parent)
    , m_layout(new QHBoxLayout(this))
    , m_line(new QLineEdit)
    , m_more(new QToolButton)
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->addWidget(m_line);
    m_layout->addWidget(m_more);
    m_line->setMaxLength(1 << 20);
    m_line->setPlaceholderText(exampleOf(field));
    m_more->setText(u"↵"_s);
    m_more->setToolTip(tr("Several lines"));
    m_more->setAccessibleName(tr("%1: several lines").arg(captionOf(field)));
    m_more->setAutoRaise(true);
    setInput(m_line);
    connect(m_line, &QLineEdit::textEdited, this, &TextEditor::take);
    connect(m_more, &QToolButton::clicked, this, [this] {
        showLines();
        m_lines->setFocus();
    });
    if (field.schema.value("maxLength"_L1).toInt() >= LongOnes)
        showLines();
    // One of these would be no text of that format any more.
    m_more->setVisible(!m_lines && !field.schema.contains("format"_L1)
                       && !field.schema.contains("pattern"_L1));
}

void TextEditor::take(const QString &text)
{
    m_text = text;
    Q_EMIT edited();
}

void TextEditor::showLines()
{
    if (m_lines)
        return;
    m_lines = new QPlainTextEdit;
    m_lines->setTabChangesFocus(true);
    m_lines->setPlainText(m_text);
    m_lines->setPlaceholderText(m_line->placeholderText());
    m_lines->setFixedHeight(m_lines->fontMetrics().lineSpacing() * 4 + 2 * m_lines->frameWidth() + 8);
    m_layout->insertWidget(0, m_lines);
    m_line->hide();
    m_more->hide();
    setInput(m_lines);
    connect(m_lines, &QPlainTextEdit::textChanged, this, [this] { take(writtenLines(m_lines)); });
}

void TextEditor::setValue(const QJsonValue &value)
{
    m_text = value.toString();
    if (hasSeveralLines(m_text))
        showLines();
    if (!m_lines)
        return m_line->setText(m_text);
    const QSignalBlocker quiet(m_lines);
    m_lines->setPlainText(m_text);
}

} // namespace dialogue::console
