#include "server/history/eventlog.h"

#include <algorithm>
#include <limits>

namespace dialogue {

namespace {

std::size_t countUpTo(const Ring<Publication> &entries, quint64 offset)
{
    return entries.countBefore([offset](const Publication &entry) { return entry.offset <= offset; });
}

std::size_t countBelow(const Ring<Publication> &entries, quint64 offset)
{
    return entries.countBefore([offset](const Publication &entry) { return entry.offset < offset; });
}

/** Both windows have no hole, so that one which reaches back as far as \a offset holds it. */
bool reachesBackTo(const Ring<Publication> &entries, quint64 offset)
{
    return !entries.empty() && entries.front().offset <= offset;
}

} // namespace

void EventLog::append(Publication publication, const Retention &retention, QList<Publication> *evicted)
{
    if (!m_windows)
        m_windows = std::make_unique<Windows>();
    m_offset = publication.offset;
    m_windows->bytes += publication.heapSize();
    keepInHistory(publication, retention.history, evicted);
    m_windows->recentBytes += publication.size();
    const int most = mostForgottenFor(publication.size());
    push(m_windows->recent, std::move(publication));
    trimRecent(retention.recovery, most);
}

void EventLog::trimRecent(const RecoveryLimits &limits, int most)
{
    const auto events = static_cast<std::size_t>(limits.events);
    const auto exceeds = [&](std::size_t times) {
        return m_windows->recent.size() > times * events
            || m_windows->recentBytes > static_cast<qint64>(times) * limits.bytes;
    };
    const auto mayGo = [&] { return !m_windows->readers.need(m_windows->recent.front().offset); };
    for (; most > 0 && exceeds(1) && (mayGo() || exceeds(2)); --most)
        forgetOldestRecent();
}

void EventLog::push(Entries &entries, Publication &&publication)
{
    const std::size_t before = entries.allocatedBytes();
    entries.push_back(std::move(publication));
    m_windows->bytes += static_cast<qint64>(entries.allocatedBytes() - before);
}

Publication EventLog::pop(Entries &entries)
{
    const std::size_t before = entries.allocatedBytes();
    Publication oldest = entries.pop_front();
    m_windows->bytes -= static_cast<qint64>(before - entries.allocatedBytes());
    return oldest;
}

void EventLog::keepInHistory(const Publication &publication, const HistoryPolicy &policy,
                             QList<Publication> *evicted)
{
    History *history = findHistory(publication.event);
    if (policy.enabled && !history) {
        history = &m_windows->histories.emplace_back(
            History{.event = publication.event, .entries = {}, .lost = mayBeLostOf(true)});
    }
    if (!history)
        return;
    const std::size_t limit = policy.enabled ? static_cast<std::size_t>(std::max(0, policy.limit)) : 0;
    if (limit > 0)
        push(history->entries, Publication(publication));
    trim(*history, limit, evicted);
    if (history->entries.empty()) {
        m_windows->lostOfOthers = std::max(m_windows->lostOfOthers, history->lost);
        std::erase_if(m_windows->histories, [history](const History &each) { return &each == history; });
    }
}

void EventLog::trim(History &history, std::size_t limit, QList<Publication> *evicted)
{
    for (; history.entries.size() - history.over > limit; ++history.over) {
        if (evicted)
            evicted->append(history.entries[history.over]);
    }
    const auto mayGo = [&] { return !m_windows->readers.need(history.entries.front().offset); };
    for (int most = MostForgotten; most > 0 && history.over > 0 && (history.over > limit || mayGo()); --most)
        forgetOldestOf(history, nullptr);
}

void EventLog::policiesChanged()
{
    if (m_windows)
        m_windows->policiesChangedAt = m_offset;
}

void EventLog::forgetOldestOf(History &history, QList<Publication> *evicted)
{
    Publication oldest = pop(history.entries);
    if (!reachesBackTo(m_windows->recent, oldest.offset)) {
        m_windows->bytes -= oldest.heapSize();
        history.lost = oldest.offset;
        m_windows->readers.dropThoseBefore(oldest.offset);
    }
    if (history.over > 0)
        --history.over; // It was told already.
    else if (evicted)
        evicted->append(std::move(oldest));
}

void EventLog::forgetOldestRecent()
{
    const Publication oldest = pop(m_windows->recent);
    m_windows->recentBytes -= oldest.size();
    History *const history = findHistory(oldest.event);
    if (history && reachesBackTo(history->entries, oldest.offset))
        return;
    m_windows->bytes -= oldest.heapSize();
    (history ? history->lost : m_windows->lostOfOthers) = oldest.offset;
    m_windows->readers.dropThoseBefore(oldest.offset);
}

void EventLog::forgetOldest(QList<Publication> *evicted)
{
    Entries &recent = m_windows->recent;
    quint64 offset = recent.empty() ? m_offset + 1 : recent.front().offset;
    History *oldest = nullptr;
    for (History &history : m_windows->histories) {
        if (reachesBackTo(history.entries, offset)) {
            oldest = &history;
            offset = history.entries.front().offset;
        }
    }
    if (oldest)
        forgetOldestOf(*oldest, evicted);
    if (reachesBackTo(recent, offset))
        forgetOldestRecent();
}

LogReaders &EventLog::readers()
{
    if (!m_windows)
        m_windows = std::make_unique<Windows>();
    return m_windows->readers;
}

void EventLog::stopReading(LogReader &reader) { m_windows->readers.remove(reader); }

EventLog::History *EventLog::findHistory(const QString &event) const
{
    const auto found = std::ranges::find(m_windows->histories, event, &History::event);
    return found != m_windows->histories.end() ? &*found : nullptr;
}

/** Of an event that has no history yet: of those before it was declared so nobody has kept track. */
quint64 EventLog::mayBeLostOf(bool hasHistory) const
{
    return hasHistory ? std::min(m_windows->lostOfOthers, m_windows->policiesChangedAt)
                      : m_windows->lostOfOthers;
}

quint64 EventLog::completeAfter(const QString &event, bool hasHistory) const
{
    if (!m_windows)
        return 0;
    if (event != u"*") {
        const History *const history = findHistory(event);
        return history ? history->lost : mayBeLostOf(hasHistory);
    }
    quint64 lost = m_windows->lostOfOthers;
    for (const History &history : m_windows->histories)
        lost = std::max(lost, history.lost);
    return lost;
}

OffsetMerge EventLog::forward(quint64 after) const
{
    OffsetMerge merge(OffsetMerge::Order::OldestFirst);
    if (!m_windows || after >= m_offset)
        return merge;
    const Entries &recent = m_windows->recent;
    merge.add(recent, countUpTo(recent, after), recent.size());
    const quint64 recentFrom = recent.empty() ? m_offset + 1 : recent.front().offset;
    if (after + 1 >= recentFrom)
        return merge;
    for (const History &history : m_windows->histories) {
        const Entries &entries = history.entries;
        merge.add(entries, countUpTo(entries, after), countBelow(entries, recentFrom));
    }
    return merge;
}

OffsetMerge EventLog::backward(quint64 from, quint64 to, const QString &event) const
{
    OffsetMerge merge(OffsetMerge::Order::NewestFirst);
    if (!m_windows)
        return merge;
    const auto add = [&](const Entries &entries) {
        merge.add(entries, countBelow(entries, from), countUpTo(entries, to));
    };
    add(m_windows->recent);
    for (const History &history : m_windows->histories) {
        if (event.isEmpty() || history.event == event)
            add(history.entries);
    }
    return merge;
}

int EventLog::kept(const QString &event) const
{
    std::size_t count = 0;
    if (m_windows) {
        for (const History &history : m_windows->histories) {
            if (event.isEmpty() || history.event == event)
                count += history.entries.size() - history.over;
        }
    }
    return static_cast<int>(count);
}

OffsetMerge EventLog::history(const QString &event, int newer) const
{
    OffsetMerge merge(OffsetMerge::Order::NewestFirst);
    if (!m_windows || newer < 0)
        return merge;
    const auto skipped = static_cast<std::size_t>(newer);
    if (!event.isEmpty()) {
        if (const History *const history = findHistory(event))
            merge.add(history->entries, history->over,
                      history->entries.size() - std::min(skipped, history->entries.size()));
        return merge;
    }
    const quint64 to = offsetBehind(skipped);
    for (const History &history : m_windows->histories)
        merge.add(history.entries, history.over, countUpTo(history.entries, to));
    return merge;
}

/** Of the publication that has \a newer before it in all histories together. */
quint64 EventLog::offsetBehind(std::size_t newer) const
{
    quint64 lowest = 0;
    for (quint64 highest = m_offset; lowest < highest;) {
        const quint64 middle = lowest + (highest - lowest) / 2;
        std::size_t behind = 0;
        for (const History &history : m_windows->histories)
            behind += history.entries.size() - std::max(history.over, countUpTo(history.entries, middle));
        if (behind > newer)
            lowest = middle + 1;
        else
            highest = middle;
    }
    return lowest;
}

} // namespace dialogue
