#include "server/net/listener.h"

#include "core/base/logging.h"

#include <QTimer>

#include <cerrno>
#include <cstring>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace dialogue {

namespace {

QHostAddress peerOf(qintptr descriptor)
{
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    auto *address = reinterpret_cast<sockaddr *>(&storage);
    if (::getpeername(int(descriptor), address, &size) != 0)
        return {};
    return QHostAddress(address);
}

} // namespace

class Listener::Server : public QTcpServer
{
public:
    explicit Server(Listener *listener)
        : m_listener(listener)
    {
        setListenBacklogSize(Backlog);
    }
    void setOption(int level, int option) const
    {
        const int on = 1;
        if (::setsockopt(int(socketDescriptor()), level, option, &on, sizeof on) != 0)
            qCWarning(lcNet, "Cannot set option %d of level %d: %s", option, level, std::strerror(errno));
    }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        if (auto slot = m_listener->m_limits->admit(peerOf(descriptor)))
            m_listener->m_accepted(descriptor, std::move(*slot));
        else
            ::close(int(descriptor));
    }

private:
    Listener *m_listener;
};

Listener::Listener(std::shared_ptr<ConnectionLimits> limits, Accepted accepted, QObject *parent)
    : QObject(parent)
    , m_limits(std::move(limits))
    , m_accepted(std::move(accepted))
    , m_server(std::make_unique<Server>(this))
{
    connect(m_server.get(), &QTcpServer::acceptError, this, &Listener::acceptFailed);
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
    if (!m_server->listen(address, port)) {
        return Error{
            ErrorCode::IoError,
            QStringLiteral("cannot listen on %1, port %2: %3; choose another port or stop what uses it")
                .arg(host)
                .arg(port)
                .arg(m_server->errorString()),
            QStringLiteral("port")};
    }
    // What is accepted inherits them (on Linux), which saves two system calls for each.
    m_server->setOption(IPPROTO_TCP, TCP_NODELAY);
    m_server->setOption(SOL_SOCKET, SO_KEEPALIVE);
    return {};
}

void Listener::close() { m_server->close(); }

quint16 Listener::port() const { return m_server->serverPort(); }

QHostAddress Listener::address() const { return m_server->serverAddress(); }

// Out of descriptors or memory: the connection waits in the kernel, and trying again at once would only spin.
void Listener::acceptFailed()
{
    qCWarning(lcNet, "Cannot accept connections: %s; trying again in %lld ms",
              qUtf8Printable(m_server->errorString()), static_cast<long long>(RetryInterval.count()));
    m_server->pauseAccepting();
    QTimer::singleShot(RetryInterval, this, [this] { m_server->resumeAccepting(); });
}

} // namespace dialogue
