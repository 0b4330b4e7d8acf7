#include "core/base/foreigntext.h"
#include "core/json/cursor.h"
#include "core/protocol/dialogue/requests.h"

namespace dialogue::protocol {

namespace {

bool readText(json::Cursor &cursor, QString &text)
{
    const std::optional<json::StringToken> token = cursor.string();
    if (!token)
        return false;
    text = token->decoded();
    return text.size() <= maxNameLength && faultOfId(text).isEmpty();
}

/** For a member that must be there once: a second one, or an empty one, is for fromJson(). */
bool readName(json::Cursor &cursor, QString &name)
{
    return name.isEmpty() && readText(cursor, name) && !name.isEmpty();
}

bool readMember(json::Cursor &cursor, Trigger &request)
{
    const json::StringToken &key = cursor.key();
    if (key.is("roomId"))
        return readName(cursor, request.roomId);
    if (key.is("event"))
        return readName(cursor, request.event);
    if (key.is("id"))
        return request.id.isEmpty() && readText(cursor, request.id);
    if (key.is("data")) {
        if (!request.data.isNull())
            return false;
        request.data = JsonData::fromText(cursor.skip().toByteArray());
        return true;
    }
    if (key.is("meta")) {
        if (cursor.type() != json::Cursor::Type::Object || !request.meta.isNull())
            return false;
        request.meta = JsonData::fromText(cursor.skip().toByteArray());
        return true;
    }
    if (key.is("echo")) {
        if (cursor.type() != json::Cursor::Type::Bool)
            return false;
        request.echo = cursor.skip() == "true";
        return true;
    }
    cursor.skip();
    return true;
}

bool readMember(json::Cursor &cursor, Join &request)
{
    const json::StringToken &key = cursor.key();
    if (key.is("roomId"))
        return readName(cursor, request.roomId);
    if (key.is("since") || key.is("subscriptions"))
        return false;
    cursor.skip();
    return true;
}

bool readMember(json::Cursor &cursor, Subscribe &request)
{
    const json::StringToken &key = cursor.key();
    if (key.is("roomId"))
        return readName(cursor, request.roomId);
    if (key.is("eventName"))
        return readName(cursor, request.eventName);
    cursor.skip();
    return true;
}

/** False: it is no object, or a member is for fromJson(). */
template <class Request>
bool readMembers(json::Cursor &cursor, Request &request)
{
    for (bool more = cursor.enterObject(); more; more = cursor.nextMember()) {
        // An escaped key may be any.
        if (cursor.key().escaped || !readMember(cursor, request))
            return false;
    }
    return !cursor.failed();
}

} // namespace

std::optional<Trigger> Trigger::read(json::Cursor &json)
{
    Trigger request;
    if (readMembers(json, request) && !request.roomId.isEmpty() && !request.event.isEmpty())
        return request;
    return std::nullopt;
}

std::optional<Join> Join::read(json::Cursor &json)
{
    Join request;
    if (readMembers(json, request) && !request.roomId.isEmpty())
        return request;
    return std::nullopt;
}

std::optional<Subscribe> Subscribe::read(json::Cursor &json)
{
    Subscribe request;
    if (readMembers(json, request) && !request.roomId.isEmpty() && !request.eventName.isEmpty())
        return request;
    return std::nullopt;
}

} // namespace dialogue::protocol
