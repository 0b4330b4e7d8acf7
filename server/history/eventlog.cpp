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

QList<EventLog::Entry> EventLog::append(EventMessage &message, qsizetype size, const HistoryPolicy &policy)
{
    message.offset = ++m_offset;
    EventMessage kept = message;
    kept.data.dropValue();
    const Entry entry = std::make_shared<const EventMessage>(std::move(kept));

    m_recent.push_back({entry, size});
    m_recentBytes += size;
    trimRecent();

    QList<Entry> evicted;
    if (policy.enabled && policy.limit > 0) {
        auto &history = m_history[message.event];
        history.push_back(entry);
        while (history.size() > static_cast<size_t>(policy.limit)) {
            evicted.append(std::move(history.front()));
            history.pop_front();
        }
    }
    return evicted;
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
        const auto history = m_history.constFind(event);
        return history == m_history.cend() ? 0 : static_cast<int>(history->size());
    }
    size_t count = 0;
    for (const auto &history : m_history)
        count += history.size();
    return static_cast<int>(count);
}

QList<EventMessage> EventLog::page(const QString &event, int start, int end) const
{
    QList<EventMessage> events;
    if (!event.isEmpty()) {
        const auto history = m_history.constFind(event);
        if (history == m_history.cend())
            return events;
        const int size = static_cast<int>(history->size());
        for (int i = start; i < std::min(end, size); ++i)
            events.append(*(*history)[static_cast<size_t>(size - 1 - i)]);
        return events;
    }
    std::vector<Entry> all;
    for (const auto &history : m_history)
        all.insert(all.end(), history.begin(), history.end());
    std::ranges::sort(all, [](const Entry &a, const Entry &b) { return a->offset > b->offset; });
    for (int i = start; i < std::min(end, static_cast<int>(all.size())); ++i)
        events.append(*all[static_cast<size_t>(i)]);
    return events;
}

} // namespace dialogue
