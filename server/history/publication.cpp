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

qint64 Publication::heapSize() const
{
    constexpr qint64 allocation = 16; // What the allocator takes for itself, and what it rounds up to.
    constexpr qint64 ownAllocations
        = 2 * allocation + sizeof(Frame) + 2 * sizeof(void *) + sizeof(QArrayData);
    const qsizetype attached = attachmentCount();
    return ownAllocations + frame->bytes().capacity() + frame->key().capacity()
        + (attached > 0 ? allocation + (1 + attached) * qsizetype(sizeof(Frame::Message)) : 0);
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
