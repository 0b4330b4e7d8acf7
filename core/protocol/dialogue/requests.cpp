#include "core/protocol/dialogue/requests.h"

#include "core/base/foreigntext.h"
#include "core/protocol/dialogue/keys_p.h"
#include "core/protocol/dialogue/plainreader_p.h"
#include "core/protocol/dialogue/reader_p.h"

namespace dialogue::protocol {

namespace {

constexpr Length NameLength{1, MaxNameLength};

QJsonObject roomOnly(const QString &roomId) { return {{keys::roomId, roomId}}; }

QJsonObject roomAndEvent(const QString &roomId, const QString &eventName)
{
    return {{keys::roomId, roomId}, {keys::eventName, eventName}};
}

std::optional<LogPosition> sinceIn(Reader &in)
{
    if (!in.has(keys::since))
        return std::nullopt;
    return in.take(LogPosition::fromJson(in.value(keys::since), in.pathOf(keys::since)));
}

std::optional<QStringList> subscriptionsIn(Reader &in)
{
    if (!in.has(keys::subscriptions))
        return std::nullopt;
    QStringList names;
    for (const QJsonValue &name : in.array(keys::subscriptions)) {
        if (!name.isString() || name.toString().isEmpty() || name.toString().size() > MaxNameLength)
            in.fail(keys::subscriptions, QStringLiteral("must be a list of event names"));
        else if (const QString fault = faultOfId(name.toString()); !fault.isEmpty())
            in.fail(keys::subscriptions, fault);
        names.append(name.toString());
    }
    return names;
}

JsonData anyIn(Reader &in, QLatin1String key)
{
    const QJsonValue value = in.value(key);
    return value.isUndefined() || value.isNull() ? JsonData() : JsonData(value);
}

JsonData anyObjectIn(Reader &in, QLatin1String key)
{
    return in.has(key) ? JsonData(in.optionalObject(key)) : JsonData();
}

// The same of text; who comes back is seldom enough for a tree.
std::optional<LogPosition> sinceIn(PlainReader &in)
{
    if (in.has(keys::since))
        in.leaveToReader();
    return std::nullopt;
}

std::optional<QStringList> subscriptionsIn(PlainReader &in)
{
    if (in.has(keys::subscriptions))
        in.leaveToReader();
    return std::nullopt;
}

JsonData anyIn(PlainReader &in, QLatin1String key) { return in.any(key); }
JsonData anyObjectIn(PlainReader &in, QLatin1String key) { return in.anyObject(key); }

// What each consists of, wherever it is read from.

template <class In>
Join joinIn(In &in)
{
    Join request{.roomId = in.id(keys::roomId, NameLength)};
    request.since = sinceIn(in);
    request.subscriptions = subscriptionsIn(in);
    return request;
}

template <class T, class In>
T roomRequestIn(In &in)
{
    return {.roomId = in.id(keys::roomId, NameLength)};
}

template <class T, class In>
T roomAndEventIn(In &in)
{
    return {.roomId = in.id(keys::roomId, NameLength), .eventName = in.id(keys::eventName, NameLength)};
}

template <class In>
Trigger triggerIn(In &in)
{
    Trigger request{.roomId = in.id(keys::roomId, NameLength), .event = in.id(keys::event, NameLength)};
    request.data = anyIn(in, keys::data);
    request.meta = anyObjectIn(in, keys::meta);
    request.id = in.optionalId(keys::id, {.most = MaxNameLength});
    request.echo = in.optionalBool(keys::echo).value_or(request.echo);
    return request;
}

template <class T>
Result<T> readFrom(const QJsonValue &json, T (*read)(Reader &))
{
    Reader in(json, {});
    return in.finish(read(in));
}

template <class T>
std::optional<T> readFrom(json::Cursor &json, T (*read)(PlainReader &))
{
    PlainReader in(json);
    return in.finish(read(in));
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

Result<Join> Join::fromJson(const QJsonValue &json) { return readFrom<Join>(json, joinIn); }
std::optional<Join> Join::read(json::Cursor &json) { return readFrom<Join>(json, joinIn); }

QJsonObject Leave::toJson() const { return roomOnly(roomId); }
Result<Leave> Leave::fromJson(const QJsonValue &json) { return readFrom<Leave>(json, roomRequestIn); }

QJsonObject Subscribe::toJson() const { return roomAndEvent(roomId, eventName); }
Result<Subscribe> Subscribe::fromJson(const QJsonValue &json)
{
    return readFrom<Subscribe>(json, roomAndEventIn);
}
std::optional<Subscribe> Subscribe::read(json::Cursor &json)
{
    return readFrom<Subscribe>(json, roomAndEventIn);
}

QJsonObject Unsubscribe::toJson() const { return roomAndEvent(roomId, eventName); }
Result<Unsubscribe> Unsubscribe::fromJson(const QJsonValue &json)
{
    return readFrom<Unsubscribe>(json, roomAndEventIn);
}

QJsonObject SubscribeAll::toJson() const { return roomOnly(roomId); }
Result<SubscribeAll> SubscribeAll::fromJson(const QJsonValue &json)
{
    return readFrom<SubscribeAll>(json, roomRequestIn);
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

Result<Trigger> Trigger::fromJson(const QJsonValue &json) { return readFrom<Trigger>(json, triggerIn); }
std::optional<Trigger> Trigger::read(json::Cursor &json) { return readFrom<Trigger>(json, triggerIn); }

QJsonObject GetHistory::toJson() const
{
    QJsonObject json = roomOnly(roomId);
    if (times)
        times->addTo(json);
    if (offsets) {
        offsets->addTo(json);
    } else if (!times) {
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
    GetHistory request{.roomId = in.id(keys::roomId, NameLength)};
    request.eventName = in.optionalId(keys::eventName, {.most = MaxNameLength});
    if (in.has(keys::from) || in.has(keys::to))
        request.offsets = OffsetRange::read(in);
    if (in.has(keys::fromTime) || in.has(keys::toTime))
        request.times = TimeRange::read(in);
    if (request.offsets || request.times) {
        for (const QLatin1String key : {keys::start, keys::end}) {
            if (in.has(key))
                in.fail(key,
                        QStringLiteral("must be left out beside from and to, which are offsets, and "
                                       "fromTime and toTime"));
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
    ListRooms request{.after = in.optionalId(keys::after, {.most = MaxNameLength})};
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
    CreateRoom request{.id = in.id(keys::id, NameLength), .name = in.string(keys::name, NameLength)};
    request.description = in.optionalString(keys::description, {.most = MaxDescriptionLength});
    request.maxSize = in.optionalInt(keys::maxSize, 1);
    return in.finish(std::move(request));
}

QJsonObject DeleteRoom::toJson() const { return roomOnly(roomId); }
Result<DeleteRoom> DeleteRoom::fromJson(const QJsonValue &json)
{
    return readFrom<DeleteRoom>(json, roomRequestIn);
}

QJsonObject Refresh::toJson() const { return {{keys::token, token}}; }

Result<Refresh> Refresh::fromJson(const QJsonValue &json)
{
    Reader in(json, {});
    Refresh request{.token = in.string(keys::token, {.least = 1})};
    return in.finish(std::move(request));
}

} // namespace dialogue::protocol
