#pragma once

#include "server/history/eventlog.h"
#include "server/rooms/joinedrooms.h"
#include "server/rooms/room.h"
#include "server/rooms/roommemory.h"
#include "server/rooms/services.h"
#include "server/rooms/subscriptions.h"

#include <QPointer>

#include <vector>

namespace dialogue {

class RoomPrivate
{
public:
    /** \a roomStream names the room among the ids of triggers; no two rooms share one. \a roomServices
     * outlive it. */
    RoomPrivate(RoomConfig roomConfig, const RoomServices &roomServices, quint64 roomStream);

    static std::unique_ptr<Room> create(RoomConfig config, const RoomServices &services, quint64 stream);
    static RoomPrivate &of(Room &room) { return *room.d; }
    static const RoomPrivate &of(const Room &room) { return *room.d; }

    /** LimitReached where so many subscriptions are more than may be kept for it. With \a held it gets
     * nothing by them until they are released. */
    Result<void> enter(ConnectedClient *client, const QStringList &events, bool held);
    void leave(ConnectedClient *client);
    /** LimitReached, as enter(). */
    Result<void> subscribe(ConnectedClient &client, const QString &event);
    void unsubscribe(ConnectedClient &client, const QString &event);
    /** For everybody it is gone: nobody is in it as far as contains() goes, and nothing can be triggered. */
    void close();

    Result<EventMessage> trigger(EventMessage message, ConnectedClient *sender,
                                 const QList<ConnectedClient *> &except);
    /** As a subscriber gets it; \a json is encodeEventMessage(message). */
    const FrameStream &frameStream();
    [[nodiscard]] FramePtr frameOf(const QByteArray &json, const EventMessage &message);
    [[nodiscard]] Result<QList<EventMessage>> history(const QString &event, HistoryRange range) const;
    /** The same, as many of them as a packet has room for. */
    [[nodiscard]] Result<HistoryPage> historyPage(const QString &event, HistoryRange range,
                                                  const PacketLimits &limits) const;
    /** All that came after this of events with that name ("*": with any) is kept. */
    [[nodiscard]] quint64 completeAfter(const QString &event) const;
    /** Keeps it, within the room's share of memory. */
    void keep(Publication &&publication, const HistoryPolicy &policy, QList<Publication> *evicted);
    void giveWay(); ///< Forgets the oldest event it keeps.
    /** Where anybody wants to know what leaves the history. */
    [[nodiscard]] bool tellsEvictions() const;
    void tellEvicted(const QList<Publication> &evicted);
    void callHandlers(const EventMessage &message);
    [[nodiscard]] bool reachesBeyond(const QString &event, HistoryRange range) const;

    RoomConfig config;
    const RoomServices &services;
    EventLog log;
    std::unique_ptr<RoomMemory> memory; ///< Since the first event that was kept.
    Subscriptions subscriptions;
    Participants participants;
    const quint64 stream;
    FrameStreamPtr ownStream; ///< Of its frames in the send queues, where they may be dropped.
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
