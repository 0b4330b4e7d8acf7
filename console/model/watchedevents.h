#pragma once

#include "console/model/eventbatch.h"
#include "core/protocol/admin/eventbatch.h"

namespace dialogue::console {

/** What a server has told of events that are watched, as the log of events takes it. \a time, in milliseconds
 * since the Unix epoch, is when it came: of the gaps in it, which have no other. In any thread. */
[[nodiscard]] EventBatch eventBatchOf(const protocol::admin::EventBatch &told, qint64 time);

} // namespace dialogue::console
