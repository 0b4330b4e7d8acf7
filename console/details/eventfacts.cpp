#include "console/details/eventfacts.h"

#include <QCoreApplication>
#include <QLocale>

namespace dialogue::console {

namespace {

struct GapWords
{
    Q_DECLARE_TR_FUNCTIONS(dialogue::console::GapWords)
};

} // namespace

EventFacts factsOf(const EventSegment &segment, int row)
{
    EventFacts facts{.seq = segment.firstSeq() + quint64(row),
                     .kind = segment.kind(row),
                     .time = segment.time(row),
                     .offset = segment.offset(row),
                     .size = segment.length(row),
                     .room = segment.name(EventSegment::Room, row),
                     .event = segment.name(EventSegment::Event, row),
                     .from = segment.name(EventSegment::From, row),
                     .key = segment.name(EventSegment::Key, row),
                     .node = segment.name(EventSegment::Node, row)};
    if (facts.kind == RowKind::Gap) {
        facts.gapReason = segment.gapReason(row);
        facts.gapCount = segment.gapCount(row);
        return facts;
    }
    facts.flags = segment.flags(row);
    facts.data = segment.data(row).toByteArray();
    facts.meta = segment.meta(row).toByteArray();
    return facts;
}

QString gapReasonText(GapReason reason)
{
    switch (reason) {
    case GapReason::Rate:
        return GapWords::tr("beyond the rate that was asked for");
    case GapReason::Ring:
        return GapWords::tr("the server had too many waiting");
    case GapReason::Queue:
        return GapWords::tr("the console was too slow");
    case GapReason::Filter:
        return GapWords::tr("the filter took too long");
    case GapReason::Connection:
        break;
    }
    return GapWords::tr("the connection was lost");
}

QString gapText(GapReason reason, qint64 count)
{
    if (count <= 0)
        return GapWords::tr("Events may be missing here: %1").arg(gapReasonText(reason));
    if (count == 1)
        return GapWords::tr("1 event not shown: %1").arg(gapReasonText(reason));
    return GapWords::tr("%1 events not shown: %2").arg(QLocale().toString(count), gapReasonText(reason));
}

QString gapAdvice(GapReason reason)
{
    switch (reason) {
    case GapReason::Rate:
        return GapWords::tr("More events came in a second than this watch asks for.");
    case GapReason::Ring:
        return GapWords::tr(
            "They waited to be looked at, and were more than admin.watchBuffer holds. Whether the filter "
            "would have let them through nobody knows. Fewer rooms help.");
    case GapReason::Queue:
        return GapWords::tr(
            "This console had not taken what was sent before. A filter at the server, or leaving out "
            "what they say, makes it less.");
    case GapReason::Filter:
        return GapWords::tr(
            "All filters together have a quarter of each second. Ask for room, event and from first: "
            "they cost least.");
    case GapReason::Connection:
        break;
    }
    return GapWords::tr(
        "The watch has begun again since. What was published in between nobody has told this console.");
}

} // namespace dialogue::console
