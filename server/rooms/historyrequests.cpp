// What clients ask of a room's past.
#include "server/rooms/announce.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/requestpayload.h"
#include "server/rooms/requests.h"
#include "server/rooms/room_p.h"
#include "server/rooms/spending.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace dialogue {

Requests::Reply Requests::getHistory(ConnectedClient &client, IncomingEvent &event)
{
    const auto request = requestOf<protocol::GetHistory>(event);
    if (!request)
        return request.error();
    const auto room = m_rooms.roomOf(client, request->roomId);
    if (!room)
        return room.error();
    if (auto allowed = spend(m_rooms.services().budgets, client, BudgetKind::History); !allowed)
        return allowed.error();
    if (auto allowed = permissions::check(client, **room, RoomAction::History, request->eventName); !allowed)
        return allowed.error();
    const Hooks &hooks = m_rooms.services().hooks;
    if (hooks.beforeHistoryLater)
        return askForHistory(client, event, *request);
    if (hooks.beforeHistory) {
        const CallDepth::Scope scope(m_rooms.services().calls);
        const QPointer<ConnectedClient> alive(&client);
        if (const auto allowed = hooks.beforeHistory(client, **room, request->eventName); !allowed)
            return allowed.error();
        if (!alive || ConnectedClientPrivate::of(*alive).gone)
            return std::nullopt;
    }
    return history(client, event, *request);
}

Requests::Reply Requests::history(ConnectedClient &client, const IncomingEvent &event,
                                  const protocol::GetHistory &request)
{
    const auto found = m_rooms.roomOf(client, request.roomId); // User code may have run.
    if (!found)
        return found.error();
    const Room &room = **found;
    if (auto allowed = permissions::check(client, room, RoomAction::History, request.eventName); !allowed)
        return allowed.error();
    const permissions::EventFilter filter = permissions::readable(client, room);
    const PacketLimits limits = m_rooms.services().largestPage();
    const int largest = m_rooms.services().config.history.maxPage;
    if (request.offsets || request.times)
        return historyStretch(client, event, room, request, largest);
    const HistoryRange range{request.start, request.start + std::min(request.end - request.start, largest)};
    const RoomPrivate &reading = RoomPrivate::of(room);
    if (reading.pagesFor(request.eventName) || m_rooms.services().hooks.onLoadLater) {
        auto part = reading.keptPage(request.eventName, range, filter, limits);
        if (!part)
            return part.error();
        if (part->isMissing())
            return loadHistory(client, event, request, range, *std::move(part));
        return historyOf(client, request, range, part->page);
    }
    const QPointer<ConnectedClient> alive(&client);
    const auto page = reading.historyPage(request.eventName, range, filter, limits);
    if (!page)
        return page.error();
    return alive ? historyOf(client, request, range, *page) : std::nullopt;
}

Requests::Reply Requests::historyOf(ConnectedClient &client, const protocol::GetHistory &request,
                                    HistoryRange range, const HistoryPacket &page) const
{
    const protocol::HistoryResponse response{.roomId = request.roomId,
                                             .eventName = request.eventName,
                                             .events = page.events(),
                                             .start = range.start,
                                             .end = page.isFull() ? range.start + page.visited() : range.end};
    send(client, announce::historyResponse(response, page.attachments()));
    json::ObjectWriter reply;
    reply.number(QLatin1String("count"), page.count());
    return reply;
}

Requests::Reply Requests::historyStretch(ConnectedClient &client, const IncomingEvent &event,
                                         const Room &room, const protocol::GetHistory &request, int most)
{
    StretchPart stretch = RoomPrivate::of(room).historyStretch(
        request, most, permissions::readable(client, room), m_rooms.services().largestPage());
    if (stretch.missing)
        return loadStretch(client, event, request, std::move(stretch));
    return stretchOf(client, request, stretch);
}

Requests::Reply Requests::stretchOf(ConnectedClient &client, const protocol::GetHistory &request,
                                    const StretchPart &stretch) const
{
    const protocol::HistoryResponse response{.roomId = request.roomId,
                                             .eventName = request.eventName,
                                             .events = stretch.page.events(),
                                             .offsets = stretch.covered,
                                             .more = stretch.more};
    send(client, announce::historyResponse(response, stretch.page.attachments()));
    json::ObjectWriter reply;
    reply.number(QLatin1String("count"), stretch.page.count());
    return reply;
}

} // namespace dialogue
