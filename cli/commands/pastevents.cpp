#include "cli/commands/pastevents.h"

#include <algorithm>
#include <tuple>

namespace dialogue::cli {

namespace {

constexpr int Page = 500;
constexpr int MostRequests = 15; ///< A server of ours answers a client 20 a minute.

} // namespace

bool PastFilter::takes(const EventMessage &message) const
{
    return (events.isEmpty() || events.contains(message.event))
        && (!afterOffset || message.offset > *afterOffset)
        && (!fromTimestamp || message.timestamp >= *fromTimestamp);
}

QList<EventMessage> sortedPast(QList<EventMessage> events, const PastFilter &filter)
{
    // Pages overlap where something happened between two of them.
    const auto key = [](const EventMessage &m) { return std::tuple(m.offset, m.timestamp, m.id); };
    std::reverse(events.begin(), events.end());
    std::stable_sort(events.begin(), events.end(),
                     [&](const auto &a, const auto &b) { return key(a) < key(b); });
    const auto isSame
        = [](const EventMessage &a, const EventMessage &b) { return a.offset > 0 && a.offset == b.offset; };
    events.erase(std::unique(events.begin(), events.end(), isSame), events.end());
    events.removeIf([&](const EventMessage &message) { return !filter.takes(message); });
    if (filter.newest && events.size() > *filter.newest)
        events.remove(0, events.size() - *filter.newest);
    return events;
}

PastEvents::PastEvents(RoomContext &room, PastFilter filter, Done done)
    : m_room(&room)
    , m_filter(std::move(filter))
    , m_done(std::move(done))
{
    for (const QString &name : m_filter.events.isEmpty() ? QStringList{QString()} : m_filter.events)
        m_open.append({.name = name});
}

void PastEvents::ask()
{
    if (!m_room)
        return; // who holds us is told that the room was left
    ++m_requests;
    const Asked &next = m_open.constFirst();
    const int end = m_filter.newest ? std::min(*m_filter.newest, next.start + Page) : next.start + Page;
    m_room->getHistory({.event = next.name, .start = next.start, .end = end})
        .then(this, [this](const Result<QList<EventMessage>> &page) { onPage(page); });
}

void PastEvents::onPage(const Result<QList<EventMessage>> &page)
{
    if (!page)
        return end(page.error());
    m_found += *page;
    Asked asked = m_open.takeFirst();
    asked.start += static_cast<int>(page->size());
    if (!reachesBack(*page, asked.start))
        m_open.append(asked);
    if (m_open.isEmpty() || m_requests == MostRequests)
        return end({});
    ask();
}

bool PastEvents::reachesBack(const QList<EventMessage> &page, int start) const
{
    // A page that is short is not the last: a server cuts what would be too much for one answer.
    if (page.isEmpty() || (m_filter.newest && start >= *m_filter.newest))
        return true;
    const EventMessage &oldest = page.constLast();
    return oldest.offset == 1 || (m_filter.afterOffset && oldest.offset <= *m_filter.afterOffset)
        || (m_filter.fromTimestamp && oldest.timestamp < *m_filter.fromTimestamp);
}

void PastEvents::end(const std::optional<Error> &error)
{
    Past past{.events = sortedPast(m_found, m_filter), .error = error};
    for (const Asked &open : std::as_const(m_open))
        past.cut.append(open.name);
    m_done(past);
}

} // namespace dialogue::cli
