#pragma once

#include "server/admin/eventwatch.h"
#include "server/admin/hubcalls.h"
#include "server/fanout/frame.h"

#include <QTimer>

#include <atomic>
#include <functional>
#include <map>
#include <memory>

namespace dialogue::admin {

using WatchId = quint64;

/** What the hub and the thread of consoles both know of what waits between them. */
struct WatchLoad
{
    std::atomic<qint64> waitingBytes = 0; ///< Of events that were handed over, and not looked at.
    std::atomic<qint64> batches = 0;
    std::atomic<qint64> droppedRing = 0;
    std::atomic<qint64> droppedRate = 0;
    std::atomic<qint64> droppedQueue = 0;
    std::atomic<qint64> droppedFilter = 0;
};

/** All that is watched of events: looks at what the hub hands over, and has batches sent every 50 ms, or as
 * soon as one is large. Made, and lives, in the thread of consoles. */
class Watches
{
public:
    using Send = std::function<void(SocketId socket, FramePtr &&frame)>; ///< In any thread.

    /** \a load outlives it. */
    Watches(WatchLoad &load, QByteArray salt, Send send);

    /** Any thread. */
    [[nodiscard]] Mailbox<WatchedEvent> &inbox() { return m_inbox; }

    void add(WatchId id, WatchSpec &&spec);
    void respecify(WatchId id, WatchSpec &&spec);
    void remove(WatchId id);
    void credit(WatchId id, quint64 number);
    void flushSoon(); ///< There is something to be told, though no event came.

private:
    void look(const WatchedEvent &event);
    void flush(EventWatch &watch);
    void share(); ///< Time for filters, among who has one.
    void flushAll();

    WatchLoad &m_load;
    const QByteArray m_salt;
    const Send m_send;
    std::map<WatchId, EventWatch> m_watches;
    QTimer m_timer;
    Mailbox<WatchedEvent> m_inbox;
};

} // namespace dialogue::admin
