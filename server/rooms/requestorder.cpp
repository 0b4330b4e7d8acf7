#include "server/rooms/requestorder.h"

#include "core/base/exceptions.h"
#include "server/answers/draining.h"
#include "server/rooms/connectedclient_p.h"

#include <QCoreApplication>
#include <QEvent>

#include <algorithm>
#include <utility>

namespace dialogue {

RequestOrder::RequestOrder(RoomManager &rooms, Ways ways)
    : m_rooms(rooms)
    , m_ways(std::move(ways))
{
    connect(&rooms, &RoomManager::roomDeleted, this, &RequestOrder::roomDeleted);
}

RequestOrder::~RequestOrder() = default;

RequestOrder::Line *RequestOrder::find(SocketId socket, const QString &roomId)
{
    const auto ofClient = m_lines.find(socket);
    if (ofClient == m_lines.end())
        return nullptr;
    const auto line = ofClient->second.find(roomId);
    return line == ofClient->second.end() ? nullptr : &line->second;
}

RequestOrder::Line &RequestOrder::lineOf(ConnectedClient &client, const QString &roomId)
{
    auto &priv = ConnectedClientPrivate::of(client);
    const auto [place, isNew] = m_lines[priv.socket].try_emplace(roomId);
    Line &line = place->second;
    if (isNew) {
        priv.waits = true;
        m_byRoom.insert(roomId, priv.socket);
    }
    line.isEvent = false;
    line.needsRoom = m_rooms.find(roomId) != nullptr;
    if (!line.kept)
        line.kept = m_started ? std::exchange(m_started, {}) : m_rooms.services().sockets.keep();
    line.state = Line::State::Waits;
    return line;
}

bool RequestOrder::queue(ConnectedClient &client, Names &&names, IncomingEvent &event)
{
    Line *const line = find(ConnectedClientPrivate::of(client).socket, names.roomId);
    if (!line)
        return false;
    line->behind.push_back({std::move(event), std::move(names), m_rooms.services().sockets.keep()});
    m_counters.mostWaiting = std::max(m_counters.mostWaiting, ++m_counters.waiting);
    return true;
}

Result<void> RequestOrder::mayAsk() const
{
    return m_closed ? serverDraining() : m_rooms.services().answers.mayAsk();
}

std::unique_ptr<PendingAnswer> RequestOrder::resume(SocketId socket, const QString &roomId)
{
    Line *const line = find(socket, roomId);
    if (!line)
        return {};
    line->state = Line::State::Runs;
    line->isOrphan = false;
    line->needsRoom = true;
    return std::move(line->answer);
}

bool RequestOrder::isOrphaned(SocketId socket, const QString &roomId)
{
    const Line *const line = find(socket, roomId);
    return line && line->isOrphan;
}

void RequestOrder::ran(SocketId socket, const QString &roomId)
{
    Line *const line = find(socket, roomId);
    if (!line || line->state != Line::State::Runs)
        return;
    line->kept.reset();
    if (line->behind.empty())
        return end(socket, roomId);
    line->state = Line::State::Due;
    post(socket, roomId);
}

void RequestOrder::post(SocketId socket, const QString &roomId)
{
    m_due.emplace_back(socket, roomId);
    if (!std::exchange(m_posted, true))
        QCoreApplication::postEvent(this, new QEvent(QEvent::User));
}

bool RequestOrder::event(QEvent *event)
{
    if (event->type() != QEvent::User)
        return QObject::event(event);
    // One at a time: there may be many, and other clients have their turns in between.
    goOnWithNext();
    m_posted = !m_due.empty();
    if (m_posted)
        QCoreApplication::postEvent(this, new QEvent(QEvent::User));
    return true;
}

void RequestOrder::goOnWithNext()
{
    if (m_due.empty())
        return;
    const auto [socket, roomId] = std::move(m_due.front());
    m_due.pop_front();
    Line *const line = find(socket, roomId);
    ConnectedClient *const client = m_rooms.client(socket);
    if (!line || !client)
        return;
    const CallDepth::Scope scope(m_rooms.services().calls);
    if (line->state == Line::State::Due) {
        line->state = Line::State::Runs;
        if (!line->behind.empty()) // They may have been taken meanwhile.
            start(*client, *line);
        ran(socket, roomId);
    } else if (line->isOrphan && line->answer) {
        line->answer->end(deletedRoom(roomId));
    }
}

void RequestOrder::start(ConnectedClient &client, Line &line)
{
    Behind next = std::move(line.behind.front());
    line.behind.pop_front();
    --m_counters.waiting;
    if (line.orphans > 0) {
        --line.orphans;
        m_ways.refuse(client, next.event, deletedRoom(next.names.roomId));
        return;
    }
    m_started = std::move(next.kept);
    m_ways.start(client, next.event);
    m_started.reset();
}

void RequestOrder::end(SocketId socket, const QString &roomId)
{
    const auto ofClient = m_lines.find(socket);
    ofClient->second.erase(roomId);
    m_byRoom.remove(roomId, socket);
    if (!ofClient->second.empty())
        return;
    m_lines.erase(ofClient);
    if (ConnectedClient *const client = m_rooms.client(socket))
        ConnectedClientPrivate::of(*client).waits = false;
    if (const auto leaving = m_leaving.extract(socket))
        leaving.mapped()->takeLeft()();
    if (isIdle())
        Q_EMIT idle();
}

std::vector<IncomingEvent> RequestOrder::takeSame(SocketId socket, const Names &names)
{
    std::vector<IncomingEvent> same;
    Line *const line = find(socket, names.roomId);
    if (!line || names.triggerId.isEmpty())
        return same;
    const auto isSame = [&](const Behind &behind) {
        return behind.names.triggerId == names.triggerId && behind.names.triggerEvent == names.triggerEvent;
    };
    for (Behind &behind : line->behind) {
        if (isSame(behind))
            same.push_back(std::move(behind.event));
    }
    const auto first = line->behind.begin();
    line->orphans -= static_cast<std::size_t>(
        std::count_if(first, first + static_cast<std::ptrdiff_t>(line->orphans), isSame));
    m_counters.waiting -= static_cast<int>(std::erase_if(line->behind, isSame));
    return same;
}

void RequestOrder::goesOn(const ConnectedClient &client, const QString &roomId)
{
    if (Line *const line = find(ConnectedClientPrivate::of(client).socket, roomId))
        line->isEvent = true;
}

} // namespace dialogue
