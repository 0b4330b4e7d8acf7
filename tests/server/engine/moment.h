#pragma once

#include "server/loop/deadlines.h"

#include <functional>

namespace dialogue::engineio::test {

/** Calls a function when its time has come. A queue calls all that is in it in the order in which it is due,
 * be the machine as slow as it likes: compare that order, not times. */
class Moment final : public Deadline
{
public:
    Moment(DeadlineQueue *queue, std::chrono::milliseconds delay, std::function<void()> function)
        : m_function(std::move(function))
    {
        schedule(queue, delay);
    }

protected:
    void expired() override { m_function(); }

private:
    std::function<void()> m_function;
};

} // namespace dialogue::engineio::test
