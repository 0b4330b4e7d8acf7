#include "server/app/processsignals.h"

#include <QSocketNotifier>

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace dialogue {

namespace {

constexpr std::array handled{SIGTERM, SIGINT, SIGHUP};

// A signal handler has no other way to know where to write.
volatile std::sig_atomic_t writeEnd = -1; // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)

void onSignal(int signal)
{
    const char byte = static_cast<char>(signal);
    [[maybe_unused]] const auto written = ::write(writeEnd, &byte, 1);
}

} // namespace

ProcessSignals::ProcessSignals(QObject *parent)
    : QObject(parent)
{
    if (::pipe2(m_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        qFatal("pipe2 failed: the process is out of file descriptors");
    writeEnd = m_pipe[1];
    m_notifier = std::make_unique<QSocketNotifier>(m_pipe[0], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        bool hangUp = false;
        bool stop = false;
        for (char byte = 0; ::read(m_pipe[0], &byte, 1) == 1;)
            (byte == SIGHUP ? hangUp : stop) = true;
        if (hangUp)
            Q_EMIT hungUp();
        if (stop)
            Q_EMIT stopRequested();
    });
    struct sigaction action = {};
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    for (const int signal : handled)
        ::sigaction(signal, &action, nullptr);
    ::signal(SIGPIPE, SIG_IGN);
}

ProcessSignals::~ProcessSignals()
{
    for (const int signal : handled)
        ::signal(signal, SIG_DFL);
    writeEnd = -1;
    m_notifier.reset();
    ::close(m_pipe[0]);
    ::close(m_pipe[1]);
}

} // namespace dialogue
