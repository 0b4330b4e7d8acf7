#pragma once

#include "server/budgets/budgets.h"
#include "server/rooms/pipeline.h"

namespace dialogue::steps {

/** NotInRoom, when a client is not a participant of the room it triggers in. */
Pipeline::Step isParticipant();
/** RateLimited, when a client triggers too often; \a budgets outlives the pipeline. */
Pipeline::Step withinRate(Budgets &budgets);
/** PermissionDenied, when the room's rules do not let a client trigger the event. */
Pipeline::Step isPermitted();
/** EventNotAllowed, when the room does not carry the event. */
Pipeline::Step isAllowed();
/** ValidationFailed, with the place and the rule; LimitReached beyond \a steps, which \a budgets counts: it
 * outlives the pipeline. */
Pipeline::Step matchesSchema(Budgets *budgets = nullptr, int steps = DefaultValidationSteps);
/** ValidationFailed, where a client says something in meta that the event does not take. */
Pipeline::Step metaFits();

} // namespace dialogue::steps
