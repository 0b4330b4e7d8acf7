#pragma once

#include "console/model/eventsegment.h"
#include "console/model/textsearch.h"
#include "core/filter/filter.h"

#include <QList>

namespace dialogue::console {

/** Which rows of the log are wanted: those that pass the filter and have each of the texts in any of their
 * parts. */
struct EventQuery
{
    Filter filter = {};
    QList<TextSearch> texts = {};
    bool hasGaps = true; ///< Gaps are wanted, whatever else is; or none is.

    [[nodiscard]] bool isEmpty() const { return filter.isEmpty() && texts.isEmpty() && hasGaps; }
    [[nodiscard]] bool matches(const EventSegment &segment, int row) const;
    /** Whether it wants nothing but what \a other wants. */
    [[nodiscard]] bool narrows(const EventQuery &other) const;
};

} // namespace dialogue::console
