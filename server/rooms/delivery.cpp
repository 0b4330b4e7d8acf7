// Events that are not for everybody: for some, for all but some, or for who keeps up.
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/room_p.h"
#include "server/rooms/roommanager.h"

#include <algorithm>
#include <limits>

namespace dialogue {

std::vector<SocketId> RoomPrivate::socketsOf(const QList<ConnectedClient *> &clients,
                                             const QStringList &users) const
{
    std::vector<SocketId> sockets;
    for (const ConnectedClient *const client : clients) {
        if (client)
            sockets.push_back(ConnectedClientPrivate::of(*client).socket);
    }
    if (!users.isEmpty() && size() > 0) {
        const RoomManager &manager = ConnectedClientPrivate::of(*m_activity->participants.front()).manager;
        for (const QString &user : users) {
            for (const ConnectedClient *const client :
                 manager.clientsOf(user, std::numeric_limits<qsizetype>::max())) {
                if (q->contains(client))
                    sockets.push_back(ConnectedClientPrivate::of(*client).socket);
            }
        }
    }
    std::ranges::sort(sockets);
    sockets.erase(std::unique(sockets.begin(), sockets.end()), sockets.end());
    return sockets;
}

RoomPrivate::DeliveryPtr RoomPrivate::deliveryBy(const TriggerOptions &options) const
{
    if (options.except.isEmpty() && options.exceptUsers.isEmpty() && !options.to && !options.isVolatile)
        return {};
    const auto delivery = std::make_shared<Delivery>();
    delivery->spared = socketsOf(options.except, options.exceptUsers);
    if (options.to)
        delivery->only = socketsOf(options.to->clients, options.to->users);
    delivery->isVolatile = options.isVolatile;
    return delivery;
}

int RoomPrivate::deliver(const QString &event, const FramePtr &frame, const Delivery &delivery) const
{
    if (!m_activity)
        return 0;
    const Subscriptions &subscriptions = m_activity->subscriptions;
    int sent = 0;
    for (const SocketId socket : *delivery.only) {
        // Who still waits for what it missed gets nothing that would overtake it.
        if (!subscriptions.wants(socket, event) || subscriptions.isHeld(socket)
            || std::ranges::binary_search(delivery.spared, socket))
            continue;
        services().sockets.send(socket, frame);
        ++sent;
    }
    return sent;
}

} // namespace dialogue
