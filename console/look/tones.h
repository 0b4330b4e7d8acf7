#pragma once

#include <QColor>
#include <QPalette>

namespace dialogue::console {

/** What a colour says; never alone: a word or a sign stands beside it. */
enum class Tone { Quiet, Good, Warning, Bad, Accent };

/** By what is painted there: Qt 6.4 does not say whether a desktop is dark. */
[[nodiscard]] bool isDark(const QPalette &palette);
/** For text and lines on the palette's base; 4.5:1 at least (WCAG 2.1, 1.4.3), in light and in dark. */
[[nodiscard]] QColor toneColor(Tone tone, const QPalette &palette);
/** (L1 + 0.05) / (L2 + 0.05), of relative luminances: 1 to 21. */
[[nodiscard]] double contrast(const QColor &one, const QColor &other);

} // namespace dialogue::console
