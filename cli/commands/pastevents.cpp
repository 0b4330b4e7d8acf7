#include "cli/commands/pastevents.h"

#include <algorithm>
#include <tuple>

namespace dialogue::cli {

namespace {

constexpr int kPage = 500;
constexpr int kMostRequests = 15; ///< A server of ours answers 20 a minute.

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
    , m_names(m_filter.events.isEmpty() ? QStringList{QString()} : m_filter.events)
{ }

void PastEvents::ask()
{
    const int end = m_filter.newest ? std::min(*m_filter.newest, m_start + kPage) : m_start + kPage;
    ++m_requests;
    if (!m_room)
        return; // who holds us is told that the room was left
    m_room->getHistory({.event = m_names.constFirst(), .start = m_start, .end = end})
        .then(this, [this](const Result<QList<EventMessage>> &page) { onPage(page); });
}

void PastEvents::onPage(const Result<QList<EventMessage>> &page)
{
    if (!page)
        return m_done(page.error());
    m_found += *page;
    m_start += static_cast<int>(page->size());
    if (reachesBack(*page)) {
        m_names.removeFirst();
        m_start = 0;
    }
    if (m_names.isEmpty() || m_requests == kMostRequests)
        return m_done(sortedPast(m_found, m_filter));
    ask();
}

bool PastEvents::reachesBack(const QList<EventMessage> &page) const
{
    if (page.isEmpty() || (m_filter.newest && m_start >= *m_filter.newest))
        return true;
    const EventMessage &oldest = page.constLast();
    return (m_filter.afterOffset && oldest.offset <= *m_filter.afterOffset)
        || (m_filter.fromTimestamp && oldest.timestamp < *m_filter.fromTimestamp);
}

} // namespace dialogue::cli
