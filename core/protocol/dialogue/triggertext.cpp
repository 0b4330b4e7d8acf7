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
    return text.size() <= maxNameLength;
}

/** For a member that must be there once: a second one, or an empty one, is for fromJson(). */
bool readName(json::Cursor &cursor, QString &name)
{
    return name.isEmpty() && readText(cursor, name) && !name.isEmpty();
}

bool readMember(json::Cursor &cursor, Trigger &request)
{
    const json::StringToken &key = cursor.key();
    if (key.escaped)
        return false; // It may be any of these.
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
        if (cursor.type() != json::Cursor::Type::Object || !request.meta.isEmpty())
            return false;
        request.meta = JsonData::fromText(cursor.skip().toByteArray()).toObject();
        return true;
    }
    cursor.skip();
    return true;
}

} // namespace

std::optional<Trigger> Trigger::read(json::Cursor &json)
{
    Trigger request;
    for (bool more = json.enterObject(); more; more = json.nextMember()) {
        if (!readMember(json, request))
            return std::nullopt;
    }
    if (json.failed() || request.roomId.isEmpty() || request.event.isEmpty())
        return std::nullopt;
    return request;
}

} // namespace dialogue::protocol
