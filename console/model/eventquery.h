#pragma once

#include "console/model/eventsegment.h"
#include "console/model/textsearch.h"
#include "core/filter/filter.h"

namespace dialogue::console {

/** Which rows of the log are wanted: those that pass the filter and have the text in any of their parts. A
 * gap always is. */
struct EventQuery
{
    Filter filter = {};
    TextSearch text = {};

    [[nodiscard]] bool isEmpty() const { return filter.isEmpty() && text.isEmpty(); }
    [[nodiscard]] bool matches(const EventSegment &segment, int row) const;
    /** Whether it wants nothing but what \a other wants. */
    [[nodiscard]] bool narrows(const EventQuery &other) const
    {
        return filter.narrows(other.filter) && text.narrows(other.text);
    }
};

} // namespace dialogue::console
