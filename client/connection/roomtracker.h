#pragma once

#include "client/roominfo.h"
#include "core/protocol/dialogue/replies.h"

#include <optional>

namespace dialogue::client {

/**
 * Where in one room's log this client is; decides what is new, what is a duplicate, and what is lost.
 *
 * Offsets count all events of a room, of which a client gets those it subscribed to: a jump is no gap. A gap
 * is what the server says it cannot recover or has dropped, or a log begun anew.
 *
 * Two places are kept. Up to the position everything was seen, or told to be missing: that is not asked for
 * again. Up to the last event seen nothing is new: a gap may reach beyond it, over events that come yet.
 */
class RoomTracker
{
public:
    /** \a since: go on after this place. */
    explicit RoomTracker(const std::optional<RoomPosition> &since = {});

    /** What to ask for when joining; nothing: whatever comes from now on. */
    [[nodiscard]] std::optional<RoomPosition> since() const;
    [[nodiscard]] const RoomPosition &position() const { return m_position; }

    /**
     * The server's answer to a join that asked for since(). Where it recovers, the place moves on with the
     * events that come, and not before: the answer may be ahead of them.
     */
    std::optional<Gap> joined(const protocol::Joined &reply);
    /** The server's word that it dropped something; nothing where that was told already. */
    std::optional<Gap> dropped(const protocol::Gap &gap);
    /** False for what was seen already. Events without an offset are new, and move nothing. */
    bool accept(quint64 offset);

private:
    RoomPosition m_position;
    quint64 m_seen = 0; ///< The last event seen; the position is here or further on.
    Gap m_told = {}; ///< What the last join lost.
    bool m_everJoined = false;
};

} // namespace dialogue::client
