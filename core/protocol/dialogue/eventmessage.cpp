#include "core/protocol/dialogue/eventmessage.h"

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

Result<EventMessage> eventMessageFromJson(const QJsonValue &json, const QString &path)
{
    Reader in(json, path);
    EventMessage message{.event = in.string(keys::event, {.least = 1}),
                         .roomId = in.string(keys::roomId, {.least = 1}),
                         .data = in.has(keys::data) ? in.value(keys::data) : QJsonValue(QJsonValue::Null),
                         .from = in.string(keys::from),
                         .timestamp = in.integer(keys::timestamp, -maxSafeInteger, maxSafeInteger)};
    message.meta = in.optionalObject(keys::meta);
    message.id = in.optionalString(keys::id);
    message.offset = static_cast<quint64>(in.optionalInteger(keys::offset, 0, maxSafeInteger).value_or(0));
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
