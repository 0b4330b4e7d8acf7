#include "server/config/differences.h"

#include "server/config/fields.h"
#include "server/config/values.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

using namespace config;

template <class Owner>
QStringList changedFields(const Fields<Owner> &fields, const Owner &before, const Owner &now)
{
    QStringList keys;
    for (const Field<Owner> &field : fields) {
        // As it is written: where it stands makes no difference.
        if (toYaml(field, field.get(before)) != toYaml(field, field.get(now)))
            keys.append(field.key);
    }
    return keys;
}

bool isSameEvent(const EventDefinition &a, const EventDefinition &b)
{
    return a.name == b.name && changedFields(eventFields(), a, b).isEmpty()
        && a.schema.toJson() == b.schema.toJson() && a.takesMeta == b.takesMeta
        && a.meta.toJson() == b.meta.toJson();
}

/** Those that are in one of the two alone, or differ. */
QStringList changedRooms(const QList<RoomConfig> &before, const QList<RoomConfig> &now)
{
    QStringList keys;
    const auto compare = [&keys](const QList<RoomConfig> &these, const QList<RoomConfig> &those) {
        for (const RoomConfig &room : these) {
            const QString key = u"rooms."_s + room.id;
            const auto other = std::ranges::find(those, room.id, &RoomConfig::id);
            if ((other == those.end() || !isSameRoom(room, *other)) && !keys.contains(key))
                keys.append(key);
        }
    };
    compare(before, now);
    compare(now, before);
    return keys;
}

} // namespace

bool isSameRoom(const RoomConfig &a, const RoomConfig &b)
{
    return changedFields(roomFields(), a, b).isEmpty() && a.middleware == b.middleware
        && std::ranges::equal(a.events, b.events, isSameEvent);
}

bool isSameTemplate(const RoomTemplate &a, const RoomTemplate &b)
{
    return a.pattern == b.pattern && isSameRoom(a.room, b.room);
}

QStringList changedKeys(const ServerConfig &before, const ServerConfig &now)
{
    QStringList keys = changedFields(serverFields(), before, now);
    if (before.auth.jwt.keys != now.auth.jwt.keys)
        keys.append(u"auth.jwt.keys"_s);
    if (before.admin.accounts != now.admin.accounts)
        keys.append(u"admin.accounts"_s);
    if (before.admin.redact != now.admin.redact)
        keys.append(u"admin.redact"_s);
    if (before.auth.certificates.users != now.auth.certificates.users)
        keys.append(u"auth.certificates.users"_s);
    if (!std::ranges::equal(before.roomCreation.templates, now.roomCreation.templates, isSameTemplate))
        keys.append(u"roomCreation.templates"_s);
    if (before.tls.others != now.tls.others)
        keys.append(u"tls.certificates"_s);
    if (before.middleware != now.middleware)
        keys.append(u"middleware"_s);
    return keys + changedRooms(before.rooms, now.rooms);
}

} // namespace dialogue
