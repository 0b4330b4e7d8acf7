// How what waits ends: with its client, with its room, with the server.
#include "server/answers/draining.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/requestorder.h"

#include <algorithm>
#include <utility>

namespace dialogue {

void RequestOrder::drop(std::size_t behind)
{
    m_counters.waiting -= static_cast<int>(behind);
    m_counters.dropped += static_cast<qint64>(behind);
}

bool RequestOrder::keepEvents(Line &line)
{
    const bool isHeld = line.state == Line::State::Waits && !line.answer; // For a seat, say.
    while (!line.behind.empty() && (isHeld || !line.behind.back().isEvent())) {
        line.behind.pop_back();
        drop(1);
    }
    line.orphans = std::min(line.orphans, line.behind.size());
    return !line.behind.empty() || (line.isEvent && line.state == Line::State::Waits);
}

bool RequestOrder::leave(SocketId socket, std::function<void()> left)
{
    const auto ofClient = m_lines.find(socket);
    if (ofClient == m_lines.end())
        return false;
    LinesOfClient dropped; // Whoever was asked is told when all this is done.
    for (auto each = ofClient->second.begin(); each != ofClient->second.end();) {
        const auto line = each++;
        if (keepEvents(line->second))
            continue;
        m_byRoom.remove(line->first, socket);
        dropped.insert(ofClient->second.extract(line));
    }
    if (ofClient->second.empty()) {
        m_lines.erase(ofClient);
        if (isIdle())
            Q_EMIT idle();
        return false;
    }
    const auto tooLate = [this, socket] {
        const CallDepth::Scope scope(m_rooms.services().calls);
        const auto leaving = m_leaving.extract(socket);
        forget(socket);
        leaving.mapped()->takeLeft()();
    };
    m_leaving.try_emplace(socket,
                          std::make_unique<LeavingClient>(m_deadlines,
                                                          m_rooms.services().config.hooks.timeout, tooLate,
                                                          std::move(left)));
    return true;
}

void RequestOrder::forget(SocketId socket)
{
    m_leaving.erase(socket);
    const auto ofClient = m_lines.extract(socket);
    if (!ofClient)
        return;
    for (const auto &[roomId, line] : ofClient.mapped()) {
        m_byRoom.remove(roomId, socket);
        drop(line.behind.size());
    }
    if (isIdle())
        Q_EMIT idle();
}

void RequestOrder::roomDeleted(const QString &roomId)
{
    const QList<SocketId> sockets = m_byRoom.values(roomId);
    for (const SocketId socket : sockets) {
        Line *const line = find(socket, roomId);
        if (!line || !line->needsRoom)
            continue;
        line->orphans = line->behind.size();
        line->isOrphan = line->state == Line::State::Waits;
        if (line->isOrphan)
            post(socket, roomId); // Not within what another client asks.
    }
}

void RequestOrder::close()
{
    m_closed = true;
    const QMultiHash<QString, SocketId> all = m_byRoom;
    for (auto each = all.cbegin(); each != all.cend(); ++each) {
        Line *const line = find(each.value(), each.key());
        ConnectedClient *const client = m_rooms.client(each.value());
        if (!line || !client)
            continue;
        m_counters.waiting -= static_cast<int>(line->behind.size());
        line->orphans = 0;
        const std::deque<Behind> behind = std::exchange(line->behind, {});
        if (line->answer)
            line->answer->end(serverDraining());
        for (const Behind &next : behind) {
            if (ConnectedClient *const still = m_rooms.client(each.value()))
                m_ways.refuse(*still, next.event, serverDraining());
        }
    }
}

} // namespace dialogue
