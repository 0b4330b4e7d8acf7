#pragma once

#include "server/loop/deadlines.h"

#include <chrono>
#include <optional>

namespace dialogue::engineio {

/** Told when it is time. Either call may destroy nothing but stop the heartbeat. */
class HeartbeatListener
{
public:
    virtual ~HeartbeatListener() = default;
    virtual void pingDue() = 0;
    virtual void pongMissing() = 0;
};

/** When to ping a session and when to give it up: a ping one interval after the opening and after each pong.
 */
class Heartbeat
{
public:
    Heartbeat(DeadlineQueue *deadlines, std::chrono::milliseconds interval, std::chrono::milliseconds timeout,
              HeartbeatListener *listener);

    void start();
    void stop() { m_deadline.cancel(); }
    void pong();
    /** Another packet shows that the client lives and its pong may be behind it: once per ping the time-out
     * begins anew, as in the reference. */
    void packet();
    /** While \a forgiving, a missing pong is waited for anew: we do not read, so we cannot know. */
    void setForgiving(bool forgiving);
    /** Grants the whole time-out again, when a pong may have been lost on its way (upgrade). */
    void extend();

    /** The pong is overdue, or will be in a moment: a request that comes now comes too late, even where the
     * thread was too busy to notice. */
    [[nodiscard]] bool isOverdue() const;
    /** From the last ping to its pong; nothing: there has been none yet. */
    [[nodiscard]] std::optional<std::chrono::microseconds> roundTrip() const { return m_roundTrip; }

private:
    using Clock = std::chrono::steady_clock;

    void expired();
    void schedule(Clock::time_point due);

    DeadlineQueue *m_deadlines;
    std::chrono::milliseconds m_interval;
    std::chrono::milliseconds m_timeout;
    HeartbeatListener *m_listener;
    MemberDeadline<&Heartbeat::expired, Heartbeat> m_deadline{this};
    Clock::time_point m_due;
    Clock::time_point m_pinged;
    std::optional<std::chrono::microseconds> m_roundTrip;
    bool m_awaitingPong = false;
    bool m_refreshed = false; ///< Since the last ping.
    bool m_forgiving = false;
};

} // namespace dialogue::engineio
