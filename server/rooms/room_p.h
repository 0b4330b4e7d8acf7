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
    /** As a subscriber gets it; \a json is encodeEventMessage(message). */
    [[nodiscard]] FramePtr frameOf(const QByteArray &json, const EventMessage &message);
    [[nodiscard]] Result<QList<EventMessage>> history(const QString &event, HistoryRange range) const;
    /** The same, as many of them as a packet has room for. */
    [[nodiscard]] Result<HistoryPage> historyPage(const QString &event, HistoryRange range,
                                                  const PacketLimits &limits) const;
    /** All that came after this of events with these names is kept. */
    [[nodiscard]] quint64 completeAfter(const QStringList &events) const;
    [[nodiscard]] QList<EventMessage> messages(const QList<Publication> &publications) const;
    void callHandlers(const EventMessage &message);
    [[nodiscard]] bool reachesBeyond(const QString &event, HistoryRange range) const;

    RoomConfig config;
    const RoomServices services;
    const RecoveryLimits recoveryLimits;
    EventLog log;
    Subscriptions subscriptions;
    QList<ConnectedClient *> participants; ///< In the order they joined.
    const quint64 stream;
    FrameStreamPtr frameStream; ///< Of its frames in the send queues, where they may be dropped.
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
