#pragma once

#include <chrono>
#include <optional>
#include <span>

#include <sys/epoll.h>

namespace dialogue {

/** For poll(2) and its like: rounded up, -1 for as long as it takes. */
int inMilliseconds(std::optional<std::chrono::nanoseconds> timeout);

/** epoll_wait(2) for \a timeout, or for as long as it takes; how many of \a events it filled in. To the
 * nanosecond where the kernel has epoll_pwait2 (Linux 5.11) and the sandbox allows it, else to the
 * millisecond, rounded up. */
int epollWait(int epoll, std::span<epoll_event> events, std::optional<std::chrono::nanoseconds> timeout);

} // namespace dialogue
