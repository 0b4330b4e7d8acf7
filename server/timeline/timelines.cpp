#include "server/timeline/timelines.h"

#include "core/base/shrink.h"
#include "server/fanout/publication.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/room_p.h"
#include "server/timeline/refusalmessage.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

namespace dialogue {

namespace {

using Kind = TimelineEntry::Kind;

constexpr int ShareOfDirected = 16; // Of the budget.

} // namespace

qint64 Timelines::currentTime() { return QDateTime::currentMSecsSinceEpoch(); }

Timelines::Timelines(const AdminConfig &config, ClientTap &tap, Now now)
    : m_config(config)
    , m_tap(tap)
    , m_now(std::move(now))
    , m_directed(config.timelines / ShareOfDirected)
{
    m_timer.setSingleShot(true);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { forgetOld(); });
}

Timelines::~Timelines() { m_tap.remove(*this); }

void Timelines::start()
{
    m_began = m_now();
    m_tap.add(*this);
}

const ClientTimeline *Timelines::find(const QString &clientId) const
{
    const auto found = m_timelines.find(clientId);
    return found == m_timelines.end() ? nullptr : found->second.get();
}

std::vector<const ClientTimeline *> Timelines::ofUser(const QString &userId) const
{
    const QList<ClientTimeline *> own = m_ofUsers.value(userId);
    return {own.rbegin(), own.rend()};
}

std::vector<const ClientTimeline *>
Timelines::leavers(std::size_t most, const std::function<bool(const ClientTimeline &)> &wanted) const
{
    std::vector<const ClientTimeline *> found;
    for (auto leaver = m_leavers.rbegin(); leaver != m_leavers.rend() && found.size() < most; ++leaver) {
        if (wanted(**leaver))
            found.push_back(*leaver);
    }
    return found;
}

TimelineCounters Timelines::counters() const
{
    return {.clients = qint64(m_timelines.size()),
            .leavers = qint64(m_leavers.size()),
            .bytes = m_bytes + m_directed.bytes(),
            .forgotten = m_forgotten};
}

template <class Change>
void Timelines::change(ClientTimeline &timeline, Change what)
{
    m_bytes -= timeline.bytes();
    what();
    m_bytes += timeline.bytes();
    settle();
}

void Timelines::settle()
{
    while (m_bytes + m_directed.bytes() > m_config.timelines && !m_leavers.empty()) {
        ++m_forgotten;
        m_leaversForgottenUntil = m_leavers.front()->owner().until;
        forget(m_leavers.begin());
    }
}

void Timelines::forgetOld()
{
    const qint64 now = m_now();
    const qint64 due = now - m_config.leavers.count();
    while (!m_leavers.empty() && m_leavers.front()->owner().until <= due) {
        m_leaversForgottenUntil = m_leavers.front()->owner().until;
        forget(m_leavers.begin());
    }
    if (!m_leavers.empty() && !m_timer.isActive())
        m_timer.start(std::chrono::milliseconds(m_leavers.front()->owner().until - due));
}

void Timelines::forget(Leavers::iterator leaver)
{
    const ClientTimeline *const timeline = *leaver;
    m_leavers.erase(leaver);
    m_bytes -= timeline->bytes();
    const auto user = m_ofUsers.find(timeline->owner().userId);
    user->removeOne(const_cast<ClientTimeline *>(timeline));
    if (user->isEmpty())
        m_ofUsers.erase(user);
    m_ofSockets.remove(timeline->owner().socket);
    m_ofSockets.remove(timeline->owner().previousSocket);
    m_timelines.erase(QString(timeline->owner().clientId));
    shrink(m_timelines);
}

void Timelines::connected(const ConnectedClient &client)
{
    const SocketId socket = ConnectedClientPrivate::of(client).socket;
    const auto known = m_timelines.find(client.id());
    if (known != m_timelines.end()) {
        ClientTimeline &timeline = *known->second;
        if (timeline.owner().until != 0)
            m_leavers.erase(timeline.place);
        // What the last one leaves behind may still come.
        m_ofSockets.remove(timeline.owner().previousSocket);
        m_ofSockets.insert(socket, client.id());
        return change(timeline, [&] { timeline.cameBack(socket, m_now()); });
    }
    auto made
        = std::make_unique<ClientTimeline>(TimelineOwner{.clientId = client.id(),
                                                         .userId = client.userId(),
                                                         .address = client.handshake().address.toString(),
                                                         .socket = socket,
                                                         .since = m_now()});
    ClientTimeline &timeline = *made;
    m_timelines.emplace(client.id(), std::move(made));
    m_ofUsers[client.userId()].append(&timeline);
    m_ofSockets.insert(socket, client.id());
    m_bytes += timeline.bytes();
    add(client, {.kind = Kind::Connected, .socket = socket});
}

void Timelines::add(const ConnectedClient &client, TimelineEntry &&entry)
{
    settle(); // It may be one of those that are forgotten for it.
    const auto found = m_timelines.find(client.id());
    if (found == m_timelines.end())
        return; // Or it came before anybody wanted to know.
    ClientTimeline &timeline = *found->second;
    entry.time = m_now();
    if (m_bytes + m_directed.bytes() > m_config.timelines) {
        ++m_forgotten;
        return change(timeline, [&] { timeline.forgetAll(entry.time); });
    }
    change(timeline, [&] { timeline.add(std::move(entry)); });
}

void Timelines::disconnected(const ConnectedClient &client, DisconnectReason reason)
{
    const auto found = m_timelines.find(client.id());
    if (found == m_timelines.end())
        return;
    ClientTimeline &timeline = *found->second;
    timeline.place = m_leavers.insert(m_leavers.end(), &timeline);
    change(timeline, [&] { timeline.gone(m_now(), QString::fromLatin1(reasonName(reason))); });
    forgetOld();
}

TimelineEntry Timelines::entryOf(Kind kind, const Room &room, quint64 offset)
{
    return {.kind = kind, .roomId = room.id(), .room = RoomPrivate::of(room).stream, .offset = offset};
}

TimelineEntry Timelines::subscribedEntryOf(Kind kind, const Room &room, const ConnectedClient &client,
                                           quint64 offset)
{
    TimelineEntry entry = entryOf(kind, room, offset);
    entry.subscriptions = client.subscriptions(room.id());
    entry.isLimited = RoomPrivate::of(room).isLimited(client);
    return entry;
}

void Timelines::follows(const Room &room, const ConnectedClient &client, quint64 after)
{
    add(client, subscribedEntryOf(Kind::Followed, room, client, after));
}

void Timelines::left(const Room &room, const ConnectedClient &client)
{
    add(client, entryOf(Kind::Left, room, room.offset()));
}

void Timelines::subscriptionsChanged(const Room &room, const ConnectedClient &client)
{
    add(client, subscribedEntryOf(Kind::Subscribed, room, client, room.offset()));
}

void Timelines::missed(const Room &room, const ConnectedClient &client, quint64 from, quint64 to)
{
    TimelineEntry entry = entryOf(Kind::Missed, room, from);
    entry.until = to;
    add(client, std::move(entry));
}

void Timelines::sentInPart(SocketId socket, const SendRecordPtr &record)
{
    const auto id = m_ofSockets.constFind(socket);
    const auto found = id == m_ofSockets.cend() ? m_timelines.end() : m_timelines.find(*id);
    if (found != m_timelines.end())
        change(*found->second, [&] { found->second->keep(record); });
}

void Timelines::refused(const Refusal &refusal)
{
    if (!refusal.client)
        return;
    const auto cut = [](QStringView text) { return text.left(LongestText).toString(); };
    add(*refusal.client,
        {.kind = Kind::Refused,
         .roomId = cut(refusal.roomId),
         .refused = std::make_shared<const RefusedRequest>(
             RefusedRequest{.request = cut(refusal.request),
                            .id = cut(refusal.id),
                            .code = refusal.error.code,
                            .message = refusalMessage(refusal.error, LongestText),
                            .path = cut(refusal.error.path)})});
}

void Timelines::directed(const Room &, const Publication &publication, const EventDelivery &delivery)
{
    m_directed.add(publication.seq(), delivery);
    settle();
}

} // namespace dialogue
