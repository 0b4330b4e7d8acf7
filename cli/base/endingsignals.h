#pragma once

#include <csignal>

namespace dialogue::cli {

/** The signals that ask a command to end: Ctrl-C and SIGTERM. */
inline sigset_t endingSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

} // namespace dialogue::cli
