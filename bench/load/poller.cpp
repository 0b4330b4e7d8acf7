#include "bench/load/poller.h"

#include "bench/load/clock.h"

#include <array>

#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

namespace dialogue::bench {

Poller::Poller()
    : m_epoll(epoll_create1(EPOLL_CLOEXEC))
    , m_timer(timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK))
{
    epoll_event event{.events = EPOLLIN, .data = {.ptr = nullptr}};
    epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_timer, &event);
}

Poller::~Poller()
{
    close(m_timer);
    close(m_epoll);
}

bool Poller::watch(int descriptor, std::uint32_t events, Pollable &pollable)
{
    epoll_event event{.events = events, .data = {.ptr = &pollable}};
    return epoll_ctl(m_epoll, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

void Poller::change(int descriptor, std::uint32_t events, Pollable &pollable)
{
    epoll_event event{.events = events, .data = {.ptr = &pollable}};
    epoll_ctl(m_epoll, EPOLL_CTL_MOD, descriptor, &event);
}

void Poller::forget(int descriptor) { epoll_ctl(m_epoll, EPOLL_CTL_DEL, descriptor, nullptr); }

void Poller::turn(std::int64_t deadline)
{
    const bool isPast = m_spins || deadline <= clockNow();
    if (!isPast && deadline != m_timerDeadline) {
        itimerspec time{};
        time.it_value.tv_sec = static_cast<time_t>(deadline / Second);
        time.it_value.tv_nsec = static_cast<long>(deadline % Second);
        timerfd_settime(m_timer, TFD_TIMER_ABSTIME, &time, nullptr);
        m_timerDeadline = deadline;
    }
    std::array<epoll_event, 512> ready{};
    const int count = epoll_wait(m_epoll, ready.data(), static_cast<int>(ready.size()), isPast ? 0 : -1);
    for (int i = 0; i < count; ++i) {
        const epoll_event &event = ready[static_cast<std::size_t>(i)];
        if (event.data.ptr) {
            static_cast<Pollable *>(event.data.ptr)->onReady(event.events);
            continue;
        }
        std::uint64_t expirations = 0;
        if (read(m_timer, &expirations, sizeof expirations) > 0)
            m_timerDeadline = -1;
    }
}

} // namespace dialogue::bench
