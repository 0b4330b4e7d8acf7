#pragma once

#include "console/connection/adminconnection.h"
#include "console/trigger/trigger.h"

#include <QTimer>

namespace dialogue::console {

/** Triggers an event at a server, once or several times in a row, each when the one before is answered; and
 * counts first whom it would reach. */
class TriggerRun : public QObject
{
    Q_OBJECT
public:
    static constexpr int MostTimes = 1000;
    static constexpr int ShortestInterval = 20; ///< ms: a server takes 100 requests a second of an account.
    static constexpr int LongestInterval = 3'600'000; ///< ms

    struct Order
    {
        QString room = {};
        Trigger trigger = {};
        QString reason = {};
        int times = 1;
        int interval = 1000; ///< ms, from one being sent to the next.

        friend bool operator==(const Order &, const Order &) = default;
    };

    TriggerRun(AdminConnection &connection, QObject *parent = nullptr);

    /** Does nothing there; counted() says what would be. */
    void count(const QString &room, const Trigger &trigger);
    /**
     * finished() comes when all are answered, one failed, or stop() was called. Where the last one was lost
     * on the way, and the same is ordered again, that one is sent with its id: the server does it once.
     */
    void start(const Order &order);
    /** What is on its way is still answered. */
    void stop();

    [[nodiscard]] bool isRunning() const { return m_isRunning; }
    [[nodiscard]] int done() const { return m_done; }
    [[nodiscard]] const Order &order() const { return m_order; }

Q_SIGNALS:
    void counted(const dialogue::Result<qint64> &reached);
    void progressed(int done);
    /** With the answer to the last. */
    void finished(const dialogue::Result<QJsonObject> &outcome);

private:
    void send();
    void take(const Result<QJsonObject> &outcome);
    void finish(const Result<QJsonObject> &outcome);

    AdminConnection &m_connection;
    Order m_order;
    QString m_id; // Of the one on its way, or lost there.
    quint64 m_count = 0;
    int m_done = 0;
    bool m_isRunning = false;
    bool m_isOnItsWay = false;
    Result<QJsonObject> m_last = QJsonObject();
    QTimer m_next;
};

} // namespace dialogue::console
