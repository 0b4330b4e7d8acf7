#include "core/protocol/socketio/event.h"

#include "core/json/cursor.h"

#include <QVariant>

namespace dialogue::socketio {

EventParts takeApart(const JsonData &payload)
{
    const QByteArray text = payload.text();
    json::Cursor cursor(text);
    cursor.enterArray();
    EventParts parts;
    if (cursor.type() == json::Cursor::Type::String)
        parts.name = cursor.string().value_or(json::StringToken()).decoded();
    else
        parts.name = JsonData::fromText(cursor.skip().toByteArray()).value().toVariant().toString();
    QByteArray args = QByteArrayLiteral("[]");
    if (cursor.nextItem()) {
        args = text.sliced(cursor.position() - 1);
        args.front() = '['; // Where the comma was.
    }
    parts.args = JsonData::fromText(args);
    return parts;
}

} // namespace dialogue::socketio
