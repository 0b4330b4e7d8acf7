#pragma once

#include "server/loop/epolldispatcher.h"

#include "epollapplication.h"

#include <QTest>

#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace dialogue {

/** Two connected sockets, non-blocking, closed at the end. */
struct Pair
{
    Pair()
    {
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds.data()) < 0)
            qFatal("No pair of sockets: %s", std::strerror(errno));
    }
    ~Pair()
    {
        close(0);
        close(1);
    }
    void close(std::size_t end)
    {
        if (fds[end] >= 0)
            ::close(std::exchange(fds[end], -1));
    }
    void write(std::size_t end, const char *text = "x") { QCOMPARE(::write(fds[end], text, 1), 1); }
    void read(std::size_t end)
    {
        char byte = 0;
        QCOMPARE(::read(fds[end], &byte, 1), 1);
    }
    std::array<int, 2> fds{-1, -1};
};

/** The one under test, which is that of the process. */
inline EpollDispatcher *dispatcher()
{
    return qobject_cast<EpollDispatcher *>(QAbstractEventDispatcher::instance());
}

inline void turn() { QCoreApplication::processEvents(); }

} // namespace dialogue
