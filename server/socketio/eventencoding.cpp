#include "server/socketio/eventencoding.h"

#include "core/json/objectwriter.h"
#include "core/protocol/dialogue/names.h"
#include "server/fanout/publication.h"
#include "server/socketio/packetframes.h"

namespace dialogue::socketio {

namespace {

QString nameOf(GapReason reason)
{
    return reason == GapReason::Replaced ? QStringLiteral("replaced") : QStringLiteral("dropped");
}

} // namespace

std::shared_ptr<Frame> EventEncoding::encode(const Publication &publication) const
{
    return keep(publication.json(), publication.attachments());
}

std::shared_ptr<Frame> EventEncoding::keep(QByteArrayView json, const QList<QByteArray> &attachments) const
{
    return encodedEventFrame(protocol::names::event, json, attachments);
}

QByteArrayView EventEncoding::jsonIn(const Frame &frame) const
{
    // 42["dialogue:event",{...}] or 451-["dialogue:event",{...}]
    const QByteArrayView text = frame.payload(frame.messages().front());
    return text.sliced(text.indexOf(',') + 1).chopped(1);
}

std::shared_ptr<Frame> EventEncoding::encodeGap(const QString &roomId, quint64 from, quint64 to,
                                                GapReason reason) const
{
    json::ObjectWriter gap;
    gap.string(QLatin1String("roomId"), roomId);
    gap.number(QLatin1String("from"), static_cast<qint64>(from));
    gap.number(QLatin1String("to"), static_cast<qint64>(to));
    gap.string(QLatin1String("reason"), nameOf(reason));
    return encodedEventFrame(protocol::names::gap, gap.take());
}

} // namespace dialogue::socketio
