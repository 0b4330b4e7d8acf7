#include "cli/base/interruptsignal.h"

#include "cli/base/endingsignals.h"

#include <QSocketNotifier>

#include <sys/signalfd.h>
#include <unistd.h>

namespace dialogue::cli {

InterruptSignal::InterruptSignal(QObject *parent)
    : QObject(parent)
{
    const sigset_t signals = endingSignals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    m_descriptor = signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
    m_notifier = std::make_unique<QSocketNotifier>(m_descriptor, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        signalfd_siginfo info{};
        if (read(m_descriptor, &info, sizeof info) != sizeof info)
            return;
        m_notifier->setEnabled(false);
        release();
        Q_EMIT requested();
    });
}

InterruptSignal::~InterruptSignal()
{
    m_notifier.reset();
    // One that print() saw has been answered by ending: it must not end us once more when it is let through.
    signalfd_siginfo info{};
    while (read(m_descriptor, &info, sizeof info) == sizeof info) { }
    close(m_descriptor);
    release();
}

void InterruptSignal::release()
{
    const sigset_t signals = endingSignals();
    pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

} // namespace dialogue::cli
