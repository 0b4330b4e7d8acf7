#pragma once

namespace dialogue::console {

/** Lets screen readers see plots as charts that say their values, from the first plot on. */
void describePlots();

} // namespace dialogue::console
