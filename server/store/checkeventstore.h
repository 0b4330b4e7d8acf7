#pragma once

#include "server/store/eventstore.h"

#include <QStringList>

#include <functional>
#include <memory>

namespace dialogue {

/**
 * Whether a store of yours does what a server expects of it: what does not fit, a line each; empty: it does.
 * For the tests of who writes one. \a open gives the same store each time, empty at first, as it is found
 * when a server starts; the one before has been destroyed by then.
 */
[[nodiscard]] DIALOGUE_SERVER_EXPORT QStringList
checkEventStore(const std::function<std::unique_ptr<EventStore>()> &open);

} // namespace dialogue
