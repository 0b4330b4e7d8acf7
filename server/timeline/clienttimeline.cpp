#include "server/timeline/clienttimeline.h"

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

// A quarter at a time, so that the rest is not moved for each.
void ClientTimeline::forgetSome()
{
    const std::size_t quarter = m_entries.size() / 4;
    QSet<QString> left; // Later on, of rooms.
    for (const TimelineEntry &entry : m_entries) {
        if (entry.kind == TimelineEntry::Kind::Left)
            left.insert(entry.roomId);
    }
    std::vector<TimelineEntry> kept;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        TimelineEntry &entry = m_entries[i];
        const bool isPart
            = entry.kind == TimelineEntry::Kind::Followed || entry.kind == TimelineEntry::Kind::Subscribed;
        if (i >= quarter || (isPart && !left.contains(entry.roomId) && kept.size() < quarter / 2))
            kept.push_back(std::move(entry));
        else
            m_forgottenUntil = entry.time;
    }
    m_entries = std::move(kept);
    m_entryBytes = 0;
    for (const TimelineEntry &each : m_entries)
        m_entryBytes += each.bytes();
}

void ClientTimeline::cameBack(SocketId socket, qint64 now)
{
    m_owner.socket = socket;
    m_owner.until = 0;
    m_record.reset();
    add({.kind = TimelineEntry::Kind::Connected, .time = now});
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
    const auto isOpen = [&all] { return !all.empty() && !all.back().last; };
    bool isLeaving = false; // Its connection is gone, and it leaves its rooms for that.
    for (const TimelineEntry &entry : m_entries) {
        if (entry.kind == Kind::Connected)
            isLeaving = false;
        else if (entry.kind == Kind::Disconnected)
            isLeaving = true;
        if (entry.roomId != roomId)
            continue;
        if (entry.kind == Kind::Followed && isOpen()) {
            all.back().after = std::min(all.back().after, entry.offset);
        } else if (entry.kind == Kind::Followed) {
            all.push_back({.after = entry.offset, .joined = entry.time});
        } else if (entry.kind == Kind::Left && isOpen()) {
            all.back().last = entry.offset;
            all.back().ended = entry.time;
            all.back().byDisconnect = isLeaving;
        }
    }
    return all;
}

QStringList ClientTimeline::subscriptionsAt(const QString &roomId, quint64 offset,
                                            const Membership &membership) const
{
    using Kind = TimelineEntry::Kind;
    QStringList names;
    for (const TimelineEntry &entry : m_entries) {
        const bool says = entry.kind == Kind::Followed || entry.kind == Kind::Subscribed;
        if (!says || entry.roomId != roomId || entry.time < membership.joined)
            continue;
        // With what it came in with it gets what it missed, too.
        if (entry.kind == Kind::Followed || entry.offset < offset)
            names = entry.subscriptions;
    }
    return names;
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
