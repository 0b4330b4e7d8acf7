#pragma once

#include "core/base/result.h"
#include "core/json/objectwriter.h"
#include "server/budgets/budgetcounters.h"
#include "server/socketio/values.h"

#include <QLatin1StringView>

#include <functional>

namespace dialogue {

class ConnectedClient;

/** A `dialogue:*` request about a room that another part of the server answers: it names its room as
 * `roomId`, and keeps its place among what its client asks there. */
struct RoomRequest
{
    QLatin1StringView name;
    BudgetKind kind; ///< How often it may be asked.
    /** What the ack says besides `ok`. */
    std::function<Result<json::ObjectWriter>(ConnectedClient &client, const IncomingEvent &event)> answer;
};

} // namespace dialogue
