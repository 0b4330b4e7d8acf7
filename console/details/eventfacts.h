#pragma once

#include "console/model/eventsegment.h"

namespace dialogue::console {

/** One row of the log of events, on its own: it stays when the log forgets it. */
struct EventFacts
{
    quint64 seq = 0;
    RowKind kind = RowKind::Event;
    qint64 time = -1;
    qint64 offset = -1;
    qint64 size = 0;
    QString room = {};
    QString event = {};
    QString from = {};
    QString key = {};
    QString node = {};
    quint8 flags = 0; ///< EventFlag
    QByteArray data = {};
    QByteArray meta = {};
    GapReason gapReason = GapReason::Rate; ///< Of a gap alone, as is gapCount.
    qint64 gapCount = 0;

    [[nodiscard]] bool hasData() const { return flags & HasData; }
};

[[nodiscard]] EventFacts factsOf(const EventSegment &segment, int row);

/** "12 events not shown: the console was too slow" */
[[nodiscard]] QString gapText(GapReason reason, qint64 count);
/** The same, without the number: "the console was too slow" */
[[nodiscard]] QString gapReasonText(GapReason reason);
/** What can be done about it, in a sentence or two. */
[[nodiscard]] QString gapAdvice(GapReason reason);

} // namespace dialogue::console
