#pragma once

#include "server/answers/pendinganswers.h"
#include "server/bridge/gateway.h"
#include "server/loop/deadlines.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/leavingclient.h"
#include "server/rooms/refusals.h"
#include "server/rooms/requestordercounters.h"
#include "server/rooms/roommanager.h"

#include <QMultiHash>
#include <QObject>

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

namespace dialogue {

/**
 * Requests of one client that name one room start in order: behind one that has to wait the others wait,
 * until it has passed. Other rooms and other clients pass. Each counts as a message that has come and is not
 * done with (limits.inboundPerClient, inboundBytesPerClient, inboundBytes), so that a client with too many of
 * them is not read from.
 *
 * Nothing is kept of who does not wait: ConnectedClientPrivate::waits says who does. Lives in the hub's
 * thread.
 */
class RequestOrder : public QObject
{
    Q_OBJECT
public:
    struct Ways
    {
        std::function<void(ConnectedClient &, IncomingEvent &)> start; ///< It is its turn.
        /** It never is. */
        std::function<void(ConnectedClient &, const IncomingEvent &, const Error &)> refuse;
    };
    /** What a request names. */
    struct Names
    {
        QString roomId;
        QString triggerId = {}; ///< Of a trigger that has one.
        QString triggerEvent = {};
    };

    RequestOrder(RoomManager &rooms, Ways ways);
    ~RequestOrder() override;

    /** True: another of \a client waits in that room, and \a event has been taken, to be started later. */
    [[nodiscard]] bool queue(ConnectedClient &client, Names &&names, IncomingEvent &event);

    /** Whether user code may be asked something whose answer is waited for: Unavailable, ServerDraining. */
    [[nodiscard]] Result<void> mayAsk() const;
    /**
     * From within a request of \a client: it waits for \a answer, which is not ready yet. \a done is called
     * with that, or with RoomNotFound where the room is deleted before; it may wait() for another. Of a
     * client that goes, see leave().
     */
    template <class T>
    void wait(ConnectedClient &client, const QString &roomId, const Answer<T> &answer, std::stop_source stop,
              std::function<void(Result<T> &&)> done);

    /** What \a client has come to wait for there is its event's, not its own: see leave(). */
    void goesOn(const ConnectedClient &client, const QString &roomId);

    /** The same where something else is waited for, until goOn(). */
    void hold(ConnectedClient &client, const QString &roomId) { (void)lineOf(client, roomId); }
    /** Runs \a request, which held the others; where it waits for nothing more, they go on. */
    template <class F>
    void goOn(SocketId socket, const QString &roomId, F &&request);

    /** Takes those triggers of that id and event which wait behind the one that is being answered. */
    [[nodiscard]] std::vector<IncomingEvent> takeSame(SocketId socket, const Names &names);

    /**
     * Its client asks nothing more, and hears no answer: what it asked for itself is dropped, and its events
     * go on in their order, for as long as one answer may take. True: \a left is called once they are done
     * with, and until then the client is to stay where it is. False: there are none.
     */
    [[nodiscard]] bool leave(SocketId socket, std::function<void()> left);
    /** Its client is gone: nothing of it is started or answered any more. */
    void forget(SocketId socket);
    /** What waits, and what would from now on, is answered with SERVER_DRAINING. */
    void close();
    [[nodiscard]] bool isClosed() const { return m_closed; }
    /** Nobody waits. */
    [[nodiscard]] bool isIdle() const { return m_lines.empty(); }

    [[nodiscard]] const RequestOrderCounters &counters() const { return m_counters; }

Q_SIGNALS:
    void idle(); ///< isIdle() has come to be true.

protected:
    bool event(QEvent *event) override;

private:
    struct Behind
    {
        IncomingEvent event;
        Names names;
        KeptMessage kept;

        [[nodiscard]] bool isEvent() const { return !names.triggerEvent.isEmpty(); }
    };
    /** Of one client in one room. */
    struct Line
    {
        enum class State { Waits, Runs, Due };

        State state = State::Waits; ///< Of the first.
        std::unique_ptr<PendingAnswer> answer; ///< What the first waits for, if it is one.
        KeptMessage kept; ///< The first.
        std::deque<Behind> behind;
        bool isEvent = false; ///< The first: what it waits for is asked about an event.
        bool needsRoom = true; ///< The first; not the one that is to create it.
        bool isOrphan = false; ///< The first: its room has been deleted.
        std::size_t orphans = 0; ///< Of those behind, from the first on: their room has been deleted.
    };
    using LinesOfClient = std::map<QString, Line>; ///< By room.

    [[nodiscard]] Line *find(SocketId socket, const QString &roomId);
    /** Waits from now on. */
    Line &lineOf(ConnectedClient &client, const QString &roomId);
    /** The first runs again; what is given back is what it waited for. */
    [[nodiscard]] std::unique_ptr<PendingAnswer> resume(SocketId socket, const QString &roomId);
    /** The first has run: it is done with, unless it waits again. */
    void ran(SocketId socket, const QString &roomId);
    [[nodiscard]] bool isOrphaned(SocketId socket, const QString &roomId);
    /** Something is to be done for it, when other clients had their turns. */
    void post(SocketId socket, const QString &roomId);
    void goOnWithNext();
    void start(ConnectedClient &client, Line &line);
    void end(SocketId socket, const QString &roomId);
    /** Drops what is behind its last event; false: there is none. */
    [[nodiscard]] bool keepEvents(Line &line);
    void drop(std::size_t behind);
    void roomDeleted(const QString &roomId);

    RoomManager &m_rooms;
    const Ways m_ways;
    std::unordered_map<SocketId, LinesOfClient> m_lines;
    QMultiHash<QString, SocketId> m_byRoom;
    DeadlineQueue m_deadlines;
    std::unordered_map<SocketId, std::unique_ptr<LeavingClient>> m_leaving;
    std::deque<std::pair<SocketId, QString>> m_due; ///< Lines that go on.
    KeptMessage m_started; ///< That which is just being started.
    RequestOrderCounters m_counters;
    bool m_posted = false; ///< An event to ourselves, for one of them.
    bool m_closed = false;
};

template <class F>
void RequestOrder::goOn(SocketId socket, const QString &roomId, F &&request)
{
    // It outlives what holds \a request.
    const std::unique_ptr<PendingAnswer> answered = resume(socket, roomId);
    request();
    ran(socket, roomId);
}

template <class T>
void RequestOrder::wait(ConnectedClient &client, const QString &roomId, const Answer<T> &answer,
                        std::stop_source stop, std::function<void(Result<T> &&)> done)
{
    const SocketId socket = ConnectedClientPrivate::of(client).socket;
    lineOf(client, roomId).answer = m_rooms.services().answers.wait<T>(
        answer, std::move(stop), [this, socket, roomId, done = std::move(done)](Result<T> &&result) {
            const CallDepth::Scope scope(m_rooms.services().calls);
            const bool isOrphan = isOrphaned(socket, roomId);
            goOn(socket, roomId,
                 [&] { done(isOrphan ? Result<T>(deletedRoom(roomId)) : std::move(result)); });
        });
}

} // namespace dialogue
