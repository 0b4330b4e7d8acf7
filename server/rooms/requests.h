#pragma once

#include "core/base/seldomofkind.h"
#include "core/protocol/dialogue/requests.h"
#include "server/bridge/gateway.h"
#include "server/rooms/expiries.h"
#include "server/rooms/latertriggers.h"
#include "server/rooms/requesthandlers.h"
#include "server/rooms/requestorder.h"
#include "server/rooms/roommanager.h"
#include "server/rooms/roomrequest.h"
#include "server/rooms/seatclaims.h"

#include <QLatin1StringView>

#include <chrono>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace dialogue {

/**
 * Answers what clients ask with `dialogue:*` events (docs/protocol.md, "What a client asks"): parses, does,
 * replies; and lets the application answer its own.
 *
 * Every request that carries an ack id is acknowledged; an error is besides told as dialogue:error, which is
 * what the original's SDK listens for.
 */
class Requests
{
public:
    /** \a expiries outlives it. */
    Requests(RoomManager &rooms, Expiries &expiries);

    /** What the application answers besides. */
    [[nodiscard]] RequestHandlers &handlers() { return m_handlers; }
    /** What another part of the server answers; before the first client. */
    void add(RoomRequest &&request) { m_others.push_back(std::move(request)); }

    void handle(ConnectedClient &client, IncomingEvent &&event);
    /** RequestOrder::leave() */
    [[nodiscard]] bool leave(SocketId socket, std::function<void()> left);
    /** The client is gone: it is answered no more. */
    void forget(SocketId socket);
    /** What waits is answered with SERVER_DRAINING, as what is asked has been since the drain began. */
    void close();
    [[nodiscard]] const RequestOrder &order() const { return m_order; }
    [[nodiscard]] const RequestOrderCounters &orderCounters() const { return m_order.counters(); }
    /** SocketListener::socketHeard() */
    void heard(SocketId socket) { m_seats.heard(socket); }
    [[nodiscard]] SeatCounters seatCounters() const { return m_seats.counters(); }

private:
    /** What the ack says besides `ok`; nothing: it comes later, or has come. */
    using Reply = std::optional<Result<json::ObjectWriter>>;
    /** Who asked what: all that is still to be known when it is answered. */
    struct Asker
    {
        SocketId socket;
        QString name; ///< Of the request.
        std::optional<quint64> ackId;
        QString triggerId = {}; ///< Of an event, where anybody wants to know.
    };
    using Method = Reply (Requests::*)(ConnectedClient &, IncomingEvent &);

    Reply join(ConnectedClient &client, IncomingEvent &event);
    Reply enter(ConnectedClient &client, IncomingEvent &event, bool mayWait);
    Reply enterNow(ConnectedClient &client, const IncomingEvent &event, const protocol::Join &request,
                   bool mayWait);
    /** True: the join waits for a dead connection of the same user to give up its seat. */
    Result<bool> waitForSeat(ConnectedClient &client, const protocol::Join &request,
                             const IncomingEvent &event);
    Reply leave(ConnectedClient &client, IncomingEvent &event);
    Reply subscribe(ConnectedClient &client, IncomingEvent &event);
    Reply subscribeAll(ConnectedClient &client, IncomingEvent &event);
    Reply unsubscribe(ConnectedClient &client, IncomingEvent &event);
    Reply trigger(ConnectedClient &client, IncomingEvent &event);
    Reply triggerLater(ConnectedClient &client, const IncomingEvent &event, Room &room,
                       EventMessage &&message, RoomPrivate::DeliveryPtr delivery);
    static Reply receipt(bool isWanted, const Result<EventMessage> &triggered);
    Reply listRooms(ConnectedClient &client, IncomingEvent &event);
    Reply getHistory(ConnectedClient &client, IncomingEvent &event);
    Reply subscribeTo(ConnectedClient &client, const IncomingEvent &event, const QString &roomId,
                      const QString &eventName, const QJsonObject &request);
    /** Once it may be read. */
    Reply history(ConnectedClient &client, const IncomingEvent &event, const protocol::GetHistory &request);
    Reply historyOf(ConnectedClient &client, const protocol::GetHistory &request, HistoryRange range,
                    const HistoryPacket &page) const;
    Reply createNow(ConnectedClient &client, const IncomingEvent &event, const protocol::CreateRoom &request,
                    RoomConfig &&config);
    Reply historyStretch(ConnectedClient &client, const IncomingEvent &event, const Room &room,
                         const protocol::GetHistory &request, int most);
    Reply stretchOf(ConnectedClient &client, const protocol::GetHistory &request,
                    const StretchPart &stretch) const;
    Reply createRoom(ConnectedClient &client, IncomingEvent &event);
    Reply deleteRoom(ConnectedClient &client, IncomingEvent &event);
    Reply refresh(ConnectedClient &client, IncomingEvent &event);
    Reply refreshed(ConnectedClient &client, Result<Identity> &&identity);

    // Where a hook that answers later is asked first.
    template <class T>
    using Then = std::function<Reply(ConnectedClient &, Result<T> &&)>;
    using Granted = std::function<Reply(ConnectedClient &)>;
    /** Asks by \a ask; \a then says what comes of the answer, at once or when it is there. */
    template <class T>
    Reply later(ConnectedClient &client, const IncomingEvent &event, const QString &roomId,
                const std::function<Answer<T>(std::stop_token)> &ask, Then<T> then);
    Reply askToEnter(ConnectedClient &client, const IncomingEvent &event, const protocol::Join &request,
                     bool mayWait);
    Reply askToSubscribe(ConnectedClient &client, const IncomingEvent &event, const QString &roomId,
                         const QStringList &events, const Granted &granted);
    Reply askToCreate(ConnectedClient &client, const IncomingEvent &event,
                      const protocol::CreateRoom &request, const RoomConfig &config);
    Reply askForHistory(ConnectedClient &client, const IncomingEvent &event,
                        const protocol::GetHistory &request);
    Reply loadHistory(ConnectedClient &client, const IncomingEvent &event,
                      const protocol::GetHistory &request, HistoryRange range, HistoryPart &&part);
    Reply loadStretch(ConnectedClient &client, const IncomingEvent &event,
                      const protocol::GetHistory &request, StretchPart &&stretch);
    /** What memory has, in \a part, is completed by what \a ask brings; \a then says what comes of it. */
    template <class Loaded, class Part>
    Reply loadLater(ConnectedClient &client, const IncomingEvent &event, const protocol::GetHistory &request,
                    Part &&part, const std::function<Answer<Loaded>(const Part &, std::stop_token)> &ask,
                    std::function<Reply(ConnectedClient &, const Part &)> then);

    [[nodiscard]] QString triggerIdOf(const IncomingEvent &event) const;
    [[nodiscard]] Asker askerOf(const ConnectedClient &client, const IncomingEvent &event) const;
    /** Of what a slot threw out of. */
    [[nodiscard]] static Error failed();
    void send(ConnectedClient &client, const FramePtr &frame) const;
    void acknowledge(SocketId socket, quint64 ackId, const QByteArray &json) const;
    /** Tells the Error, and whoever goes on for too long what becomes of that. */
    void fail(const Asker &asker, Error error, const QString &roomId);
    Reply askApplication(const RequestHandlers::Entry &entry, ConnectedClient &client, IncomingEvent &event);

    /** Waits for its turn, where something of that client does in the room that it names. */
    [[nodiscard]] bool queue(ConnectedClient &client, IncomingEvent &event);
    /** Tells whoever asked in \a roomId what came of it, later. */
    void finish(const Asker &asker, const QString &roomId, Reply &&reply);

    using Asked = Reply (*)(Requests &, ConnectedClient &, IncomingEvent &);
    /** Does it by \a ask, and says what came of it. */
    void handle(ConnectedClient &client, IncomingEvent &event, Asked ask);
    /** Does what is asked, if the client may ask that often. */
    Reply reply(ConnectedClient &client, IncomingEvent &event);
    /** Says in the log that it was refused. */
    void logRefusal(const ConnectedClient &client, const QString &request, const Error &error);
    /** What becomes of \a client, which was refused for having asked too often. */
    void refused(ConnectedClient &client, std::chrono::milliseconds wait) const;

    struct Entry
    {
        QLatin1StringView name;
        Method method;
        std::optional<BudgetKind> kind; ///< Nothing: the request sees to it itself.
        QLatin1StringView room = {}; ///< What names the room in whose order it is.
    };
    static const Entry Methods[];
    [[nodiscard]] const RoomRequest *otherOf(const QString &name) const;

    RoomManager &m_rooms;
    Expiries &m_expiries;
    SeatClaims m_seats;
    RequestHandlers m_handlers;
    std::vector<RoomRequest> m_others;
    LaterTriggers m_triggers;
    RequestOrder m_order; ///< What waits there knows the triggers.
    SeldomOfKind<ErrorCode> m_refusals;
};

} // namespace dialogue
