#include "console/shell/connectionbar.h"

#include "console/connection/adminconnection.h"
#include "console/look/tonedlabel.h"
#include "console/look/tones.h"
#include "console/look/wording.h"
#include "core/base/foreigntext.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

constexpr int StripeWidth = 6;
constexpr qsizetype LongestName = 40;

Tone toneOf(Profile::Kind kind)
{
    switch (kind) {
    case Profile::Kind::Production:
        return Tone::Bad;
    case Profile::Kind::Staging:
        return Tone::Warning;
    case Profile::Kind::Development:
        break;
    }
    return Tone::Good;
}

QString wordOf(Profile::Kind kind)
{
    switch (kind) {
    case Profile::Kind::Production:
        return ConnectionBar::tr("production");
    case Profile::Kind::Staging:
        return ConnectionBar::tr("staging");
    case Profile::Kind::Development:
        break;
    }
    return ConnectionBar::tr("development");
}

} // namespace

ConnectionBar::ConnectionBar(AdminConnection &connection, const Profile &profile, QWidget *parent)
    : QWidget(parent)
    , m_connection(connection)
    , m_profile(profile)
    , m_name(new QLabel(printable(profile.name)))
    , m_kind(new TonedLabel(toneOf(profile.kind), wordOf(profile.kind)))
    , m_plain(new TonedLabel(Tone::Bad, tr("not encrypted")))
    , m_state(new TonedLabel(Tone::Quiet))
    , m_problem(new TonedLabel(Tone::Bad))
    , m_again(new QPushButton(tr("Try again")))
{
    QFont bold = m_name->font();
    bold.setBold(true);
    m_name->setFont(bold);
    m_name->setTextFormat(Qt::PlainText);
    for (TonedLabel *const each : {m_kind, m_plain, m_state})
        each->setWordWrap(false);
    m_problem->letNothingGrow();
    m_plain->setToolTip(tr("Passwords and all that is shown cross the network in the clear: use https"));
    m_plain->setVisible(profile.isPlain());
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *const first = new QHBoxLayout;
    first->setSpacing(12);
    first->addWidget(m_name);
    first->addWidget(m_kind);
    first->addWidget(m_plain);
    first->addStretch();
    first->addWidget(m_state);
    auto *const second = new QHBoxLayout;
    second->addWidget(m_problem, 1);
    second->addWidget(m_again);
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(StripeWidth + 10, 6, 10, 6);
    column->setSpacing(4);
    column->addLayout(first);
    column->addLayout(second);
    connect(m_again, &QPushButton::clicked, this, [this] {
        const bool isRefused
            = m_connection.problem().kind == ConnectionFailure::Kind::Refused && !m_profile.isByToken();
        if (isRefused)
            Q_EMIT passwordWanted();
        else
            m_connection.open();
    });
    connect(&connection, &AdminConnection::stateChanged, this, &ConnectionBar::update);
    connect(&connection, &AdminConnection::problemChanged, this, &ConnectionBar::update);
    connect(&connection, &AdminConnection::attemptScheduled, this, [this](int, int delay) {
        m_secondsLeft = (delay + 999) / 1000;
        m_countdown.start(1000);
        update();
    });
    connect(&m_countdown, &QTimer::timeout, this, &ConnectionBar::tick);
    update();
}

QString ConnectionBar::adviceFor(const ConnectionFailure &failure, const Profile &profile)
{
    using Kind = ConnectionFailure::Kind;
    switch (failure.kind) {
    case Kind::HostNotFound:
        return tr("There is no host %1. Is the name right, and is there a network?").arg(profile.url.host());
    case Kind::Unreachable:
        return tr("Nobody listens at %1. Does the server run, and at this port?")
            .arg(profile.url.toDisplayString());
    case Kind::Tls:
        return tr("The server's certificate is not trusted: %1. Name its authority in the profile, or, where "
                  "it "
                  "signs itself, its fingerprint.")
            .arg(foreignText(failure.text()));
    default:
        return foreignText(failure.text());
    }
}

void ConnectionBar::update()
{
    using State = AdminConnection::State;
    const State state = m_connection.state();
    if (state != State::Returning)
        m_countdown.stop();
    const Hello &hello = m_connection.hello();
    switch (state) {
    case State::In:
        m_state->setText(
            tr("● connected as %1 (%2)")
                .arg(foreignText(hello.account, LongestName), foreignText(hello.role, LongestName)));
        break;
    case State::Connecting:
        m_state->setText(tr("◌ connecting…"));
        break;
    case State::Returning:
        m_state->setText(m_secondsLeft > 0 && m_countdown.isActive()
                             ? tr("◌ lost; tries again in %1 s").arg(numberText(m_secondsLeft))
                             : tr("◌ lost; trying again…"));
        break;
    case State::Offline:
        m_state->setText(tr("○ not connected"));
        break;
    }
    m_state->setTone(state == State::In ? Tone::Good : state == State::Offline ? Tone::Bad : Tone::Warning);
    const bool hasProblem = state != State::In && !m_connection.problem().text().isEmpty();
    m_problem->setText(hasProblem ? adviceFor(m_connection.problem(), m_profile) : QString());
    m_problem->setVisible(hasProblem);
    m_again->setVisible(state == State::Offline);
    QWidget::update();
}

void ConnectionBar::tick()
{
    if (m_secondsLeft > 0)
        --m_secondsLeft;
    update();
}

void ConnectionBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    QRect stripe = rect();
    stripe.setWidth(StripeWidth);
    painter.fillRect(QStyle::visualRect(layoutDirection(), rect(), stripe),
                     toneColor(toneOf(m_profile.kind), palette()));
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawLine(rect().bottomLeft(), rect().bottomRight());
}

} // namespace dialogue::console
