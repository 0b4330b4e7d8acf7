#include "server/rooms/roommeters.h"

#include <utility>

namespace dialogue {

const QString RoomMeters::Runtime = QStringLiteral("_runtime");
const QString RoomMeters::Others = QStringLiteral("_other");

RoomMeter::RoomMeter(QString name, const QStringList &events)
    : m_name(std::move(name))
    , m_others{RoomMeters::Others}
{
    for (const QString &event : events)
        m_events.push_back({event});
}

RoomMeters::RoomMeters(const QList<RoomConfig> &rooms, int maxSeries)
    : m_runtime(Runtime, {})
    , m_beyond(Others, {})
{
    constexpr int Smallest = SeriesOfARoom + SeriesOfAnEvent;
    int left = maxSeries - 2 * Smallest;
    for (const RoomConfig &room : rooms) {
        QStringList events;
        for (const EventDefinition &event : room.events) {
            if (event.name != QLatin1String("*"))
                events.append(event.name);
        }
        const qint64 series = Smallest + SeriesOfAnEvent * qint64(events.size());
        if (series > left) {
            m_byRoom.insert(room.id, &m_beyond);
            continue;
        }
        left -= int(series);
        m_meters.push_back(std::make_unique<RoomMeter>(room.id, events));
        m_byRoom.insert(room.id, m_meters.back().get());
    }
}

RoomMeter &RoomMeters::of(const QString &roomId)
{
    RoomMeter *const meter = m_byRoom.value(roomId);
    return meter ? *meter : m_runtime;
}

std::vector<const RoomMeter *> RoomMeters::all() const
{
    std::vector<const RoomMeter *> all;
    all.reserve(m_meters.size() + 2);
    for (const auto &each : m_meters)
        all.push_back(each.get());
    all.push_back(&m_runtime);
    all.push_back(&m_beyond);
    return all;
}

} // namespace dialogue
