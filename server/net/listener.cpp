#include "server/net/listener.h"

#include "core/base/logging.h"
#include "server/net/addresskey.h"
#include "server/net/clientsocket.h"

#include <QTimer>

#include <cerrno>
#include <cstring>
#include <utility>

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

} // namespace

Listener::Listener(std::shared_ptr<Places> places, TrustedProxies proxies, Accepted accepted, QObject *parent)
    : QObject(parent)
    , m_places(std::move(places))
    , m_proxies(std::move(proxies))
    , m_accepted(std::move(accepted))
{ }

Listener::~Listener() = default;

void Listener::listen(ListenSocket &&socket)
{
    m_socket = std::move(socket);
    m_notifier = std::make_unique<QSocketNotifier>(m_socket->descriptor(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &Listener::acceptAll);
}

void Listener::close()
{
    m_notifier.reset();
    m_socket.reset();
}

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
    const int descriptor = ::accept4(m_socket->descriptor(), address, &size, SOCK_CLOEXEC);
    if (descriptor < 0) {
        if (concernsOne(errno))
            return true;
        if (errno != EAGAIN && errno != EWOULDBLOCK)
            rest(errno);
        return false;
    }
    const Peer peer = m_socket->isUnix() ? Peer{.address = noAddress(), .isUnix = true}
                                         : Peer{.address = plainAddress(QHostAddress(address))};
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
