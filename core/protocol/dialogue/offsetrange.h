#pragma once

#include "core/base/export.h"
#include "core/json/objectwriter.h"

#include <QJsonObject>

namespace dialogue::protocol {

class Reader;

/** A stretch of a room's log, both ends included. Flat on the wire: from, to. */
struct DIALOGUE_CORE_EXPORT OffsetRange
{
    quint64 from = 1; ///< At least 1.
    quint64 to = 1; ///< Not below from.

    void addTo(QJsonObject &json) const;
    void write(json::ObjectWriter &out) const;
    /** Both members, of the object that \a in reads. */
    static OffsetRange read(Reader &in);
    friend bool operator==(const OffsetRange &, const OffsetRange &) = default;
};

} // namespace dialogue::protocol
