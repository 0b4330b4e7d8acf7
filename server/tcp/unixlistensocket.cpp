#include "server/tcp/directorylock.h"
#include "server/tcp/listensocket.h"

#include <QFile>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <utility>

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

// What of a listening socket is about the file system.

namespace dialogue {

namespace {

constexpr qsizetype LongestPath = UnixAddress::LongestPath;
static_assert(LongestPath < qsizetype(sizeof(sockaddr_un::sun_path)));

Error unixError(ErrorCode code, const QString &path, const QString &why)
{
    return {code, QStringLiteral("cannot listen on unix:%1: %2").arg(path, why), QStringLiteral("host")};
}

QString reason(int error) { return QString::fromLocal8Bit(std::strerror(error)); }

sockaddr_un addressOf(const QByteArray &path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::copy_n(path.constData(), std::min(path.size(), LongestPath), std::begin(address.sun_path));
    return address;
}

template <class Function>
int withAddress(Function function, int descriptor, const QByteArray &path)
{
    const sockaddr_un address = addressOf(path);
    return function(descriptor, reinterpret_cast<const sockaddr *>(&address), socklen_t(sizeof address));
}

QByteArray directoryOf(const QByteArray &path) { return path.first(path.lastIndexOf('/') + 1); }

int newSocket() { return ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0); }

/** Whether the file at \a path is a socket that nobody listens on. */
Result<void> mayReplace(const QString &name, const QByteArray &path)
{
    struct stat file
    { };
    if (::lstat(path.constData(), &file) != 0)
        return unixError(ErrorCode::IoError, name, reason(errno));
    if (!S_ISSOCK(file.st_mode)) {
        return unixError(
            ErrorCode::IoError, name,
            QStringLiteral(
                "there is a file of that name which is no socket; choose another name, or remove it"));
    }
    const int probe = newSocket();
    const int error = withAddress(::connect, probe, path) == 0 ? 0 : errno;
    ::close(probe);
    if (error == ECONNREFUSED)
        return {};
    if (error == EACCES)
        return unixError(
            ErrorCode::IoError, name,
            QStringLiteral("there is a socket of another user's; remove it, or choose another name"));
    return unixError(ErrorCode::IoError, name,
                     QStringLiteral("somebody listens there; stop that, or choose another name"));
}

} // namespace

Result<ListenSocket> ListenSocket::unixSocket(const UnixAddress &address)
{
    const QString &name = address.path;
    const QByteArray path = QFile::encodeName(name);
    ListenSocket socket(newSocket());
    if (socket.m_descriptor < 0)
        return unixError(ErrorCode::IoError, name, reason(errno));
    // Two that start at once would each take the other's for a stale one: until listen() it looks like one.
    const DirectoryLock lock(directoryOf(path));
    if (!lock.isHeld())
        return unixError(
            ErrorCode::IoError, name,
            QStringLiteral("another program keeps its directory locked; choose another directory"));
    if (withAddress(::bind, socket.m_descriptor, path) != 0) {
        if (errno != EADDRINUSE)
            return unixError(ErrorCode::IoError, name, reason(errno));
        if (const Result<void> stale = mayReplace(name, path); !stale)
            return stale.error();
        if (::unlink(path.constData()) != 0 || withAddress(::bind, socket.m_descriptor, path) != 0)
            return unixError(ErrorCode::IoError, name, reason(errno));
    }
    struct stat file
    { };
    if (::lstat(path.constData(), &file) == 0)
        socket.m_inode = file.st_ino;
    socket.m_path = name;
    // Before anybody can connect, which is from listen() on.
    if (::chmod(path.constData(), mode_t(address.mode)) != 0 || ::listen(socket.m_descriptor, Backlog) != 0)
        return unixError(ErrorCode::IoError, name, reason(errno));
    socket.m_unix = true;
    return socket;
}

Result<void> ListenSocket::readName()
{
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    auto *address = reinterpret_cast<sockaddr *>(&storage);
    if (::getsockname(m_descriptor, address, &size) != 0)
        return Error{ErrorCode::IoError,
                     QStringLiteral("descriptor %1: %2").arg(m_descriptor).arg(reason(errno))};
    if (storage.ss_family != AF_UNIX) {
        m_address = QHostAddress(address);
        m_port = ntohs(storage.ss_family == AF_INET ? reinterpret_cast<sockaddr_in *>(&storage)->sin_port
                                                    : reinterpret_cast<sockaddr_in6 *>(&storage)->sin6_port);
        return {};
    }
    m_unix = true;
    const auto *named = reinterpret_cast<sockaddr_un *>(&storage);
    const qsizetype length = qsizetype(size) - qsizetype(offsetof(sockaddr_un, sun_path));
    if (length > 0 && named->sun_path[0] == '\0')
        m_path = u'@' + QFile::decodeName(QByteArray(named->sun_path + 1, length - 1));
    else if (length > 0)
        m_path = QFile::decodeName(QByteArray(named->sun_path));
    return {};
}

void ListenSocket::close()
{
    if (m_descriptor < 0)
        return;
    ::close(std::exchange(m_descriptor, -1));
    const QByteArray path = QFile::encodeName(m_path);
    const quint64 ours = std::exchange(m_inode, 0);
    if (ours == 0)
        return;
    const DirectoryLock lock(directoryOf(path));
    struct stat file
    { };
    // Only while it is ours: another server may have taken the name since.
    if (::lstat(path.constData(), &file) == 0 && S_ISSOCK(file.st_mode) && file.st_ino == ours)
        ::unlink(path.constData());
}

} // namespace dialogue
