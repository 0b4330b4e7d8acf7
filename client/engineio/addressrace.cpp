#include "client/engineio/addressrace.h"

#include <QNetworkProxy>
#include <QSslSocket>

#include <algorithm>

namespace dialogue::client {

QList<QHostAddress> inTurns(const QList<QHostAddress> &addresses)
{
    QList<QHostAddress> preferred;
    QList<QHostAddress> others;
    for (const QHostAddress &address : addresses) {
        if (preferred.contains(address) || others.contains(address))
            continue;
        const bool isPreferred = address.protocol() == addresses.constFirst().protocol();
        (isPreferred ? preferred : others).append(address);
    }
    QList<QHostAddress> ordered;
    for (qsizetype i = 0; i < std::max(preferred.size(), others.size()); ++i) {
        if (i < preferred.size())
            ordered.append(preferred[i]);
        if (i < others.size())
            ordered.append(others[i]);
    }
    return ordered;
}

AddressRace::AddressRace()
{
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &AddressRace::advance);
}

AddressRace::~AddressRace() { stop(); }

void AddressRace::start(const QList<QHostAddress> &addresses, quint16 port, bool secure)
{
    stop();
    m_waiting = inTurns(addresses);
    m_waiting.resize(std::min<qsizetype>(m_waiting.size(), MostAddresses));
    m_port = port;
    m_secure = secure;
    m_next.start(0);
}

void AddressRace::stop()
{
    m_next.stop();
    m_waiting.clear();
    m_winner.reset();
    for (const auto &runner : m_runners)
        runner->disconnect(this);
    m_runners.clear();
}

void AddressRace::advance()
{
    if (m_waiting.isEmpty()) {
        if (!m_runners.empty())
            return; // They have what time the whole has.
        Q_EMIT lost(m_error, m_errorText);
        return;
    }
    auto socket = m_secure ? std::make_unique<QSslSocket>() : std::make_unique<QTcpSocket>();
    QTcpSocket *const runner = socket.get();
    m_runners.push_back(std::move(socket));
    connect(runner, &QTcpSocket::connected, this, [this, runner] { onConnected(runner); });
    connect(runner, &QTcpSocket::errorOccurred, this, [this, runner] { onFailed(runner); });
    runner->setProxy(QNetworkProxy::NoProxy);
    m_next.start(Stagger);
    runner->connectToHost(m_waiting.takeFirst(), m_port);
}

std::unique_ptr<QTcpSocket> AddressRace::take(QTcpSocket *runner)
{
    runner->disconnect(this);
    const auto found = std::ranges::find(m_runners, runner, &std::unique_ptr<QTcpSocket>::get);
    auto taken = std::move(*found);
    m_runners.erase(found);
    return taken;
}

void AddressRace::onConnected(QTcpSocket *runner)
{
    auto winner = take(runner);
    stop();
    m_winner = std::move(winner);
    // From the event loop: who hears of it may let go of the socket, which none survives that is telling so.
    QMetaObject::invokeMethod(this, &AddressRace::tellWinner, Qt::QueuedConnection);
}

void AddressRace::tellWinner()
{
    if (!m_winner)
        return; // Stopped meanwhile.
    if (m_winner->state() == QAbstractSocket::ConnectedState)
        Q_EMIT won(m_winner->peerAddress());
    else
        Q_EMIT lost(m_winner->error(), m_winner->errorString());
}

void AddressRace::onFailed(QTcpSocket *runner)
{
    m_error = runner->error();
    m_errorText = runner->errorString();
    QTcpSocket *const failed = take(runner).release(); // It is telling us.
    failed->setParent(this);
    failed->deleteLater();
    m_next.start(0);
}

} // namespace dialogue::client
