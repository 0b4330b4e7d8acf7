#include "core/protocol/dialogue/replies.h"

#include "core/json/writer.h"
#include "core/protocol/dialogue/eventmessage.h"
#include "core/protocol/dialogue/keys_p.h"
#include "core/protocol/dialogue/reader_p.h"

namespace dialogue::protocol {

namespace {

template <class T>
Result<T> readRoomOnly(const QJsonValue &json)
{
    Reader in(json, {});
    T reply{.roomId = in.string(keys::roomId)};
    return in.finish(std::move(reply));
}

/** The envelopes of a history, each of which must be one. */
QJsonArray readEvents(Reader &in)
{
    const QJsonArray events = in.array(keys::events);
    in.take(eventMessagesFromJson(events, {}, keys::events));
    return events;
}

} // namespace

QJsonObject Connected::toJson() const { return {{keys::clientId, clientId}, {keys::userId, userId}}; }

Result<Connected> Connected::fromJson(const QJsonValue &json)
{
    Reader in(json, {});
    Connected reply{.clientId = in.string(keys::clientId), .userId = in.string(keys::userId)};
    return in.finish(std::move(reply));
}

QJsonObject Joined::toJson() const
{
    QJsonObject json{{keys::roomId, roomId}, {keys::roomName, roomName}};
    if (!position.epoch.isEmpty()) {
        json.insert(keys::epoch, QString::fromUtf8(position.epoch));
        json.insert(keys::offset, static_cast<qint64>(position.offset));
    }
    if (recovered)
        json.insert(keys::recovered, *recovered);
    return json;
}

Result<Joined> Joined::fromJson(const QJsonValue &json)
{
    Reader in(json, {});
    Joined reply{.roomId = in.string(keys::roomId), .roomName = in.string(keys::roomName)};
    reply.position.epoch = in.optionalString(keys::epoch).toUtf8();
    if (!reply.position.epoch.isEmpty())
        reply.position.offset = static_cast<quint64>(in.integer(keys::offset, 0, maxSafeInteger));
    reply.recovered = in.optionalBool(keys::recovered);
    return in.finish(std::move(reply));
}

QJsonObject Left::toJson() const { return {{keys::roomId, roomId}}; }
Result<Left> Left::fromJson(const QJsonValue &json) { return readRoomOnly<Left>(json); }

QJsonObject RoomInfo::toJson() const
{
    QJsonObject json{{keys::id, id}, {keys::name, name}, {keys::size, size}};
    if (!description.isEmpty())
        json.insert(keys::description, description);
    if (maxSize)
        json.insert(keys::maxSize, *maxSize);
    if (!createdById.isEmpty())
        json.insert(keys::createdById, createdById);
    return json;
}

Result<RoomInfo> RoomInfo::fromJson(const QJsonValue &json, const QString &path)
{
    Reader in(json, path);
    RoomInfo info{.id = in.string(keys::id), .name = in.string(keys::name)};
    info.description = in.optionalString(keys::description);
    info.size = static_cast<int>(in.integer(keys::size, 0, std::numeric_limits<int>::max()));
    info.maxSize = in.optionalInt(keys::maxSize, 0);
    info.createdById = in.optionalString(keys::createdById);
    return in.finish(std::move(info));
}

QJsonArray Rooms::toJson() const
{
    QJsonArray json;
    for (const RoomInfo &room : rooms)
        json.append(room.toJson());
    return json;
}

Result<Rooms> Rooms::fromJson(const QJsonValue &json)
{
    if (!json.isArray())
        return Error{.code = ErrorCode::InvalidRequest,
                     .message = QStringLiteral("must be an array of rooms")};
    const QJsonArray array = json.toArray();
    Rooms reply;
    reply.rooms.reserve(array.size());
    for (qsizetype i = 0; i < array.size(); ++i) {
        Result<RoomInfo> info = RoomInfo::fromJson(array.at(i), elementPath({}, i));
        if (!info)
            return info.error();
        reply.rooms.append(*std::move(info));
    }
    return reply;
}

QJsonObject RoomDeleted::toJson() const { return {{keys::roomId, roomId}}; }
Result<RoomDeleted> RoomDeleted::fromJson(const QJsonValue &json) { return readRoomOnly<RoomDeleted>(json); }

QByteArray History::toText() const
{
    QByteArray out = "{\"roomId\":";
    json::appendString(out, roomId);
    out += ",\"events\":";
    events.appendTo(out);
    return out += '}';
}

Result<History> History::fromJson(const QJsonValue &json)
{
    Reader in(json, {});
    History reply{.roomId = in.string(keys::roomId), .events = readEvents(in)};
    return in.finish(std::move(reply));
}

QByteArray HistoryResponse::toText() const
{
    QByteArray out = "{\"roomId\":";
    json::appendString(out, roomId);
    if (!eventName.isEmpty()) {
        out += ",\"eventName\":";
        json::appendString(out, eventName);
    }
    out += ",\"events\":";
    events.appendTo(out);
    out += ",\"start\":" + QByteArray::number(start) + ",\"end\":" + QByteArray::number(end);
    return out += '}';
}

Result<HistoryResponse> HistoryResponse::fromJson(const QJsonValue &json)
{
    Reader in(json, {});
    HistoryResponse reply{.roomId = in.string(keys::roomId),
                          .eventName = in.optionalString(keys::eventName),
                          .events = readEvents(in)};
    reply.start = static_cast<int>(in.integer(keys::start, 0, std::numeric_limits<int>::max()));
    reply.end = static_cast<int>(in.integer(keys::end, 0, std::numeric_limits<int>::max()));
    return in.finish(std::move(reply));
}

} // namespace dialogue::protocol
