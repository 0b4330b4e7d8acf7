#include "cuttingproxy.h"

#include <QTimer>

#include <algorithm>

namespace dialogue::test {

CuttingProxy::CuttingProxy(quint16 serverPort, QObject *parent)
    : QObject(parent)
    , m_serverPort(serverPort)
{
    connect(&m_listener, &QTcpServer::newConnection, this, &CuttingProxy::accept);
    if (!m_listener.listen(QHostAddress::LocalHost))
        qFatal("The proxy cannot listen: %s", qPrintable(m_listener.errorString()));
}

// Before the list of pairs goes: the sockets, which are children, tell of their end.
CuttingProxy::~CuttingProxy() { cutAll(); }

void CuttingProxy::setAccepting(bool accepting) { m_accepting = accepting; }

void CuttingProxy::accept()
{
    while (QTcpSocket *const client = m_listener.nextPendingConnection()) {
        if (!m_accepting) {
            client->abort();
            client->deleteLater();
            continue;
        }
        ++m_accepted;
        auto pair = std::make_shared<Pair>(Pair{.client = client, .server = new QTcpSocket(this)});
        pair->toBeDoubled = m_duplicateEach > 0 && m_accepted % m_duplicateEach == 0;
        m_pairs.push_back(pair);
        pair->server->connectToHost(QHostAddress(QHostAddress::LocalHost), m_serverPort);
        const auto pass = [this, pair](QTcpSocket *from, QTcpSocket *to) {
            connect(from, &QTcpSocket::readyRead, this, [this, pair, from, to] { forward(*pair, from, to); });
            connect(from, &QTcpSocket::disconnected, this, [this, pair, from, to] {
                if (pair->swallowing && from == pair->server)
                    return; // nobody is told
                forward(*pair, from, to);
                end(*pair, true);
            });
        };
        pass(pair->client, pair->server);
        pass(pair->server, pair->client);
        connect(pair->server, &QTcpSocket::connected, this,
                [this, pair] { forward(*pair, pair->client, pair->server); });
        connect(pair->server, &QTcpSocket::errorOccurred, this, [this, pair] {
            if (!pair->swallowing)
                end(*pair, true);
        });
    }
}

QTcpSocket *CuttingProxy::connectTwin()
{
    ++m_duplicated;
    auto *const twin = new QTcpSocket(this);
    connect(twin, &QTcpSocket::readyRead, twin, [twin] { twin->readAll(); });
    twin->connectToHost(QHostAddress(QHostAddress::LocalHost), m_serverPort);
    return twin;
}

void CuttingProxy::forward(Pair &pair, QTcpSocket *from, QTcpSocket *to)
{
    const bool fromServer = from == pair.server;
    if (pair.ended || (fromServer && pair.holding) || from->bytesAvailable() == 0
        || to->state() != QAbstractSocket::ConnectedState)
        return;
    QByteArray bytes = from->readAll();
    if (pair.swallowing)
        return;
    const bool last = fromServer && pair.cutAfter >= 0 && bytes.size() >= pair.cutAfter;
    if (last)
        bytes.truncate(pair.cutAfter);
    else if (fromServer && pair.cutAfter >= 0)
        pair.cutAfter -= bytes.size();
    to->write(bytes);
    if (!fromServer && std::exchange(pair.toBeDoubled, false) && bytes.contains("transport=websocket"))
        pair.twin = connectTwin();
    if (!fromServer && pair.twin)
        pair.twin->write(bytes);
    if (last) {
        to->flush();
        end(pair, true);
    }
}

void CuttingProxy::end(Pair &pair, bool gently)
{
    if (std::exchange(pair.ended, true))
        return;
    if (pair.twin) {
        pair.twin->abort();
        pair.twin->deleteLater();
    }
    for (QTcpSocket *socket : {pair.client, pair.server}) {
        socket->disconnect(this);
        socket->flush();
        if (gently && socket->state() == QAbstractSocket::ConnectedState && socket->bytesToWrite() > 0) {
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            socket->disconnectFromHost();
        } else {
            socket->abort();
            socket->deleteLater();
        }
    }
    std::erase_if(m_pairs, [&](const auto &each) { return each.get() == &pair; });
}

bool CuttingProxy::isDoomed(int index) const
{
    const Pair &pair = *m_pairs.at(static_cast<std::size_t>(index));
    return pair.cutAfter >= 0 || pair.swallowing;
}

void CuttingProxy::cutAll()
{
    while (!m_pairs.empty())
        cut(0);
}

void CuttingProxy::cut(int index)
{
    const auto pair = m_pairs.at(static_cast<std::size_t>(index));
    end(*pair, false);
}

void CuttingProxy::cutAfter(int index, qint64 bytes)
{
    m_pairs.at(static_cast<std::size_t>(index))->cutAfter = bytes;
}

void CuttingProxy::swallow(int index) { m_pairs.at(static_cast<std::size_t>(index))->swallowing = true; }

void CuttingProxy::hold(int index, int milliseconds)
{
    const auto pair = m_pairs.at(static_cast<std::size_t>(index));
    pair->holding = true;
    QTimer::singleShot(milliseconds, this, [this, pair] {
        pair->holding = false;
        forward(*pair, pair->server, pair->client);
    });
}

} // namespace dialogue::test
