#include "server/rooms/historypacket.h"

#include "core/base/bytes.h"
#include "core/protocol/dialogue/eventmessage.h"

namespace dialogue {

namespace {

/** Recurses as deep as \a value is nested, which parsing has bounded (json::MaxDepth). */
QJsonValue shiftPlaceholders(const QJsonValue &value, int by)
{
    if (value.isArray()) {
        QJsonArray array = value.toArray();
        for (auto element : array)
            element = shiftPlaceholders(element, by);
        return array;
    }
    if (!value.isObject())
        return value;
    QJsonObject object = value.toObject();
    if (object.value(QLatin1String("_placeholder")).toBool()) {
        object[QLatin1String("num")] = object.value(QLatin1String("num")).toInt() + by;
        return object;
    }
    for (auto it = object.begin(); it != object.end(); ++it)
        it.value() = shiftPlaceholders(it.value(), by);
    return object;
}

/** The envelope of \a message as it stands behind \a by attachments of others. */
QByteArray shifted(EventMessage message, int by)
{
    message.data = shiftPlaceholders(message.data, by);
    message.meta = shiftPlaceholders(message.meta, by).toObject();
    return protocol::encodeEventMessage(message);
}

} // namespace

bool HistoryPacket::isLeftOut(const QString &event)
{
    if (m_filter(event))
        return false;
    ++m_skipped;
    return true;
}

bool HistoryPacket::add(const Publication &publication)
{
    if (m_filter && isLeftOut(publication.event()))
        return true;
    if (publication.attachmentCount() == 0)
        return add(publication.json(), {});
    return addAsKept(publication.json(), publication.attachments());
}

bool HistoryPacket::add(const KeptEvent &event)
{
    if (m_filter && isLeftOut(protocol::decodeEventMessage(event.json).event))
        return true;
    return addAsKept(event.json, event.attachments);
}

bool HistoryPacket::addAsKept(QByteArrayView json, const QList<QByteArray> &attachments)
{
    if (shift() == 0 || attachments.isEmpty())
        return add(json, attachments);
    return add(shifted(protocol::decodeEventMessage(json), shift()), attachments);
}

bool HistoryPacket::add(const EventMessage &message)
{
    if (m_filter && isLeftOut(message.event))
        return true;
    const bool shifts = shift() > 0 && !message.attachments.isEmpty();
    return add(shifts ? shifted(message, shift()) : protocol::encodeEventMessage(message),
               message.attachments);
}

bool HistoryPacket::add(QByteArrayView envelope, const QList<QByteArray> &attachments)
{
    qint64 size = m_size + envelope.size();
    for (const QByteArray &attachment : attachments)
        size += attachment.size();
    const bool fits
        = size <= m_limits.bytes && m_attachments.size() + attachments.size() <= m_limits.attachments;
    m_full = !fits && m_count > 0;
    if (m_full)
        return false;
    m_size = size;
    m_text += m_count++ > 0 ? ',' : '[';
    appendBytes(m_text, envelope);
    m_attachments.append(attachments);
    return true;
}

JsonData HistoryPacket::events() const
{
    return JsonData::fromText(m_count > 0 ? m_text + ']' : QByteArrayLiteral("[]"));
}

} // namespace dialogue
