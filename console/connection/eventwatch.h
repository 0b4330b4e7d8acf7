#pragma once

#include "console/connection/adminconnection.h"
#include "console/model/eventbatch.h"

#include <QStringList>
#include <QThreadPool>

namespace dialogue::console {

/** Which events a watch is for; members as those of `admin:watch` (docs/admin.md). */
struct EventScope
{
    QStringList rooms = {}; ///< Patterns; none: all.
    QStringList events = {}; ///< Likewise.
    QString filter = {}; ///< docs/filter.md
    bool payload = false; ///< What they say, too.
    bool unredacted = false;
    int maxRate = 0; ///< Events in a second; 0: the server's own.

    friend bool operator==(const EventScope &, const EventScope &) = default;
};

/**
 * Events as they are published, from a server that is watched: begins again when the connection comes back,
 * gives credit for what was taken, and reads in a thread of its own. batch() comes in the order of the
 * server.
 */
class EventWatch : public QObject
{
    Q_OBJECT
public:
    EventWatch(AdminConnection &connection, QString name, QObject *parent = nullptr);
    ~EventWatch() override;

    /** From now on these; the server is asked for it, and says failed() where it will not. */
    void start(const EventScope &scope);
    void stop();

    [[nodiscard]] bool isWanted() const { return m_isWanted; }
    [[nodiscard]] bool isOn() const { return m_isOn; } ///< The server has said yes.
    [[nodiscard]] const EventScope &scope() const { return m_scope; }

Q_SIGNALS:
    void changed(); ///< isOn(), or the scope.
    void batch(const dialogue::console::EventBatch &batch);
    void failed(const dialogue::Error &error);
    /** The connection was lost while it was on, and is here again: what came in between nobody knows. */
    void resumed();

private:
    void ask(QLatin1String name);
    void takeAnswer(const Result<QJsonObject> &reply, const EventScope &scope);
    void take(const SocketIoEvent &event);
    [[nodiscard]] QJsonObject request() const;

    AdminConnection &m_connection;
    QString m_name;
    EventScope m_scope;
    EventScope m_granted; ///< What the server has said yes to, while it is on.
    bool m_isWanted = false;
    bool m_isOn = false;
    bool m_wasOn = false;
    bool m_isAsked = false; ///< The answer is under way.
    quint64 m_generation = 0; ///< Answers to what was asked before are of no use any more.
    QThreadPool m_reader; // Of one thread, so that batches stay in order; ends before what it tells.
};

} // namespace dialogue::console
