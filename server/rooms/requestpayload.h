#pragma once

#include "core/json/cursor.h"
#include "core/json/objectwriter.h"
#include "server/socketio/values.h"

#include <QJsonArray>

/** What requests say, and what they are answered with. */
namespace dialogue {

/** What a request is answered with, which nobody hears who asked for no acknowledgement. */
template <class Payload>
json::ObjectWriter answer(const IncomingEvent &event, const Payload &payload)
{
    return event.ackId ? payload.write() : json::ObjectWriter();
}

/** The same with the request itself. */
template <class Request>
json::ObjectWriter repeat(const IncomingEvent &event, const Request &request)
{
    json::ObjectWriter out;
    if (event.ackId)
        out.members(request.toJson());
    return out;
}

/** A request has one argument. */
inline QJsonValue payloadOf(const IncomingEvent &event)
{
    const QJsonArray args = event.args.toArray();
    return args.isEmpty() ? QJsonValue(QJsonValue::Undefined) : args.first();
}

template <class Request>
Result<Request> requestOf(const IncomingEvent &event)
{
    if constexpr (requires(json::Cursor & cursor) { Request::read(cursor); }) {
        const QByteArray args = event.args.text();
        json::Cursor cursor(args);
        if (cursor.enterArray()) {
            if (auto plain = Request::read(cursor))
                return *std::move(plain);
        }
    }
    return Request::fromJson(payloadOf(event));
}

} // namespace dialogue
