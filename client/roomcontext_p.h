#pragma once

#include "client/connection/promise.h"
#include "client/connection/roomtracker.h"
#include "client/connection/subscriptionset.h"
#include "client/dialogueclient_p.h"
#include "client/presence/participantswatch.h"
#include "core/event/eventhandlers.h"

#include <QPointer>

#include <deque>
#include <memory>
#include <vector>

namespace dialogue {

/** One room's session over all the connections of its client. */
class RoomContextPrivate
{
public:
    RoomContextPrivate(DialogueClientPrivate &owner, const QString &id, const JoinSettings &settings);

    static RoomContext *create(DialogueClientPrivate &owner, const QString &roomId,
                               const JoinSettings &settings);
    static RoomContextPrivate &of(RoomContext &room) { return *room.d; }
    static const RoomContextPrivate &of(const RoomContext &room) { return *room.d; }

    QFuture<Result<RoomContext *>> firstJoin();
    QFuture<Result<RoomContext *>> awaitJoin();
    [[nodiscard]] bool wasJoined() const { return everJoined; }

    // What the client tells
    void requestJoin();
    void onJoined(const protocol::Joined &joined);
    /** \a bytes: what it takes. */
    void onMessage(EventMessage message, qint64 bytes);
    void onDropped(const protocol::Gap &dropped);
    void onHistory(const QList<EventMessage> &events);
    void onPresence(const protocol::PresenceNotice &notice);
    void connectionLost(const Error &error, bool final);
    /** Not by us: the end of this context. */
    void leftBy(const Error &why);
    void clientGone(); ///< The client is being deleted.

    void trigger(const QString &event, const JsonData &data, const MessageOptions &options,
                 std::function<void(Result<TriggerReceipt>)> done);
    void askHistory(const protocol::GetHistory &request, std::function<void(Result<HistoryPage>)> done);
    QFuture<Result<void>> leave();
    QFuture<Result<void>> watchParticipants();
    QFuture<Result<void>> changeSubscription(QLatin1String request, const QString &event, bool add);

    DialogueClientPrivate *client; ///< Null once left.
    const QString roomId;
    QString roomName;
    client::RoomTracker tracker;
    client::SubscriptionSet subscriptions;
    EventHandlers handlers;
    Presence presence = Presence::Off;
    std::unique_ptr<client::ParticipantsWatch> participants; ///< Since somebody wants to know.
    bool inside = false; ///< Over this connection.
    bool everJoined = false;
    RoomContext *q = nullptr;

private:
    using Waiters = std::vector<client::Promise<RoomContext *>>;

    /** False where the server need not know. */
    bool tellLeave(std::function<void(Result<client::Reply>)> done);
    void onJoinAnswer(const Result<client::Reply> &answer);
    void onJoinRefused(const Error &error);
    void tellGap(const Gap &gap);
    void repairSubscriptions(bool serverKnows);
    QFuture<Result<void>> finishedLater(Result<void> result);
    void failFirstJoin(const Error &error);
    void retire(const Error &why); ///< Out of the client's books, and deleted from the event loop.
    void deliver(const EventMessage &message, qint64 bytes);
    /** Now, or once those who waited for the join had a chance to add their handlers. */
    void inOrder(std::function<void()> step);
    void release();

    Waiters m_waiters;
    std::deque<std::function<void()>> m_held;
    bool m_holding = false;
    bool m_asking = false; ///< A join is not answered yet, over this connection.
    int m_refusals = 0; ///< Of joining again, in a row.
};

} // namespace dialogue
