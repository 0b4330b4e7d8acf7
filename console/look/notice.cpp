#include "console/look/notice.h"

#include "console/look/titlefont.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace dialogue::console {

namespace {

constexpr int TextShare = 3; // Of five: long lines are hard to read.

} // namespace

Notice::Notice(QWidget *content, QWidget *parent)
    : QWidget(parent)
    , m_layout(new QStackedLayout(this))
    , m_title(new QLabel)
    , m_text(new QLabel)
    , m_action(new QPushButton)
{
    auto *const told = new QWidget;
    auto *const column = new QVBoxLayout(told);
    m_title->setFont(titleFont(m_title->font()));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setAlignment(Qt::AlignCenter);
    m_title->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addStretch(2);
    column->addWidget(m_title);
    // No alignment: a label that wraps would not be asked how high it is for its width.
    auto *const row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(m_text, TextShare);
    row->addStretch(1);
    column->addLayout(row);
    column->addSpacing(6);
    column->addWidget(m_action, 0, Qt::AlignHCenter);
    column->addStretch(3);
    m_layout->addWidget(content);
    m_layout->addWidget(told);
    connect(m_action, &QPushButton::clicked, this, &Notice::actionTriggered);
}

void Notice::tell(const QString &title, const QString &text, const QString &action)
{
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    m_layout->setCurrentIndex(1);
}

void Notice::showContent() { m_layout->setCurrentIndex(0); }

bool Notice::isTelling() const { return m_layout->currentIndex() == 1; }

} // namespace dialogue::console
