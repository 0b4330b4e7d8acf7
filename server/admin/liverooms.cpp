#include "server/admin/liverooms.h"

#include "server/admin/rows.h"
#include "server/rooms/hubparts.h"
#include "server/rooms/room_p.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue::admin {

LiveRooms::LiveRooms(HubParts &parts)
    : m_parts(parts)
{
    m_clock.start();
}

LiveRooms::~LiveRooms() { m_parts.tap.remove(*this); }

void LiveRooms::hold(const QString &id)
{
    if (m_rooms.isEmpty())
        m_parts.tap.add(*this);
    Watched &watched = m_rooms[id];
    if (watched.holders++ == 0)
        watched.counted = m_clock.elapsed();
}

void LiveRooms::release(const QString &id)
{
    const auto found = m_rooms.find(id);
    if (found == m_rooms.end() || --found->holders > 0)
        return;
    m_rooms.erase(found);
    if (m_rooms.isEmpty())
        m_parts.tap.remove(*this);
}

void LiveRooms::published(const Room &room, const EventMessage &message, const PublicationPtr &publication)
{
    Q_UNUSED(message)
    const auto found = m_rooms.find(RoomPrivate::of(room).id);
    if (found == m_rooms.end())
        return;
    ++found->events;
    found->bytes += publication->size();
}

LiveRooms::Figures LiveRooms::figuresOf(const QString &id, Watched &watched) const
{
    const Room *const room = m_parts.rooms.find(id);
    if (!room)
        return {};
    const RoomPrivate &inside = RoomPrivate::of(*room);
    Figures figures{.exists = true,
                    .size = qint64(inside.size()),
                    .offset = qint64(room->offset()),
                    .keptBytes = inside.log().bytes(),
                    .maxSize = inside.declared().maxSize.value_or(0),
                    .name = room->name(),
                    .eventsPerSecond = watched.figures.eventsPerSecond,
                    .bytesPerSecond = watched.figures.bytesPerSecond};
    if (const RoomMeter *const meter = inside.meter()) {
        figures.dropped = qint64(meter->losses()->dropped);
        figures.replaced = qint64(meter->losses()->replaced);
    }
    const qint64 passed = m_clock.elapsed() - watched.counted;
    if (passed >= RateInterval) {
        figures.eventsPerSecond = double(std::exchange(watched.events, 0)) * 1000 / double(passed);
        figures.bytesPerSecond = double(std::exchange(watched.bytes, 0)) * 1000 / double(passed);
        watched.counted += passed;
    }
    return figures;
}

quint64 LiveRooms::refresh(const QString &id)
{
    const auto found = m_rooms.find(id);
    if (found == m_rooms.end())
        return 0;
    Figures now = figuresOf(id, *found);
    if (found->version == 0 || now != found->figures) {
        found->figures = std::move(now);
        found->version = ++m_version;
    }
    return found->version;
}

QJsonObject LiveRooms::row(const QString &id, const Account &account) const
{
    const Room *const room = account.reaches(id) ? m_parts.rooms.find(id) : nullptr;
    const auto watched = m_rooms.constFind(id);
    if (!room || watched == m_rooms.cend())
        return {};
    QJsonObject row = rowOf(*room);
    row.insert(u"eventsPerSecond"_s, watched->figures.eventsPerSecond);
    row.insert(u"bytesPerSecond"_s, watched->figures.bytesPerSecond);
    return row;
}

} // namespace dialogue::admin
