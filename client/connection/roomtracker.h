#pragma once

#include "client/roominfo.h"
#include "core/protocol/dialogue/replies.h"

#include <optional>

namespace dialogue::client {

/**
 * Where in one room's log this client is; decides what is new, what is a duplicate, and what is lost.
 *
 * Offsets count all events of a room, of which a client gets those it subscribed to: a jump is no gap. A gap
 * is what the server says it cannot recover, or a log begun anew.
 */
class RoomTracker
{
public:
    /** \a since: go on after this place. */
    explicit RoomTracker(const std::optional<RoomPosition> &since = {});

    /** What to ask for when joining; nothing: whatever comes from now on. */
    [[nodiscard]] std::optional<RoomPosition> since() const;
    [[nodiscard]] const RoomPosition &position() const { return m_position; }

    /** The server's answer to a join that asked for since(). */
    std::optional<Gap> joined(const protocol::Joined &reply);
    /** All that a join recovered has come: everything up to \a offset, where it found the log. */
    void recovered(quint64 offset);
    /** False for what was seen already. Events without an offset are new. */
    bool accept(quint64 offset);

private:
    RoomPosition m_position;
    bool m_everJoined = false;
};

} // namespace dialogue::client
