#pragma once

#include "core/protocol/dialogue/requests.h"
#include "server/broker/logpages.h"
#include "server/history/eventlog.h"
#include "server/rooms/joinedrooms.h"
#include "server/rooms/permissions.h"
#include "server/rooms/room.h"
#include "server/rooms/roomactivity.h"
#include "server/rooms/roomappends.h"
#include "server/rooms/roomdeclaration.h"
#include "server/rooms/roomlease.h"
#include "server/rooms/roomtexts.h"
#include "server/rooms/services.h"

#include <functional>

namespace dialogue {

/** What a room keeps of a stretch of its log, newest first. */
struct StretchPart
{
    HistoryPacket page;
    protocol::OffsetRange covered; ///< All that is kept of it is in the page.
    bool more = false; ///< Older ones of those asked for may be kept too.
    std::optional<LogQuery> missing = {}; ///< For LogPages to say.

    void add(const LogPage &loaded); ///< Behind what it has.
};

/** What memory has of a page of history. */
struct HistoryPart
{
    HistoryPacket page;
    HistoryRange missing; ///< For Hooks::onLoad to say; where its end is its start there is nothing.
    std::optional<LogQuery> query = {}; ///< The same for LogPages, where they are to be asked.

    [[nodiscard]] bool isMissing() const { return missing.start < missing.end; }
    // Behind what it has.
    void add(const QList<EventMessage> &loaded);
    void add(const LogPage &loaded);
};

/** What became of an event. */
struct Triggered
{
    std::optional<Result<EventMessage>> outcome = {};
    WaitingEvent *waits = nullptr; ///< Without an outcome: who tells it. Not to be kept.
};

/** A room; what it has only once somebody is in it is apart, so that idle ones take no more than tst_idleroom
 * allows. */
class RoomPrivate : private RoomAppends::Receiver
{
public:
    /** \a roomStream names the room among the ids of triggers, and its log; no two rooms share one. */
    RoomPrivate(const RoomConfig &declared, RoomDeclarationPtr itsDeclaration, quint64 roomStream);

    static std::unique_ptr<Room> create(const RoomConfig &config, RoomDeclarationPtr declaration,
                                        quint64 stream);
    static RoomPrivate &of(Room &room) { return *room.d; }
    static const RoomPrivate &of(const Room &room) { return *room.d; }

    /** LimitReached where so many subscriptions are more than may be kept for it. With \a held it gets
     * nothing by them until they are released. */
    Result<void> enter(ConnectedClient *client, const QStringList &events, bool held);
    /** Returns about how many bytes that frees, as unsubscribe() does. */
    qint64 leave(ConnectedClient *client);
    /** LimitReached, as enter(). */
    Result<void> subscribe(ConnectedClient &client, const QString &event);
    qint64 unsubscribe(ConnectedClient &client, const QString &event);
    /** What "*" is for \a client by the room's rules, as they and it are now. */
    void limit(ConnectedClient &client);
    [[nodiscard]] bool isLimited(const ConnectedClient &client) const; ///< Since that was said.
    /** For everybody it is gone: nobody is in it as far as contains() goes, and nothing can be triggered. */
    void close();
    /** It is declared anew; its owner stays. */
    void declare(const RoomConfig &config, RoomDeclarationPtr declaredAnew);

    [[nodiscard]] RoomConfig config() const; ///< Put together: not for every event.
    [[nodiscard]] const RoomConfig &declared() const { return declaration->config; } ///< But who it is.
    [[nodiscard]] const RoomServices &services() const { return declaration->services; }
    [[nodiscard]] QByteArray epoch() const;
    [[nodiscard]] qsizetype size() const
    {
        return m_activity ? qsizetype(m_activity->participants.size()) : 0;
    }

    /** What it has while somebody is in it, or once something was said: made where it is wanted. */
    [[nodiscard]] RoomActivity &activity();
    /** Null: it is idle. */
    [[nodiscard]] const RoomActivity *activityIfAny() const { return m_activity.get(); }
    [[nodiscard]] RoomActivity *activityIfAny() { return m_activity.get(); }
    [[nodiscard]] const EventLog &log() const; ///< An empty one while it is idle.

    using Delivery = EventDelivery;
    using DeliveryPtr = std::shared_ptr<const Delivery>; ///< Null: to all.

    /** An event on its way in; what else stands here than the first two is for the room itself. */
    struct Submission
    {
        EventMessage message;
        ConnectedClient *sender; ///< Null for the server's own events.
        DeliveryPtr delivery = {};
        const EventDefinition *definition = nullptr; ///< Until user code runs.
        HistoryPolicy policy = {};
        qint64 timestamp = 0;
        bool isKept = true;
        RoomMeter::Clock::time_point began = {}; ///< Where it is measured.
    };
    /** Receives, checks and publishes it, all at once. */
    Triggered trigger(EventMessage message, ConnectedClient *sender, DeliveryPtr delivery = {});
    /** What is asked of the sender. Something: it is refused, or sent again under the same id. */
    std::optional<Triggered> receive(Submission &event);
    /** Whether it is a valid one. Then there is middleware to ask, before it is published. */
    Result<void> check(Submission &event);
    /** The Error is RoomNotFound, PayloadTooLarge, or what the broker says. */
    Triggered publish(Submission &&event);
    /** What waits for the broker is told \a error instead. */
    void failAppends(const Error &error);
    [[nodiscard]] DeliveryPtr deliveryBy(const TriggerOptions &options) const;
    /** Those of \a clients, of the connections of \a users and of who has one of \a roles, that are in the
     * room; each once. */
    [[nodiscard]] std::vector<SocketId> socketsOf(const QList<ConnectedClient *> &clients,
                                                  const QStringList &users,
                                                  const QStringList &roles = {}) const;
    /** Tells all who are in it but \a spared, whatever they are subscribed to. */
    void broadcast(const FramePtr &frame, const std::vector<SocketId> &spared);
    [[nodiscard]] RoomMeter *meter() const; ///< Null: nobody wants to know.
    /** Of what it publishes, where that may be dropped. */
    const RoomStreamPtr &roomStream();
    /** \a json is encodeEventMessage(message). */
    [[nodiscard]] PublicationPtr publicationOf(const QByteArray &json, const EventMessage &message,
                                               quint64 seq, bool isVolatile = false);
    /** What was said in an earlier run; before anything else is said. */
    void restore(const OpenedLog &opened);
    [[nodiscard]] Answer<QList<EventMessage>> history(const QString &event, HistoryRange range) const;
    /** Who has what memory has not, of \a event (empty: of all); null: an application that looks itself, or
     * nobody. */
    [[nodiscard]] LogPages *pagesFor(const QString &event) const;
    [[nodiscard]] LogQuery queryFor(const QString &event, HistoryRange missing) const;
    /** The same, as many of them as a packet has room for. */
    [[nodiscard]] Result<HistoryPacket> historyPage(const QString &event, HistoryRange range,
                                                    const permissions::EventFilter &filter,
                                                    const PacketLimits &limits) const;
    /** Without asking anybody; InvalidRequest. */
    [[nodiscard]] Result<HistoryPart> keptPage(const QString &event, HistoryRange range,
                                               const permissions::EventFilter &filter,
                                               const PacketLimits &limits) const;
    /** What memory has of it, from one offset to another: \a most at most. */
    [[nodiscard]] StretchPart historyStretch(const protocol::GetHistory &asked, int most,
                                             const permissions::EventFilter &filter,
                                             const PacketLimits &limits) const;
    /** Gives \a take what is there of it, newest first, from memory and then from Hooks::onLoad, until it
     * says false. */
    template <class Take>
    [[nodiscard]] Result<HistoryRange> visitKept(const QString &event, HistoryRange range, Take take) const;
    template <class Take>
    [[nodiscard]] Result<void> visitHistory(const QString &event, HistoryRange range, Take take) const;
    /** All that came after this of events with that name ("*": with any) is kept. */
    [[nodiscard]] quint64 completeAfter(const QString &event) const;
    /** Keeps it, within the room's share of memory. */
    void keep(const PublicationPtr &publication, const HistoryPolicy &policy, QList<PublicationPtr> *evicted);
    void giveWay(); ///< Forgets the oldest event it keeps.
    /** EventNotAllowed, with the events there are, where no handler will ever be called for \a event. */
    [[nodiscard]] Result<void> checkHandled(const QString &event) const;
    /** Forgets what was said there, of which nobody is told. False: it is not kept. */
    bool erase(quint64 offset);
    /** Gives \a visit some of what is kept behind \a after, which moves on; in how many steps, 0: there is
     * no more. */
    int visitSome(quint64 &after, const std::function<void(const EventMessage &, quint64 seq)> &visit);
    /** It is being deleted: forgets some of the oldest events. How many; 0: there are no more. */
    int forgetSome();
    /** Where anybody wants to know what leaves the history. */
    [[nodiscard]] bool tellsEvictions() const;
    void tellEvicted(const QList<PublicationPtr> &evicted);

    Room *q = nullptr;
    RoomDeclarationPtr declaration;
    const QString id;
    const QString createdById;
    RoomTexts texts;
    RoomLeases::iterator lease = {}; ///< Only where isLeased.
    const quint64 stream : 62;
    quint64 closed : 1 = 0;
    quint64 isLeased : 1 = 0; ///< It is going to end of itself: see RoomLifetimes.

private:
    // RoomAppends::Receiver
    Result<EventMessage> appended(PlacedEvent &&event) override;
    Error lost(const PlacedEvent &event) override;

    [[nodiscard]] Error wasDeleted() const;
    [[nodiscard]] EventContext contextOf(Submission &event) const;
    PublicationPtr restored(const KeptEvent &event, HistoryPolicy &policy);
    [[nodiscard]] bool isWaiting() const
    {
        return m_activity && m_activity->appends && !m_activity->appends->isEmpty();
    }
    RoomAppends &appends();
    void rest(); ///< It may be idle again.
    /** To how many. */
    int deliver(const PublicationPtr &publication, const Delivery &delivery) const;

    std::unique_ptr<RoomActivity> m_activity;
};

} // namespace dialogue
