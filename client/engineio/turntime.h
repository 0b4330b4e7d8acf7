#pragma once

#include <chrono>

namespace dialogue::client {

/** What came is told for so long, and then in the next turn of the event loop: an application's handlers take
 * what time they take, and its windows must be painted meanwhile. */
inline constexpr std::chrono::milliseconds TurnTime{4};

/** By a timer, which lets all others have theirs; a posted event would come before them. */
inline constexpr std::chrono::milliseconds AfterATurn{1};

} // namespace dialogue::client
