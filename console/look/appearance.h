#pragma once

#include <QPalette>

namespace dialogue::console {

/** Light or dark; what the desktop says, unless somebody has chosen. */
enum class Appearance { System, Light, Dark };

/** Of the application's own, light or dark; for System that of the desktop. */
[[nodiscard]] QPalette paletteOf(Appearance appearance);
/** What was chosen last, of the application's settings. */
[[nodiscard]] Appearance keptAppearance();
/** For the whole application, from now on; kept. Before the first window once with keptAppearance(). */
void setAppearance(Appearance appearance);

} // namespace dialogue::console
