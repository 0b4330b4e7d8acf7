#pragma once

#include "server/admin/refusalentry.h"
#include "server/admin/rowqueue.h"
#include "server/fanout/frame.h"
#include "server/socketio/values.h"

#include <QTimer>

#include <functional>
#include <map>

namespace dialogue::admin {

/** Who watches what clients are refused, or the audit log. */
struct LogWatchSpec
{
    SocketId socket = 0;
    QString name = {}; ///< As its console calls it.
    Account account = {};
    bool isOfAudit = false;
    RefusalScope scope = {}; ///< Of refusals.
};

/** All that is watched of refusals and of the audit log. Of the thread of consoles. */
class LogWatches
{
public:
    using Id = quint64;
    using Send = std::function<void(SocketId socket, FramePtr &&frame)>; ///< In the thread.

    LogWatches(QByteArray salt, Send send);

    void add(Id id, const LogWatchSpec &spec) { m_watches.try_emplace(id, spec); }
    void setScope(Id id, const RefusalScope &scope);
    void remove(Id id) { m_watches.erase(id); }
    void credit(Id id, quint64 number);

    void refused(const RefusalBatch &batch); ///< Which has numbers.
    void audited(const QJsonObject &entry);

private:
    struct Watch
    {
        explicit Watch(const LogWatchSpec &of)
            : spec(of)
            , queue(of.name)
        { }

        LogWatchSpec spec;
        RowQueue queue;
    };
    void flush(Watch &watch);

    const QByteArray m_salt;
    const Send m_send;
    std::map<Id, Watch> m_watches;
    QTimer m_timer;
};

} // namespace dialogue::admin
