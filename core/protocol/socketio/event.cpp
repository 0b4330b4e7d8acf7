#include "core/protocol/socketio/event.h"

#include "core/json/cursor.h"

#include <QVariant>

namespace dialogue::socketio {

EventParts takeApart(JsonData payload)
{
    QByteArray text = std::move(payload).text();
    json::Cursor cursor(text);
    cursor.enterArray();
    EventParts parts;
    if (cursor.type() == json::Cursor::Type::String)
        parts.name = cursor.string().value_or(json::StringToken()).decoded();
    else
        parts.name = JsonData::fromText(cursor.skip().toByteArray()).value().toVariant().toString();
    if (cursor.nextItem()) {
        text.remove(0, cursor.position() - 1); // Where it is not shared, nothing moves.
        text.front() = '['; // Where the comma was.
    } else {
        text = QByteArrayLiteral("[]");
    }
    parts.args = JsonData::fromText(std::move(text));
    return parts;
}

} // namespace dialogue::socketio
