#pragma once

#include <chrono>

namespace dialogue::client {

/**
 * How long the machine has slept since some fixed moment: it grows by the length of each sleep. The clocks
 * that timers run by stand still meanwhile, so a timer alone does not notice.
 */
std::chrono::milliseconds timeAsleep();

} // namespace dialogue::client
