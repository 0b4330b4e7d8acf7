#pragma once

#include "server/loop/deadlines.h"

#include <chrono>
#include <functional>
#include <utility>

namespace dialogue {

/** A client that is on its way out, but for its events, which have so long. */
class LeavingClient final : public Deadline
{
public:
    using Call = std::function<void()>;

    /** \a tooLate may be the end of this, as \a left may. */
    LeavingClient(DeadlineQueue &deadlines, std::chrono::milliseconds time, Call tooLate, Call left)
        : m_tooLate(std::move(tooLate))
        , m_left(std::move(left))
    {
        schedule(&deadlines, time);
    }
    /** They are done with. */
    [[nodiscard]] Call takeLeft() { return std::move(m_left); }

private:
    void expired() override { std::exchange(m_tooLate, {})(); }

    Call m_tooLate;
    Call m_left;
};

} // namespace dialogue
