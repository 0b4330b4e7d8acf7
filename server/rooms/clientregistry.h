#pragma once

#include "server/gateway/gateway.h"
#include "server/rooms/connectedclient.h"

#include <QHash>
#include <QList>

#include <memory>
#include <unordered_map>

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
    [[nodiscard]] QList<ConnectedClient *> ofUser(const QString &userId) const;
    [[nodiscard]] QList<ConnectedClient *> all() const;
    [[nodiscard]] int count() const { return static_cast<int>(m_clients.size()); }

    /** One frame to every connected client. */
    void broadcast(const FramePtr &frame) const { m_publisher.publish(m_everyone, frame); }

private:
    Publisher &m_publisher;
    TopicId m_everyone;
    std::unordered_map<SocketId, std::unique_ptr<ConnectedClient>> m_clients;
    QHash<QString, QList<ConnectedClient *>> m_byUser;
};

} // namespace dialogue
