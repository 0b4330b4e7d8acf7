#pragma once

#include "server/budgets/budgets.h"
#include "server/rooms/hooks.h"
#include "server/rooms/pipeline.h"

namespace dialogue::steps {

/** NotInRoom, when a client is not a participant of the room it triggers in. */
Pipeline::Step isParticipant();
/** RateLimited, when a client triggers too often; \a budgets outlives the pipeline. */
Pipeline::Step withinRate(Budgets &budgets);
/** EventNotAllowed, when the room does not carry the event. */
Pipeline::Step isAllowed();
/** ValidationFailed, with the place and the rule; LimitReached beyond \a steps, which \a budgets counts: it
 * outlives the pipeline. */
Pipeline::Step matchesSchema(Budgets *budgets = nullptr, int steps = defaultValidationSteps);
/** The embedder's Hooks::beforeEach; \a hooks outlives the pipeline. */
Pipeline::Step beforeEach(const Hooks &hooks);

} // namespace dialogue::steps
