#include "server/net/listener.h"

#include "core/base/logging.h"
#include "server/net/addresskey.h"
#include "server/net/clientsocket.h"

#include <QTimer>

#include <cerrno>
#include <cstring>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace dialogue {

namespace {

/** In one turn, before what those accepted have to say is heard. */
constexpr int AcceptsPerTurn = 256;

/** A fault of a connection that is gone with it, or of its network: the next may be fine (accept(2)). */
bool concernsOne(int error)
{
    switch (error) {
    case EINTR:
    case ECONNABORTED:
    case ENETDOWN:
    case EPROTO:
    case ENOPROTOOPT:
    case EHOSTDOWN:
    case ENONET:
    case EHOSTUNREACH:
    case ENETUNREACH:
        return true;
    default:
        return false;
    }
}

/** What is accepted inherits it (on Linux), which saves a system call for each. */
void setOption(qintptr descriptor, int level, int option, const char *name)
{
    const int on = 1;
    if (::setsockopt(int(descriptor), level, option, &on, sizeof on) != 0)
        qCWarning(lcNet, "Cannot set %s: %s; connections do without it", name, std::strerror(errno));
}

/** Why there is no listening on \a host and \a port, and what to do. */
Error listenError(const QTcpServer &server, const QString &host, quint16 port)
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

Listener::Listener(std::shared_ptr<Places> places, TrustedProxies proxies, Accepted accepted, QObject *parent)
    : QObject(parent)
    , m_places(std::move(places))
    , m_proxies(std::move(proxies))
    , m_accepted(std::move(accepted))
{
    m_server.setListenBacklogSize(Backlog);
}

Listener::~Listener() = default;

Result<void> Listener::listen(const QString &host, quint16 port)
{
    QHostAddress address;
    if (host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0)
        address = QHostAddress(QHostAddress::LocalHost);
    else if (host == QLatin1String("::"))
        address = QHostAddress(QHostAddress::Any); // Both families on one socket.
    else if (!address.setAddress(host))
        return Error{
            ErrorCode::ConfigError,
            QStringLiteral("\"%1\" is not an address to listen on; use an IP address, \"localhost\", "
                           "\"0.0.0.0\" or \"::\"")
                .arg(host),
            QStringLiteral("host")};
    if (!m_server.listen(address, port))
        return listenError(m_server, host, port);
    setOption(m_server.socketDescriptor(), IPPROTO_TCP, TCP_NODELAY, "TCP_NODELAY");
    setOption(m_server.socketDescriptor(), SOL_SOCKET, SO_KEEPALIVE, "SO_KEEPALIVE");
    m_server.pauseAccepting();
    m_notifier = std::make_unique<QSocketNotifier>(m_server.socketDescriptor(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &Listener::acceptAll);
    return {};
}

void Listener::close()
{
    m_notifier.reset();
    m_server.close();
}

quint16 Listener::port() const { return m_server.serverPort(); }

QHostAddress Listener::address() const { return m_server.serverAddress(); }

void Listener::acceptAll()
{
    for (int i = 0; i < AcceptsPerTurn && acceptOne(); ++i) { }
}

/** Whether there may be more. */
bool Listener::acceptOne()
{
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    auto *address = reinterpret_cast<sockaddr *>(&storage);
    const int descriptor = ::accept4(int(m_server.socketDescriptor()), address, &size, SOCK_CLOEXEC);
    if (descriptor < 0) {
        if (concernsOne(errno))
            return true;
        if (errno != EAGAIN && errno != EWOULDBLOCK)
            rest(errno);
        return false;
    }
    const Peer peer{.address = plainAddress(QHostAddress(address))};
    using Share = Places::Share;
    if (auto place = m_places->admit(peer, hangUp(descriptor),
                                     m_proxies.contains(peer) ? Share::OfAll : Share::OfItsAddress)) {
        m_accepted(descriptor, std::move(*place));
    } else {
        ::close(descriptor);
        if (const int times = m_refusals.count()) {
            qCWarning(lcNet,
                      "Connections closed at once: %d. There are as many as limits.maxConnections, "
                      "maxConnectionsPerIp, waitingConnections or waitingConnectionsPerIp allow",
                      times);
        }
    }
    tellOfThoseThatGaveWay();
    return m_notifier != nullptr;
}

void Listener::tellOfThoseThatGaveWay()
{
    const quint64 gaveWay = m_places->gaveWay();
    if (gaveWay == m_gaveWay)
        return;
    if (const int times = m_givingWay.count(int(gaveWay - std::exchange(m_gaveWay, gaveWay)))) {
        qCInfo(lcNet,
               "Connections that served nothing and gave way to others: %d. See limits.waitingConnections",
               times);
    }
}

// Out of descriptors or memory: the connection waits in the kernel, and trying again at once would only spin.
void Listener::rest(int error)
{
    if (m_rests.count()) {
        qCWarning(lcNet, "Cannot accept connections: %s; trying again every %lld ms%s", std::strerror(error),
                  static_cast<long long>(RetryInterval.count()),
                  error == EMFILE ? ". Raise the limit of open files (ulimit -n, LimitNOFILE=)" : "");
    }
    m_notifier->setEnabled(false);
    QTimer::singleShot(RetryInterval, m_notifier.get(), [this] { m_notifier->setEnabled(true); });
}

} // namespace dialogue
