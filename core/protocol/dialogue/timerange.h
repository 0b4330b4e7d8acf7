#pragma once

#include "core/base/export.h"

#include <QJsonObject>

#include <limits>

namespace dialogue::protocol {

class Reader;

/** When something was said, by the server's clock: milliseconds since the Unix epoch, both ends included. On
 * the wire fromTime and toTime, of which either may be left out. */
struct DIALOGUE_CORE_EXPORT TimeRange
{
    qint64 from = 0;
    qint64 to = std::numeric_limits<qint64>::max();

    [[nodiscard]] bool contains(qint64 time) const { return time >= from && time <= to; }
    void addTo(QJsonObject &json) const;
    /** Of the object that \a in reads. */
    static TimeRange read(Reader &in);
    friend bool operator==(const TimeRange &, const TimeRange &) = default;
};

} // namespace dialogue::protocol
