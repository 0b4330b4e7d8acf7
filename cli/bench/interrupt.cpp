#include "cli/bench/interrupt.h"

#include <csignal>

namespace dialogue::bench {

namespace {

volatile std::sig_atomic_t requested = 0; // a signal handler can reach nothing else

void onSignal(int) { requested = 1; }

void handle(void (*handler)(int), int flags)
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = flags;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

} // namespace

Interrupt::Interrupt()
{
    requested = 0;
    handle(onSignal, static_cast<int>(SA_RESETHAND)); // without SA_RESTART: epoll_wait returns at once
}

Interrupt::~Interrupt() { handle(SIG_DFL, 0); }

bool Interrupt::isRequested() const { return requested != 0; }

} // namespace dialogue::bench
