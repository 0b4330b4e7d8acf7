#include "server/tcp/listensocket.h"

#include "core/base/logging.h"
#include "server/tcp/tcplistening.h"

#include <QTcpServer>

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace dialogue {

namespace {

Error listenError(ErrorCode code, const QString &message, const QString &path = QStringLiteral("host"))
{
    return {code, message, path};
}

/** What is accepted inherits it (on Linux), which saves a system call for each. */
void setOption(int descriptor, int level, int option, const char *name)
{
    const int on = 1;
    if (::setsockopt(descriptor, level, option, &on, sizeof on) != 0)
        qCWarning(lcNet, "Cannot set %s: %s; connections do without it", name, std::strerror(errno));
}

int optionOf(int descriptor, int option)
{
    int value = -1;
    socklen_t size = sizeof value;
    return ::getsockopt(descriptor, SOL_SOCKET, option, &value, &size) == 0 ? value : -1;
}

/** What \a descriptor is, where it is not a stream socket of TCP or Unix that listens; else empty. */
QString whyUnfit(int descriptor)
{
    const int domain = optionOf(descriptor, SO_DOMAIN);
    if (domain < 0)
        return ::fcntl(descriptor, F_GETFD) < 0 ? QStringLiteral("is not open")
                                                : QStringLiteral("is no socket");
    const bool isUnix = domain == AF_UNIX;
    if (!isUnix && domain != AF_INET && domain != AF_INET6)
        return QStringLiteral("is a socket neither of TCP nor of Unix");
    if (optionOf(descriptor, SO_TYPE) != SOCK_STREAM)
        return QStringLiteral("is a socket of datagrams");
    if (!isUnix && optionOf(descriptor, SO_PROTOCOL) != IPPROTO_TCP)
        return QStringLiteral("is a socket of another protocol than TCP");
    if (optionOf(descriptor, SO_ACCEPTCONN) != 1)
        return QStringLiteral("is a socket that does not listen");
    return {};
}

} // namespace

Result<ListenSocket> ListenSocket::tcp(const QString &host, quint16 port)
{
    QTcpServer server;
    if (const Result<void> listening = listenOn(server, host, port); !listening)
        return listening.error();
    // Its own goes with it; what listens is one and the same.
    const int descriptor = ::fcntl(int(server.socketDescriptor()), F_DUPFD_CLOEXEC, 0);
    if (descriptor < 0) {
        return listenError(ErrorCode::IoError,
                           QStringLiteral("cannot listen on %1: %2")
                               .arg(host, QString::fromLocal8Bit(std::strerror(errno))));
    }
    return adopt(descriptor);
}

Result<ListenSocket> ListenSocket::adopt(int descriptor)
{
    ListenSocket socket(descriptor);
    if (const QString why = whyUnfit(descriptor); !why.isEmpty()) {
        return listenError(
            ErrorCode::ConfigError,
            QStringLiteral("descriptor %1, which was handed over, %2; a stream socket of TCP or Unix that "
                           "listens is expected (systemd: ListenStream=, and Accept=no)")
                .arg(descriptor)
                .arg(why),
            QStringLiteral("host"));
    }
    ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
    if (const Result<void> read = socket.readName(); !read)
        return read.error();
    if (!socket.m_unix) {
        setOption(descriptor, IPPROTO_TCP, TCP_NODELAY, "TCP_NODELAY");
        setOption(descriptor, SOL_SOCKET, SO_KEEPALIVE, "SO_KEEPALIVE");
    }
    return socket;
}

ListenSocket::ListenSocket(ListenSocket &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_unix(other.m_unix)
    , m_port(other.m_port)
    , m_address(other.m_address)
    , m_path(std::move(other.m_path))
    , m_inode(std::exchange(other.m_inode, 0))
{ }

ListenSocket &ListenSocket::operator=(ListenSocket &&other) noexcept
{
    if (this == &other)
        return *this;
    close();
    m_descriptor = std::exchange(other.m_descriptor, -1);
    m_unix = other.m_unix;
    m_port = other.m_port;
    m_address = std::move(other.m_address);
    m_path = std::move(other.m_path);
    m_inode = std::exchange(other.m_inode, 0);
    return *this;
}

ListenSocket::~ListenSocket() { close(); }

} // namespace dialogue
