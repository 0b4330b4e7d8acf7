#include "server/admin/statsseries.h"

#include <QHash>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace dialogue::admin {

namespace {

using K = SeriesKind;

constexpr std::array SeriesTable{
    Series{"connections"_L1, "dialogue_connections_active", K::Gauge},
    Series{"connects"_L1, "dialogue_connections_total", K::Rate},
    Series{"readers"_L1, "dialogue_stream_readers", K::Gauge},
    Series{"tcpConnections"_L1, "dialogue_tcp_connections", K::Gauge},
    Series{"rooms"_L1, "dialogue_rooms", K::Gauge},
    Series{"events"_L1, "dialogue_published_total", K::Rate},
    Series{"messagesIn"_L1, "dialogue_hub_messages_total", K::Rate},
    Series{"framesOut"_L1, "dialogue_frames_sent_total", K::Rate},
    Series{"framesDropped"_L1, "dialogue_frames_dropped_total", K::Rate},
    Series{"slowReaders"_L1, "dialogue_slow_readers_total", K::Rate},
    Series{"refusals"_L1, "dialogue_refusals_total", K::Rate},
    Series{"rateLimited"_L1, "dialogue_rate_limited_total", K::Rate},
    Series{"hubTurnMedian"_L1, "dialogue_hub_turn_seconds", K::Median},
    Series{"hubTurn99"_L1, "dialogue_hub_turn_seconds", K::Percentile99},
    Series{"hubWaiting"_L1, "dialogue_hub_waiting_messages", K::Gauge},
    Series{"hubWaitingBytes"_L1, "dialogue_hub_waiting_bytes", K::Gauge},
    Series{"mailboxBytes"_L1, "dialogue_mailbox_bytes", K::Gauge},
    Series{"sendQueueBytes"_L1, "dialogue_send_queue_bytes", K::Gauge},
    Series{"storeQueueBytes"_L1, "dialogue_store_queue_bytes", K::Gauge},
    Series{"memoryUsed"_L1, "dialogue_memory_used_bytes", K::Gauge},
    Series{"processorTime"_L1, "process_cpu_seconds_total", K::Rate},
    Series{"residentMemory"_L1, "process_resident_memory_bytes", K::Gauge},
    Series{"openFiles"_L1, "process_open_fds", K::Gauge},
    Series{"mostFiles"_L1, "process_max_fds", K::Gauge},
};

/** Of all labels together. */
double sumOf(const MetricFamily &family)
{
    double sum = 0;
    for (const MetricSample &sample : family.samples)
        sum += sample.value;
    return sum;
}

/** The least bound that so many of what came between the two stay below; of the last class its lower one. */
double quantile(const MetricHistogram &before, const MetricHistogram &now, double part)
{
    const auto count = double(now.count - std::min(before.count, now.count));
    if (count <= 0)
        return 0;
    double highest = 0;
    for (qsizetype i = 0; i < now.buckets.size(); ++i) {
        const quint64 earlier = i < before.buckets.size() ? before.buckets[i].second : 0;
        highest = now.buckets[i].first;
        if (double(now.buckets[i].second - std::min(earlier, now.buckets[i].second)) >= part * count)
            break;
    }
    return highest;
}

} // namespace

std::span<const Series> statsSeries() { return SeriesTable; }

StatsValues StatsReader::read(const MetricFamilies &families, double time)
{
    const double seconds = m_last.empty() ? 0 : time - m_lastTime;
    m_last.resize(SeriesTable.size());
    m_lastTime = time;
    QHash<QByteArrayView, const MetricFamily *> byName;
    for (const MetricFamily &family : families)
        byName.insert(family.name, &family);
    StatsValues values;
    values.reserve(SeriesTable.size());
    for (std::size_t i = 0; i < SeriesTable.size(); ++i) {
        const MetricFamily *const family = byName.value(SeriesTable[i].metric);
        values.push_back(family ? valueOf(SeriesTable[i], *family, m_last[i], seconds) : 0);
    }
    return values;
}

double StatsReader::valueOf(const Series &series, const MetricFamily &family, Last &last, double seconds)
{
    if (series.kind == K::Gauge)
        return sumOf(family);
    if (series.kind == K::Rate) {
        const double before = std::exchange(last.value, sumOf(family));
        // What a counter counted that is gone, as a room's, is not counted again.
        return seconds > 0 ? std::max(0.0, last.value - before) / seconds : 0;
    }
    const MetricHistogram now = family.samples.isEmpty()
        ? MetricHistogram()
        : family.samples.first().histogram.value_or(MetricHistogram());
    const auto before = std::exchange(last.histogram, now);
    return before && seconds > 0 ? quantile(*before, now, series.kind == K::Median ? 0.5 : 0.99) : 0;
}

} // namespace dialogue::admin
