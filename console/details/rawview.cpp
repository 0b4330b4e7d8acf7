#include "console/details/rawview.h"

#include "console/details/jsonindent.h"
#include "console/look/wording.h"

#include "core/base/foreigntext.h"
#include "core/json/parsed.h"

#include <QCheckBox>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace dialogue::console {

namespace {

/** What is not seen as its escape, line by line. */
QString seenText(const QString &text)
{
    QStringList lines;
    for (const QStringView line : QStringView(text).split(u'\n'))
        lines.append(printable(line));
    return lines.join(u'\n');
}

} // namespace

RawView::RawView(QWidget *parent)
    : QWidget(parent)
    , m_isIndented(new QCheckBox(tr("&Indented")))
    , m_all(new QPushButton)
    , m_text(new QPlainTextEdit)
{
    m_isIndented->setChecked(true);
    m_isIndented->setAccessibleName(tr("Indented"));
    m_text->setReadOnly(true);
    m_text->setLayoutDirection(Qt::LeftToRight); // JSON, whatever way the rest is written.
    m_text->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setAccessibleName(tr("The event's data as text"));
    auto *const line = new QHBoxLayout;
    line->addWidget(m_isIndented);
    line->addStretch();
    line->addWidget(m_all);
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(line);
    column->addWidget(m_text);
    connect(m_isIndented, &QCheckBox::toggled, this, &RawView::update);
    connect(m_all, &QPushButton::clicked, this, [this] {
        m_showsAll = true;
        update();
    });
}

void RawView::setText(const QByteArray &json)
{
    m_json = json;
    m_showsAll = false;
    update();
}

QString RawView::shownText() const { return m_text->toPlainText(); }

void RawView::update()
{
    QByteArray text = m_isIndented->isChecked() ? indentedJson(m_json) : m_json;
    const bool isCut = !m_showsAll && text.size() > Beginning;
    m_all->setVisible(isCut);
    m_all->setText(tr("Show all %1").arg(bytesText(text.size())));
    if (isCut) {
        text.truncate(Beginning);
        while (!text.isEmpty() && (uchar(text.back()) & 0xc0U) == 0x80)
            text.chop(1); // Not in the middle of a character.
        if (!text.isEmpty() && (uchar(text.back()) & 0x80U))
            text.chop(1);
    }
    m_text->setPlainText(seenText(json::fromUtf8(text)) + (isCut ? QStringLiteral("\u2026") : QString()));
}

} // namespace dialogue::console
