#include "server/tcp/qtlistener.h"

#include "core/base/logging.h"
#include "server/tcp/addresskey.h"
#include "server/tcp/qtstream.h"

#include <QTcpSocket>
#include <QTimer>

#include <utility>

namespace dialogue {

QtListener::QtListener() { connect(this, &QTcpServer::acceptError, this, &QtListener::rest); }

Result<void> QtListener::open(const QString &host, quint16 port)
{
    if (const Result<void> listening = listenOn(*this, host, port); !listening)
        return listening;
    pauseAccepting();
    return {};
}

void QtListener::begin(std::shared_ptr<Places> places, TrustedProxies proxies, Accepted accepted)
{
    m_admissions = std::make_unique<Admissions>(std::move(places), std::move(proxies));
    m_accepted = std::move(accepted);
    resumeAccepting();
}

void QtListener::incomingConnection(qintptr descriptor)
{
    auto socket = std::make_unique<QTcpSocket>();
    if (!m_admissions || !socket->setSocketDescriptor(descriptor))
        return; // It has gone already.
    const Peer peer{.address = plainAddress(socket->peerAddress())};
    auto stream = std::make_unique<QtStream>(std::move(socket));
    std::optional<Place> place = m_admissions->admit(peer, stream->giveWay());
    if (!place)
        return;
    stream->setPlace(*std::move(place));
    m_accepted(std::move(stream));
}

// Out of descriptors or memory: QTcpServer accepts no more until it is told to.
void QtListener::rest()
{
    if (m_rests.count()) {
        qCWarning(lcNet, "Cannot accept connections: %s; trying again every %lld ms",
                  qPrintable(errorString()), static_cast<long long>(RetryInterval.count()));
    }
    QTimer::singleShot(RetryInterval, this, &QTcpServer::resumeAccepting);
}

} // namespace dialogue
