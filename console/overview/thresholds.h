#pragma once

#include "console/look/tones.h"

#include <QLatin1String>
#include <QString>

#include <functional>
#include <optional>
#include <span>

namespace dialogue::console {

/** From where on a figure is one to look after. The alerts of resources/prometheus begin no earlier. */
struct Threshold
{
    QLatin1String series; ///< docs/admin.md
    QLatin1String of; ///< The bounds are shares of that one; empty: as they are.
    double warning; ///< From here on; 0: from anything above it.
    double bad; ///< Infinity: never.
    const char *word; ///< What is the matter; of the context Thresholds.
};

[[nodiscard]] std::span<const Threshold> thresholds();
/** Nothing where there is none for \a series. */
[[nodiscard]] const Threshold *thresholdOf(QLatin1String series);

struct Verdict
{
    Tone tone = Tone::Quiet; ///< Quiet, Warning or Bad.
    QString word = {}; ///< Empty where there is nothing to say.
};

/** A figure's value; nothing: not told. */
using FigureLookup = std::function<std::optional<double>(QLatin1String series)>;

/** The worst of what is to be said about \a series; what is not told is not judged. */
[[nodiscard]] Verdict judged(std::span<const QLatin1String> series, const FigureLookup &value);

} // namespace dialogue::console
