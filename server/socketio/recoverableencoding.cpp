#include "server/socketio/recoverableencoding.h"

#include "core/protocol/dialogue/names.h"
#include "server/auth/placetext.h"
#include "server/fanout/publication.h"
#include "server/socketio/eventencoding.h"
#include "server/socketio/packetframes.h"

namespace dialogue::socketio {

std::shared_ptr<Frame> RecoverableEncoding::encode(const Publication &publication) const
{
    const QByteArray place = placeText({.run = m_run, .seq = publication.departure().nothingMissingUpTo});
    QByteArray arguments;
    arguments.reserve(publication.json().size() + place.size() + 3);
    arguments.append(publication.json()).append(",\"").append(place).append('"');
    return encodedEventFrame(protocol::names::event, arguments, publication.attachments());
}

std::shared_ptr<Frame> RecoverableEncoding::encodeGap(const QString &roomId, quint64 from, quint64 to,
                                                      GapReason reason) const
{
    return eventEncoding().encodeGap(roomId, from, to, reason);
}

} // namespace dialogue::socketio
