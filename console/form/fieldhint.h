#pragma once

#include "console/form/field.h"

namespace dialogue::console {

/** What a field is called: its title, or its name; shortened. */
[[nodiscard]] QString captionOf(const Field &field);
/** A branch among others: its title, what tells it from the others, or its type. */
[[nodiscard]] QString branchCaptionOf(const Field &branch);
/** What the schema says of values, in a few words: "1 to 100, in steps of 5"; may be empty. */
[[nodiscard]] QString boundsOf(const Field &field);
/** The description and the bounds, for below a field. */
[[nodiscard]] QString helpOf(const Field &field);
/** What stands in an empty field: an example. */
[[nodiscard]] QString exampleOf(const Field &field);

} // namespace dialogue::console
