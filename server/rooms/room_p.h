#pragma once

#include "server/history/eventlog.h"
#include "server/rooms/room.h"
#include "server/rooms/services.h"
#include "server/rooms/subscriptions.h"

#include <QPointer>

#include <vector>

namespace dialogue {

class RoomPrivate
{
public:
    /** \a roomStream names the room among the ids of triggers; no two rooms share one. */
    RoomPrivate(RoomConfig roomConfig, const RoomServices &roomServices, quint64 roomStream);

    static std::unique_ptr<Room> create(RoomConfig config, const RoomServices &services, quint64 stream);
    static RoomPrivate &of(Room &room) { return *room.d; }
    static const RoomPrivate &of(const Room &room) { return *room.d; }

    void enter(ConnectedClient *client, const QStringList &events);
    void leave(ConnectedClient *client);
    /** Nobody is in it any more and nothing can be triggered; the object goes when control is back in the
     * loop. */
    void close();

    Result<EventMessage> trigger(EventMessage message, ConnectedClient *sender,
                                 const QList<ConnectedClient *> &except);
    [[nodiscard]] FramePtr frame(const EventMessage &message) const; ///< As a subscriber gets it.
    /** The same; \a json is encodeEventMessage(message). */
    [[nodiscard]] FramePtr frame(const QByteArray &json, const EventMessage &message) const;
    void callHandlers(const EventMessage &message);

    RoomConfig config;
    const RoomServices services;
    EventLog log;
    Subscriptions subscriptions;
    QList<ConnectedClient *> participants; ///< In the order they joined.
    const quint64 stream;
    mutable FrameStreamPtr frameStream; ///< Of its frames in the send queues, where they may be dropped.
    bool closed = false;
    Room *q = nullptr;

    struct Registration
    {
        QString event;
        QPointer<QObject> context;
        Room::Handler handler;
    };
    std::vector<std::shared_ptr<const Registration>> handlers;
};

} // namespace dialogue
