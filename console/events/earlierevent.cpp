#include "console/events/earlierevent.h"

#include <algorithm>

namespace dialogue::console {

std::optional<EventFacts> earlierEvent(const EventLog &log, const EventFacts &event)
{
    const quint64 last = std::min(event.seq, log.endSeq());
    const quint64 least = last > quint64(RowsLookedThrough) ? last - quint64(RowsLookedThrough) : 0;
    const quint64 first = std::max(log.firstSeq(), least);
    for (quint64 seq = last; seq > first;) {
        const EventSegment &segment = *log.segmentOf(seq - 1);
        for (; seq > std::max(first, segment.firstSeq()); --seq) {
            const int row = int(seq - 1 - segment.firstSeq());
            if (segment.kind(row) == RowKind::Event && segment.name(EventSegment::Event, row) == event.event
                && segment.name(EventSegment::Room, row) == event.room
                && segment.name(EventSegment::Key, row) == event.key)
                return factsOf(segment, row);
        }
    }
    return {};
}

} // namespace dialogue::console
