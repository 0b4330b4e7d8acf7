#pragma once

#include "core/base/seldom.h"
#include "core/protocol/dialogue/replies.h"
#include "server/broker/erasure.h"
#include "server/loop/deadlines.h"
#include "server/loop/memoryreturn.h"
#include "server/rooms/askclient.h"
#include "server/rooms/clientregistry.h"
#include "server/rooms/clientreplays.h"
#include "server/rooms/erasedevents.h"
#include "server/rooms/room.h"
#include "server/rooms/roomdeclaration.h"
#include "server/rooms/roomindex.h"
#include "server/rooms/roomlifetimes.h"
#include "server/rooms/roomobserver.h"
#include "server/rooms/roomplace.h"
#include "server/rooms/services.h"
#include "server/rooms/slicedwork.h"

#include <QHash>
#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace dialogue {

/** What a join may ask for besides the room. */
struct JoinOptions
{
    /** With the subscriptions in force: where something was missed, told once it has been sent. */
    using CaughtUp = std::function<void(const protocol::Joined &joined, const QStringList &subscriptions)>;

    std::optional<protocol::LogPosition> since = {}; ///< Send what came after it.
    std::optional<QStringList> subscriptions = {}; ///< In place of the room's default ones.
    CaughtUp caughtUp = {};
    /** It gets nothing of the room until RoomManager::follow(). */
    bool isHeld = false;
};

struct JoinOutcome
{
    protocol::Joined joined;
    bool catchesUp = false; ///< What was missed is being sent; JoinOptions::caughtUp is told, or was.
};

/** Tracks all rooms and who is in them; the one path by which a client joins, leaves, subscribes. */
class RoomManager : public QObject
{
    Q_OBJECT
public:
    RoomManager(const RoomServices &services, ClientRegistry &clients, QObject *parent = nullptr);
    ~RoomManager() override;

    [[nodiscard]] const RoomServices &services() const { return m_services; }
    [[nodiscard]] Room *find(const QString &roomId) const; ///< Null when there is none.
    [[nodiscard]] Result<Room *> existing(const QString &roomId) const; ///< RoomNotFound.
    [[nodiscard]] ConnectedClient *client(SocketId socket) const { return m_clients.find(socket); }
    [[nodiscard]] QList<ConnectedClient *> clientsOf(const QString &userId, qsizetype most) const
    {
        return m_clients.ofUser(userId, most);
    }
    /** NotInRoom, unless \a client is in it. */
    [[nodiscard]] Result<Room *> roomOf(const ConnectedClient &client, const QString &roomId) const;
    [[nodiscard]] const RoomIndex &index() const { return m_index; }
    [[nodiscard]] QList<Room *> rooms() const { return m_index.all(); } ///< In the order they were created.

    /** Told from now on; null: nobody is. */
    void setObserver(RoomObserver *observer) { m_observer = observer; }

    /** RoomExists, LimitReached, or what RoomConfig::check() says. Tells everyone. */
    Result<Room *> create(const RoomConfig &config);
    /** The same for \a creator, with whose memory it is kept, until it ends as such rooms do. */
    Result<Room *> create(const RoomConfig &config, ConnectedClient &creator);
    /** One that a client made in an earlier run, of which \a stored says who it is: with what such rooms
     * carry now, and it ends as it would have ended. */
    Result<Room *> restore(const RoomConfig &stored);
    /**
     * RoomNotFound, or what RoomConfig::check() says. \a config takes the place of all that the room was
     * declared with, but its owner. Nobody is thrown out but by its rules, subscriptions that they allow and
     * the log stay, and clients are not told.
     */
    Result<void> update(const RoomConfig &config);
    /**
     * For clients the room is gone at once, and everyone is told. Then everybody in it leaves, many of them
     * over several turns of the event loop, roomDeleted() is emitted, and at last the Room is deleted. Where
     * a room with the same id is created before that, roomDeleted() comes before its roomCreated(), and what
     * the room kept is told to be evicted, and who is in it to have left, afterwards.
     */
    Result<void> remove(const QString &roomId);

    /** Sends dialogue:joined and the room's history, or begins to send what the client missed. */
    Result<JoinOutcome> join(ConnectedClient &client, const QString &roomId, const JoinOptions &options = {});
    /** What came after \a places, all of it in the order it went out, and then what comes. \a client is held
     * there. */
    void follow(ConnectedClient &client, const std::vector<RoomPlace> &places);
    /** What join() says before it asks user code, of one who is not in the room. */
    [[nodiscard]] Result<void> mayJoin(const ConnectedClient &client, const Room &room,
                                       const std::optional<QStringList> &subscriptions) const;
    /** What subscribe() says before it asks user code. */
    [[nodiscard]] Result<void> maySubscribe(const ConnectedClient &client, const QString &roomId,
                                            const QString &event) const;
    /** SocketListener::socketDrained() */
    void drained(ConnectedClient &client, quint64 token);
    [[nodiscard]] const ReplayCounters &replayCounters() const { return m_replayCounters; }
    Result<void> leave(ConnectedClient &client, const QString &roomId);
    /** Where \a client is another now: it leaves rooms that it may not be in, and has no subscriptions any
     * more that it may not have; of both it is told. */
    void review(ConnectedClient &client);
    /** Room::request() */
    [[nodiscard]] QFuture<Result<QList<ParticipantAnswer>>> ask(Room &room, const ClientQuestion &question);
    /** A client that is gone leaves all its rooms, many over several turns; then it is destroyed. */
    void dismiss(std::unique_ptr<ConnectedClient> client);
    /** The same at once, for who is to take its places. */
    void dismissNow(std::unique_ptr<ConnectedClient> client);
    /**
     * Overwrites \a which in what rooms keep, and in the store; what was said by now, and waits to be stored,
     * too. Many are gone through in several turns of the event loop. What is on its way to a client goes
     * there. Of one offset nothing is said where nobody has it: then none were erased. InvalidRequest; what
     * the store says, after which memory still has them.
     */
    [[nodiscard]] QFuture<Result<ErasedEvents>> erase(const Erasure &which);
    /** What those took who leave. */
    [[nodiscard]] const MemoryReturn &memoryReturn() const { return m_memoryReturn; }
    /** What takes several turns. */
    [[nodiscard]] SlicedWorkCounters slicedWork() const { return m_work.counters(); }
    Result<void> subscribe(ConnectedClient &client, const QString &roomId, const QString &event);
    Result<void> unsubscribe(ConnectedClient &client, const QString &roomId, const QString &event);

Q_SIGNALS:
    void roomCreated(dialogue::Room *room);
    void roomUpdated(dialogue::Room *room);
    void roomDeleted(const QString &roomId);
    void clientJoined(dialogue::ConnectedClient *client, dialogue::Room *room);
    void clientLeft(dialogue::ConnectedClient *client, dialogue::Room *room);

private:
    /** Whether a participant with \a already so many subscriptions may have this one too. */
    Result<void> maySubscribe(const ConnectedClient &client, const Room &room, const QString &event,
                              qsizetype already) const;
    /** What \a client gets that names none. */
    [[nodiscard]] static QStringList subscriptionsOf(const ConnectedClient &client, const Room &room,
                                                     const std::optional<QStringList> &named);
    [[nodiscard]] ClientReplays &replaysOf(ConnectedClient &client) const;
    Result<void> admit(ConnectedClient &client, Room *room, const JoinOptions &options);
    /** RoomNotFound, JoinDenied: user code has run. */
    [[nodiscard]] Result<void> stillThere(const QPointer<ConnectedClient> &client, const QPointer<Room> &room,
                                          const QString &roomId) const;
    JoinOutcome welcome(ConnectedClient &client, Room &room, const JoinOptions &options);
    /** Whether what came after \a since is all there for \a client. */
    [[nodiscard]] static bool canRecover(const ConnectedClient &client, const Room &room,
                                         const protocol::LogPosition &since);
    [[nodiscard]] qint64 bytesOf(const RoomConfig &config) const; ///< Where a client makes it.
    /** In how many steps. */
    int depart(ConnectedClient &client, Room *room);
    void tellDeleted(const QString &roomId);
    /** Rooms the client is in that are not just being deleted. */
    [[nodiscard]] static qsizetype roomsOf(const ConnectedClient &client);

    void review(ConnectedClient &client, Room &room);
    void reviewAll(Room &room); ///< Its rules are others now.
    /** \a frame, of \a room, to all who may see it, or are in it. */
    void tellOf(const Room &room, const FramePtr &frame) const;

    class Emptying;
    class Erasing;
    class Leaving;
    class Reviewing;

    RoomServices m_services;
    ClientRegistry &m_clients;
    RoomObserver *m_observer = nullptr;
    RoomDeclarations m_declarations;
    RoomIndex m_index;
    QHash<QString, Emptying *> m_untold; ///< By id: roomDeleted() is still to come.
    RoomLifetimes m_lifetimes;
    ReplayCounters m_replayCounters;
    DeadlineQueue m_deadlines;
    MemoryReturn m_memoryReturn{&m_deadlines};
    SlicedWork m_work{m_services.slotExceptions};
    Seldom m_creations; ///< By clients.
    Seldom m_deletions;
    bool m_settling = false; ///< Rooms are going to give way.
};

} // namespace dialogue
