#include "console/details/factsview.h"

#include "console/look/tones.h"
#include "console/look/wording.h"

#include "core/base/foreigntext.h"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>

namespace dialogue::console {

using namespace Qt::StringLiterals;

namespace {

constexpr int FactsInLine = 3;
constexpr qsizetype LongestFact = 512;

} // namespace

FactsView::FactsView(QWidget *parent)
    : QWidget(parent)
{
    const QStringList names{tr("Time"), tr("Room"), tr("Event"), tr("From"), tr("Offset"), tr("Size")};
    auto *const grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(2);
    for (int i = 0; i < FactCount; ++i) {
        auto *const name = new QLabel(names[i]);
        QPalette quiet = palette();
        quiet.setColor(QPalette::WindowText, toneColor(Tone::Quiet, quiet));
        name->setPalette(quiet);
        auto *const value = new QLineEdit;
        value->setReadOnly(true);
        value->setFrame(false);
        value->setAccessibleName(names[i]);
        QPalette flat = value->palette();
        flat.setColor(QPalette::Base, Qt::transparent);
        value->setPalette(flat);
        name->setBuddy(value);
        const int column = i % FactsInLine * 2;
        grid->addWidget(name, i / FactsInLine, column);
        grid->addWidget(value, i / FactsInLine, column + 1);
        grid->setColumnStretch(column + 1, i % FactsInLine == Event ? 2 : 3);
        m_values.append(value);
    }
}

void FactsView::setFacts(const EventFacts &facts)
{
    const auto set = [this](Fact fact, const QString &text) {
        QLineEdit &value = *m_values[fact];
        value.setText(text.isEmpty() ? u"\u2013"_s : printable(text.left(LongestFact)));
        value.setCursorPosition(0);
        value.setToolTip(value.text().toHtmlEscaped());
    };
    set(Time, facts.time < 0 ? QString() : dateTimeText(facts.time) + timeText(facts.time).right(4));
    set(Room, facts.room);
    set(Event, facts.event);
    set(From, facts.from);
    set(Offset, facts.offset < 0 ? QString() : numberText(facts.offset));
    set(Size, facts.size > 0 ? bytesText(facts.size) : QString());
}

} // namespace dialogue::console
