#include "core/protocol/dialogue/replies.h"

#include "core/protocol/dialogue/eventmessage.h"
#include "core/protocol/dialogue/keys_p.h"
#include "core/protocol/dialogue/presence.h"
#include "core/protocol/dialogue/reader_p.h"

namespace dialogue::protocol {

namespace {

template <class T>
Result<T> readRoomReply(const QJsonValue &json)
{
    Reader in(json, {});
    T reply{.roomId = in.string(keys::roomId)};
    return in.finish(std::move(reply));
}

json::ObjectWriter writeRoomOnly(const QString &roomId)
{
    json::ObjectWriter out;
    out.string(keys::roomId, roomId);
    return out;
}

void writeTimeLeft(json::ObjectWriter &out, std::optional<std::chrono::milliseconds> time)
{
    if (time)
        out.number(keys::expiresIn, static_cast<qint64>(time->count()));
}

std::optional<std::chrono::milliseconds> readTimeLeft(Reader &in)
{
    const auto time = in.optionalInteger(keys::expiresIn, 0, MaxSafeInteger);
    return time ? std::optional(std::chrono::milliseconds(*time)) : std::nullopt;
}

constexpr QLatin1String DroppedReason("dropped");
constexpr QLatin1String ReplacedReason("replaced");

/** The envelopes of a history, each of which must be one. */
QJsonArray readEvents(Reader &in)
{
    const QJsonArray events = in.array(keys::events);
    in.take(eventMessagesFromJson(events, {}, keys::events));
    return events;
}

} // namespace

json::ObjectWriter Connected::write() const
{
    json::ObjectWriter out;
    out.string(keys::clientId, clientId);
    out.string(keys::userId, userId);
    writeTimeLeft(out, expiresIn);
    return out;
}

Result<Connected> Connected::fromJson(const QJsonValue &json)
{
    Reader in(json, {});
    Connected reply{.clientId = in.string(keys::clientId),
                    .userId = in.string(keys::userId),
                    .expiresIn = readTimeLeft(in)};
    return in.finish(std::move(reply));
}

json::ObjectWriter Refreshed::write() const
{
    json::ObjectWriter out;
    writeTimeLeft(out, expiresIn);
    return out;
}

Result<Refreshed> Refreshed::fromJson(const QJsonValue &json)
{
    Reader in(json, {});
    return in.finish(Refreshed{readTimeLeft(in)});
}

json::ObjectWriter Joined::write() const
{
    json::ObjectWriter out;
    out.string(keys::roomId, roomId);
    out.string(keys::roomName, roomName);
    if (!position.epoch.isEmpty()) {
        out.string(keys::epoch, QString::fromUtf8(position.epoch));
        out.number(keys::offset, static_cast<qint64>(position.offset));
    }
    if (recovered)
        out.boolean(keys::recovered, *recovered);
    if (presence != Presence::Off)
        out.string(keys::presence, presenceName(presence));
    return out;
}

Result<Joined> Joined::fromJson(const QJsonValue &json)
{
    Reader in(json, {});
    Joined reply{.roomId = in.string(keys::roomId), .roomName = in.string(keys::roomName)};
    reply.position.epoch = in.optionalString(keys::epoch).toUtf8();
    if (!reply.position.epoch.isEmpty())
        reply.position.offset = static_cast<quint64>(in.integer(keys::offset, 0, MaxSafeInteger));
    reply.recovered = in.optionalBool(keys::recovered);
    reply.presence = presenceOf(in.optionalString(keys::presence));
    return in.finish(std::move(reply));
}

json::ObjectWriter Left::write() const { return writeRoomOnly(roomId); }
Result<Left> Left::fromJson(const QJsonValue &json) { return readRoomReply<Left>(json); }

json::ObjectWriter Unsubscribed::write() const
{
    json::ObjectWriter out = writeRoomOnly(roomId);
    out.string(keys::eventName, eventName);
    return out;
}

Result<Unsubscribed> Unsubscribed::fromJson(const QJsonValue &json)
{
    Reader in(json, {});
    Unsubscribed reply{.roomId = in.string(keys::roomId), .eventName = in.string(keys::eventName)};
    return in.finish(std::move(reply));
}

json::ObjectWriter RoomInfo::write() const
{
    json::ObjectWriter out;
    out.string(keys::id, id);
    out.string(keys::name, name);
    out.number(keys::size, size);
    if (!description.isEmpty())
        out.string(keys::description, description);
    if (maxSize)
        out.number(keys::maxSize, *maxSize);
    if (!createdById.isEmpty())
        out.string(keys::createdById, createdById);
    if (presence != Presence::Off)
        out.string(keys::presence, presenceName(presence));
    return out;
}

Result<RoomInfo> RoomInfo::fromJson(const QJsonValue &json, const QString &path)
{
    Reader in(json, path);
    RoomInfo info{.id = in.string(keys::id), .name = in.string(keys::name)};
    info.description = in.optionalString(keys::description);
    info.size = static_cast<int>(in.integer(keys::size, 0, std::numeric_limits<int>::max()));
    info.maxSize = in.optionalInt(keys::maxSize, 0);
    info.createdById = in.optionalString(keys::createdById);
    info.presence = presenceOf(in.optionalString(keys::presence));
    return in.finish(std::move(info));
}

QByteArray Rooms::toText() const
{
    QByteArray text = "[";
    for (const RoomInfo &room : rooms) {
        if (text.size() > 1)
            text += ',';
        text += room.write().take();
    }
    return text += ']';
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

json::ObjectWriter RoomsPage::write() const
{
    json::ObjectWriter out;
    out.text(keys::rooms, Rooms{rooms}.toText());
    if (!next.isEmpty())
        out.string(keys::next, next);
    return out;
}

Result<RoomsPage> RoomsPage::fromJson(const QJsonValue &json)
{
    Reader in(json, {});
    const QJsonArray array = in.array(keys::rooms);
    RoomsPage page;
    page.rooms.reserve(array.size());
    for (qsizetype i = 0; i < array.size(); ++i)
        page.rooms.append(in.take(RoomInfo::fromJson(array.at(i), elementPath(keys::rooms, i))));
    page.next = in.optionalString(keys::next);
    return in.finish(std::move(page));
}

json::ObjectWriter RoomDeleted::write() const { return writeRoomOnly(roomId); }
Result<RoomDeleted> RoomDeleted::fromJson(const QJsonValue &json) { return readRoomReply<RoomDeleted>(json); }

json::ObjectWriter Gap::write() const
{
    json::ObjectWriter out = writeRoomOnly(roomId);
    offsets.write(out);
    out.string(keys::reason, QString(reason == GapReason::Replaced ? ReplacedReason : DroppedReason));
    return out;
}

Result<Gap> Gap::fromJson(const QJsonValue &json)
{
    Reader in(json, {});
    Gap gap{.roomId = in.string(keys::roomId), .offsets = OffsetRange::read(in)};
    if (in.string(keys::reason) == ReplacedReason)
        gap.reason = GapReason::Replaced;
    return in.finish(std::move(gap));
}

json::ObjectWriter History::write() const
{
    json::ObjectWriter out;
    out.string(keys::roomId, roomId);
    out.value(keys::events, events);
    return out;
}

Result<History> History::fromJson(const QJsonValue &json)
{
    Reader in(json, {});
    History reply{.roomId = in.string(keys::roomId), .events = readEvents(in)};
    return in.finish(std::move(reply));
}

json::ObjectWriter HistoryResponse::write() const
{
    json::ObjectWriter out;
    out.string(keys::roomId, roomId);
    if (eventName.isEmpty())
        out.text(keys::eventName, "null");
    else
        out.string(keys::eventName, eventName);
    out.value(keys::events, events);
    if (offsets) {
        offsets->write(out);
        if (more)
            out.boolean(keys::more, true);
        return out;
    }
    out.number(keys::start, start);
    out.number(keys::end, end);
    return out;
}

Result<HistoryResponse> HistoryResponse::fromJson(const QJsonValue &json)
{
    Reader in(json, {});
    HistoryResponse reply{.roomId = in.string(keys::roomId),
                          .eventName = in.optionalString(keys::eventName),
                          .events = readEvents(in)};
    if (in.has(keys::from) || in.has(keys::to)) {
        reply.offsets = OffsetRange::read(in);
        reply.more = in.optionalBool(keys::more).value_or(false);
        return in.finish(std::move(reply));
    }
    reply.start = static_cast<int>(in.integer(keys::start, 0, std::numeric_limits<int>::max()));
    reply.end = static_cast<int>(in.integer(keys::end, 0, std::numeric_limits<int>::max()));
    return in.finish(std::move(reply));
}

} // namespace dialogue::protocol
