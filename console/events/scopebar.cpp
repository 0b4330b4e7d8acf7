#include "console/events/scopebar.h"

#include "console/look/tones.h"

#include "core/base/foreigntext.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace dialogue::console {

using namespace Qt::StringLiterals;

namespace {

QStringList patternsIn(const QString &text)
{
    QStringList patterns;
    for (const QString &each : text.split(u',')) {
        if (const QString pattern = each.trimmed(); !pattern.isEmpty())
            patterns.append(pattern);
    }
    return patterns;
}

QLabel *wordedLabel(Tone tone, const QWidget &parent)
{
    auto *const label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    QPalette toned = parent.palette();
    toned.setColor(QPalette::WindowText, toneColor(tone, toned));
    label->setPalette(toned);
    label->hide();
    return label;
}

} // namespace

ScopeBar::ScopeBar(FilterEdit::Vocabulary vocabulary, QWidget *parent)
    : QWidget(parent)
    , m_rooms(new QLineEdit)
    , m_events(new QLineEdit)
    , m_filter(new FilterEdit(std::move(vocabulary)))
    , m_payload(new QCheckBox(tr("&What they say")))
    , m_unredacted(new QCheckBox(tr("&Unredacted")))
    , m_start(new QPushButton)
    , m_stop(new QPushButton(tr("Stop")))
    , m_fault(new QLabel)
    , m_audit(wordedLabel(Tone::Warning, *this))
    , m_refusal(wordedLabel(Tone::Bad, *this))
{
    m_rooms->setPlaceholderText(tr("all rooms \u2013 or lobby, game-*"));
    m_events->setPlaceholderText(tr("all events \u2013 or bid, chat-*"));
    m_filter->setPlaceholderText(tr("all of them \u2013 or data.price > 10 && from ~ \"u-1*\""));
    m_rooms->setAccessibleName(tr("Rooms to watch"));
    m_events->setAccessibleName(tr("Events to watch"));
    m_filter->setAccessibleName(tr("Filter at the server"));
    m_filter->tellIn(*m_fault);
    m_fault->setAccessibleName(tr("What is wrong with the filter"));
    m_refusal->setAccessibleName(tr("What the server has refused"));

    auto *const grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    const auto add = [&](const QString &text, QWidget *edit, int row, int column, int span) {
        auto *const label = new QLabel(text);
        label->setBuddy(edit);
        grid->addWidget(label, row, column);
        grid->addWidget(edit, row, column + 1, 1, span);
    };
    add(tr("R&ooms:"), m_rooms, 0, 0, 1);
    add(tr("&Events:"), m_events, 0, 2, 1);
    add(tr("&Filter:"), m_filter, 1, 0, 3);
    grid->addWidget(m_payload, 0, 4);
    grid->addWidget(m_unredacted, 0, 5);
    auto *const buttons = new QHBoxLayout;
    buttons->addWidget(m_start, 1);
    buttons->addWidget(m_stop, 1);
    grid->addLayout(buttons, 1, 4, 1, 2);
    grid->addWidget(m_fault, 2, 1, 1, 3);
    grid->addWidget(m_audit, 3, 0, 1, 6);
    grid->addWidget(m_refusal, 4, 0, 1, 6);
    grid->setColumnStretch(1, 3);
    grid->setColumnStretch(3, 2);

    for (QLineEdit *const edit : {m_rooms, m_events, static_cast<QLineEdit *>(m_filter)}) {
        connect(edit, &QLineEdit::textChanged, this, &ScopeBar::update);
        connect(edit, &QLineEdit::returnPressed, this, &ScopeBar::apply);
    }
    connect(m_filter, &FilterEdit::checked, this, &ScopeBar::update);
    connect(m_payload, &QCheckBox::toggled, this, &ScopeBar::update);
    connect(m_unredacted, &QCheckBox::toggled, this, &ScopeBar::update);
    connect(m_start, &QPushButton::clicked, this, &ScopeBar::apply);
    connect(m_stop, &QPushButton::clicked, this, &ScopeBar::stopRequested);
    update();
}

EventScope ScopeBar::scope() const
{
    return {.rooms = patternsIn(m_rooms->text()),
            .events = patternsIn(m_events->text()),
            .filter = m_filter->text().trimmed(),
            .payload = m_payload->isChecked() && m_maySeePayloads,
            .unredacted = m_payload->isChecked() && m_unredacted->isChecked() && m_mayAudit};
}

void ScopeBar::setScope(const EventScope &scope)
{
    m_rooms->setText(scope.rooms.join(u", "_s));
    m_events->setText(scope.events.join(u", "_s));
    m_filter->setText(scope.filter);
    m_payload->setChecked(scope.payload);
    m_unredacted->setChecked(scope.unredacted);
}

void ScopeBar::setPermissions(bool seePayloads, bool audit)
{
    m_maySeePayloads = seePayloads;
    m_mayAudit = audit;
    if (!seePayloads)
        m_payload->setChecked(false);
    if (!audit)
        m_unredacted->setChecked(false);
    const auto needs = [](const QString &permission) {
        return tr("This account lacks the permission \u201c%1\u201d").arg(permission);
    };
    m_payload->setToolTip(seePayloads
                              ? tr("The data and meta of each event. That somebody looks is written to "
                                   "the audit log.")
                              : needs(u"seePayloads"_s));
    m_unredacted->setToolTip(audit ? tr("As it is, without what is redacted for others.")
                                   : needs(u"audit"_s));
    m_payload->setAccessibleDescription(m_payload->toolTip());
    m_unredacted->setAccessibleDescription(m_unredacted->toolTip());
    update();
}

void ScopeBar::setState(bool canStart, bool isWanted, const EventScope &watched)
{
    m_canStart = canStart;
    m_isWanted = isWanted;
    m_watched = watched;
    update();
}

void ScopeBar::tellRefusal(const QString &text)
{
    m_refusal->setText(text.isEmpty() ? text : u"\u2715 "_s + printable(text.left(500)));
    m_refusal->setVisible(!text.isEmpty());
}

void ScopeBar::update()
{
    m_payload->setEnabled(m_maySeePayloads);
    m_unredacted->setEnabled(m_mayAudit && m_payload->isChecked());
    const EventScope wanted = scope();
    const bool isOther = m_isWanted && wanted != m_watched;
    m_start->setText(m_isWanted ? tr("Apply") : tr("Start"));
    m_start->setEnabled(m_canStart && m_filter->isRight() && (!m_isWanted || isOther));
    m_start->setDefault(true);
    m_stop->setEnabled(m_isWanted);
    QStringList notes;
    const bool looksInside = wanted.payload || (m_filter->isRight() && m_filter->filter().readsPayload());
    if (wanted.payload)
        notes.append(wanted.unredacted
                         ? tr("That you read what these events say, unredacted, is written to the audit log.")
                         : tr("That you read what these events say is written to the audit log."));
    else if (looksInside && m_maySeePayloads)
        notes.append(tr("A filter that asks for what events say is written to the audit log."));
    else if (looksInside)
        notes.append(tr("This filter asks for what events say, for which this account lacks the permission "
                        "\u201cseePayloads\u201d."));
    m_audit->setText(notes.isEmpty() ? QString() : u"\u26a0 "_s + notes.join(u' '));
    m_audit->setVisible(!notes.isEmpty());
}

void ScopeBar::apply()
{
    if (m_canStart && m_filter->isRight())
        Q_EMIT startRequested(scope());
}

} // namespace dialogue::console
