#pragma once

#include "core/schema/schema.h"

namespace dialogue::schema {

/**
 * \a derived, narrowed by \a constraints: bounds, patterns, descriptions, closed(). Types and which members
 * are required stay \a derived's to say; where both have a bound, the narrower one holds. A schema that
 * refuses everything, and says why, when the two contradict each other.
 */
DIALOGUE_CORE_EXPORT Schema merge(const Schema &derived, const Schema &constraints);

} // namespace dialogue::schema
