#include "server/timeline/clienttimeline.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <utility>

namespace dialogue {

namespace {

qint64 textBytes(const QString &text) { return text.size() * qint64(sizeof(QChar)); }

bool isSame(const RefusedRequest &one, const RefusedRequest &other)
{
    return one.request == other.request && one.code == other.code && one.path == other.path
        && one.message == other.message;
}

} // namespace

qint64 TimelineEntry::bytes() const
{
    qint64 bytes = qint64(sizeof(TimelineEntry)) + textBytes(reason);
    // The room's id is the room's own, and shared.
    for (const QString &name : subscriptions)
        bytes += qint64(sizeof(QString)) + textBytes(name);
    if (refused) {
        bytes += qint64(sizeof(RefusedRequest)) + textBytes(roomId) + textBytes(refused->request)
            + textBytes(refused->id) + textBytes(refused->message) + textBytes(refused->path);
    }
    return bytes;
}

void ClientTimeline::add(TimelineEntry &&entry)
{
    if (!m_entries.empty() && entry.refused && entry.refused->id.isEmpty()) {
        TimelineEntry &last = m_entries.back();
        if (last.refused && last.roomId == entry.roomId && isSame(*last.refused, *entry.refused)) {
            ++last.times;
            last.time = entry.time;
            return;
        }
    }
    if (m_entries.size() >= MostEntries)
        forgetSome();
    m_entryBytes += entry.bytes();
    m_entries.push_back(std::move(entry));
}

// A quarter at a time, so that the rest is not moved for each; but for what says how it is in a room that it
// is in still.
void ClientTimeline::forgetSome()
{
    using Kind = TimelineEntry::Kind;
    const std::size_t quarter = m_entries.size() / 4;
    QSet<quint64> left; // Later on.
    for (const TimelineEntry &entry : m_entries) {
        if (entry.kind == Kind::Left)
            left.insert(entry.room);
    }
    QHash<std::pair<quint64, int>, std::size_t> last; // Of each room, and kind.
    for (std::size_t i = 0; i < quarter; ++i) {
        const TimelineEntry &entry = m_entries[i];
        if ((entry.kind == Kind::Followed || entry.kind == Kind::Subscribed) && !left.contains(entry.room))
            last.insert({entry.room, int(entry.kind)}, i);
    }
    std::vector<TimelineEntry> kept;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        TimelineEntry &entry = m_entries[i];
        const bool isNeeded = i < quarter && kept.size() < quarter / 2
            && last.value({entry.room, int(entry.kind)}, quarter) == i;
        if (i >= quarter || isNeeded)
            kept.push_back(std::move(entry));
        else
            m_forgottenUntil = std::max(m_forgottenUntil, entry.time);
    }
    m_entries = std::move(kept);
    m_entryBytes = 0;
    for (const TimelineEntry &each : m_entries)
        m_entryBytes += each.bytes();
}

void ClientTimeline::cameBack(SocketId socket, qint64 now)
{
    m_owner.previousSocket = std::exchange(m_owner.socket, socket);
    m_owner.until = 0;
    add({.kind = TimelineEntry::Kind::Connected, .time = now, .socket = socket});
}

void ClientTimeline::keep(const SendRecordPtr &record)
{
    if (!m_record) {
        m_record = record;
        return;
    }
    auto both = std::make_shared<SendRecord>(*m_record);
    both->spans.insert(both->spans.end(), record->spans.begin(), record->spans.end());
    both->forgottenUntil = std::max(both->forgottenUntil, record->forgottenUntil);
    if (both->spans.size() > MostSpans) {
        const auto end = both->spans.end() - std::ptrdiff_t(MostSpans);
        both->forgottenUntil = std::max(both->forgottenUntil, std::prev(end)->time);
        both->spans.erase(both->spans.begin(), end);
    }
    m_record = std::move(both);
}

void ClientTimeline::gone(qint64 now, const QString &reason)
{
    m_owner.until = now;
    add({.kind = TimelineEntry::Kind::Disconnected, .time = now, .reason = reason});
}

void ClientTimeline::forgetAll(qint64 now)
{
    m_entries.clear();
    m_entryBytes = 0;
    m_forgottenUntil = now;
}

qint64 ClientTimeline::bytes() const
{
    const qint64 spans = m_record ? qint64(m_record->spans.size() * sizeof(FateSpan)) : 0;
    return qint64(sizeof(ClientTimeline)) + textBytes(m_owner.clientId) + textBytes(m_owner.userId)
        + textBytes(m_owner.address) + m_entryBytes + spans;
}

std::vector<Membership> ClientTimeline::membershipsOf(const QString &roomId) const
{
    using Kind = TimelineEntry::Kind;
    std::vector<Membership> all;
    // A room is left over several turns, in which another of its id may be entered already.
    const auto openIn = [&all](quint64 room) {
        const auto found = std::find_if(all.rbegin(), all.rend(), [room](const Membership &each) {
            return each.room == room && !each.last;
        });
        return found == all.rend() ? nullptr : &*found;
    };
    bool isLeaving = false; // Its connection is gone, and it leaves its rooms for that.
    for (const TimelineEntry &entry : m_entries) {
        if (entry.kind == Kind::Connected)
            isLeaving = false;
        else if (entry.kind == Kind::Disconnected)
            isLeaving = true;
        if (entry.roomId != roomId)
            continue;
        Membership *open = openIn(entry.room);
        if (entry.kind == Kind::Followed && open) {
            open->after = std::min(open->after, entry.offset);
        } else if (entry.kind == Kind::Followed) {
            all.push_back({.room = entry.room, .after = entry.offset, .joined = entry.time});
        } else if (entry.kind == Kind::Left) {
            if (!open) {
                all.push_back({.room = entry.room, .isCut = true});
                open = &all.back();
            }
            open->last = entry.offset;
            open->ended = entry.time;
            open->byDisconnect = isLeaving;
        }
    }
    return all;
}

SubscriptionsThen ClientTimeline::subscriptionsAt(const Membership &membership, quint64 offset,
                                                  qint64 time) const
{
    using Kind = TimelineEntry::Kind;
    SubscriptionsThen then;
    for (const TimelineEntry &entry : m_entries) {
        const bool says = entry.kind == Kind::Followed || entry.kind == Kind::Subscribed;
        if (!says || entry.room != membership.room || entry.time < membership.joined)
            continue;
        if (membership.last && entry.time > membership.ended)
            break;
        // With what it came in with it gets what it missed, too.
        if (offset == 0 ? entry.time <= time : entry.offset < offset)
            then = {entry.subscriptions, entry.isLimited};
    }
    return then;
}

SocketId ClientTimeline::socketAt(qint64 time) const
{
    SocketId socket = 0;
    for (const TimelineEntry &entry : m_entries) {
        if (entry.kind == TimelineEntry::Kind::Connected && (socket == 0 || entry.time <= time))
            socket = entry.socket;
    }
    return socket != 0 ? socket : m_owner.socket;
}

const TimelineEntry *ClientTimeline::refusalOf(const QStringList &requests, const QString &roomId,
                                               qint64 time) const
{
    const auto found = std::find_if(m_entries.rbegin(), m_entries.rend(), [&](const TimelineEntry &entry) {
        return entry.refused && entry.roomId == roomId && requests.contains(entry.refused->request)
            && (time == 0 || entry.time <= time);
    });
    return found == m_entries.rend() ? nullptr : &*found;
}

bool ClientTimeline::isConnectedAt(qint64 time) const
{
    using Kind = TimelineEntry::Kind;
    bool isThere = m_owner.since <= time;
    for (const TimelineEntry &entry : m_entries) {
        if (entry.time > time)
            break;
        if (entry.kind == Kind::Connected)
            isThere = true;
        else if (entry.kind == Kind::Disconnected)
            isThere = false;
    }
    return isThere;
}

} // namespace dialogue
