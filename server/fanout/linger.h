#pragma once

#include <QtGlobal>

#include <chrono>
#include <optional>

namespace dialogue {

/**
 * Whether a flush waits a little for more frames to share it. Knows no clock and no sockets.
 *
 * To send to a connection costs about the same for one frame and for ten, so one flush of ten is far cheaper
 * than one of a single frame and one of nine. Where frames come in answer to the flush before, as busy
 * clients' do, most are there soon after its end, but seldom with the first of them. So a flush that follows
 * hard on another, and is expensive, may wait for half of what it will take. It goes on doing so while that
 * pays; where it does not, as with frames that come independently of each other and can be kept up with, it
 * is only tried now and then.
 */
class Linger
{
public:
    using Clock = std::chrono::steady_clock;
    using Duration = std::chrono::nanoseconds;

    static constexpr Duration Longest = std::chrono::milliseconds(1); ///< What a frame may lose by it.
    /** Less is not worth the system calls. */
    static constexpr Duration Shortest = std::chrono::microseconds(50);
    static constexpr int Idle = 2; ///< So many times what a flush takes without one: it follows no other.
    static constexpr std::size_t FewConnections = 32; ///< Their flush says little about what one costs.
    static constexpr quint64 WorthIt = 4; ///< It paid if it brought one frame for so many that were there.
    static constexpr int Trust = 8; ///< After it paid, so many may fail in a row.
    static constexpr int TryEvery = 16; ///< Flushes, when it is no longer trusted.

    /** With \a frames for \a connections to be sent at \a now: how long to wait for more; 0: not, or no
     * longer. */
    [[nodiscard]] Duration wait(Clock::time_point now, std::size_t connections, quint64 frames);
    /** What was to be sent has been. */
    void flushed(Clock::time_point began, Clock::time_point ended, std::size_t connections);

private:
    [[nodiscard]] bool begins(Clock::time_point now, Duration cost);
    void waited(quint64 frames);

    Clock::time_point m_lastEnd;
    Duration m_costPerConnection{0};
    std::optional<Clock::time_point> m_until; ///< While it waits.
    quint64 m_framesBefore = 0;
    int m_trust = 0;
    int m_untried = 0;
};

} // namespace dialogue
