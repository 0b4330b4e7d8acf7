#pragma once

#include "console/connection/adminconnection.h"

#include <QBasicTimer>

namespace dialogue::console {

/** One room or client as the server has it now, and again and again while somebody looks (`admin:get`,
 * docs/admin.md). */
class DetailsFeed : public QObject
{
    Q_OBJECT
public:
    static constexpr int PauseMs = 2000; ///< From an answer until the server is asked again.

    /** \a what is room or client; an id of a client that is gone never comes again. */
    DetailsFeed(AdminConnection &connection, QString what, QObject *parent = nullptr);

    void setId(const QString &id); ///< Empty: none.
    [[nodiscard]] const QString &id() const { return m_id; }
    void setActive(bool active);

Q_SIGNALS:
    void told(const QJsonObject &details);
    void gone(); ///< There is none of this id.

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void ask();
    void take(const Result<QJsonObject> &reply);

    AdminConnection &m_connection;
    const QString m_what;
    QString m_id;
    QBasicTimer m_pause;
    quint64 m_generation = 0; ///< Answers to what was asked before are of no use.
    bool m_isActive = false;
};

} // namespace dialogue::console
