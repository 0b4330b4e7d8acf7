#pragma once

#include "core/protocol/dialogue/offsetrange.h"
#include "server/history/eventlog.h"
#include "server/rooms/joinedrooms.h"
#include "server/rooms/room.h"
#include "server/rooms/roomactivity.h"
#include "server/rooms/roomlease.h"
#include "server/rooms/roomrules.h"
#include "server/rooms/roomtexts.h"
#include "server/rooms/services.h"

namespace dialogue {

/** What a room keeps of a stretch of its log, newest first. */
struct HistoryStretch
{
    HistoryPage page;
    protocol::OffsetRange covered; ///< All that is kept of it is in the page.
    bool more = false; ///< Older ones of those asked for may be kept too.
};

/** What memory has of a page of history. */
struct HistoryPart
{
    HistoryPage page;
    HistoryRange missing; ///< For Hooks::onLoad to say; where its end is its start there is nothing.

    [[nodiscard]] bool isMissing() const { return missing.start < missing.end; }
    /** Behind what it has. */
    void add(const QList<EventMessage> &loaded);
};

/** A room; what it has only once somebody is in it is apart, so that idle ones take no more than tst_idleroom
 * allows. */
class RoomPrivate
{
public:
    /** \a roomStream names the room among the ids of triggers, and its log; no two rooms share one. */
    RoomPrivate(const RoomConfig &declared, RoomRulesPtr roomRules, quint64 roomStream);

    static std::unique_ptr<Room> create(const RoomConfig &config, RoomRulesPtr rules, quint64 stream);
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
    /** For everybody it is gone: nobody is in it as far as contains() goes, and nothing can be triggered. */
    void close();
    /** It is declared anew; its owner stays. */
    void declare(const RoomConfig &config, RoomRulesPtr newRules);

    [[nodiscard]] RoomConfig config() const; ///< Put together: not for every event.
    [[nodiscard]] const RoomConfig &declared() const { return rules->config; } ///< But who it is.
    [[nodiscard]] const RoomServices &services() const { return rules->services; }
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

    /** How an event goes out that is not simply for all. */
    struct Delivery
    {
        std::vector<SocketId> spared = {};
        std::optional<std::vector<SocketId>> only = {}; ///< Each once.
        bool isVolatile = false;

        /** No offset, no history. */
        [[nodiscard]] bool isForTheMoment() const { return only.has_value() || isVolatile; }
    };
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
    };
    /** Receives, checks and publishes it, all at once. */
    Result<EventMessage> trigger(EventMessage message, ConnectedClient *sender, DeliveryPtr delivery = {});
    /** What is asked of the sender. False: it is sent again under the same id, and has what became of it. */
    Result<bool> receive(Submission &event);
    /** All else that is asked before it gets its offset. */
    Result<void> check(Submission &event);
    /** The Error is RoomNotFound, or PayloadTooLarge. */
    Result<EventMessage> publish(Submission &&event);
    [[nodiscard]] DeliveryPtr deliveryBy(const TriggerOptions &options) const;
    /** As a subscriber gets it; \a json is encodeEventMessage(message). */
    const FrameStream &frameStream();
    [[nodiscard]] FramePtr frameOf(const QByteArray &json, const EventMessage &message,
                                   bool isVolatile = false);
    [[nodiscard]] Answer<QList<EventMessage>> history(const QString &event, HistoryRange range) const;
    /** Behind what is \a kept. */
    [[nodiscard]] Answer<QList<EventMessage>> loadLater(const QString &event, HistoryRange missing,
                                                        QList<EventMessage> &&kept) const;
    /** The same, as many of them as a packet has room for. */
    [[nodiscard]] Result<HistoryPage> historyPage(const QString &event, HistoryRange range,
                                                  const PacketLimits &limits) const;
    /** Without asking anybody; InvalidRequest. */
    [[nodiscard]] Result<HistoryPart> keptPage(const QString &event, HistoryRange range,
                                               const PacketLimits &limits) const;
    /** What is kept from one offset to another, of that event or (empty) of any: \a most at most. */
    [[nodiscard]] HistoryStretch historyStretch(const QString &event, protocol::OffsetRange asked, int most,
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
    void keep(Publication &&publication, const HistoryPolicy &policy, QList<Publication> *evicted);
    void giveWay(); ///< Forgets the oldest event it keeps.
    /** EventNotAllowed, with the events there are, where no handler will ever be called for \a event. */
    [[nodiscard]] Result<void> checkHandled(const QString &event) const;
    /** It is being deleted: forgets some of the oldest events. How many; 0: there are no more. */
    int forgetSome();
    /** Where anybody wants to know what leaves the history. */
    [[nodiscard]] bool tellsEvictions() const;
    void tellEvicted(const QList<Publication> &evicted);

    Room *q = nullptr;
    RoomRulesPtr rules;
    const QString id;
    const QString createdById;
    RoomTexts texts;
    RoomLeases::iterator lease = {}; ///< Only where isLeased.
    const quint64 stream : 62;
    quint64 closed : 1 = 0;
    quint64 isLeased : 1 = 0; ///< It is going to end of itself: see RoomLifetimes.

private:
    [[nodiscard]] Error wasDeleted() const;
    void rest(); ///< It may be idle again.
    /** Those of \a clients, and of the connections of \a users that are in the room; each once. */
    [[nodiscard]] std::vector<SocketId> socketsOf(const QList<ConnectedClient *> &clients,
                                                  const QStringList &users) const;
    /** To how many. */
    int deliver(const QString &event, const FramePtr &frame, const Delivery &delivery) const;

    std::unique_ptr<RoomActivity> m_activity;
};

} // namespace dialogue
