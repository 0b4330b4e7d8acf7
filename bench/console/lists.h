#pragma once

namespace dialogue::bench {

/** Prints what a list of so many rooms in a view costs, step by step. */
void measureLists(int rooms);

} // namespace dialogue::bench
