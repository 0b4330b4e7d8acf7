#pragma once

#include "server/admin/liveclients.h"
#include "server/admin/liverooms.h"
#include "server/admin/statewatch.h"
#include "server/fanout/frame.h"

#include <QTimer>

#include <functional>
#include <map>

namespace dialogue::admin {

/** Live lists of rooms and of clients: four times in a second each console is told which of its rows are
 * others now, a few in each turn of the hub. What no list shows costs nothing. Of the hub. */
class LiveLists
{
public:
    using Id = quint64;
    using Send = std::function<void(SocketId socket, FramePtr &&frame)>;
    enum class What { Rooms, Clients };

    /** \a parts and \a gateway outlive it. */
    LiveLists(HubParts &parts, WorkerGateway &gateway, const QByteArray &salt, Send send);
    ~LiveLists();
    Q_DISABLE_COPY_MOVE(LiveLists)

    /** LimitReached. */
    [[nodiscard]] Result<Id> add(What what, StateWatch &&watch, const QStringList &ids);
    [[nodiscard]] Result<void> setIds(Id id, const QStringList &ids);
    void remove(Id id);
    void credit(Id id, quint64 rev);
    /** What was told is not to be relied upon any more: all watches are told so, and everything anew. */
    void resync();
    [[nodiscard]] qint64 count() const { return qint64(m_watches.size()); }

    static constexpr std::chrono::milliseconds Interval{250};
    static constexpr qsizetype MostRows = 10'000; ///< Different ones, of all consoles, of either kind.

private:
    class Turn;
    struct Watch
    {
        LiveRows &rows;
        StateWatch state;
    };
    void look();
    /** Tells the watch what is new of \a places from \a from on, a few; how many that were. */
    int tellSome(Watch &watch, std::size_t &from);
    void send(Watch &watch);

    const Send m_send;
    LiveRooms m_rooms;
    LiveClients m_clients;
    std::map<Id, Watch> m_watches;
    Id m_lastId = 0;
    QTimer m_timer; ///< From the end of one look to the next.
    SlicedWork m_work;
};

} // namespace dialogue::admin
