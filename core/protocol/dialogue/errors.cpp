#include "core/protocol/dialogue/errors.h"

#include "core/protocol/dialogue/keys_p.h"
#include "core/protocol/dialogue/reader_p.h"

namespace dialogue::protocol {

namespace {

constexpr qsizetype MostFaults = 20; // that are read; a server has less to say

QByteArray written(const QList<SchemaFault> &faults)
{
    QByteArray json;
    for (const SchemaFault &fault : faults) {
        json::ObjectWriter out;
        out.string(keys::path, fault.path);
        if (!fault.pointer.isNull())
            out.string(keys::pointer, fault.pointer);
        if (!fault.rule.isEmpty())
            out.string(keys::rule, fault.rule);
        out.string(keys::message, fault.message);
        json += (json.isEmpty() ? '[' : ',') + out.take();
    }
    return json + ']';
}

/** Of \a in, an error; what else somebody has under that name is none of ours. */
QList<SchemaFault> readFaults(const Reader &in)
{
    QList<SchemaFault> faults;
    const QJsonArray list = in.value(keys::faults).toArray();
    for (const QJsonValue &each : list) {
        const QJsonValue message = each[keys::message];
        if (!message.isString() || faults.size() == MostFaults)
            continue;
        QString pointer = each[keys::pointer].toString();
        if (pointer.isEmpty()) // All of the data, or not said.
            pointer = each[keys::pointer].isString() ? QStringLiteral("") : QString();
        faults += SchemaFault{.path = each[keys::path].toString(),
                              .pointer = pointer,
                              .rule = each[keys::rule].toString(),
                              .message = message.toString()};
    }
    return faults;
}

} // namespace

ErrorPayload ErrorPayload::of(const Error &error, const QString &roomId)
{
    return {.code = codeName(error.code),
            .message = error.text(),
            .path = error.path,
            .retryAfter = error.retryAfter,
            .faults = error.faults,
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
            .retryAfter = retryAfter,
            .faults = faults};
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
    if (!faults.isEmpty())
        out.text(keys::faults, written(faults));
    if (!roomId.isEmpty())
        out.string(keys::roomId, roomId);
    return out;
}

Result<ErrorPayload> ErrorPayload::fromJson(const QJsonValue &json, const QString &at)
{
    Reader in(json, at);
    ErrorPayload payload{.code = in.string(keys::code).toUtf8(), .message = in.string(keys::message)};
    payload.path = in.optionalString(keys::path);
    if (const auto wait = in.optionalInteger(keys::retryAfter, 0, MaxSafeInteger))
        payload.retryAfter = std::chrono::milliseconds(*wait);
    payload.faults = readFaults(in);
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
