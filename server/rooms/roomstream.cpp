#include "server/rooms/roomstream.h"

#include "core/json/objectwriter.h"
#include "server/socketio/packetframes.h"

#include <limits>

namespace dialogue {

namespace {

constexpr QLatin1String Gap("dialogue:gap");
constexpr quint64 LastOffset = std::numeric_limits<qint64>::max();

QString nameOf(GapReason reason)
{
    return reason == GapReason::Replaced ? QStringLiteral("replaced") : QStringLiteral("dropped");
}

} // namespace

RoomStream::RoomStream(const QString &roomId)
    : m_roomId(roomId)
    , m_largest(RoomStream::makeFrame(LastOffset, LastOffset, GapReason::Replaced)->bytes().size())
{ }

FramePtr RoomStream::gapFrame(quint64 from, quint64 to, GapReason reason) const
{
    const std::lock_guard lock(m_mutex);
    if (!m_last.frame || m_last.from != from || m_last.to != to || m_last.reason != reason)
        m_last = {from, to, reason, makeFrame(from, to, reason)};
    return m_last.frame;
}

FramePtr RoomStream::makeFrame(quint64 from, quint64 to, GapReason reason) const
{
    json::ObjectWriter gap;
    gap.string(QLatin1String("roomId"), m_roomId);
    gap.number(QLatin1String("from"), static_cast<qint64>(from));
    gap.number(QLatin1String("to"), static_cast<qint64>(to));
    gap.string(QLatin1String("reason"), nameOf(reason));
    return encodedEventFrame(Gap, gap.take());
}

} // namespace dialogue
