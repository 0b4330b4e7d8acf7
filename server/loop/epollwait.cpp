#include "server/loop/epollwait.h"

#include <algorithm>
#include <cerrno>
#include <climits>

namespace dialogue {

namespace {

using namespace std::chrono;

bool isWhole(nanoseconds timeout) { return timeout == floor<milliseconds>(timeout); }

int waitFinely(int epoll, std::span<epoll_event> events, nanoseconds timeout)
{
    const auto whole = floor<seconds>(timeout);
    const timespec limit{static_cast<time_t>(whole.count()), static_cast<long>((timeout - whole).count())};
    return epoll_pwait2(epoll, events.data(), int(events.size()), &limit, nullptr);
}

} // namespace

int inMilliseconds(std::optional<nanoseconds> timeout)
{
    return timeout ? int(std::min<long long>(ceil<milliseconds>(*timeout).count(), INT_MAX)) : -1;
}

int epollWait(int epoll, std::span<epoll_event> events, std::optional<nanoseconds> timeout)
{
    if (timeout && !isWhole(*timeout)) {
        const int count = waitFinely(epoll, events, *timeout);
        if (count >= 0 || errno == EINTR)
            return std::max(count, 0);
    }
    return std::max(epoll_wait(epoll, events.data(), int(events.size()), inMilliseconds(timeout)), 0);
}

} // namespace dialogue
