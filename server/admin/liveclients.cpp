#include "server/admin/liveclients.h"

#include "server/admin/rows.h"
#include "server/bridge/workergateway.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/hubparts.h"

#include <utility>

namespace dialogue::admin {

namespace {

constexpr int ClientsInAStep = 128;

bool areSame(const SocketFigures &one, const SocketFigures &other)
{
    return one.queuedBytes == other.queuedBytes && one.roundTrip == other.roundTrip
        && one.transport == other.transport;
}

} // namespace

/** Goes once through all clients there are, for all ids that are wanted. */
class LiveClients::Search final : public SlicedWork::Task
{
public:
    explicit Search(LiveClients &clients)
        : m_clients(clients)
    {
        // Their numbers alone: who comes meanwhile is heard of.
        m_sockets.reserve(std::size_t(clients.m_parts.clients.count()));
        clients.m_parts.clients.forEach([this](const ConnectedClient &client) {
            m_sockets.push_back(ConnectedClientPrivate::of(client).socket);
        });
    }

    int step() override
    {
        if (m_isOver)
            return 0;
        int visited = 0;
        for (; m_next < m_sockets.size() && visited < ClientsInAStep; ++visited) {
            if (const ConnectedClient *const client = m_clients.m_parts.clients.find(m_sockets[m_next++]))
                m_clients.connected(*client);
        }
        m_isOver = m_next == m_sockets.size();
        if (m_isOver)
            m_clients.searchEnded();
        return visited + 1;
    }

private:
    LiveClients &m_clients;
    std::vector<SocketId> m_sockets;
    std::size_t m_next = 0;
    bool m_isOver = false;
};

LiveClients::LiveClients(HubParts &parts, WorkerGateway &gateway, QByteArray salt)
    : m_parts(parts)
    , m_gateway(gateway)
    , m_salt(std::move(salt))
    , m_work(parts.rooms.services().slotExceptions)
{
    m_asked.start();
}

LiveClients::~LiveClients() { m_parts.clientTap.remove(*this); }

void LiveClients::hold(const QString &id)
{
    if (m_clients.isEmpty())
        m_parts.clientTap.add(*this);
    if (m_clients[id].holders++ == 0)
        m_isWanted = true;
}

void LiveClients::release(const QString &id)
{
    const auto found = m_clients.find(id);
    if (found == m_clients.end() || --found->holders > 0)
        return;
    m_bySocket.remove(found->socket);
    m_clients.erase(found);
    if (m_clients.isEmpty())
        m_parts.clientTap.remove(*this);
}

quint64 LiveClients::refresh(const QString &id)
{
    const auto found = m_clients.constFind(id);
    return found == m_clients.cend() ? 0 : found->version;
}

QJsonObject LiveClients::row(const QString &id, const Account &account) const
{
    const auto watched = m_clients.constFind(id);
    const ConnectedClient *const client
        = watched == m_clients.cend() ? nullptr : m_parts.clients.find(watched->socket);
    if (!client || !isWithin(*client, account))
        return {};
    const QJsonObject row = rowOf(*client, account, m_salt);
    return watched->figures.socket == 0 ? row : withFigures(row, watched->figures);
}

void LiveClients::update()
{
    if (m_isWanted && !m_isSearching) {
        m_isWanted = false;
        m_isSearching = true;
        m_work.add(std::make_unique<Search>(*this));
    }
    if (!m_isAsking && (!m_new.empty() || m_asked.hasExpired(FiguresInterval)))
        askForFigures();
}

void LiveClients::searchEnded()
{
    m_isSearching = false;
    if (m_isWanted)
        return; // Some have come to be wanted behind where it was.
    for (Watched &each : m_clients) {
        if (std::exchange(each.isLookedFor, false) && each.socket == 0)
            each.version = ++m_version;
    }
}

void LiveClients::connected(const ConnectedClient &client)
{
    const auto watched = m_clients.find(client.id());
    const SocketId socket = ConnectedClientPrivate::of(client).socket;
    if (watched == m_clients.end() || watched->socket == socket)
        return;
    m_bySocket.remove(watched->socket);
    watched->socket = socket;
    watched->figures = {};
    m_bySocket.insert(socket, client.id());
    m_new.push_back(socket);
}

void LiveClients::disconnected(const ConnectedClient &client, DisconnectReason reason)
{
    Q_UNUSED(reason)
    const auto watched = m_clients.find(m_bySocket.take(ConnectedClientPrivate::of(client).socket));
    if (watched == m_clients.end())
        return;
    watched->socket = 0;
    watched->version = ++m_version;
}

void LiveClients::changed(const ConnectedClient &client)
{
    if (m_bySocket.isEmpty())
        return;
    const auto id = m_bySocket.constFind(ConnectedClientPrivate::of(client).socket);
    // While its figures are not there it is not told of.
    if (id == m_bySocket.cend())
        return;
    if (Watched &watched = m_clients[*id]; watched.figures.socket != 0)
        watched.version = ++m_version;
}

void LiveClients::follows(const Room &room, const ConnectedClient &client, quint64 after)
{
    Q_UNUSED(room)
    Q_UNUSED(after)
    changed(client);
}

void LiveClients::left(const Room &room, const ConnectedClient &client)
{
    Q_UNUSED(room)
    changed(client);
}

void LiveClients::askForFigures()
{
    std::vector<SocketId> sockets = std::exchange(m_new, {});
    if (m_asked.hasExpired(FiguresInterval)) {
        m_asked.start();
        sockets.assign(m_bySocket.keyBegin(), m_bySocket.keyEnd());
    }
    if (sockets.empty())
        return;
    m_isAsking = true;
    m_gateway.inspect(sockets,
                      [this, alive = std::weak_ptr(m_alive)](const std::vector<SocketFigures> &figures) {
                          if (!alive.expired())
                              take(figures);
                      });
}

void LiveClients::take(const std::vector<SocketFigures> &figures)
{
    m_isAsking = false;
    for (const SocketFigures &each : figures) {
        const auto id = m_bySocket.constFind(each.socket);
        if (id == m_bySocket.cend())
            continue;
        Watched &watched = m_clients[*id];
        const bool isNew = watched.figures.socket == 0;
        if (!isNew && areSame(watched.figures, each))
            continue;
        watched.figures = each;
        watched.version = ++m_version;
    }
}

} // namespace dialogue::admin
