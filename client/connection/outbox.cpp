#include "client/connection/outbox.h"

#include <algorithm>

namespace dialogue::client {

Outbox::Outbox(OutboxLimits limits)
    : m_limits(limits)
{ }

Result<void> Outbox::add(OutgoingTrigger trigger)
{
    if (size() >= m_limits.messages) {
        return Error{
            ErrorCode::LimitReached,
            QStringLiteral("%1 triggers wait to be sent, which is the limit (outbox.messages)").arg(size())};
    }
    if (m_bytes + trigger.size.total() > m_limits.bytes) {
        return Error{ErrorCode::LimitReached,
                     QStringLiteral("The triggers that wait to be sent would exceed %1 bytes (outbox.bytes)")
                         .arg(m_limits.bytes)};
    }
    m_bytes += trigger.size.total();
    const QString id = trigger.request.id;
    m_byId.insert(id, m_entries.insert(m_entries.end(), {.trigger = std::move(trigger)}));
    return {};
}

const OutgoingTrigger *Outbox::send(const QString &roomId)
{
    const auto found = std::ranges::find_if(m_entries, [&](const Entry &entry) {
        return !entry.onItsWay && entry.trigger.request.roomId == roomId;
    });
    if (found == m_entries.end() || m_suspectOnItsWay || (found->isSuspect && m_onTheirWay > 0))
        return nullptr;
    ++m_onTheirWay;
    m_suspectOnItsWay = found->isSuspect;
    found->onItsWay = true;
    found->everSent = true;
    return &found->trigger;
}

OutgoingTrigger Outbox::remove(Entries::iterator entry)
{
    OutgoingTrigger trigger = std::move(entry->trigger);
    m_onTheirWay -= entry->onItsWay ? 1 : 0;
    m_suspects -= entry->isSuspect ? 1 : 0;
    m_suspectOnItsWay = m_suspectOnItsWay && !(entry->onItsWay && entry->isSuspect);
    m_bytes -= trigger.size.total();
    m_byId.remove(trigger.request.id);
    m_entries.erase(entry);
    return trigger;
}

template <class Predicate>
std::list<OutgoingTrigger> Outbox::takeIf(Predicate wanted)
{
    std::list<OutgoingTrigger> taken;
    for (auto entry = m_entries.begin(); entry != m_entries.end();) {
        const auto current = entry++;
        if (wanted(*current))
            taken.push_back(remove(current));
    }
    return taken;
}

bool Outbox::isSuspect(const Entry &entry) const
{
    const int most = m_limits.brokenConnections;
    return entry.closings >= MostClosings - 1 || (most > 0 && entry.breaks >= std::max(1, most - LastAlone));
}

bool Outbox::isPoison(const Entry &entry) const
{
    const int most = m_limits.brokenConnections;
    return entry.closings >= MostClosings || (most > 0 && entry.breaks >= most);
}

std::list<OutgoingTrigger> Outbox::connectionLost(End end)
{
    // One that breaks with nothing on its way shows that it is the network's doing.
    const bool isNobodysFault = end == End::Broken && m_onTheirWay == 0;
    m_onTheirWay = 0;
    m_suspectOnItsWay = false;
    m_suspects = 0;
    for (Entry &entry : m_entries) {
        if (isNobodysFault)
            entry.breaks = 0;
        if (std::exchange(entry.onItsWay, false)) {
            entry.closings += end == End::ByServer ? 1 : 0;
            entry.breaks += end == End::Broken ? 1 : 0;
        }
        entry.isSuspect = isSuspect(entry);
        m_suspects += entry.isSuspect ? 1 : 0;
    }
    return takeIf([this](const Entry &entry) { return isPoison(entry); });
}

std::optional<OutgoingTrigger> Outbox::take(const QString &id)
{
    const auto found = m_byId.constFind(id);
    if (found == m_byId.cend())
        return std::nullopt;
    return remove(*found);
}

void Outbox::notNow(const QString &id)
{
    if (const auto found = m_byId.constFind(id); found != m_byId.cend())
        (*found)->everSent = false;
}

std::list<OutgoingTrigger> Outbox::takeWaiting(const QString &roomId)
{
    return takeIf(
        [&](const Entry &entry) { return !entry.onItsWay && entry.trigger.request.roomId == roomId; });
}

std::list<OutgoingTrigger> Outbox::takeOutside(const QSet<QString> &rooms)
{
    return takeIf([&](const Entry &entry) { return !rooms.contains(entry.trigger.request.roomId); });
}

std::list<OutgoingTrigger> Outbox::takeOverdue()
{
    return takeIf([](const Entry &entry) { return entry.trigger.deadline.hasExpired(); });
}

std::list<OutgoingTrigger> Outbox::takeUncertain()
{
    return takeIf([](const Entry &entry) { return entry.everSent; });
}

std::list<OutgoingTrigger> Outbox::takeAll()
{
    return takeIf([](const Entry &) { return true; });
}

QDeadlineTimer Outbox::nextDeadline() const
{
    // All wait equally long, so the oldest is the first.
    return m_entries.empty() ? QDeadlineTimer(QDeadlineTimer::Forever) : m_entries.front().trigger.deadline;
}

} // namespace dialogue::client
