#include "console/overview/thresholds.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <limits>

namespace dialogue::console {

namespace {

constexpr double Never = std::numeric_limits<double>::infinity();
constexpr double Mebibyte = 1024.0 * 1024;

constexpr std::array ThresholdTable{
    Threshold{QLatin1String("hubTurn99"), {}, 0.05, 0.25, QT_TRANSLATE_NOOP("Thresholds", "slow turns")},
    Threshold{QLatin1String("openFiles"), QLatin1String("mostFiles"), 0.8, 0.95,
              QT_TRANSLATE_NOOP("Thresholds", "nearly used up")},
    Threshold{
        QLatin1String("framesDropped"), {}, 0, Never, QT_TRANSLATE_NOOP("Thresholds", "frames dropped")},
    Threshold{QLatin1String("slowReaders"), {}, 0, Never, QT_TRANSLATE_NOOP("Thresholds", "slow readers")},
    Threshold{QLatin1String("rateLimited"), {}, 0, Never, QT_TRANSLATE_NOOP("Thresholds", "rate limited")},
    Threshold{QLatin1String("hubWaiting"), {}, 1000, 10000, QT_TRANSLATE_NOOP("Thresholds", "hub behind")},
    Threshold{QLatin1String("hubWaitingBytes"),
              {},
              32 * Mebibyte,
              128 * Mebibyte,
              QT_TRANSLATE_NOOP("Thresholds", "hub behind")},
    Threshold{QLatin1String("storeQueueBytes"),
              {},
              32 * Mebibyte,
              256 * Mebibyte,
              QT_TRANSLATE_NOOP("Thresholds", "store behind")},
};

Tone toneOf(const Threshold &threshold, const FigureLookup &value)
{
    const std::optional<double> figure = value(threshold.series);
    const std::optional<double> whole = threshold.of.isEmpty() ? std::optional(1.0) : value(threshold.of);
    if (!figure || *figure <= 0 || !whole || *whole <= 0)
        return Tone::Quiet;
    const double share = *figure / *whole;
    return share >= threshold.bad ? Tone::Bad : share >= threshold.warning ? Tone::Warning : Tone::Quiet;
}

} // namespace

std::span<const Threshold> thresholds() { return ThresholdTable; }

const Threshold *thresholdOf(QLatin1String series)
{
    const auto *const found = std::find_if(ThresholdTable.begin(), ThresholdTable.end(),
                                           [series](const Threshold &each) { return each.series == series; });
    return found != ThresholdTable.end() ? found : nullptr;
}

Verdict judged(std::span<const QLatin1String> series, const FigureLookup &value)
{
    Verdict worst;
    for (const QLatin1String each : series) {
        const Threshold *const threshold = thresholdOf(each);
        const Tone tone = threshold ? toneOf(*threshold, value) : Tone::Quiet;
        if (tone == Tone::Bad ? worst.tone != Tone::Bad : tone == Tone::Warning && worst.tone == Tone::Quiet)
            worst = {tone, QCoreApplication::translate("Thresholds", threshold->word)};
    }
    return worst;
}

} // namespace dialogue::console
