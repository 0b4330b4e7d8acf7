#pragma once

#include "console/details/eventfacts.h"
#include "console/model/eventlog.h"

#include <optional>

namespace dialogue::console {

/** The last event before \a event of the same name, key and room, where there is one among the last
 * RowsLookedThrough rows. */
[[nodiscard]] std::optional<EventFacts> earlierEvent(const EventLog &log, const EventFacts &event);

inline constexpr qint64 RowsLookedThrough = 100'000;

} // namespace dialogue::console
