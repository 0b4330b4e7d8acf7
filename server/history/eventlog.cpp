#include "server/history/eventlog.h"

#include <algorithm>
#include <limits>

namespace dialogue {

namespace {

std::size_t countUpTo(const Ring<PublicationPtr> &entries, quint64 offset)
{
    return entries.countBefore([offset](const PublicationPtr &entry) { return entry->offset() <= offset; });
}

std::size_t countBelow(const Ring<PublicationPtr> &entries, quint64 offset)
{
    return entries.countBefore([offset](const PublicationPtr &entry) { return entry->offset() < offset; });
}

constexpr quint64 Unknown = std::numeric_limits<quint64>::max();

/** Both windows have no hole, so that one which reaches back as far as \a offset holds it. */
bool reachesBackTo(const Ring<PublicationPtr> &entries, quint64 offset)
{
    return !entries.empty() && entries.front()->offset() <= offset;
}

} // namespace

void EventLog::append(const PublicationPtr &publication, const Retention &retention,
                      QList<PublicationPtr> *evicted)
{
    if (!m_windows)
        m_windows = std::make_unique<Windows>();
    m_offset = publication->offset();
    if (m_windows->lostSeq == Unknown)
        m_windows->lostSeq = publication->seq() - 1; // It may be much less.
    m_windows->bytes += publication->heapSize();
    keepInHistory(publication, retention.history, evicted);
    m_windows->recentBytes += publication->size();
    const int most = mostForgottenFor(publication->size());
    push(m_windows->recent, publication);
    trimRecent(retention.recovery, most);
}

void EventLog::restoreHistory(const PublicationPtr &publication, const HistoryPolicy &policy)
{
    if (!m_windows)
        m_windows = std::make_unique<Windows>();
    const bool isFirst = !findHistory(publication->event());
    m_windows->bytes += publication->heapSize();
    keepInHistory(publication, policy, nullptr);
    if (isFirst)
        findHistory(publication->event())->lost = publication->offset() - 1;
}

void EventLog::continueFrom(quint64 offset)
{
    if (!m_windows)
        m_windows = std::make_unique<Windows>();
    m_offset = offset;
    m_windows->lostOfOthers = offset;
    m_windows->lostSeq = offset > 0 ? Unknown : 0;
    m_windows->policiesChangedAt = offset;
}

void EventLog::trimRecent(const RecoveryLimits &limits, int most)
{
    const auto events = static_cast<std::size_t>(limits.events);
    const auto exceeds = [&](std::size_t times) {
        return m_windows->recent.size() > times * events
            || m_windows->recentBytes > static_cast<qint64>(times) * limits.bytes;
    };
    const auto mayGo = [&] { return !m_windows->readers.need(m_windows->recent.front()->offset()); };
    for (; most > 0 && exceeds(1) && (mayGo() || exceeds(2)); --most)
        forgetOldestRecent();
}

void EventLog::push(Entries &entries, PublicationPtr publication)
{
    const std::size_t before = entries.allocatedBytes();
    entries.push_back(std::move(publication));
    m_windows->bytes += static_cast<qint64>(entries.allocatedBytes() - before);
}

PublicationPtr EventLog::pop(Entries &entries)
{
    const std::size_t before = entries.allocatedBytes();
    PublicationPtr oldest = entries.pop_front();
    m_windows->bytes -= static_cast<qint64>(before - entries.allocatedBytes());
    return oldest;
}

PublicationPtr EventLog::take(Entries &entries, std::size_t place)
{
    const std::size_t before = entries.allocatedBytes();
    PublicationPtr taken = entries.take(place);
    m_windows->bytes -= static_cast<qint64>(before - entries.allocatedBytes());
    return taken;
}

bool EventLog::erase(quint64 offset)
{
    if (!m_windows)
        return false;
    PublicationPtr erased;
    const auto takeFrom = [&](Entries &entries, std::size_t place) {
        if (place == entries.size() || entries[place]->offset() != offset)
            return false;
        erased = take(entries, place);
        return true;
    };
    Entries &recent = m_windows->recent;
    if (takeFrom(recent, countBelow(recent, offset)))
        m_windows->recentBytes -= erased->size();
    for (History &history : m_windows->histories) {
        const std::size_t place = countBelow(history.entries, offset);
        if (takeFrom(history.entries, place) && place < history.over)
            --history.over;
    }
    if (!erased)
        return false;
    m_windows->bytes -= erased->heapSize();
    return true;
}

void EventLog::keepInHistory(const PublicationPtr &publication, const HistoryPolicy &policy,
                             QList<PublicationPtr> *evicted)
{
    History *history = findHistory(publication->event());
    if (policy.enabled && !history) {
        history = &m_windows->histories.emplace_back(
            History{.event = publication->event(), .entries = {}, .lost = mayBeLostOf(true)});
    }
    if (!history)
        return;
    const std::size_t limit = policy.enabled ? static_cast<std::size_t>(std::max(0, policy.limit)) : 0;
    if (limit > 0)
        push(history->entries, publication);
    trim(*history, limit, evicted);
    if (history->entries.empty()) {
        m_windows->lostOfOthers = std::max(m_windows->lostOfOthers, history->lost);
        m_windows->lostOfEmptied = std::max(m_windows->lostOfEmptied, history->lost);
        std::erase_if(m_windows->histories, [history](const History &each) { return &each == history; });
    }
}

void EventLog::trim(History &history, std::size_t limit, QList<PublicationPtr> *evicted)
{
    for (; history.entries.size() - history.over > limit; ++history.over) {
        if (evicted)
            evicted->append(history.entries[history.over]);
    }
    const auto mayGo = [&] { return !m_windows->readers.need(history.entries.front()->offset()); };
    for (int most = MostForgotten; most > 0 && history.over > 0 && (history.over > limit || mayGo()); --most)
        forgetOldestOf(history, nullptr);
}

void EventLog::policiesChanged()
{
    if (m_windows)
        m_windows->policiesChangedAt = m_offset;
}

void EventLog::forgetOldestOf(History &history, QList<PublicationPtr> *evicted)
{
    PublicationPtr oldest = pop(history.entries);
    if (!reachesBackTo(m_windows->recent, oldest->offset())) {
        m_windows->bytes -= oldest->heapSize();
        lose(*oldest, history.lost);
    }
    if (history.over > 0)
        --history.over; // It was told already.
    else if (evicted)
        evicted->append(std::move(oldest));
}

void EventLog::forgetOldestRecent()
{
    const PublicationPtr oldest = pop(m_windows->recent);
    m_windows->recentBytes -= oldest->size();
    History *const history = findHistory(oldest->event());
    if (history && reachesBackTo(history->entries, oldest->offset()))
        return;
    m_windows->bytes -= oldest->heapSize();
    lose(*oldest, history ? history->lost : m_windows->lostOfOthers);
}

void EventLog::lose(const Publication &publication, quint64 &lost)
{
    lost = publication.offset();
    m_windows->lostSeq = std::max(m_windows->lostSeq, publication.seq());
    m_windows->readers.dropThoseBefore(publication.offset());
}

void EventLog::forgetOldest(QList<PublicationPtr> *evicted)
{
    Entries &recent = m_windows->recent;
    quint64 offset = recent.empty() ? m_offset + 1 : recent.front()->offset();
    History *oldest = nullptr;
    for (History &history : m_windows->histories) {
        if (reachesBackTo(history.entries, offset)) {
            oldest = &history;
            offset = history.entries.front()->offset();
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

quint64 EventLog::offsetAt(quint64 seq) const
{
    if (!m_windows)
        return 0;
    quint64 offset = 0;
    const auto look = [&](const Entries &entries) {
        const std::size_t before
            = entries.countBefore([seq](const PublicationPtr &entry) { return entry->seq() <= seq; });
        if (before > 0)
            offset = std::max(offset, entries[before - 1]->offset());
    };
    look(m_windows->recent);
    for (const History &history : m_windows->histories)
        look(history.entries);
    return seq >= m_windows->lostSeq ? std::max(offset, completeAfter(QStringLiteral("*"), true)) : offset;
}

OffsetMerge EventLog::forward(quint64 after) const
{
    OffsetMerge merge(OffsetMerge::Order::OldestFirst);
    if (!m_windows || after >= m_offset)
        return merge;
    const Entries &recent = m_windows->recent;
    merge.add(recent, countUpTo(recent, after), recent.size());
    const quint64 recentFrom = recent.empty() ? m_offset + 1 : recent.front()->offset();
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

int EventLog::keptWhole() const
{
    if (!m_windows)
        return 0;
    quint64 lost = m_windows->lostOfEmptied;
    for (const History &history : m_windows->histories)
        lost = std::max(lost, history.over > 0 ? history.entries[history.over - 1]->offset() : history.lost);
    std::size_t count = 0;
    for (const History &history : m_windows->histories)
        count += history.entries.size() - countUpTo(history.entries, lost);
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
