#include "client/connection/roomtracker.h"

#include <algorithm>

namespace dialogue::client {

namespace {

Gap::Reason reasonOf(const protocol::Gap &gap)
{
    return gap.reason == protocol::GapReason::Replaced ? Gap::Reason::Replaced : Gap::Reason::Dropped;
}

} // namespace

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
    m_told = {};

    // Only a claim that fits what was asked: a server cannot go on with a log that is another one.
    const bool goesOn = sameLog && now.offset >= before.offset;
    if (again && before.isValid() && goesOn && reply.recovered.value_or(false)) {
        m_seen = before.offset;
        return std::nullopt;
    }

    m_position = now;
    m_seen = now.offset;
    if (!again)
        return std::nullopt;
    if (!now.isValid()) // it keeps no log; whether something was missed, nobody knows
        return Gap{};
    if (!before.isValid() || !goesOn)
        m_told = {.from = 1, .to = now.offset, .newLog = true};
    else if (now.offset > before.offset)
        m_told = {.from = before.offset + 1, .to = now.offset};
    else
        return std::nullopt;
    return m_told;
}

std::optional<Gap> RoomTracker::dropped(const protocol::Gap &gap)
{
    m_position.offset = std::max(m_position.offset, gap.offsets.to);
    if (gap.offsets.from >= m_told.from && gap.offsets.to <= m_told.to)
        return std::nullopt;
    return Gap{.from = gap.offsets.from, .to = gap.offsets.to, .reason = reasonOf(gap)};
}

bool RoomTracker::accept(quint64 offset)
{
    if (offset == 0)
        return true;
    if (offset <= m_seen)
        return false;
    m_seen = offset;
    m_position.offset = std::max(m_position.offset, offset);
    return true;
}

} // namespace dialogue::client
