#include "client/connection/roomtracker.h"

#include <algorithm>

namespace dialogue::client {

RoomTracker::RoomTracker(const std::optional<RoomPosition> &since)
    : m_position(since.value_or(RoomPosition()))
    , m_everJoined(since.has_value())
{ }

std::optional<RoomPosition> RoomTracker::since() const
{
    if (!m_position.isValid())
        return std::nullopt;
    return m_position;
}

std::optional<Gap> RoomTracker::joined(const protocol::Joined &reply)
{
    const RoomPosition before = m_position;
    const RoomPosition now{reply.position.epoch, reply.position.offset};
    const bool again = std::exchange(m_everJoined, true);
    const bool sameLog = before.epoch == now.epoch;

    // Only a claim that fits what was asked: a server cannot go on with a log that is another one.
    const bool goesOn = sameLog && now.offset >= before.offset;
    if (again && before.isValid() && goesOn && reply.recovered.value_or(false))
        return std::nullopt;

    m_position = now;
    if (!again)
        return std::nullopt;
    if (!now.isValid()) // it keeps no log; whether something was missed, nobody knows
        return Gap{};
    if (!before.isValid() || !goesOn)
        return Gap{.from = 1, .to = now.offset, .newLog = true};
    if (now.offset == before.offset)
        return std::nullopt;
    return Gap{.from = before.offset + 1, .to = now.offset};
}

void RoomTracker::recovered(quint64 offset) { m_position.offset = std::max(m_position.offset, offset); }

bool RoomTracker::accept(quint64 offset)
{
    if (offset == 0)
        return true;
    if (offset <= m_position.offset)
        return false;
    m_position.offset = offset;
    return true;
}

} // namespace dialogue::client
