#include "console/trigger/roomevents.h"

#include <QJsonArray>

#include <algorithm>

namespace dialogue::console {

using namespace Qt::StringLiterals;

const RoomEvents::Event *RoomEvents::find(const QString &event) const
{
    const auto found
        = std::find_if(events.begin(), events.end(), [&](const Event &each) { return each.name == event; });
    return found == events.end() ? nullptr : &*found;
}

Result<RoomEvents> RoomEvents::read(const QJsonObject &reply)
{
    const QJsonObject room = reply.value("room"_L1).toObject();
    const QJsonValue events = room.value("events"_L1);
    if (!events.isArray())
        return Error{ErrorCode::ProtocolViolation, u"must be an array"_s, u"room.events"_s};
    RoomEvents read{.name = room.value("name"_L1).toString(), .isOpen = room.value("isOpen"_L1).toBool()};
    const QJsonArray all = events.toArray();
    for (const QJsonValue &each : all) {
        const QString name = each["name"_L1].toString();
        if (!name.isEmpty() && read.events.size() < MostEvents) {
            read.events.append({.name = name,
                                .description = each["description"_L1].toString(),
                                .schema = each["schema"_L1].toObject()});
        }
    }
    std::sort(read.events.begin(), read.events.end(),
              [](const Event &a, const Event &b) { return a.name < b.name; });
    return read;
}

} // namespace dialogue::console
