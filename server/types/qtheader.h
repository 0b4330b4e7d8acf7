#pragma once

#include "server/types/datatype.h"

namespace dialogue::types {

/** \a model as a header of C++: a gadget for the data of each event, and each as a TypedEvent. */
[[nodiscard]] QString qtHeader(const TypeModel &model);

} // namespace dialogue::types
