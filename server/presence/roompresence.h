#pragma once

#include "core/json/objectwriter.h"
#include "server/bridge/gateway.h"
#include "server/config/serverconfig.h"
#include "server/loop/deadlines.h"
#include "server/memory/memorybudget.h"
#include "server/presence/presencebook.h"
#include "server/presence/presencecounters.h"
#include "server/presence/presencestream.h"

#include <memory>
#include <unordered_set>

namespace dialogue {

/** What the presence of rooms is handed. */
struct PresenceServices
{
    Publisher &publisher;
    MemoryBudget &memory;
    const PresenceConfig &config;
    DeadlineQueue &deadlines;
    PresenceCounters &counters;
};

/**
 * Who is in one room, and those who are told of it. While there are few, each change is told at once; in
 * larger rooms what has changed goes out together when the window is over, by one frame, and no more of it
 * than PresenceConfig::noticeSize: the rest waits for the next.
 */
class RoomPresence
{
public:
    RoomPresence(const PresenceServices &services, const QString &roomId, Presence mode);
    ~RoomPresence();
    Q_DISABLE_COPY_MOVE(RoomPresence)

    void enter(const QString &userId);
    void leave(const QString &userId, SocketId socket);
    /** It is told otherwise from now on: who watches has to ask anew. */
    void setMode(Presence mode);
    /** Those who watch are told that they have to ask anew. */
    void tellMissed();

    /** What \a socket asks, which is in the room. */
    [[nodiscard]] json::ObjectWriter ask(SocketId socket, const protocol::GetParticipants &request,
                                         qint64 bytes);

    [[nodiscard]] Presence mode() const { return m_mode; }
    [[nodiscard]] bool isEmpty() const { return m_book.counts().connections == 0; }

private:
    void changed();
    void tell();
    /** What is there is what they know. */
    void settle();
    void publish(const std::shared_ptr<Frame> &frame);
    void watch(SocketId socket);
    void unwatch(SocketId socket);
    void account(); ///< For the bytes that it takes.

    const PresenceServices m_services;
    const QString m_roomId;
    Presence m_mode;
    PresenceBook m_book;
    quint64 m_rev = 0; ///< Of the last notice.
    protocol::PresenceCounts m_told; ///< By it.
    TopicId m_topic = 0; ///< While somebody watches.
    std::unordered_set<SocketId> m_watchers;
    std::shared_ptr<PresenceStream> m_stream; ///< Since somebody watched.
    qint64 m_bytes = 0;
    MemberDeadline<&RoomPresence::tell, RoomPresence> m_window{this};
};

} // namespace dialogue
