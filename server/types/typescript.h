#pragma once

#include "server/types/datatype.h"

namespace dialogue::types {

/** \a model as declarations of TypeScript: an interface for the data of each event, and which room has which.
 */
[[nodiscard]] QString typeScript(const TypeModel &model);

} // namespace dialogue::types
