#include "console/events/eventstatus.h"

#include "console/details/eventfacts.h"
#include "console/look/tones.h"
#include "console/look/wording.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace dialogue::console {

using namespace Qt::StringLiterals;

namespace {

constexpr int TickMs = 1000;

QLabel *statusLabel(const QString &name)
{
    auto *const label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setAccessibleName(name);
    return label;
}

} // namespace

EventStatus::EventStatus(QWidget *parent)
    : QWidget(parent)
    , m_state(statusLabel(tr("State")))
    , m_count(statusLabel(tr("Events")))
    , m_missingLabel(statusLabel(tr("Not shown")))
    , m_newest(new QPushButton(tr("\u2193 Jump to newest")))
    , m_resume(new QPushButton(tr("Resume")))
{
    m_missingLabel->setWordWrap(true);
    m_newest->setAccessibleName(tr("Jump to newest"));
    auto *const line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(16);
    line->addWidget(m_state);
    line->addWidget(m_count);
    line->addWidget(m_missingLabel, 1);
    line->addWidget(m_resume);
    line->addWidget(m_newest);
    connect(m_newest, &QPushButton::clicked, this, &EventStatus::newestRequested);
    connect(m_resume, &QPushButton::clicked, this, &EventStatus::resumeRequested);
    m_timer.setInterval(TickMs);
    m_timer.callOnTimeout(this, &EventStatus::measure);
    m_newest->hide();
    update();
}

void EventStatus::setWatch(Watch watch)
{
    m_watch = watch;
    if (watch != Watch::On) {
        m_timer.stop();
        m_rate = 0;
        m_sinceTick = 0;
    } else if (!m_timer.isActive()) {
        m_timer.start();
    }
    update();
}

void EventStatus::measure()
{
    // So that a rate can be read: half of it is of the last second.
    m_rate = (m_rate + double(m_sinceTick)) / 2;
    if (m_rate < 0.05)
        m_rate = 0;
    m_sinceTick = 0;
    update();
}

void EventStatus::setRows(qint64 shown, qint64 all)
{
    m_shown = shown;
    m_all = all;
    update();
}

void EventStatus::setPaused(bool isPaused, qint64 hidden)
{
    m_isPaused = isPaused;
    m_hidden = hidden;
    update();
}

void EventStatus::setFollowing(bool isFollowing) { m_newest->setVisible(!isFollowing); }

void EventStatus::setScanning(bool isScanning)
{
    m_isScanning = isScanning;
    update();
}

void EventStatus::setSelected(qint64 rows)
{
    m_selected = rows;
    update();
}

void EventStatus::see(const EventBatch &batch)
{
    m_missing.rate += batch.dropped.rate;
    m_missing.ring += batch.dropped.ring;
    m_missing.queue += batch.dropped.queue;
    m_missing.filter += batch.dropped.filter;
    m_losses += batch.afterLoss ? 1 : 0;
    m_sinceTick += qint64(batch.records.size());
}

void EventStatus::forgetMissing()
{
    m_missing = {};
    m_losses = 0;
    update();
}

QString EventStatus::watchText() const
{
    if (m_isPaused)
        return m_hidden > 0 ? tr("\u2016 Paused, filling behind: %1 new").arg(numberText(m_hidden))
                            : tr("\u2016 Paused");
    switch (m_watch) {
    case Watch::Asked:
        return tr("\u2026 Asking the server");
    case Watch::On:
        return tr("\u25cf Watching");
    case Watch::Lost:
        return tr("\u25cb The connection is lost; goes on when it is back");
    case Watch::Off:
        break;
    }
    return tr("\u25cb Not watching");
}

QString EventStatus::missingText() const
{
    QStringList parts;
    const auto tell = [&parts](GapReason reason, qint64 count) {
        if (count > 0)
            parts.append(numberText(count) + u' ' + u'(' + gapReasonText(reason) + u')');
    };
    tell(GapReason::Rate, m_missing.rate);
    tell(GapReason::Ring, m_missing.ring);
    tell(GapReason::Queue, m_missing.queue);
    tell(GapReason::Filter, m_missing.filter);
    if (m_losses > 0)
        parts.append(tr("some (%1)").arg(gapReasonText(GapReason::Connection)));
    return parts.isEmpty() ? QString() : tr("Not shown: %1").arg(parts.join(u", "_s));
}

QString EventStatus::text() const
{
    return QStringList{m_state->text(), m_count->text(), m_missingLabel->text()}.join(u'\n');
}

void EventStatus::update()
{
    m_state->setText(watchText());
    QPalette toned = palette();
    const bool isOn = m_watch == Watch::On && !m_isPaused;
    const bool isLost = m_watch == Watch::Lost;
    toned.setColor(QPalette::WindowText,
                   toneColor(isLost           ? Tone::Bad
                                 : isOn       ? Tone::Good
                                 : m_isPaused ? Tone::Warning
                                              : Tone::Quiet,
                             palette()));
    m_state->setPalette(toned);
    QString count = m_shown == m_all ? (m_all == 1 ? tr("1 row") : tr("%1 rows").arg(numberText(m_all)))
                                     : tr("%1 of %2 rows").arg(numberText(m_shown), numberText(m_all));
    if (m_selected > 1)
        count += tr(", %1 selected").arg(numberText(m_selected));
    if (m_isScanning)
        count += tr(", searching\u2026");
    if (m_watch == Watch::On)
        count += tr(", %1/s").arg(rateText(m_rate));
    m_count->setText(count);
    m_missingLabel->setText(missingText());
    toned.setColor(QPalette::WindowText, toneColor(Tone::Warning, palette()));
    m_missingLabel->setPalette(toned);
    m_resume->setVisible(m_isPaused);
}

} // namespace dialogue::console
