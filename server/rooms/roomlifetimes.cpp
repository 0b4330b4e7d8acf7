#include "server/rooms/roomlifetimes.h"

#include "core/base/logging.h"
#include "server/rooms/room.h"

#include <algorithm>

namespace dialogue {

namespace {

constexpr int AtOnce = 16; // Rooms that end in one turn: each is told to everybody.

} // namespace

RoomLifetimes::RoomLifetimes(const RoomCreationConfig &config, const ClientRegistry &clients,
                             std::function<void(Room *)> remove)
    : m_config(config)
    , m_clients(clients)
    , m_remove(std::move(remove))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &RoomLifetimes::expire);
}

void RoomLifetimes::add(Room *room, MemoryCharge charge)
{
    m_created.emplace(room, Created{std::move(charge), m_due.end()});
    if (m_config.lifetime == RoomLifetime::Creator)
        m_byCreator[room->config().createdById].append(room);
    emptied(room);
}

void RoomLifetimes::forget(Room *room)
{
    const auto created = m_created.find(room);
    if (created == m_created.end())
        return;
    if (created->second.due != m_due.end())
        m_due.erase(created->second.due);
    m_created.erase(created);
    const auto ofCreator = m_byCreator.find(room->config().createdById);
    if (ofCreator == m_byCreator.end())
        return;
    ofCreator->removeOne(room);
    if (ofCreator->isEmpty())
        m_byCreator.erase(ofCreator);
}

void RoomLifetimes::emptied(Room *room)
{
    if (m_config.lifetime == RoomLifetime::Empty)
        schedule(room);
}

void RoomLifetimes::userGone(const QString &userId)
{
    const QList<Room *> rooms = m_byCreator.value(userId);
    for (Room *const room : rooms)
        schedule(room);
}

void RoomLifetimes::schedule(Room *room)
{
    const auto created = m_created.find(room);
    if (created == m_created.end())
        return;
    if (created->second.due != m_due.end())
        m_due.erase(created->second.due); // From now on, once more.
    created->second.due = m_due.insert(m_due.end(), {room, Clock::now() + m_config.grace});
    arm();
}

void RoomLifetimes::arm()
{
    if (m_due.empty() || m_timer.isActive())
        return;
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(m_due.front().at - Clock::now());
    m_timer.start(std::max(wait, std::chrono::milliseconds(0)));
}

void RoomLifetimes::expire()
{
    const auto now = Clock::now();
    for (int ended = 0; ended < AtOnce && !m_due.empty() && m_due.front().at <= now;) {
        Room *const room = m_due.front().room;
        m_due.pop_front();
        m_created.at(room).due = m_due.end();
        if (!isOver(*room))
            continue;
        qCDebug(lcRooms) << "Room" << room->id() << "has come to its end";
        m_remove(room);
        ++ended;
    }
    arm();
}

bool RoomLifetimes::isOver(const Room &room) const
{
    return m_config.lifetime == RoomLifetime::Empty ? room.size() == 0
                                                    : !m_clients.isConnected(room.config().createdById);
}

} // namespace dialogue
