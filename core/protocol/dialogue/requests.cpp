#include "core/protocol/dialogue/requests.h"

#include "core/base/foreigntext.h"
#include "core/protocol/dialogue/keys_p.h"
#include "core/protocol/dialogue/reader_p.h"

namespace dialogue::protocol {

namespace {

constexpr Length nameLength{1, maxNameLength};

QJsonObject roomOnly(const QString &roomId) { return {{keys::roomId, roomId}}; }

QJsonObject roomAndEvent(const QString &roomId, const QString &eventName)
{
    return {{keys::roomId, roomId}, {keys::eventName, eventName}};
}

template <class T>
Result<T> readRoomRequest(const QJsonValue &json)
{
    Reader in(json, {});
    T request{.roomId = in.id(keys::roomId, nameLength)};
    return in.finish(std::move(request));
}

template <class T>
Result<T> readRoomAndEvent(const QJsonValue &json)
{
    Reader in(json, {});
    T request{.roomId = in.id(keys::roomId, nameLength), .eventName = in.id(keys::eventName, nameLength)};
    return in.finish(std::move(request));
}

} // namespace

QJsonObject Join::toJson() const
{
    QJsonObject json = roomOnly(roomId);
    if (since)
        json.insert(keys::since, since->toJson());
    if (subscriptions)
        json.insert(keys::subscriptions, QJsonArray::fromStringList(*subscriptions));
    return json;
}

Result<Join> Join::fromJson(const QJsonValue &json)
{
    Reader in(json, {});
    Join request{.roomId = in.id(keys::roomId, nameLength)};
    if (in.has(keys::since))
        request.since = in.take(LogPosition::fromJson(in.value(keys::since), in.pathOf(keys::since)));
    if (in.has(keys::subscriptions)) {
        request.subscriptions.emplace();
        for (const QJsonValue &name : in.array(keys::subscriptions)) {
            if (!name.isString() || name.toString().isEmpty() || name.toString().size() > maxNameLength)
                in.fail(keys::subscriptions, QStringLiteral("must be a list of event names"));
            else if (const QString fault = faultOfId(name.toString()); !fault.isEmpty())
                in.fail(keys::subscriptions, fault);
            request.subscriptions->append(name.toString());
        }
    }
    return in.finish(std::move(request));
}

QJsonObject Leave::toJson() const { return roomOnly(roomId); }
Result<Leave> Leave::fromJson(const QJsonValue &json) { return readRoomRequest<Leave>(json); }

QJsonObject Subscribe::toJson() const { return roomAndEvent(roomId, eventName); }
Result<Subscribe> Subscribe::fromJson(const QJsonValue &json) { return readRoomAndEvent<Subscribe>(json); }

QJsonObject Unsubscribe::toJson() const { return roomAndEvent(roomId, eventName); }
Result<Unsubscribe> Unsubscribe::fromJson(const QJsonValue &json)
{
    return readRoomAndEvent<Unsubscribe>(json);
}

QJsonObject SubscribeAll::toJson() const { return roomOnly(roomId); }
Result<SubscribeAll> SubscribeAll::fromJson(const QJsonValue &json)
{
    return readRoomRequest<SubscribeAll>(json);
}

QJsonObject Trigger::toJson() const
{
    QJsonObject json{{keys::roomId, roomId}, {keys::event, event}};
    json.insert(keys::data, data.isUndefined() ? QJsonValue(QJsonValue::Null) : data.value());
    if (const QJsonObject object = meta.toObject(); !object.isEmpty())
        json.insert(keys::meta, object);
    if (!id.isEmpty())
        json.insert(keys::id, id);
    if (!echo)
        json.insert(keys::echo, false);
    return json;
}

Result<Trigger> Trigger::fromJson(const QJsonValue &json)
{
    Reader in(json, {});
    Trigger request{.roomId = in.id(keys::roomId, nameLength), .event = in.id(keys::event, nameLength)};
    if (const QJsonValue data = in.value(keys::data); !data.isUndefined() && !data.isNull())
        request.data = data;
    if (in.has(keys::meta))
        request.meta = in.optionalObject(keys::meta);
    request.id = in.optionalId(keys::id, {.most = maxNameLength});
    request.echo = in.optionalBool(keys::echo).value_or(request.echo);
    return in.finish(std::move(request));
}

QJsonObject GetHistory::toJson() const
{
    QJsonObject json = roomOnly(roomId);
    if (offsets) {
        offsets->addTo(json);
    } else {
        json.insert(keys::start, start);
        json.insert(keys::end, end);
    }
    if (!eventName.isEmpty())
        json.insert(keys::eventName, eventName);
    return json;
}

Result<GetHistory> GetHistory::fromJson(const QJsonValue &json)
{
    Reader in(json, {});
    GetHistory request{.roomId = in.id(keys::roomId, nameLength)};
    request.eventName = in.optionalId(keys::eventName, {.most = maxNameLength});
    if (in.has(keys::from) || in.has(keys::to)) {
        request.offsets = OffsetRange::read(in);
        for (const QLatin1String key : {keys::start, keys::end}) {
            if (in.has(key))
                in.fail(key, QStringLiteral("must be left out beside from and to, which are offsets"));
        }
        return in.finish(std::move(request));
    }
    request.start = in.optionalInt(keys::start, 0).value_or(request.start);
    request.end = in.optionalInt(keys::end, 0).value_or(request.end);
    if (request.end <= request.start)
        in.fail(keys::end, QStringLiteral("must be greater than start, which is %1").arg(request.start));
    return in.finish(std::move(request));
}

QJsonObject ListRooms::toJson() const
{
    QJsonObject json;
    if (!after.isEmpty())
        json.insert(keys::after, after);
    if (limit)
        json.insert(keys::limit, *limit);
    return json;
}

Result<ListRooms> ListRooms::fromJson(const QJsonValue &json)
{
    if (json.isUndefined() || json.isNull())
        return ListRooms();
    Reader in(json, {});
    ListRooms request{.after = in.optionalId(keys::after, {.most = maxNameLength})};
    request.limit = in.optionalInt(keys::limit, 1);
    return in.finish(std::move(request));
}

QJsonObject CreateRoom::toJson() const
{
    QJsonObject json{{keys::id, id}, {keys::name, name}};
    if (!description.isEmpty())
        json.insert(keys::description, description);
    if (maxSize)
        json.insert(keys::maxSize, *maxSize);
    return json;
}

Result<CreateRoom> CreateRoom::fromJson(const QJsonValue &json)
{
    Reader in(json, {});
    CreateRoom request{.id = in.id(keys::id, nameLength), .name = in.string(keys::name, nameLength)};
    request.description = in.optionalString(keys::description, {.most = maxDescriptionLength});
    request.maxSize = in.optionalInt(keys::maxSize, 1);
    return in.finish(std::move(request));
}

QJsonObject DeleteRoom::toJson() const { return roomOnly(roomId); }
Result<DeleteRoom> DeleteRoom::fromJson(const QJsonValue &json) { return readRoomRequest<DeleteRoom>(json); }

} // namespace dialogue::protocol
