#pragma once

#include "server/config/serverconfig.h"
#include "server/rooms/clientregistry.h"
#include "server/rooms/roomlease.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>

namespace dialogue {

class Room;

/**
 * Rooms that clients created, until they end: when they have been empty, or their creators gone, for a while
 * (roomCreation.lifetime and grace). Lives in the hub's thread.
 */
class RoomLifetimes : public QObject
{
    Q_OBJECT
public:
    /** \a remove is what ends a room, and tells forget() of it. */
    RoomLifetimes(const RoomCreationConfig &config, const ClientRegistry &clients,
                  std::function<void(Room *)> remove);

    /** \a charge is what the room takes of its creator's memory, until it is forgotten. */
    void add(Room *room, MemoryCharge charge);
    void forget(Room *room); ///< Also of rooms that were not added.
    /** Nobody is in it any more. */
    void emptied(Room *room);
    /** The last connection of a user is gone. */
    void userGone(const QString &userId);

private:
    using Clock = std::chrono::steady_clock;
    void schedule(Room *room);
    void arm();
    void expire();
    [[nodiscard]] bool isOver(const Room &room) const;

    const RoomCreationConfig &m_config;
    const ClientRegistry &m_clients;
    std::function<void(Room *)> m_remove;
    QHash<QString, QList<Room *>> m_byCreator; ///< Where they end with him.
    RoomLeases m_lasting; ///< Those that are not going to end.
    RoomLeases m_due; ///< The others, the next first: all have the same grace.
    QTimer m_timer;
};

} // namespace dialogue
