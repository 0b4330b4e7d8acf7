#include "server/history/eventlog.h"

#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace dialogue {

namespace {

QByteArray newEpoch()
{
    std::array<quint32, 3> words{};
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    return QByteArray(reinterpret_cast<const char *>(words.data()), sizeof(words))
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace

EventLog::EventLog(RecoveryLimits limits)
    : m_limits(limits)
    , m_epoch(newEpoch())
{ }

void EventLog::append(EventMessage &message, qsizetype size, const HistoryPolicy &policy,
                      QList<Entry> *evicted)
{
    message.offset = ++m_offset;
    const auto kept = std::make_shared<EventMessage>(message);
    kept->data.dropValue();

    m_recent.push_back({kept, size});
    m_recentBytes += size;
    trimRecent();

    if (!policy.enabled || policy.limit <= 0)
        return;
    std::deque<Entry> &history = historyOf(message.event).entries;
    history.push_back(kept);
    while (history.size() > static_cast<size_t>(policy.limit)) {
        if (evicted)
            evicted->append(std::move(history.front()));
        history.pop_front();
    }
}

EventLog::History &EventLog::historyOf(const QString &event)
{
    const auto found = std::ranges::find(m_history, event, &History::event);
    return found != m_history.end() ? *found : m_history.emplace_back(History{.event = event, .entries = {}});
}

const EventLog::History *EventLog::findHistory(const QString &event) const
{
    const auto found = std::ranges::find(m_history, event, &History::event);
    return found != m_history.end() ? &*found : nullptr;
}

void EventLog::trimRecent()
{
    while (!m_recent.empty()
           && (m_recent.size() > static_cast<size_t>(m_limits.events) || m_recentBytes > m_limits.bytes)) {
        m_recentBytes -= m_recent.front().size;
        m_recent.pop_front();
    }
}

std::optional<QList<EventLog::Entry>> EventLog::since(const QByteArray &epoch, quint64 offset) const
{
    if (epoch != m_epoch || offset > m_offset)
        return std::nullopt;
    const quint64 missed = m_offset - offset;
    if (missed > m_recent.size())
        return std::nullopt;
    QList<Entry> entries;
    entries.reserve(static_cast<qsizetype>(missed));
    for (auto it = m_recent.end() - static_cast<std::ptrdiff_t>(missed); it != m_recent.end(); ++it)
        entries.append(it->message);
    return entries;
}

int EventLog::kept(const QString &event) const
{
    if (!event.isEmpty()) {
        const History *const history = findHistory(event);
        return history ? static_cast<int>(history->entries.size()) : 0;
    }
    size_t count = 0;
    for (const History &history : m_history)
        count += history.entries.size();
    return static_cast<int>(count);
}

QList<EventMessage> EventLog::page(const QString &event, int start, int end) const
{
    QList<EventMessage> events;
    if (!event.isEmpty()) {
        const History *const history = findHistory(event);
        const int size = history ? static_cast<int>(history->entries.size()) : 0;
        for (int i = start; i < std::min(end, size); ++i)
            events.append(*history->entries[static_cast<size_t>(size - 1 - i)]);
        return events;
    }
    std::vector<Entry> all;
    for (const History &history : m_history)
        all.insert(all.end(), history.entries.begin(), history.entries.end());
    std::ranges::sort(all, [](const Entry &a, const Entry &b) { return a->offset > b->offset; });
    for (int i = start; i < std::min(end, static_cast<int>(all.size())); ++i)
        events.append(*all[static_cast<size_t>(i)]);
    return events;
}

} // namespace dialogue
