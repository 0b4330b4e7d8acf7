#include "console/events/narrowbar.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>

namespace dialogue::console {

namespace {

enum NarrowKind { ByText, ByFilter };
constexpr int TypingPauseMs = 150;

} // namespace

NarrowBar::NarrowBar(FilterEdit::Vocabulary vocabulary, QWidget *parent)
    : QWidget(parent)
    , m_kind(new QComboBox)
    , m_edit(new FilterEdit(std::move(vocabulary)))
    , m_gaps(new QCheckBox(tr("&Gaps")))
    , m_fault(new QLabel)
{
    m_kind->addItems({tr("Text"), tr("Filter")});
    m_kind->setAccessibleName(tr("How shown events are chosen"));
    m_edit->setIsFilter(false);
    m_edit->setPlaceholderText(tr("Show only events that have this text"));
    m_edit->setAccessibleName(tr("Show only"));
    m_edit->tellIn(*m_fault);
    m_gaps->setChecked(true);
    m_gaps->setToolTip(tr("Show where events are missing"));
    auto *const label = new QLabel(tr("&Show only:"));
    label->setBuddy(m_edit);
    auto *const grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->addWidget(label, 0, 0);
    grid->addWidget(m_kind, 0, 1);
    grid->addWidget(m_edit, 0, 2);
    grid->addWidget(m_gaps, 0, 3);
    grid->addWidget(m_fault, 1, 2, 1, 2);
    grid->setColumnStretch(2, 1);
    m_timer.setSingleShot(true);
    m_timer.callOnTimeout(this, &NarrowBar::queryChanged);
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this](int kind) {
        m_edit->setPlaceholderText(kind == ByFilter
                                       ? tr("Show only events like: event == \"bid\" && data.price > 10")
                                       : tr("Show only events that have this text"));
        m_edit->setIsFilter(kind == ByFilter);
    });
    connect(m_edit, &FilterEdit::checked, this, &NarrowBar::changeSoon);
    connect(m_edit, &QLineEdit::returnPressed, this, [this] {
        m_timer.stop();
        Q_EMIT queryChanged();
    });
    connect(m_gaps, &QCheckBox::toggled, this, &NarrowBar::changeSoon);
}

void NarrowBar::changeSoon()
{
    if (m_edit->isRight())
        m_timer.start(TypingPauseMs);
}

EventQuery NarrowBar::query() const
{
    EventQuery query{.hasGaps = m_gaps->isChecked()};
    if (m_edit->isFilter())
        query.filter = m_edit->filter();
    else if (!m_edit->text().isEmpty())
        query.texts.append(TextSearch(m_edit->text()));
    return query;
}

void NarrowBar::setFilter(const QString &filter)
{
    m_kind->setCurrentIndex(ByFilter);
    m_edit->setText(filter);
}

void NarrowBar::clear()
{
    m_edit->clear();
    m_gaps->setChecked(true);
}

} // namespace dialogue::console
