#pragma once

#include "core/schema/program.h"

namespace dialogue::schema {

/** Finds what shows at a glance which of the linked \a branches a value may fit. */
void tellApart(Branches &branches);

} // namespace dialogue::schema
