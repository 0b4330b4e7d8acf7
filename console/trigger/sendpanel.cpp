#include "console/trigger/sendpanel.h"

#include "console/trigger/triggerrun.h"

#include <QGridLayout>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>

namespace dialogue::console {

namespace {

QLabel *labelFor(const QString &text, QWidget *buddy)
{
    auto *const label = new QLabel(text);
    label->setBuddy(buddy);
    return label;
}

} // namespace

SendPanel::SendPanel(QWidget *parent)
    : QWidget(parent)
    , m_reason(new QLineEdit)
    , m_times(new QSpinBox)
    , m_interval(new QSpinBox)
    , m_intervalLabel(labelFor(tr("e&very"), m_interval))
    , m_confirmation(new QWidget)
    , m_confirmationLabel(new QLabel)
    , m_typed(new QLineEdit)
    , m_reach(new TonedLabel(Tone::Quiet))
    , m_outcome(new TonedLabel(Tone::Quiet))
    , m_progress(new QProgressBar)
    , m_count(new QPushButton(tr("&Count again")))
    , m_stop(new QPushButton(tr("St&op")))
    , m_send(new QPushButton(tr("&Send")))
{
    m_reason->setMaxLength(AdminConnection::LongestReason);
    m_reason->setPlaceholderText(tr("For the audit log; may be empty"));
    m_reason->setAccessibleName(tr("Reason"));
    m_times->setRange(1, TriggerRun::MostTimes);
    m_times->setAccessibleName(tr("How many times"));
    m_interval->setRange(TriggerRun::ShortestInterval, TriggerRun::LongestInterval);
    m_interval->setValue(1000);
    m_interval->setSingleStep(100);
    m_interval->setSuffix(tr(" ms"));
    m_interval->setAccessibleName(tr("Milliseconds from one to the next"));
    m_progress->setAccessibleName(tr("How many were sent"));
    m_progress->setFormat(tr("%v of %m sent"));
    m_outcome->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_outcome->setAccessibleName(tr("Outcome"));
    m_typed->setAccessibleName(tr("Confirmation"));
    m_typed->setMinimumWidth(fontMetrics().averageCharWidth() * 16);
    m_confirmationLabel->setBuddy(m_typed);
    m_confirmationLabel->setTextFormat(Qt::PlainText);

    auto *const often = new QHBoxLayout;
    often->addWidget(m_times);
    often->addWidget(m_intervalLabel);
    often->addWidget(m_interval);
    often->addStretch(1);
    auto *const typing = new QHBoxLayout(m_confirmation);
    typing->setContentsMargins(0, 0, 0, 0);
    typing->addWidget(m_confirmationLabel);
    typing->addWidget(m_typed, 1);
    auto *const buttons = new QHBoxLayout;
    auto *const close = new QPushButton(tr("C&lose"));
    for (QPushButton *const each : {m_count, m_stop, m_send, close})
        each->setAutoDefault(false);
    m_send->setShortcut(Qt::CTRL | Qt::Key_Return);
    m_send->setToolTip(m_send->shortcut().toString(QKeySequence::NativeText));
    buttons->addWidget(m_count);
    buttons->addStretch(1);
    buttons->addWidget(m_stop);
    buttons->addWidget(m_send);
    buttons->addWidget(close);

    auto *const grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->addWidget(labelFor(tr("&Reason"), m_reason), 0, 0);
    grid->addWidget(m_reason, 0, 1);
    grid->addWidget(labelFor(tr("&Times"), m_times), 1, 0);
    grid->addLayout(often, 1, 1);
    grid->addWidget(m_confirmation, 2, 0, 1, 2);
    grid->addWidget(m_reach, 3, 0, 1, 2);
    grid->addWidget(m_progress, 4, 0, 1, 2);
    grid->addWidget(m_outcome, 5, 0, 1, 2);
    grid->addLayout(buttons, 6, 0, 1, 2);

    connect(m_count, &QPushButton::clicked, this, &SendPanel::countWanted);
    connect(m_stop, &QPushButton::clicked, this, &SendPanel::stopWanted);
    connect(m_send, &QPushButton::clicked, this, &SendPanel::sendWanted);
    connect(close, &QPushButton::clicked, this, &SendPanel::closeWanted);
    connect(m_typed, &QLineEdit::textChanged, this, &SendPanel::tell);
    connect(m_times, &QSpinBox::valueChanged, this, &SendPanel::tell);
    m_progress->hide();
    m_outcome->hide();
    tell();
}

void SendPanel::setConfirmation(const QString &phrase)
{
    m_phrase = phrase;
    m_typed->clear();
    m_confirmationLabel->setText(tr("⚠ This is a production server. T&ype %1 to send:")
                                     .arg(QString(phrase).replace(u'&', QLatin1String("&&"))));
    tell();
}

bool SendPanel::isConfirmed() const { return m_phrase.isEmpty() || m_typed->text() == m_phrase; }

QString SendPanel::reason() const { return m_reason->text(); }
int SendPanel::times() const { return m_times->value(); }
int SendPanel::interval() const { return m_interval->value(); }

void SendPanel::tellReach(Tone tone, const QString &text)
{
    m_reach->setTone(tone);
    m_reach->setText(text);
}

void SendPanel::tellOutcome(Tone tone, const QString &text)
{
    m_outcome->setTone(tone);
    m_outcome->setText(text);
    m_outcome->setVisible(!text.isEmpty());
}

void SendPanel::setObstacle(const QString &obstacle, bool isDoubtful)
{
    m_obstacle = obstacle;
    m_isDoubtful = isDoubtful;
    tell();
}

void SendPanel::setProgress(int done, int times)
{
    m_progress->setMaximum(times);
    m_progress->setValue(done);
}

void SendPanel::setRunning(bool running)
{
    m_isRunning = running;
    if (!running)
        m_typed->clear(); // Each time anew.
    tell();
}

void SendPanel::tell()
{
    const bool several = m_times->value() > 1;
    m_interval->setEnabled(several);
    m_intervalLabel->setEnabled(several);
    m_confirmation->setVisible(!m_phrase.isEmpty());
    m_progress->setVisible(m_isRunning && several);
    m_stop->setVisible(m_isRunning);
    m_send->setVisible(!m_isRunning);
    m_send->setText(m_isDoubtful ? tr("&Send anyway") : tr("&Send"));
    m_send->setShortcut(Qt::CTRL | Qt::Key_Return); // A text takes it away.
    m_send->setEnabled(m_obstacle.isEmpty() && isConfirmed());
    m_send->setAccessibleDescription(m_obstacle);
    m_count->setEnabled(m_obstacle.isEmpty());
}

} // namespace dialogue::console
