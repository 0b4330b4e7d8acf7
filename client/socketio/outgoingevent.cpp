#include "client/socketio/outgoingevent.h"

#include "core/json/cursor.h"
#include "core/json/writer.h"
#include "core/protocol/socketio/reservedevents.h"

#include <algorithm>

namespace dialogue::client {

namespace {

constexpr int RoomForAckId = 24; // the type digits and an ack id

} // namespace

QByteArray argumentsText(const QString &name, const QList<JsonData> &args)
{
    QByteArray text(1, '[');
    if (!name.isNull())
        json::appendString(text, name);
    for (const JsonData &arg : args) {
        if (arg.isUndefined())
            continue;
        if (text.size() > 1)
            text += ',';
        arg.appendTo(text);
    }
    return text += ']';
}

socketio::Packet packetOf(const OutgoingEvent &event)
{
    using socketio::PacketType;
    return {.type = event.attachments.isEmpty() ? PacketType::Event : PacketType::BinaryEvent,
            .data = JsonData::fromText(argumentsText(event.name, event.args)),
            .attachments = event.attachments};
}

Result<EventSize> checkEvent(const OutgoingEvent &event)
{
    if (socketio::isReservedEvent(event.name))
        return Error{ErrorCode::InvalidRequest,
                     QStringLiteral("'%1' is a name that Socket.IO keeps to itself").arg(event.name)};
    const QByteArray text = socketio::encode(packetOf(event));
    const auto invalid
        = [](const QString &message) { return Error{.code = ErrorCode::InvalidRequest, .message = message}; };
    if (const auto sound = json::check(QByteArrayView(text).sliced(text.indexOf('['))); !sound)
        return invalid(sound.error().message);
    // After the depth, which bounds how far this goes down.
    const auto fits = [&event](const JsonData &arg) {
        return socketio::placeholdersFit(arg, static_cast<int>(event.attachments.size()));
    };
    if (text.contains("_placeholder") && !std::ranges::all_of(event.args, fits))
        return invalid(QStringLiteral("A placeholder names none of the %1 attachments, which count from 0")
                           .arg(event.attachments.size()));
    EventSize size{.text = text.size() + RoomForAckId};
    for (const QByteArray &attachment : event.attachments) {
        size.attachments += attachment.size();
        size.largestAttachment = std::max<qint64>(size.largestAttachment, attachment.size());
    }
    return size;
}

} // namespace dialogue::client
