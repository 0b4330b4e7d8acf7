#pragma once

#include <csignal>
#include <initializer_list>

namespace dialogue {

inline sigset_t signalSet(std::initializer_list<int> signals)
{
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : signals)
        sigaddset(&set, signal);
    return set;
}

/** The signals that ask a program to end: Ctrl-C and SIGTERM. */
inline sigset_t endingSignals() { return signalSet({SIGINT, SIGTERM}); }

} // namespace dialogue
