#include "server/tcp/tcplistening.h"

#include <QHostAddress>
#include <QTcpServer>

namespace dialogue {

namespace {

/** Why there is no listening on \a host and \a port, and what to do. */
Error whyNot(const QTcpServer &server, const QString &host, quint16 port)
{
    QString advice = QStringLiteral("choose another port or stop what uses it");
    QString path = QStringLiteral("port");
    if (server.serverError() == QAbstractSocket::SocketAddressNotAvailableError) {
        advice = QStringLiteral(
            "this machine has no such address; choose one it has, or \"0.0.0.0\" or \"::\" for all");
        path = QStringLiteral("host");
    } else if (server.serverError() == QAbstractSocket::SocketAccessError) {
        advice = QStringLiteral("choose a port from 1024 on, or allow this one (CAP_NET_BIND_SERVICE)");
    }
    return {ErrorCode::IoError,
            QStringLiteral("cannot listen on %1, port %2: %3; %4")
                .arg(host)
                .arg(port)
                .arg(server.errorString(), advice),
            path};
}

} // namespace

Result<void> listenOn(QTcpServer &server, const QString &host, quint16 port)
{
    QHostAddress address;
    if (host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0)
        address = QHostAddress(QHostAddress::LocalHost);
    else if (host == QLatin1String("::"))
        address = QHostAddress(QHostAddress::Any); // Both families on one socket.
    else if (!address.setAddress(host)) {
        return Error{
            ErrorCode::ConfigError,
            QStringLiteral("\"%1\" is not an address to listen on; use an IP address, \"localhost\", "
                           "\"0.0.0.0\", \"::\" or \"unix:/run/dialogue.sock\"")
                .arg(host),
            QStringLiteral("host")};
    }
    server.setListenBacklogSize(ListenBacklog);
    if (!server.listen(address, port))
        return whyNot(server, host, port);
    return {};
}

} // namespace dialogue
