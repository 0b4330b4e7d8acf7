#include "core/protocol/dialogue/errors.h"

#include "core/protocol/dialogue/keys_p.h"
#include "core/protocol/dialogue/reader_p.h"

namespace dialogue::protocol {

ErrorPayload ErrorPayload::of(const Error &error, const QString &roomId)
{
    return {.code = codeName(error.code),
            .message = error.text(),
            .path = error.path,
            .retryAfter = error.retryAfter,
            .roomId = roomId};
}

Error ErrorPayload::toError() const
{
    const std::optional<ErrorCode> known = codeFromName(code);
    const QString place = path + QLatin1String(": ");
    const QString what = !path.isEmpty() && message.startsWith(place) ? message.mid(place.size()) : message;
    return {.code = known.value_or(ErrorCode::InvalidRequest),
            .message = known ? what : QString::fromUtf8(code) + QLatin1String(": ") + what,
            .path = path,
            .retryAfter = retryAfter};
}

json::ObjectWriter ErrorPayload::write() const
{
    json::ObjectWriter out;
    out.string(keys::code, QString::fromUtf8(code));
    out.string(keys::message, message);
    if (!path.isEmpty())
        out.string(keys::path, path);
    if (retryAfter)
        out.number(keys::retryAfter, retryAfter->count());
    if (!roomId.isEmpty())
        out.string(keys::roomId, roomId);
    return out;
}

Result<ErrorPayload> ErrorPayload::fromJson(const QJsonValue &json, const QString &at)
{
    Reader in(json, at);
    ErrorPayload payload{.code = in.string(keys::code).toUtf8(), .message = in.string(keys::message)};
    payload.path = in.optionalString(keys::path);
    if (const auto wait = in.optionalInteger(keys::retryAfter, 0, maxSafeInteger))
        payload.retryAfter = std::chrono::milliseconds(*wait);
    payload.roomId = in.optionalString(keys::roomId);
    return in.finish(std::move(payload));
}

QByteArray okAck(json::ObjectWriter reply)
{
    reply.boolean(keys::ok, true);
    return reply.take();
}

QByteArray errorAck(const Error &error)
{
    json::ObjectWriter out;
    out.boolean(keys::ok, false);
    out.text(keys::error, ErrorPayload::of(error).write().take());
    return out.take();
}

Result<QJsonObject> readAck(const QJsonValue &ack)
{
    QJsonObject reply = ack.toObject();
    const QJsonValue ok = reply.take(keys::ok);
    if (!ok.isBool())
        return Error{.code = ErrorCode::ParseError,
                     .message = QStringLiteral("An ack must be an object with ok: true or ok: false"),
                     .path = keys::ok};
    if (ok.toBool())
        return reply;
    const Result<ErrorPayload> payload = ErrorPayload::fromJson(reply.value(keys::error), keys::error);
    if (!payload)
        return Error{
            .code = ErrorCode::ParseError, .message = payload.error().message, .path = payload.error().path};
    return payload->toError();
}

} // namespace dialogue::protocol
