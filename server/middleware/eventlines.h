#pragma once

#include "core/event/eventmessage.h"

#include <QString>

#include <chrono>
#include <optional>

namespace dialogue {

/** The lines that tell of events, so many a second at most. */
class EventLines
{
public:
    using Clock = std::chrono::steady_clock;

    explicit EventLines(int perSecond)
        : m_perSecond(perSecond)
    { }

    struct Leave
    {
        int leftOut = 0; ///< Lines, since the last that was written.
    };
    /** Nothing: there were enough in this second. */
    [[nodiscard]] std::optional<Leave> take(Clock::time_point now);

    /** "message" in "chat" by "ann" (id "7f3"): 17 bytes of data */
    [[nodiscard]] static QString lineOf(const EventMessage &message, const Leave &leave);

private:
    const int m_perSecond;
    Clock::time_point m_second;
    int m_lines = 0;
    int m_leftOut = 0;
};

} // namespace dialogue
