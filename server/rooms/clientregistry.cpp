#include "server/rooms/clientregistry.h"

#include "core/base/shrink.h"
#include "server/rooms/connectedclient_p.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <vector>

namespace dialogue {

ClientRegistry::ClientRegistry(Publisher &publisher)
    : m_publisher(publisher)
    , m_everyone(publisher.createTopic())
{ }

ClientRegistry::~ClientRegistry() { m_publisher.dropTopic(m_everyone); }

ConnectedClient *ClientRegistry::add(std::unique_ptr<ConnectedClient> client)
{
    ConnectedClient *const added = client.get();
    const SocketId socket = ConnectedClientPrivate::of(*added).socket;
    m_publisher.subscribe(socket, m_everyone);
    std::list<ConnectedClient *> &ofUser = m_byUser[added->userId()];
    ConnectedClientPrivate::of(*added).placeOfUser = ofUser.insert(ofUser.end(), added);
    m_clients.emplace(socket, std::move(client));
    return added;
}

std::unique_ptr<ConnectedClient> ClientRegistry::take(SocketId socket)
{
    const auto found = m_clients.find(socket);
    if (found == m_clients.end())
        return nullptr;
    std::unique_ptr<ConnectedClient> client = std::move(found->second);
    m_clients.erase(found);
    const auto ofSameUser = m_byUser.find(client->userId());
    ofSameUser->erase(ConnectedClientPrivate::of(*client).placeOfUser);
    if (ofSameUser->empty())
        m_byUser.erase(ofSameUser);
    shrink(m_clients);
    shrink(m_byUser);
    return client;
}

ConnectedClient *ClientRegistry::find(SocketId socket) const
{
    const auto found = m_clients.find(socket);
    return found == m_clients.end() ? nullptr : found->second.get();
}

ConnectedClient *ClientRegistry::findById(const QString &id) const
{
    const auto found
        = std::ranges::find_if(m_clients, [&](const auto &each) { return each.second->id() == id; });
    return found == m_clients.end() ? nullptr : found->second.get();
}

QList<ConnectedClient *> ClientRegistry::ofUser(const QString &userId, qsizetype most) const
{
    const auto found = m_byUser.constFind(userId);
    if (found == m_byUser.cend())
        return {};
    const qsizetype count = std::min(most, static_cast<qsizetype>(found->size()));
    return {found->begin(), std::next(found->begin(), count)};
}

QList<ConnectedClient *> ClientRegistry::ofUser(const QString &userId) const
{
    return ofUser(userId, std::numeric_limits<qsizetype>::max());
}

void ClientRegistry::broadcast(const FramePtr &frame, const BroadcastOptions &options) const
{
    std::vector<SubscriberId> spared;
    for (const ConnectedClient *const client : options.except) {
        if (client)
            spared.push_back(ConnectedClientPrivate::of(*client).socket);
    }
    for (const QString &user : options.exceptUsers) {
        for (const ConnectedClient *const client : ofUser(user))
            spared.push_back(ConnectedClientPrivate::of(*client).socket);
    }
    m_publisher.notify(m_everyone, frame, spared);
}

QList<ConnectedClient *> ClientRegistry::all() const
{
    QList<ConnectedClient *> clients;
    clients.reserve(static_cast<qsizetype>(m_clients.size()));
    for (const auto &[socket, client] : m_clients)
        clients.append(client.get());
    return clients;
}

} // namespace dialogue
