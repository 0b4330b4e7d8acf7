#include "server/tcp/listener.h"

#include "core/base/logging.h"
#include "server/tcp/addresskey.h"
#include "server/tcp/clientsocket.h"
#include "server/tcp/noaddress.h"

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
    , m_admissions(std::move(places), std::move(proxies))
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
    if (auto place = m_admissions.admit(peer, hangUp(descriptor)))
        m_accepted(descriptor, std::move(*place));
    else
        ::close(descriptor);
    return m_notifier != nullptr;
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
