#include "core/protocol/dialogue/timerange.h"

#include "core/protocol/dialogue/keys_p.h"
#include "core/protocol/dialogue/reader_p.h"

namespace dialogue::protocol {

void TimeRange::addTo(QJsonObject &json) const
{
    const TimeRange all;
    if (from != all.from)
        json.insert(keys::fromTime, from);
    if (to != all.to)
        json.insert(keys::toTime, to);
}

TimeRange TimeRange::read(Reader &in)
{
    TimeRange range;
    range.from = in.optionalInteger(keys::fromTime, 0, MaxSafeInteger).value_or(range.from);
    range.to = in.optionalInteger(keys::toTime, 0, MaxSafeInteger).value_or(range.to);
    if (range.to < range.from)
        in.fail(keys::toTime, QStringLiteral("must not be less than fromTime, which is %1").arg(range.from));
    return range;
}

} // namespace dialogue::protocol
