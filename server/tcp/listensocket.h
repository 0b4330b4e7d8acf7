#pragma once

#include "core/base/result.h"
#include "server/tcp/tcplistening.h"
#include "server/tcp/unixaddress.h"

#include <QHostAddress>
#include <QString>

namespace dialogue {

/**
 * A socket that listens: of TCP or in the file system, opened here or handed over. A value that is moved; at
 * its end it is closed, and the file it made is removed.
 */
class ListenSocket
{
public:
    /** How many connections the kernel may hold until we accept them. */
    static constexpr int Backlog = ListenBacklog;

    /** \a host: an address, "localhost" (127.0.0.1), "0.0.0.0" or "::" (IPv4 too); \a port 0: any free one.
     */
    static Result<ListenSocket> tcp(const QString &host, quint16 port);
    /**
     * In a file. One that a server has left which is gone is
     * replaced; one that is listened on, or is no socket, is an error.
     */
    static Result<ListenSocket> unixSocket(const UnixAddress &address);
    /** One that another process opened, such as systemd; owned from now on, also on an error. It must be a
     * stream socket of TCP or Unix that listens. */
    static Result<ListenSocket> adopt(int descriptor);

    ListenSocket(ListenSocket &&other) noexcept;
    ListenSocket &operator=(ListenSocket &&other) noexcept;
    ~ListenSocket();

    [[nodiscard]] int descriptor() const { return m_descriptor; }
    [[nodiscard]] bool isUnix() const { return m_unix; }
    [[nodiscard]] quint16 port() const { return m_port; } ///< 0 of a Unix socket.
    [[nodiscard]] QHostAddress address() const { return m_address; } ///< Null of a Unix socket.
    [[nodiscard]] QString path() const { return m_path; } ///< Of a Unix socket; "@name" of an abstract one.

private:
    explicit ListenSocket(int descriptor)
        : m_descriptor(descriptor)
    { }
    Result<void> readName();
    void close();

    int m_descriptor;
    bool m_unix = false;
    quint16 m_port = 0;
    QHostAddress m_address;
    QString m_path;
    quint64 m_inode = 0; ///< Of the file that is ours to remove; 0: none.
};

} // namespace dialogue
