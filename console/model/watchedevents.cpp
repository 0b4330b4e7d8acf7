#include "console/model/watchedevents.h"

namespace dialogue::console {

EventBatch eventBatchOf(const protocol::admin::EventBatch &told, qint64 time)
{
    EventBatch batch{.names = told.names,
                     .payloads = told.payloads,
                     .dropped = {.rate = told.dropped.rate,
                                 .ring = told.dropped.ring,
                                 .queue = told.dropped.queue,
                                 .filter = told.dropped.filter},
                     .time = time};
    batch.records.reserve(std::size_t(told.rows.size()));
    qint64 place = 0;
    for (const protocol::admin::WatchedRow &row : told.rows) {
        const bool isHere = row.dataSize > 0;
        batch.records.push_back({.time = row.time,
                                 .offset = row.offset > 0 ? qint64(row.offset) : -1,
                                 .room = row.room,
                                 .event = row.event,
                                 .from = row.from,
                                 .place = place,
                                 .length = quint32(isHere ? row.dataSize : row.size),
                                 .metaLength = quint32(row.metaSize),
                                 .flags = quint8(isHere ? HasData : 0)});
        place += row.dataSize + row.metaSize;
    }
    return batch;
}

} // namespace dialogue::console
