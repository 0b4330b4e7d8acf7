#include "model/connectionstatus.h"

namespace chat {

using dialogue::DialogueClient;

namespace {

constexpr std::chrono::seconds DetailLasts{8};

}

ConnectionStatus::ConnectionStatus(DialogueClient &client, QObject *parent)
    : QObject(parent)
    , m_client(client)
{
    m_tick.setInterval(1000);
    m_forget.setInterval(DetailLasts);
    m_forget.setSingleShot(true);
    connect(&m_tick, &QTimer::timeout, this, &ConnectionStatus::changed);
    connect(&m_forget, &QTimer::timeout, this, [this] {
        if (m_phase == Phase::Connected)
            m_detail.clear();
        Q_EMIT changed();
    });
    connect(&client, &DialogueClient::stateChanged, this, [this](DialogueClient::State state) {
        switch (state) {
        case DialogueClient::State::Disconnected:
            return setPhase(m_phase == Phase::Failed ? Phase::Failed : Phase::Offline);
        case DialogueClient::State::Connecting:
            return setPhase(Phase::Connecting);
        case DialogueClient::State::Connected:
            return setPhase(Phase::Connected);
        case DialogueClient::State::Reconnecting:
            return setPhase(Phase::Reconnecting);
        }
    });
    connect(&client, &DialogueClient::reconnectScheduled, this, [this](int attempt, int delay) {
        m_attempt = attempt;
        m_nextAttempt = QDeadlineTimer(delay);
        m_tick.start();
        Q_EMIT changed();
    });
    connect(&client, &DialogueClient::errorOccurred, this, &ConnectionStatus::onError);
}

QString ConnectionStatus::text() const
{
    const QString server = m_client.config().url.authority();
    switch (m_phase) {
    case Phase::Offline:
        return tr("Offline");
    case Phase::Connecting:
        return tr("Connecting to %1…").arg(server);
    case Phase::Connected:
        return tr("Connected to %1").arg(server);
    case Phase::Failed:
        return tr("Not connected");
    case Phase::Reconnecting:
        break;
    }
    const QString what = m_wasConnected ? tr("Connection lost.") : tr("Cannot reach %1.").arg(server);
    const auto seconds = (m_nextAttempt.remainingTime() + 999) / 1000;
    if (seconds <= 0)
        return tr("%1 Trying again…").arg(what);
    return m_attempt > 1 ? tr("%1 Trying again in %2 s (attempt %3)").arg(what).arg(seconds).arg(m_attempt)
                         : tr("%1 Trying again in %2 s").arg(what).arg(seconds);
}

void ConnectionStatus::setPhase(Phase phase)
{
    m_phase = phase;
    m_tick.stop();
    m_nextAttempt = QDeadlineTimer();
    if (phase != Phase::Reconnecting && phase != Phase::Failed)
        m_detail.clear();
    m_wasConnected = m_wasConnected || phase == Phase::Connected;
    Q_EMIT changed();
}

void ConnectionStatus::onError(const dialogue::Error &error)
{
    m_detail = error.text();
    if (m_client.state() == DialogueClient::State::Disconnected)
        m_phase = Phase::Failed;
    else if (m_phase == Phase::Connected)
        m_forget.start();
    Q_EMIT changed();
}

} // namespace chat
