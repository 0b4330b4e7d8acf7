#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>

namespace dialogue::client {

/** Notices a silent peer, and that the machine slept, after which the peer has given us up long ago. */
class Watchdog : public QObject
{
    Q_OBJECT
public:
    using Clock = std::function<std::chrono::milliseconds()>;

    /** \a asleep grows while the machine sleeps. */
    explicit Watchdog(Clock asleep, QObject *parent = nullptr);

    void start(std::chrono::milliseconds patience);
    void stop() { m_timer.stop(); }
    void heard() { m_heard = std::chrono::steady_clock::now(); } ///< Cheap: once per packet.
    [[nodiscard]] std::chrono::milliseconds quiet() const; ///< For how long there was nothing.
    [[nodiscard]] std::chrono::milliseconds interval() const; ///< Between two looks.

Q_SIGNALS:
    void silent();
    void slept();

private:
    void look();

    Clock m_asleep;
    std::chrono::milliseconds m_sleepAtStart{0};
    std::chrono::milliseconds m_patience{0};
    std::chrono::steady_clock::time_point m_heard;
    QTimer m_timer;
};

} // namespace dialogue::client
