#include "console/look/tones.h"

#include <algorithm>
#include <cmath>

namespace dialogue::console {

namespace {

double linear(double part) { return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4); }

/** WCAG 2.1, "relative luminance". */
double luminance(const QColor &color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

bool isDark(const QPalette &palette)
{
    return luminance(palette.color(QPalette::Window)) < luminance(palette.color(QPalette::WindowText));
}

QColor toneColor(Tone tone, const QPalette &palette)
{
    const bool dark = isDark(palette);
    switch (tone) {
    case Tone::Good:
        return dark ? QColor(0x6fd08c) : QColor(0x1d7a3a);
    case Tone::Warning:
        return dark ? QColor(0xf0c05a) : QColor(0x8a5a00);
    case Tone::Bad:
        return dark ? QColor(0xff8f87) : QColor(0xb3261e);
    case Tone::Accent:
        return dark ? QColor(0x7ab7ff) : QColor(0x1b5fb8);
    case Tone::Quiet:
        break;
    }
    return dark ? QColor(0xa9a9a9) : QColor(0x616161);
}

double contrast(const QColor &one, const QColor &other)
{
    const auto [low, high] = std::minmax({luminance(one), luminance(other)}); // By value, not of temporaries.
    return (high + 0.05) / (low + 0.05);
}

} // namespace dialogue::console
