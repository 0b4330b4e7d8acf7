#include "server/fanout/roomstream.h"

#include <algorithm>
#include <limits>

namespace dialogue {

namespace {

constexpr quint64 LastOffset = std::numeric_limits<qint64>::max();

} // namespace

RoomStream::RoomStream(QString roomId, const Encoding &encoding, std::shared_ptr<LossCounters> losses)
    : FrameStream(std::move(losses))
    , m_roomId(std::move(roomId))
    , m_encoding(encoding)
    , m_largest(encoding.encodeGap(m_roomId, LastOffset, LastOffset, GapReason::Replaced)->bytes().size())
{ }

FramePtr RoomStream::gapFrame(quint64 from, quint64 to, GapReason reason) const
{
    const std::lock_guard lock(m_mutex);
    if (!m_last.frame || m_last.from != from || m_last.to != to || m_last.reason != reason)
        m_last = {from, to, reason, m_encoding.encodeGap(m_roomId, from, to, reason)};
    return m_last.frame;
}

RoomStreamPtr RoomStream::in(const Encoding &encoding) const
{
    if (&encoding == &m_encoding)
        return shared_from_this();
    const std::lock_guard lock(m_mutex);
    const auto has = [&encoding](const auto &stream) { return &stream->m_encoding == &encoding; };
    if (const auto found = std::ranges::find_if(m_others, has); found != m_others.end())
        return *found;
    return m_others.emplace_back(std::make_shared<RoomStream>(m_roomId, encoding, losses()));
}

} // namespace dialogue
