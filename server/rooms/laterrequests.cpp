// What a client asks, where a hook that answers later is asked about it first.
#include "core/base/exceptions.h"
#include "server/rooms/announce.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/requests.h"
#include "server/rooms/room_p.h"
#include "server/rooms/roomcreation.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace dialogue {

template <class T>
Requests::Reply Requests::later(ConnectedClient &client, const IncomingEvent &event, const QString &roomId,
                                const std::function<Answer<T>(std::stop_token)> &ask, Then<T> then)
{
    if (const auto allowed = m_order.mayAsk(); !allowed)
        return allowed.error();
    const Asker asker = askerOf(client, event);
    const QPointer<ConnectedClient> alive(&client);
    std::stop_source stop;
    const Answer<T> answer = ask(stop.get_token());
    if (!alive || ConnectedClientPrivate::of(*alive).gone) {
        stop.request_stop();
        return std::nullopt;
    }
    if (answer.isReady())
        return then(client, m_rooms.services().answers.resultOf(answer));
    m_order.wait<T>(client, roomId, answer, std::move(stop),
                    [this, asker, roomId, then = std::move(then)](Result<T> &&result) {
                        ConnectedClient *const still = m_rooms.client(asker.socket);
                        if (!still || ConnectedClientPrivate::of(*still).gone)
                            return;
                        Reply reply = failed();
                        const auto where = [&asker] { return QStringLiteral("in ") + asker.name; };
                        guarded(*m_rooms.services().slotExceptions, where,
                                [&] { reply = then(*still, std::move(result)); });
                        finish(asker, roomId, std::move(reply));
                    });
    return std::nullopt;
}

Requests::Reply Requests::askToSubscribe(ConnectedClient &client, const IncomingEvent &event,
                                         const QString &roomId, const QStringList &events,
                                         const Granted &granted)
{
    const Hooks &hooks = m_rooms.services().hooks;
    if (!hooks.beforeSubscribeLater || events.isEmpty())
        return granted(client);
    return later<void>(
        client, event, roomId,
        [&](std::stop_token stop) {
            return hooks.beforeSubscribeLater(ConnectedClientPrivate::snapshotOf(client), roomId, events,
                                              std::move(stop));
        },
        [granted](ConnectedClient &asker, Result<void> &&said) {
            return said ? granted(asker) : Reply(said.error());
        });
}

Requests::Reply Requests::askToEnter(ConnectedClient &client, const IncomingEvent &event,
                                     const protocol::Join &request, bool mayWait)
{
    const Hooks &hooks = m_rooms.services().hooks;
    const Granted enter = [this, event, request, mayWait](ConnectedClient &asker) {
        return enterNow(asker, event, request, mayWait);
    };
    const Room *const room = m_rooms.find(request.roomId);
    if (!room || room->contains(&client))
        return enterNow(client, event, request, mayWait);
    if (const auto allowed = m_rooms.mayJoin(client, *room, request.subscriptions); !allowed) {
        // Where it is full, nobody is asked in vain.
        return allowed.error().code == ErrorCode::RoomFull ? enterNow(client, event, request, mayWait)
                                                           : Reply(allowed.error());
    }
    const QStringList named = request.subscriptions.value_or(QStringList());
    if (!hooks.beforeJoinLater)
        return askToSubscribe(client, event, request.roomId, named, enter);
    return later<void>(
        client, event, request.roomId,
        [&](std::stop_token stop) {
            return hooks.beforeJoinLater(ConnectedClientPrivate::snapshotOf(client), request.roomId,
                                         std::move(stop));
        },
        [this, event, roomId = request.roomId, named, enter](ConnectedClient &asker, Result<void> &&said) {
            return said ? askToSubscribe(asker, event, roomId, named, enter) : Reply(said.error());
        });
}

Requests::Reply Requests::askToCreate(ConnectedClient &client, const IncomingEvent &event,
                                      const protocol::CreateRoom &request, const RoomConfig &config)
{
    const QString roomId = config.id;
    if (m_rooms.find(roomId))
        return createNow(client, event, request, RoomConfig(config)); // Which says so.
    return later<RoomConfig>(
        client, event, roomId,
        [&](std::stop_token stop) {
            return m_rooms.services().hooks.beforeCreateLater(
                config, ConnectedClientPrivate::snapshotOf(client), std::move(stop));
        },
        [this, event, request](ConnectedClient &asker, Result<RoomConfig> &&said) {
            return said ? createNow(asker, event, request, *std::move(said)) : Reply(said.error());
        });
}

Requests::Reply Requests::askForHistory(ConnectedClient &client, const IncomingEvent &event,
                                        const protocol::GetHistory &request)
{
    return later<void>(
        client, event, request.roomId,
        [&](std::stop_token stop) {
            return m_rooms.services().hooks.beforeHistoryLater(ConnectedClientPrivate::snapshotOf(client),
                                                               request.roomId, request.eventName,
                                                               std::move(stop));
        },
        [this, event, request](ConnectedClient &asker, Result<void> &&said) {
            return said ? history(asker, event, request) : Reply(said.error());
        });
}

template <class Loaded, class Part>
Requests::Reply Requests::loadLater(ConnectedClient &client, const IncomingEvent &event,
                                    const protocol::GetHistory &request, Part &&part,
                                    const std::function<Answer<Loaded>(const Part &, std::stop_token)> &ask,
                                    std::function<Reply(ConnectedClient &, const Part &)> then)
{
    struct Waiting
    {
        Part part; ///< As it was when it was asked for: what comes meanwhile moves all positions.
        MemoryCharge charge;
    };
    const auto waiting = std::make_shared<Waiting>(
        Waiting{std::forward<Part>(part), MemoryCharge(ConnectedClientPrivate::of(client).kept.share())});
    if (auto taken = waiting->charge.take(waiting->part.page.events().text().size()); !taken)
        return taken.error();
    return later<Loaded>(
        client, event, request.roomId,
        [&](std::stop_token stop) { return ask(waiting->part, std::move(stop)); },
        [this, request, waiting, then = std::move(then)](ConnectedClient &asker,
                                                         Result<Loaded> &&loaded) -> Reply {
            if (!loaded)
                return loaded.error();
            const auto still = m_rooms.roomOf(asker, request.roomId);
            if (!still)
                return still.error();
            const auto allowed = permissions::check(asker, **still, RoomAction::History, request.eventName);
            if (!allowed)
                return allowed.error();
            waiting->part.page.setFilter(permissions::readable(asker, **still));
            waiting->part.add(*loaded);
            return then(asker, waiting->part);
        });
}

Requests::Reply Requests::loadHistory(ConnectedClient &client, const IncomingEvent &event,
                                      const protocol::GetHistory &request, HistoryRange range,
                                      HistoryPart &&part)
{
    const RoomServices &services = m_rooms.services();
    const auto then = [this, request, range](ConnectedClient &asker, const HistoryPart &complete) {
        return historyOf(asker, request, range, complete.page);
    };
    if (part.query) {
        return loadLater<LogPage, HistoryPart>(
            client, event, request, std::move(part),
            [&services](const HistoryPart &had, std::stop_token stop) {
                return services.broker.pages()->read(*had.query, std::move(stop));
            },
            then);
    }
    return loadLater<QList<EventMessage>, HistoryPart>(
        client, event, request, std::move(part),
        [&](const HistoryPart &had, std::stop_token stop) {
            return services.hooks.onLoadLater(request.roomId, request.eventName, had.missing,
                                              std::move(stop));
        },
        then);
}

Requests::Reply Requests::loadStretch(ConnectedClient &client, const IncomingEvent &event,
                                      const protocol::GetHistory &request, StretchPart &&stretch)
{
    return loadLater<LogPage, StretchPart>(
        client, event, request, std::move(stretch),
        [this](const StretchPart &had, std::stop_token stop) {
            return m_rooms.services().broker.pages()->read(*had.missing, std::move(stop));
        },
        [this, request](ConnectedClient &asker, const StretchPart &complete) {
            return stretchOf(asker, request, complete);
        });
}

} // namespace dialogue
