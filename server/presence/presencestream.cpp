#include "server/presence/presencestream.h"

#include "core/json/objectwriter.h"
#include "core/protocol/dialogue/names.h"
#include "server/socketio/packetframes.h"

#include <limits>

namespace dialogue {

PresenceStream::PresenceStream(const QString &roomId)
    : m_roomId(roomId)
    , m_largest(PresenceStream::missed(std::numeric_limits<qint64>::max())->bytes().size())
{ }

std::shared_ptr<const Frame> PresenceStream::gapFrame(quint64 from, quint64 to, GapReason reason) const
{
    Q_UNUSED(from)
    Q_UNUSED(reason)
    return missed(to);
}

std::shared_ptr<Frame> PresenceStream::missed(quint64 rev) const
{
    json::ObjectWriter out;
    out.string(QLatin1String("roomId"), m_roomId);
    out.number(QLatin1String("rev"), static_cast<qint64>(rev));
    return encodedEventFrame(protocol::names::presence, out.take());
}

} // namespace dialogue
