#include "core/protocol/dialogue/eventmessage.h"

#include "core/json/cursor.h"
#include "core/json/objectwriter.h"
#include "core/protocol/dialogue/keys_p.h"
#include "core/protocol/dialogue/reader_p.h"

namespace dialogue::protocol {

QByteArray encodeEventMessage(const EventMessage &message)
{
    constexpr qsizetype keysAndNumbers = 160;
    json::ObjectWriter out(keysAndNumbers + message.event.size() + message.roomId.size() + message.from.size()
                           + message.id.size() + message.data.ownText().size());
    out.string(keys::event, message.event);
    out.string(keys::roomId, message.roomId);
    out.value(keys::data, message.data);
    out.string(keys::from, message.from);
    out.number(keys::timestamp, message.timestamp);
    if (!message.meta.isEmpty())
        out.value(keys::meta, message.meta);
    if (!message.id.isEmpty())
        out.string(keys::id, message.id);
    if (message.offset != 0)
        out.number(keys::offset, static_cast<qint64>(message.offset));
    return out.take();
}

namespace {

QString text(json::Cursor &in)
{
    const std::optional<json::StringToken> token = in.string();
    return token ? token->decoded() : QString();
}

void decodeMember(json::Cursor &in, EventMessage &message)
{
    const auto is = [&in](QLatin1String key) { return in.key().is({key.data(), key.size()}); };
    if (is(keys::event))
        message.event = text(in);
    else if (is(keys::roomId))
        message.roomId = text(in);
    else if (is(keys::data))
        message.data = JsonData::fromText(in.skip().toByteArray());
    else if (is(keys::from))
        message.from = text(in);
    else if (is(keys::timestamp))
        message.timestamp = static_cast<qint64>(in.number().value_or(0));
    else if (is(keys::meta))
        message.meta = JsonData::fromText(in.skip().toByteArray()).toObject();
    else if (is(keys::id))
        message.id = text(in);
    else if (is(keys::offset))
        message.offset = static_cast<quint64>(in.number().value_or(0));
    else
        in.skip();
}

} // namespace

EventMessage decodeEventMessage(QByteArrayView text)
{
    EventMessage message;
    json::Cursor in(text, std::numeric_limits<int>::max()); // As deep as it was written.
    for (bool more = in.enterObject(); more; more = in.nextMember())
        decodeMember(in, message);
    return in.failed() ? EventMessage() : message;
}

Result<EventMessage> eventMessageFromJson(const QJsonValue &json, const QString &path)
{
    Reader in(json, path);
    EventMessage message{.event = in.string(keys::event, {.least = 1}),
                         .roomId = in.string(keys::roomId, {.least = 1}),
                         .data = in.has(keys::data) ? in.value(keys::data) : QJsonValue(QJsonValue::Null),
                         .from = in.string(keys::from),
                         .timestamp = in.integer(keys::timestamp, -MaxSafeInteger, MaxSafeInteger)};
    message.meta = in.optionalObject(keys::meta);
    message.id = in.optionalString(keys::id);
    message.offset = static_cast<quint64>(in.optionalInteger(keys::offset, 0, MaxSafeInteger).value_or(0));
    return in.finish(std::move(message));
}

Result<QList<EventMessage>> eventMessagesFromJson(const QJsonArray &envelopes,
                                                  const QList<QByteArray> &attachments, const QString &path)
{
    QList<EventMessage> messages;
    messages.reserve(envelopes.size());
    for (qsizetype i = 0; i < envelopes.size(); ++i) {
        Result<EventMessage> message = eventMessageFromJson(envelopes.at(i), elementPath(path, i));
        if (!message)
            return message.error();
        messages.append(*std::move(message));
        messages.last().attachments = attachments;
    }
    return messages;
}

} // namespace dialogue::protocol
