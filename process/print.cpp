#include "process/print.h"

#include "core/base/foreigntext.h"
#include "process/endingsignals.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstring>

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

constexpr qsizetype MostSaid = 2000; ///< Characters.

/** False when a signal came first. */
bool waitUntilWritable(int descriptor)
{
    std::array<pollfd, 2> polled{{{descriptor, POLLOUT, 0}, {-1, POLLIN, 0}}};
    if (poll(polled.data(), 1, 0) > 0)
        return true;
    // While HeldSignals live the signals are blocked: they interrupt no system call, but show here.
    // They are not read, and so stay for it.
    const sigset_t signals = endingSignals();
    polled[1].fd = signalfd(-1, &signals, SFD_CLOEXEC);
    const int ready = poll(polled.data(), polled.size(), -1);
    if (polled[1].fd >= 0)
        close(polled[1].fd);
    return ready > 0 && polled[0].revents != 0;
}

/** 0 or what went wrong, as errno; EINTR for a signal. */
int writeAll(int descriptor, QByteArrayView text)
{
    while (!text.isEmpty()) {
        if (!waitUntilWritable(descriptor))
            return EINTR;
        // A pipe that can be written to takes so much without blocking.
        const auto size = static_cast<std::size_t>(std::min<qsizetype>(text.size(), PIPE_BUF));
        const ssize_t written = write(descriptor, text.data(), size);
        if (written < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (written < 0)
            return errno;
        text = text.sliced(written);
    }
    return 0;
}

} // namespace

Printed print(const QByteArray &text)
{
    switch (const int error = writeAll(STDOUT_FILENO, text)) {
    case 0:
        return Printed::Whole;
    case EPIPE:
        return Printed::NobodyReads;
    case EINTR:
        return Printed::Interrupted;
    default:
        // NOLINTNEXTLINE(concurrency-mt-unsafe): one thread writes
        say(u"standard output: %1"_s.arg(QString::fromLocal8Bit(std::strerror(error))));
        return Printed::Failed;
    }
}

ExitCode exitCodeOf(Printed printed)
{
    return printed == Printed::Whole || printed == Printed::NobodyReads ? ExitOk : ExitFailed;
}

void say(const QString &text)
{
    const QString most = text.size() > MostSaid ? text.first(MostSaid) + u" ..."_s : text;
    writeAll(STDERR_FILENO,
             QCoreApplication::applicationName().toUtf8() + ": " + printable(most).toUtf8() + '\n');
}

ExitCode wrongUsage(const QString &message, const QString &called)
{
    say(message);
    say(u"try '%1 --help'"_s.arg(called));
    return ExitUsage;
}

} // namespace dialogue
