#include "randomevents.h"

#include <algorithm>

using namespace dialogue;
using namespace dialogue::console;
using namespace Qt::StringLiterals;

bool NaiveEvent::matches(const EventQuery &query) const
{
    if (kind == RowKind::Gap)
        return query.hasGaps;
    const FilterRow row{.room = room,
                        .event = event,
                        .from = from,
                        .key = key,
                        .node = node,
                        .offset = offset,
                        .size = data.size(),
                        .time = time,
                        .data = data,
                        .meta = meta};
    if (!query.filter.matches(row))
        return false;
    const QString all
        = QStringList{room, event, from, key, node, QString::fromUtf8(data), QString::fromUtf8(meta)}.join(
            u'\n');
    return std::all_of(query.texts.begin(), query.texts.end(), [&](const TextSearch &text) {
        return all.contains(text.text(), Qt::CaseInsensitive);
    });
}

EventBatch RandomEvents::batch(int events)
{
    EventBatch batch{.names = {u"lobby"_s, u"bid"_s, u"ask"_s, u"u-1"_s, u"u-2"_s, u"k"_s}};
    batch.time = qint64(all.size());
    for (int i = 0; i < events; ++i) {
        NaiveEvent event{.seq = all.size(),
                         .time = qint64(all.size()) * 3,
                         .offset = random.bounded(3) ? qint64(all.size()) : -1};
        EventRecord record{.time = event.time, .offset = event.offset, .room = 0};
        record.event = 1 + random.bounded(2);
        record.from = 3 + random.bounded(2);
        record.key = random.bounded(4) ? EventRecord::NoName : 5;
        event.room = batch.names[0];
        event.event = batch.names[record.event];
        event.from = batch.names[record.from];
        event.key = record.key < 0 ? QString() : batch.names[record.key];
        event.data = "{\"price\":" + QByteArray::number(random.bounded(100)) + ",\"n\":\""
            + QByteArray(random.bounded(20), 'x') + "\"}";
        if (random.bounded(5) == 0)
            event.meta = "{\"m\":" + QByteArray::number(random.bounded(3)) + '}';
        record.place = batch.payloads.size();
        record.length = quint32(event.data.size());
        record.metaLength = quint32(event.meta.size());
        record.flags = HasData;
        batch.payloads += event.data + event.meta;
        batch.records.push_back(record);
        all.push_back(event);
    }
    return batch;
}

EventBatch RandomEvents::gap()
{
    EventBatch batch{.time = qint64(all.size())};
    batch.dropped = {.rate = random.bounded(3),
                     .ring = random.bounded(3),
                     .queue = random.bounded(3),
                     .filter = random.bounded(3)};
    batch.afterLoss = random.bounded(4) == 0;
    const auto keep = [&](GapReason reason, qint64 count) {
        if (count > 0)
            all.push_back({.kind = RowKind::Gap,
                           .seq = all.size(),
                           .time = batch.time,
                           .reason = reason,
                           .gap = count});
    };
    if (batch.afterLoss)
        all.push_back(
            {.kind = RowKind::Gap, .seq = all.size(), .time = batch.time, .reason = GapReason::Connection});
    keep(GapReason::Rate, batch.dropped.rate);
    keep(GapReason::Ring, batch.dropped.ring);
    keep(GapReason::Queue, batch.dropped.queue);
    keep(GapReason::Filter, batch.dropped.filter);
    return batch;
}
