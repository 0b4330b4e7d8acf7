#pragma once

#include <QDeadlineTimer>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

namespace dialogue::client {

/** When a new token is due, so that the connection outlives the one it was made with. */
class TokenRefresh : public QObject
{
    Q_OBJECT
public:
    TokenRefresh();

    /** The server takes the present one for so long; nothing: for good. \a chance: from 0 to 1. */
    void start(std::optional<std::chrono::milliseconds> expiresIn, double chance);
    /** It came to nothing; it is due again after \a wait, or some seconds, where that is soon enough. */
    void tryAgain(std::optional<std::chrono::milliseconds> wait);
    void stop() { m_timer.stop(); }
    /** Until it is due; -1: it is not going to be. */
    [[nodiscard]] std::chrono::milliseconds timeLeft() const { return m_timer.remainingTimeAsDuration(); }

Q_SIGNALS:
    void due();

private:
    QTimer m_timer;
    QDeadlineTimer m_end;
};

} // namespace dialogue::client
