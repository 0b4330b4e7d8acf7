#include "server/history/publication.h"

#include "core/protocol/dialogue/eventmessage.h"

namespace dialogue {

QByteArrayView Publication::json() const
{
    // 42["dialogue:event",{...}] or 451-["dialogue:event",{...}]
    const QByteArrayView text = frame->payload(frame->messages().front());
    return text.sliced(text.indexOf(',') + 1).chopped(1);
}

qsizetype Publication::attachmentCount() const
{
    return static_cast<qsizetype>(frame->messages().size()) - 1;
}

QList<QByteArray> Publication::attachments() const
{
    QList<QByteArray> list;
    list.reserve(attachmentCount());
    for (const Frame::Message &message : frame->messages().subspan(1))
        list.append(frame->payload(message).toByteArray());
    return list;
}

EventMessage Publication::message(const QString &roomId) const
{
    EventMessage message = protocol::decodeEventMessage(json());
    message.event = event;
    message.roomId = roomId;
    message.attachments = attachments();
    return message;
}

} // namespace dialogue
