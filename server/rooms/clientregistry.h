#pragma once

#include "server/bridge/gateway.h"
#include "server/rooms/broadcastoptions.h"
#include "server/rooms/connectedclient.h"

#include <QHash>
#include <QList>

#include <algorithm>
#include <list>
#include <memory>
#include <unordered_map>
#include <utility>

namespace dialogue {

/** All connected clients: by socket, by user, and as one audience. */
class ClientRegistry
{
public:
    explicit ClientRegistry(Publisher &publisher);
    ~ClientRegistry();
    Q_DISABLE_COPY_MOVE(ClientRegistry)

    ConnectedClient *add(std::unique_ptr<ConnectedClient> client);
    /** Out of every list, and still alive: the caller says good-bye and drops it. */
    std::unique_ptr<ConnectedClient> take(SocketId socket);

    [[nodiscard]] ConnectedClient *find(SocketId socket) const; ///< Null when there is none.
    /** By ConnectedClient::id(); takes time by all of them. */
    [[nodiscard]] ConnectedClient *findById(const QString &id) const;
    /** Those that came first first; no more than \a most. */
    [[nodiscard]] QList<ConnectedClient *> ofUser(const QString &userId, qsizetype most) const;
    [[nodiscard]] QList<ConnectedClient *> ofUser(const QString &userId) const;
    [[nodiscard]] QList<ConnectedClient *> all() const;
    [[nodiscard]] bool isConnected(const QString &userId) const { return m_byUser.contains(userId); }
    /** Whether \a what(client) holds for any connection of that user. */
    template <class What>
    [[nodiscard]] bool anyOfUser(const QString &userId, What &&what) const
    {
        const auto found = m_byUser.constFind(userId);
        return found != m_byUser.cend() && std::ranges::any_of(*found, what);
    }
    template <class Visit>
    void forEach(Visit &&visit) const
    {
        for (const auto &[socket, client] : m_clients)
            visit(std::as_const(*client));
    }
    [[nodiscard]] int count() const { return static_cast<int>(m_clients.size()); }

    /** One frame to every connected client that \a options leave. */
    void broadcast(const FramePtr &frame, const BroadcastOptions &options = {}) const;

private:
    Publisher &m_publisher;
    TopicId m_everyone;
    std::unordered_map<SocketId, std::unique_ptr<ConnectedClient>> m_clients;
    QHash<QString, std::list<ConnectedClient *>> m_byUser; ///< In the order they connected.
};

} // namespace dialogue
