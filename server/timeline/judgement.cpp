#include "server/timeline/judgement.h"

#include "core/protocol/dialogue/names.h"
#include "server/timeline/clienttimeline.h"

#include <QJsonArray>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

using Found = std::optional<Judgement>; // Nothing: that was not it.

/** Its thread was told of an event so much later than its time says, at most. */
constexpr qint64 Blur = 1000; // ms

constexpr std::array VerdictNames{
    std::pair(Verdict::Refused, "REFUSED"_L1),        std::pair(Verdict::NotConnected, "NOT_CONNECTED"_L1),
    std::pair(Verdict::NotInRoom, "NOT_IN_ROOM"_L1),  std::pair(Verdict::JoinedAfter, "JOINED_AFTER"_L1),
    std::pair(Verdict::LeftBefore, "LEFT_BEFORE"_L1), std::pair(Verdict::NotSubscribed, "NOT_SUBSCRIBED"_L1),
    std::pair(Verdict::Excluded, "EXCLUDED"_L1),      std::pair(Verdict::DroppedSlow, "DROPPED_SLOW"_L1),
    std::pair(Verdict::Replaced, "REPLACED"_L1),      std::pair(Verdict::ClosedFirst, "CLOSED_FIRST"_L1),
    std::pair(Verdict::Queued, "QUEUED"_L1),          std::pair(Verdict::Written, "WRITTEN"_L1),
    std::pair(Verdict::Unknown, "UNKNOWN"_L1)};

/** The stretch in which it was to get it. */
const Membership *stretchOf(const std::vector<Membership> &all, const EventInQuestion &event)
{
    const auto found = std::ranges::find_if(all, [&](const Membership &each) {
        // A room of the same id may have been another then.
        if (event.room != 0 && each.room != 0 && event.room != each.room)
            return false;
        if (event.time != 0 && each.ended != 0 && event.time > each.ended)
            return false;
        if (event.offset == 0)
            return each.joined <= event.time;
        return each.after < event.offset && (!each.last || event.offset <= *each.last);
    });
    return found == all.end() ? nullptr : &*found;
}

bool comesBefore(const EventInQuestion &event, const Membership &membership)
{
    return event.offset == 0 ? event.time < membership.joined : event.offset <= membership.after;
}

/** It was in the room in none of the stretches that are known. */
Judgement outsideOf(const std::vector<Membership> &all, const EventInQuestion &event, const Facts &facts)
{
    const ClientTimeline &timeline = facts.timeline;
    const bool wasThere = event.time == 0 || timeline.isConnectedAt(event.time);
    // The last stretch that was over by then.
    const Membership *before = nullptr;
    for (const Membership &each : all) {
        if (!comesBefore(event, each))
            before = &each;
    }
    if (before && before->byDisconnect) {
        return {Verdict::NotConnected,
                u"It had lost its connection"_s,
                {{u"since"_s, before->ended}, {u"lastOffset"_s, qint64(*before->last)}}};
    }
    if (before) {
        return {Verdict::LeftBefore,
                u"It had left the room"_s,
                {{u"left"_s, before->ended}, {u"lastOffset"_s, qint64(*before->last)}}};
    }
    const qint64 forgotten = timeline.forgottenUntil();
    if (forgotten != 0 && all.empty())
        return {Verdict::Unknown,
                u"What it did then is not remembered any more"_s,
                {{u"forgottenUntil"_s, forgotten}}};
    if (const TimelineEntry *const refusal
        = timeline.refusalOf({protocol::names::join}, event.roomId, event.time))
        return refusalJudgement(*refusal);
    if (!wasThere) {
        QJsonObject evidence{{u"since"_s, timeline.owner().since}};
        if (timeline.owner().until != 0)
            evidence.insert(u"until"_s, timeline.owner().until);
        return {Verdict::NotConnected, u"It was not connected then"_s, evidence};
    }
    if (all.empty())
        return {Verdict::NotInRoom, u"It was never in the room"_s, {}};
    return {Verdict::JoinedAfter,
            u"It joined after that"_s,
            {{u"joined"_s, all.front().joined}, {u"after"_s, qint64(all.front().after)}}};
}

Found notSubscribed(const EventInQuestion &event, const Facts &facts, const Membership &membership)
{
    const SubscriptionsThen then = facts.timeline.subscriptionsAt(membership, event.offset, event.time);
    if (then.names.contains(event.event))
        return {};
    if (then.names.contains(u"*"_s) && !facts.isGuarded) {
        // By what its rules were then; of who is there it is known how they are.
        if (!then.isLimited || facts.sent.isThere)
            return {};
        return Judgement{Verdict::Unknown,
                         u"Whether it might have that event, by the room's rules, is not remembered"_s,
                         {}};
    }
    if (const TimelineEntry *const refusal = facts.timeline.refusalOf(
            {protocol::names::subscribe, protocol::names::subscribeAll}, event.roomId, event.time))
        return refusalJudgement(*refusal);
    return Judgement{
        Verdict::NotSubscribed,
        u"It was in the room, and not subscribed to '%1'"_s.arg(event.event),
        {{u"subscriptions"_s, QJsonArray::fromStringList(then.names)}, {u"joined"_s, membership.joined}}};
}

Found missedInRoom(const EventInQuestion &event, const ClientTimeline &timeline)
{
    for (const TimelineEntry &entry : timeline.entries()) {
        if (entry.kind == TimelineEntry::Kind::Missed && entry.roomId == event.roomId
            && entry.offset <= event.offset && event.offset <= entry.until) {
            return Judgement{
                Verdict::DroppedSlow,
                u"When it came back the room kept it no more, and it was told of the gap"_s,
                {{u"from"_s, qint64(entry.offset)}, {u"to"_s, qint64(entry.until)}, {u"time"_s, entry.time}}};
        }
    }
    return {};
}

/** It has come back since, and been sent again what it missed. */
bool wasSentAgain(const EventInQuestion &event, const ClientTimeline &timeline, qint64 since)
{
    return std::ranges::any_of(timeline.entries(), [&](const TimelineEntry &entry) {
        return entry.kind == TimelineEntry::Kind::Followed && entry.roomId == event.roomId
            && entry.time > since && entry.offset < event.offset;
    });
}

Judgement judgementOf(const EventFate &fate, const SentState &sent)
{
    QJsonObject evidence;
    if (fate.time > 0)
        evidence.insert(u"time"_s, fate.time);
    switch (fate.kind) {
    case EventFate::Kind::Waits:
        if (!sent.isThere) {
            return {Verdict::Unknown,
                    u"It waited when the connection was closed, and may have been sent before that ended"_s,
                    evidence};
        }
        evidence.insert(u"bytesAhead"_s, fate.bytesAhead);
        evidence.insert(u"queuedBytes"_s, sent.figures.queuedBytes);
        return {Verdict::Queued, u"It waits for the client to read what is before it"_s, evidence};
    case EventFate::Kind::Replaced:
        if (fate.by > 0)
            evidence.insert(u"by"_s, qint64(fate.by));
        return {Verdict::Replaced, u"The client was slow, and a newer event of its key took its place"_s,
                evidence};
    case EventFate::Kind::Dropped:
        return {Verdict::DroppedSlow, u"The client was slow, and there was no room for it in its queue"_s,
                evidence};
    case EventFate::Kind::Unsent:
        return {Verdict::ClosedFirst, u"Its connection ended while it waited to be sent"_s, evidence};
    case EventFate::Kind::Written:
        break;
    }
    return {Verdict::Written, u"It was handed to the client's connection"_s, evidence};
}

Judgement written(const SentState &sent)
{
    QJsonObject evidence{{u"traced"_s, sent.isTraced}};
    if (sent.isThere) {
        evidence.insert(u"queuedBytes"_s, sent.figures.queuedBytes);
        if (sent.figures.roundTrip)
            evidence.insert(u"roundTrip"_s, double(sent.figures.roundTrip->count()) / 1000);
    }
    return {Verdict::Written,
            u"It was handed to the client's connection; when is known only of who is traced"_s, evidence};
}

/** Of who was to get it: how far it came. */
Judgement onItsWay(const EventInQuestion &event, const Facts &facts)
{
    const ClientTimeline &timeline = facts.timeline;
    const SendRecordPtr record = facts.sent.isThere ? facts.sent.record : timeline.record();
    std::optional<EventFate> fate = facts.sent.fate;
    bool isOfThisConnection = facts.sent.isThere;
    // Of an earlier connection of a client that has come back.
    if (!fate && timeline.record()) {
        fate = timeline.record()->find(event.roomId, event.offset);
        isOfThisConnection = isOfThisConnection && !fate;
    }
    const bool isOver = fate && (fate->kind != EventFate::Kind::Waits || !isOfThisConnection);
    if (isOver && wasSentAgain(event, timeline, fate->time))
        fate.reset();
    if (fate)
        return judgementOf(*fate, isOfThisConnection ? facts.sent : SentState());
    if (facts.replayedUpTo && event.offset > *facts.replayedUpTo) {
        return {Verdict::Queued,
                u"It is being sent what it missed, and that has not come to it"_s,
                {{u"sentUpTo"_s, qint64(*facts.replayedUpTo)},
                 {u"queuedBytes"_s, facts.sent.figures.queuedBytes}}};
    }
    if (record && record->forgottenUntil >= event.time)
        return {Verdict::Unknown,
                u"What became of it on the way to a slow client is not remembered any more"_s,
                {{u"forgottenUntil"_s, record->forgottenUntil}}};
    if (facts.sent.isThere)
        return written(facts.sent);
    // All of a stream goes in order: what is behind something that was not sent was not, either.
    if (record) {
        for (const FateSpan &span : record->spans) {
            if (span.kind == EventFate::Kind::Unsent && span.stream == event.roomId
                && span.from <= event.offset)
                return judgementOf({.kind = EventFate::Kind::Unsent, .time = span.time}, facts.sent);
        }
    }
    const qint64 left = timeline.owner().until;
    if (event.time + Blur >= left) {
        return {Verdict::Unknown, u"Its connection ended at about that time"_s, {{u"until"_s, left}}};
    }
    return written(facts.sent);
}

} // namespace

QLatin1StringView verdictName(Verdict verdict)
{
    return std::ranges::find(VerdictNames, verdict, &std::pair<Verdict, QLatin1StringView>::first)->second;
}

Judgement refusalJudgement(const TimelineEntry &entry)
{
    const RefusedRequest &what = *entry.refused;
    QJsonObject evidence{{u"step"_s, what.request},
                         {u"code"_s, QString::fromLatin1(codeName(what.code))},
                         {u"message"_s, what.message},
                         {u"time"_s, entry.time},
                         {u"times"_s, entry.times}};
    if (!what.path.isEmpty())
        evidence.insert(u"path"_s, what.path);
    return {Verdict::Refused, u"%1 was refused: %2"_s.arg(what.request, what.message), evidence};
}

Judgement judge(const EventInQuestion &event, const Facts &facts)
{
    const qint64 forgotten = std::max(facts.began, facts.timeline.forgottenUntil());
    if (event.time == 0 ? facts.timeline.forgottenUntil() != 0 : event.time <= forgotten) {
        return {Verdict::Unknown,
                u"What it did then is not remembered any more"_s,
                {{u"forgottenUntil"_s, forgotten}}};
    }
    const std::vector<Membership> all = facts.timeline.membershipsOf(event.roomId);
    const Membership *const membership = stretchOf(all, event);
    if (!membership)
        return outsideOf(all, event, facts);
    if (membership->isCut) {
        return {Verdict::Unknown,
                u"Since when it was in the room is not remembered any more"_s,
                {{u"forgottenUntil"_s, forgotten}}};
    }
    if (Found found = notSubscribed(event, facts, *membership))
        return *found;
    if (!facts.wasForIt)
        return {Verdict::Unknown, u"Whether it was for all is not remembered any more"_s, {}};
    // Who asks for what it missed is sent it whomever it was for.
    if (!*facts.wasForIt && !wasSentAgain(event, facts.timeline, event.time))
        return {Verdict::Excluded, u"It was triggered for others"_s, {}};
    if (event.offset == 0) {
        return {Verdict::Unknown,
                u"It has no offset, and is remembered no further than that it was for this client, too"_s,
                {{u"queuedBytes"_s, facts.sent.figures.queuedBytes}}};
    }
    if (Found found = missedInRoom(event, facts.timeline))
        return *found;
    return onItsWay(event, facts);
}

} // namespace dialogue
