#include "process/heldsignals.h"

#include <sys/signalfd.h>
#include <unistd.h>

namespace dialogue {

HeldSignals::HeldSignals(const sigset_t &signals)
    : m_signals(signals)
{
    pthread_sigmask(SIG_BLOCK, &m_signals, nullptr);
    m_descriptor = signalfd(-1, &m_signals, SFD_NONBLOCK | SFD_CLOEXEC);
    if (m_descriptor < 0)
        qFatal("signalfd failed: the process is out of file descriptors");
}

HeldSignals::~HeldSignals()
{
    // One that print() saw has been answered by ending: it must not end us once more when it is let through.
    while (take() != 0) { }
    close(m_descriptor);
    letThrough();
}

int HeldSignals::take()
{
    signalfd_siginfo info{};
    return read(m_descriptor, &info, sizeof info) == sizeof info ? static_cast<int>(info.ssi_signo) : 0;
}

void HeldSignals::letThrough() { pthread_sigmask(SIG_UNBLOCK, &m_signals, nullptr); }

} // namespace dialogue
