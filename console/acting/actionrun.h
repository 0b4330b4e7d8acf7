#pragma once

#include "console/connection/adminconnection.h"

#include <QStringList>

namespace dialogue::console {

/**
 * One action with many targets: a hundred in each request, one request after the other. A request that was
 * lost with its connection is asked for again under its own id, by which the server does it once.
 */
class ActionRun : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype MostAtOnce = 100; ///< As the server takes them.

    ActionRun(AdminConnection &connection, QString action, QList<QJsonObject> targets,
              QObject *parent = nullptr);

    /** How many it would reach: told by reached(), or by failed(). */
    void tryOut();
    void start(const QString &reason);
    void stop(); ///< Behind the request that is under way.
    [[nodiscard]] bool isRunning() const { return m_isRunning; }

    struct Failure
    {
        qsizetype target; ///< Which of them.
        Error error;
    };
    [[nodiscard]] qsizetype done() const { return m_done; }
    [[nodiscard]] const QList<Failure> &failures() const { return m_failures; }
    /** Of the last target that was done. */
    [[nodiscard]] const QJsonObject &result() const { return m_result; }

Q_SIGNALS:
    void reached(qint64 count);
    void progressed(qsizetype targets); ///< That are over, well or not.
    void finished();
    void failed(const dialogue::Error &error); ///< All of it, of a try.

private:
    [[nodiscard]] QJsonObject requestFor(qsizetype from) const;
    void goOn();
    void take(qsizetype count, const Result<QJsonObject> &reply);

    AdminConnection &m_connection;
    const QString m_action;
    const QList<QJsonObject> m_targets;
    QString m_id; ///< Of this run; its requests are numbered.
    QString m_reason;
    qsizetype m_next = 0;
    qsizetype m_done = 0;
    QList<Failure> m_failures;
    QJsonObject m_result;
    bool m_isRunning = false;
    bool m_waitsForConnection = false;
    quint64 m_tries = 0;
};

} // namespace dialogue::console
