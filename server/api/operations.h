#pragma once

#include "server/api/operation.h"

namespace dialogue {

class HubParts;

namespace api {

/** What can be done over HTTP, each where its subject is; \a parts outlives them. Handlers run in the hub. */
[[nodiscard]] QList<Operation> roomOperations(HubParts &parts);
[[nodiscard]] QList<Operation> eventOperations(HubParts &parts);
[[nodiscard]] QList<ParameterInfo> membersOfEvent(); ///< Of one of triggerEvents.
[[nodiscard]] QList<Operation> historyOperations(HubParts &parts);
[[nodiscard]] QList<Operation> clientOperations(HubParts &parts);
[[nodiscard]] QList<Operation> membershipOperations(HubParts &parts);
[[nodiscard]] QList<Operation> messageOperations(HubParts &parts);
[[nodiscard]] QList<Operation> sanctionOperations(HubParts &parts);
[[nodiscard]] QList<Operation> erasingOperations(HubParts &parts);

} // namespace api
} // namespace dialogue
