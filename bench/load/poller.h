#pragma once

#include <cstdint>

namespace dialogue::bench {

/** Something with a descriptor that a Poller watches; it stays where it is while it is watched. */
class Pollable
{
public:
    virtual void onReady(std::uint32_t events) = 0; ///< EPOLLIN, EPOLLOUT ... of epoll_ctl(2).

protected:
    ~Pollable() = default;
};

/** epoll(7), level-triggered, with a timer finer than epoll_wait's milliseconds. */
class Poller
{
public:
    Poller();
    ~Poller();
    Poller(const Poller &) = delete;
    Poller &operator=(const Poller &) = delete;

    bool watch(int descriptor, std::uint32_t events, Pollable &pollable);
    void change(int descriptor, std::uint32_t events, Pollable &pollable);
    void forget(int descriptor);

    /** Hands out what is ready; waits until \a deadline (clockNow) at the longest, less when a signal comes.
     */
    void turn(std::int64_t deadline);
    void setSpins(bool spins) { m_spins = spins; } ///< Asks again and again instead of sleeping.

private:
    bool m_spins = false;
    int m_epoll = -1;
    int m_timer = -1;
    std::int64_t m_timerDeadline = -1;
};

} // namespace dialogue::bench
