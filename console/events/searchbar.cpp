#include "console/events/searchbar.h"

#include "console/look/wording.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace dialogue::console {

SearchBar::SearchBar(EventModel &model, QWidget *parent)
    : QWidget(parent)
    , m_search(model)
    , m_text(new QLineEdit)
    , m_status(new QLabel)
    , m_previous(new QToolButton)
    , m_next(new QToolButton)
{
    m_text->setPlaceholderText(tr("Find in what is shown"));
    m_text->setAccessibleName(tr("Find"));
    m_text->setClearButtonEnabled(true);
    m_status->setAccessibleName(tr("What was found"));
    m_status->setMinimumWidth(
        m_status->fontMetrics().horizontalAdvance(tr("%1 of %2").arg(9'999'999).arg(9'999'999)));
    m_previous->setArrowType(Qt::UpArrow);
    m_previous->setAccessibleName(tr("Previous"));
    m_previous->setToolTip(tr("Previous (Shift+F3)"));
    m_next->setArrowType(Qt::DownArrow);
    m_next->setAccessibleName(tr("Next"));
    m_next->setToolTip(tr("Next (F3)"));
    auto *const close = new QToolButton;
    close->setText(tr("Close"));
    close->setAccessibleName(tr("Close the search"));
    auto *const label = new QLabel(tr("F&ind:"));
    label->setBuddy(m_text);
    auto *const line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    for (QWidget *const each : {static_cast<QWidget *>(label), static_cast<QWidget *>(m_text)})
        line->addWidget(each);
    line->setStretch(1, 1);
    line->addWidget(m_previous);
    line->addWidget(m_next);
    line->addWidget(m_status);
    line->addWidget(close);
    connect(m_text, &QLineEdit::textChanged, this, &SearchBar::start);
    connect(&m_search, &EventSearch::changed, this, &SearchBar::update);
    connect(m_previous, &QToolButton::clicked, this, &SearchBar::goPrevious);
    connect(m_next, &QToolButton::clicked, this, &SearchBar::goNext);
    connect(close, &QToolButton::clicked, this, &SearchBar::close);
    hide();
    update();
}

void SearchBar::setShown(const EventQuery &shown)
{
    m_shown = shown;
    if (!isHidden())
        start();
}

void SearchBar::setCurrent(std::optional<quint64> seq)
{
    m_current = seq;
    update();
}

void SearchBar::setText(const QString &text) { m_text->setText(text); }

void SearchBar::start() { m_search.start(m_shown, m_text->text()); }

void SearchBar::open()
{
    show();
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
    start();
}

void SearchBar::close()
{
    m_search.stop();
    hide();
    Q_EMIT closed();
}

void SearchBar::goNext()
{
    constexpr quint64 BeforeAll = ~quint64(0); // Behind which 0 comes.
    if (const auto seq = m_search.next(m_current.value_or(BeforeAll)))
        Q_EMIT found(*seq);
}

void SearchBar::goPrevious()
{
    // Without a current one the last.
    if (const auto seq = m_search.previous(m_current.value_or(0)))
        Q_EMIT found(*seq);
}

void SearchBar::keyPressEvent(QKeyEvent *event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape)
        close();
    else if (isReturn && (event->modifiers() & Qt::ShiftModifier))
        goPrevious();
    else if (isReturn)
        goNext();
    else
        QWidget::keyPressEvent(event);
}

QString SearchBar::status() const { return m_status->text(); }

void SearchBar::update()
{
    const int count = m_search.count();
    const int number = m_current ? m_search.number(*m_current) : 0;
    QString text;
    if (m_text->text().isEmpty())
        text = QString();
    else if (count == 0)
        text = m_search.isSearching() ? tr("Searching\u2026") : tr("Nothing found");
    else if (number > 0)
        text = tr("%1 of %2").arg(numberText(number), numberText(count));
    else
        text = tr("%1 found").arg(numberText(count));
    m_status->setText(text);
    m_previous->setEnabled(count > 0);
    m_next->setEnabled(count > 0);
}

} // namespace dialogue::console
