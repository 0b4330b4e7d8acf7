#pragma once

#include <QByteArray>

#include <csignal>
#include <functional>

#include <sys/wait.h>
#include <unistd.h>

namespace dialogue::test {

/**
 * What a process says on stderr that does \a deed, when it dies of an assertion; empty where it lives on. Not
 * where other threads run: the process is a fork of this one.
 */
inline QByteArray lastWordsOf(const std::function<void()> &deed)
{
    int ends[2];
    if (::pipe(ends) != 0)
        qFatal("pipe failed");
    const pid_t child = ::fork();
    if (child < 0)
        qFatal("fork failed");
    if (child == 0) {
        ::dup2(ends[1], STDERR_FILENO);
        ::close(ends[0]);
        std::signal(SIGABRT, SIG_DFL); // QtTest's shows a stack trace.
        qInstallMessageHandler(nullptr);
        deed();
        ::_exit(0);
    }
    ::close(ends[1]);
    QByteArray words;
    char buffer[4096];
    for (ssize_t size = 0; (size = ::read(ends[0], buffer, sizeof buffer)) > 0;)
        words.append(buffer, size);
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT ? words : QByteArray();
}

} // namespace dialogue::test
