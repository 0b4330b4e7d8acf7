#pragma once

#include <dialogue/client/dialogueclient.h>

#include <QDeadlineTimer>
#include <QTimer>

namespace chat {

/** The connection in words: what is going on, why, and what happens next. */
class ConnectionStatus : public QObject
{
    Q_OBJECT
public:
    enum class Phase {
        Offline, ///< As the user wished, or before anything.
        Connecting,
        Connected,
        Reconnecting,
        Failed, ///< The server said no; it is not tried again by itself.
    };

    explicit ConnectionStatus(dialogue::DialogueClient &client, QObject *parent = nullptr);

    [[nodiscard]] Phase phase() const { return m_phase; }
    [[nodiscard]] QString text() const; ///< One line: "Reconnecting in 3 s".
    [[nodiscard]] QString detail() const
    {
        return m_detail;
    } ///< Why, in the server's or the network's words.

Q_SIGNALS:
    void changed();

private:
    void setPhase(Phase phase);
    void onError(const dialogue::Error &error);

    dialogue::DialogueClient &m_client;
    Phase m_phase = Phase::Offline;
    QString m_detail;
    bool m_wasConnected = false; ///< Ever.
    int m_attempt = 0;
    QDeadlineTimer m_nextAttempt;
    QTimer m_tick; ///< Counts down to the next attempt.
    QTimer m_forget; ///< A word of the server's that concerns nothing on the screen goes after a while.
};

} // namespace chat
