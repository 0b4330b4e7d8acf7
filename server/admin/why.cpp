#include "server/admin/why.h"

#include "core/json/objectwriter.h"
#include "core/protocol/dialogue/requests.h"
#include "server/admin/rows.h"
#include "server/admin/timelinerows.h"
#include "server/bridge/workergateway.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/hubparts.h"
#include "server/rooms/room_p.h"
#include "server/timeline/timelines.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::admin {

namespace {

Error noClient(const QString &id)
{
    return {ErrorCode::NotFound,
            u"There is no client '%1', and none that has left of late (admin.leavers)"_s.arg(id),
            u"client"_s};
}

QJsonObject jsonOf(const EventInQuestion &event)
{
    QJsonObject json{{u"room"_s, event.roomId}, {u"event"_s, event.event}};
    if (event.offset != 0)
        json.insert(u"offset"_s, qint64(event.offset));
    if (event.time != 0)
        json.insert(u"time"_s, event.time);
    if (event.seq != 0)
        json.insert(u"seq"_s, qint64(event.seq));
    return json;
}

void answer(const Done &done, const QJsonObject &event, const QJsonArray &verdicts, qint64 rememberedSince)
{
    json::ObjectWriter out;
    // Clients that left before may have been forgotten.
    out.number("rememberedSince"_L1, rememberedSince);
    out.value("event"_L1, event);
    out.value("verdicts"_L1, verdicts);
    done(Reply{out.take()});
}

} // namespace

/** One question, until how far the event came is known of all who are there. */
struct Why::Asked
{
    Account account;
    EventInQuestion event;
    std::vector<QString> clients = {};
    std::vector<QJsonObject> verdicts = {};
    std::size_t missing = 0;
    qint64 rememberedSince = 0;
    Done done;

    void tell()
    {
        QJsonArray rows;
        for (const QJsonObject &each : verdicts)
            rows.append(each);
        answer(done, jsonOf(event), rows, rememberedSince);
    }
};

Why::Why(HubParts &parts, WorkerGateway &gateway, const Timelines &timelines, QByteArray salt)
    : m_parts(parts)
    , m_gateway(gateway)
    , m_timelines(timelines)
    , m_salt(std::move(salt))
{ }

api::Parameters<Why::Request> Why::parameters()
{
    using R = Request;
    constexpr qint64 most = 1LL << 53;
    const auto number = [](const QString &name, const QString &doc) {
        return api::ParameterInfo{
            .name = name, .type = api::ValueType::Number, .doc = doc, .least = 0, .most = most};
    };
    return {api::parameter({.name = u"client"_s, .doc = u"The id of a client."_s, .most = 255}, &R::client),
            api::parameter({.name = u"user"_s, .doc = u"Or a user: all clients of that one."_s, .most = 255},
                           &R::user),
            api::parameter({.name = u"room"_s,
                            .doc = u"Where the event was."_s,
                            .isRequired = true,
                            .least = 1,
                            .most = protocol::MaxNameLength},
                           &R::room),
            api::parameter(number(u"offset"_s, u"Of the event in its room."_s), &R::offset),
            api::parameter({.name = u"event"_s,
                            .doc = u"Its name, where the room keeps it no more."_s,
                            .most = protocol::MaxNameLength},
                           &R::event),
            api::parameter(number(u"time"_s, u"The same: milliseconds since 1970."_s), &R::time),
            api::parameter(number(u"seq"_s, u"The same."_s), &R::seq),
            api::parameter({.name = u"id"_s,
                            .doc = u"Of an event that was refused: what its sender called it."_s,
                            .most = protocol::MaxNameLength},
                           &R::id)};
}

Result<EventInQuestion> Why::eventOf(const Request &request) const
{
    EventInQuestion event{.roomId = request.room,
                          .event = request.event,
                          .offset = quint64(request.offset),
                          .seq = quint64(request.seq),
                          .time = request.time};
    const Room *const room = m_parts.rooms.find(request.room);
    if (event.offset == 0 && event.time == 0)
        return Error{
            ErrorCode::InvalidRequest,
            u"is missing: which event (offset), or, of one without, its time, its seq and its name"_s,
            u"offset"_s};
    if (room && event.offset > room->offset())
        return Error{ErrorCode::NotFound, u"The room's last event is %1"_s.arg(room->offset()), u"offset"_s};
    if (room && event.offset != 0) {
        auto kept = RoomPrivate::of(*room).log().backward(event.offset, event.offset);
        if (const PublicationPtr *const publication = kept.next()) {
            event.room = RoomPrivate::of(*room).stream;
            event.event = (*publication)->event();
            event.seq = (*publication)->seq();
            event.time = (*publication)->time();
        }
    }
    if (event.event.isEmpty())
        return Error{
            ErrorCode::NotFound,
            u"The room keeps that event no more: say its name, and its time and seq where they are known"_s,
            u"event"_s};
    return event;
}

Result<std::vector<const ClientTimeline *>> Why::whoIsMeant(const Account &account,
                                                            const Request &request) const
{
    if (request.client.isEmpty() == request.user.isEmpty())
        return Error{ErrorCode::InvalidRequest, u"Either client or user must be there"_s, u"client"_s};
    std::vector<const ClientTimeline *> who;
    if (!request.user.isEmpty()) {
        if (!account.may(Permission::SeeUsers))
            return notFor(account, Permission::SeeUsers);
        for (const ClientTimeline *const each : m_timelines.ofUser(request.user)) {
            if (who.size() == MostOfOneUser)
                break;
            if (isWithin(*each, account))
                who.push_back(each);
        }
        return who;
    }
    const ClientTimeline *const timeline = m_timelines.find(request.client);
    if (!timeline || !isWithin(*timeline, account))
        return noClient(request.client);
    return std::vector{timeline};
}

void Why::refusedEvent(const Account &account, const Request &request,
                       const std::vector<const ClientTimeline *> &who, const Done &done) const
{
    for (const ClientTimeline *const each : who) {
        for (const TimelineEntry &entry : each->entries()) {
            if (!entry.refused || entry.refused->id != request.id || entry.roomId != request.room)
                continue;
            QJsonObject verdict = rowOf(*each, account, m_salt);
            const QJsonObject found = jsonOf(refusalJudgement(entry), account);
            for (auto member = found.begin(); member != found.end(); ++member)
                verdict.insert(member.key(), member.value());
            return answer(done, {{u"room"_s, request.room}, {u"id"_s, request.id}}, {verdict},
                          rememberedSince());
        }
    }
    done(Error{ErrorCode::NotFound, u"No refused event of that id is remembered"_s, u"id"_s});
}

qint64 Why::rememberedSince() const
{
    return std::max(m_timelines.began(), m_timelines.leaversForgottenUntil());
}

Facts Why::factsOf(const ClientTimeline &timeline, const EventInQuestion &event, const SentState &sent) const
{
    Facts facts{.timeline = timeline, .began = m_timelines.began(), .sent = sent};
    const SocketId socket = timeline.owner().socket;
    if (event.seq != 0) {
        facts.wasForIt = m_timelines.directedEvents().wasFor(
            event.seq, event.time == 0 ? socket : timeline.socketAt(event.time));
    }
    const Room *const room = m_parts.rooms.find(event.roomId);
    ConnectedClient *const client = m_parts.clients.find(socket);
    if (!room || !client || !room->contains(client))
        return facts;
    const auto &replays = ConnectedClientPrivate::of(*client).replays;
    if (const Replay *const replay = replays ? replays->find(room) : nullptr)
        facts.replayedUpTo = replay->doneUpTo();
    const Subscriptions &subscriptions = RoomPrivate::of(*room).activityIfAny()->subscriptions;
    facts.isGuarded = subscriptions.has(socket, Everything) && !subscriptions.bringsAll(socket, event.event);
    return facts;
}

void Why::ask(const Account &account, const Request &request, const Done &done)
{
    if (!account.reaches(request.room))
        return done(Error{ErrorCode::RoomNotFound, u"There is no room '%1'"_s.arg(request.room), u"room"_s});
    const auto who = whoIsMeant(account, request);
    if (!who)
        return done(who.error());
    if (!request.id.isEmpty())
        return refusedEvent(account, request, *who, done);
    const Result<EventInQuestion> event = eventOf(request);
    if (!event)
        return done(event.error());
    if (who->empty()) {
        const qint64 known = rememberedSince();
        const bool isKnown = event->time > known;
        const Judgement judgement{isKnown ? Verdict::NotConnected : Verdict::Unknown,
                                  isKnown ? u"The user was not connected then"_s
                                          : u"Who was connected then is not remembered any more"_s,
                                  {{u"rememberedSince"_s, known}}};
        return answer(done, jsonOf(*event), {jsonOf(judgement, account)}, known);
    }
    const auto asked = std::make_shared<Asked>(
        Asked{.account = account, .event = *event, .rememberedSince = rememberedSince(), .done = done});
    std::vector<SocketId> sockets;
    for (const ClientTimeline *const each : *who) {
        asked->clients.push_back(each->owner().clientId);
        sockets.push_back(each->owner().until == 0 ? each->owner().socket : 0);
    }
    asked->verdicts.resize(sockets.size());
    asked->missing = sockets.size();
    for (std::size_t i = 0; i < sockets.size(); ++i) {
        if (sockets[i] == 0) {
            told(*asked, i, {});
            continue;
        }
        m_gateway.findFate(sockets[i], event->roomId, event->offset,
                           [this, alive = std::weak_ptr(m_alive), asked, i](const SentState &sent) {
                               if (!alive.expired())
                                   told(*asked, i, sent);
                           });
    }
}

void Why::told(Asked &asked, std::size_t place, const SentState &sent) const
{
    // It may have left meanwhile, and be forgotten.
    if (const ClientTimeline *const timeline = m_timelines.find(asked.clients[place])) {
        QJsonObject verdict = rowOf(*timeline, asked.account, m_salt);
        const QJsonObject found
            = jsonOf(judge(asked.event, factsOf(*timeline, asked.event, sent)), asked.account);
        for (auto member = found.begin(); member != found.end(); ++member)
            verdict.insert(member.key(), member.value());
        asked.verdicts[place] = verdict;
    } else {
        asked.verdicts[place] = jsonOf(Judgement{}, asked.account);
    }
    if (--asked.missing == 0)
        asked.tell();
}

void Why::timeline(const Account &account, const QString &clientId, const Done &done)
{
    const ClientTimeline *const timeline = m_timelines.find(clientId);
    if (!timeline || !isWithin(*timeline, account))
        return done(noClient(clientId));
    const auto tell = [this, account, done](const ClientTimeline &found, const SentState &sent) {
        QJsonObject json = rowOf(found, account, m_salt);
        json.insert(u"traced"_s, sent.isTraced);
        json.insert(u"entries"_s, entriesOf(found, sent.isThere ? sent.record : found.record(), account));
        json::ObjectWriter out;
        out.value("timeline"_L1, json);
        done(Reply{out.take()});
    };
    if (timeline->owner().until != 0)
        return tell(*timeline, {});
    m_gateway.findFate(timeline->owner().socket, {}, 0,
                       [this, alive = std::weak_ptr(m_alive), clientId, tell, done](const SentState &sent) {
                           const ClientTimeline *const still
                               = alive.expired() ? nullptr : m_timelines.find(clientId);
                           if (still)
                               tell(*still, sent);
                           else
                               done(noClient(clientId));
                       });
}

void Why::leavers(const Account &account, const QString &search, int most, const Done &done) const
{
    const bool seesUsers = account.may(Permission::SeeUsers);
    const auto found = m_timelines.leavers(std::size_t(most), [&](const ClientTimeline &each) {
        const bool isMeant = search.isEmpty() || each.owner().clientId.contains(search)
            || (seesUsers && each.owner().userId.contains(search));
        return isMeant && isWithin(each, account);
    });
    QJsonArray rows;
    for (const ClientTimeline *const each : found)
        rows.append(rowOf(*each, account, m_salt));
    json::ObjectWriter out;
    out.value("rows"_L1, rows);
    done(Reply{out.take()});
}

Result<SocketId> Why::socketOf(const Account &account, const QString &clientId) const
{
    const ConnectedClient *const client = m_parts.clients.findById(clientId);
    if (!client || !isWithin(*client, account))
        return noClient(clientId);
    return ConnectedClientPrivate::of(*client).socket;
}

} // namespace dialogue::admin
