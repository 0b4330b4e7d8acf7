#include "server/rooms/roomlifetimes.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "server/rooms/room_p.h"

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
    RoomPrivate &priv = RoomPrivate::of(*room);
    priv.lease = m_lasting.insert(m_lasting.end(), {.room = room, .charge = std::move(charge)});
    priv.isLeased = 1;
    if (m_config.lifetime == RoomLifetime::Creator)
        m_byCreator[priv.createdById].append(room);
    emptied(room);
}

void RoomLifetimes::forget(Room *room)
{
    RoomPrivate &priv = RoomPrivate::of(*room);
    if (!priv.isLeased)
        return;
    priv.isLeased = 0;
    (priv.lease->isDue() ? m_due : m_lasting).erase(priv.lease);
    const auto ofCreator = m_byCreator.find(priv.createdById);
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
    const RoomPrivate &priv = RoomPrivate::of(*room);
    if (!priv.isLeased)
        return;
    m_due.splice(m_due.end(), priv.lease->isDue() ? m_due : m_lasting, priv.lease); // From now on, once more.
    priv.lease->ends = Clock::now() + m_config.grace;
    arm();
}

void RoomLifetimes::arm()
{
    if (m_due.empty() || m_timer.isActive())
        return;
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(m_due.front().ends - Clock::now());
    m_timer.start(std::max(wait, std::chrono::milliseconds(0)));
}

void RoomLifetimes::expire()
{
    const auto now = Clock::now();
    for (int ended = 0; ended < AtOnce && !m_due.empty() && m_due.front().ends <= now;) {
        Room *const room = m_due.front().room;
        m_due.front().ends = {};
        m_lasting.splice(m_lasting.end(), m_due, m_due.begin());
        if (!isOver(*room))
            continue;
        qCDebug(lcRooms).noquote() << "Room" << quoted(room->id()) << "has come to its end";
        m_remove(room);
        ++ended;
    }
    arm();
}

bool RoomLifetimes::isOver(const Room &room) const
{
    return m_config.lifetime == RoomLifetime::Empty
        ? room.size() == 0
        : !m_clients.isConnected(RoomPrivate::of(room).createdById);
}

} // namespace dialogue
