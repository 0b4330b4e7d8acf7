// Events that are not for everybody: for some, for all but some, or for who keeps up.
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/room_p.h"
#include "server/rooms/roommanager.h"
#include "server/rules/allows.h"
#include "server/socketio/packetframes.h"

#include <algorithm>
#include <limits>

namespace dialogue {

std::vector<SocketId> RoomPrivate::socketsOf(const QList<ConnectedClient *> &clients,
                                             const QStringList &users, const QStringList &roles) const
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
    if (!roles.isEmpty() && size() > 0) {
        for (const ConnectedClient *const client : m_activity->participants) {
            const ConnectedClientPrivate &each = ConnectedClientPrivate::of(*client);
            if (each.identity.verified && hasRole(roles, each.identity))
                sockets.push_back(each.socket);
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
        delivery->only = socketsOf(options.to->clients, options.to->users, options.to->roles);
    delivery->isVolatile = options.isVolatile;
    return delivery;
}

void RoomPrivate::broadcast(const FramePtr &frame, const std::vector<SocketId> &spared)
{
    if (closed || size() == 0)
        return;
    Audience &audience = m_activity->audience;
    if (!audience.isGathered()) {
        std::vector<SocketId> all;
        all.reserve(m_activity->participants.size());
        for (const ConnectedClient *const client : m_activity->participants)
            all.push_back(ConnectedClientPrivate::of(*client).socket);
        audience.gather(all);
    }
    audience.tell(frame, spared);
}

void Room::broadcast(const QString &event, const QJsonValue &data, const BroadcastOptions &options)
{
    d->broadcast(eventFrame("/", event, data, options.isVolatile),
                 d->socketsOf(options.except, options.exceptUsers));
}

int RoomPrivate::deliver(const PublicationPtr &publication, const Delivery &delivery) const
{
    if (!m_activity)
        return 0;
    const Subscriptions &subscriptions = m_activity->subscriptions;
    int sent = 0;
    for (const SocketId socket : *delivery.only) {
        // Who still waits for what it missed gets nothing that would overtake it.
        if (!subscriptions.wants(socket, publication->event()) || subscriptions.isHeld(socket)
            || std::ranges::binary_search(delivery.spared, socket))
            continue;
        services().publisher.deliver(socket, publication, Occasion::Live);
        ++sent;
    }
    return sent;
}

} // namespace dialogue
