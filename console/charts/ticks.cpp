#include "console/charts/ticks.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

/** The steps of clocks, in seconds. */
constexpr int ClockSteps[]
    = {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400};

/** 1, 2 or 5 with zeros, at least \a least. */
double decimalStep(double least)
{
    const double power = std::pow(10, std::floor(std::log10(least)));
    for (const int digit : {1, 2, 5}) {
        if (digit * power >= least * (1 - 1e-9))
            return digit * power;
    }
    return 10 * power;
}

double clockStep(double least)
{
    const auto *const step = std::lower_bound(std::begin(ClockSteps), std::end(ClockSteps), least);
    return step != std::end(ClockSteps) ? *step : 86400 * decimalStep(least / 86400);
}

double roundStep(double least, ChartUnit unit)
{
    switch (unit) {
    case ChartUnit::Number:
        return std::max(1.0, decimalStep(least));
    case ChartUnit::Bytes:
        return std::max(1.0, std::exp2(std::ceil(std::log2(least) - 1e-9)));
    case ChartUnit::Seconds:
        return least > 0.5 ? clockStep(least) : decimalStep(least);
    case ChartUnit::Rate:
    case ChartUnit::Share:
        break;
    }
    return decimalStep(least);
}

/** What texts of one axis have in common, so that they are compared at a glance. */
struct AxisUnit
{
    double size;
    QString name;
};

/** The largest in which the step is a whole number. */
AxisUnit axisUnit(double step, ChartUnit unit)
{
    if (unit == ChartUnit::Share)
        return {0.01, u" %"_s};
    if (unit == ChartUnit::Bytes) {
        static constexpr const char *Units[] = {" B", " KiB", " MiB", " GiB", " TiB"};
        const auto power = std::size_t(std::clamp(std::log2(step) / 10, 0.0, 4.0));
        return {std::exp2(10.0 * double(power)), QLatin1String(Units[power])};
    }
    if (unit != ChartUnit::Seconds)
        return {1, {}};
    const double whole = step * (1 + 1e-9);
    return whole < 1e-3 ? AxisUnit{1e-6, u" µs"_s}
        : whole < 1     ? AxisUnit{1e-3, u" ms"_s}
        : whole < 60    ? AxisUnit{1, u" s"_s}
        : whole < 3600  ? AxisUnit{60, u" min"_s}
                        : AxisUnit{3600, u" h"_s};
}

double leastTop(ChartUnit unit)
{
    switch (unit) {
    case ChartUnit::Bytes:
        return 1024;
    case ChartUnit::Seconds:
        return 0.001;
    case ChartUnit::Share:
        return 0.01;
    case ChartUnit::Number:
    case ChartUnit::Rate:
        break;
    }
    return 1;
}

} // namespace

ValueTicks valueTicks(double most, int count, ChartUnit unit)
{
    count = std::max(1, count);
    if (!(most > 0) || std::isinf(most))
        most = leastTop(unit);
    const double step = roundStep(most / count, unit);
    const AxisUnit in = axisUnit(step, unit);
    const double shown = step / in.size;
    const int places = shown >= 1 - 1e-9 ? 0 : int(std::ceil(-std::log10(shown) - 1e-9));
    const auto steps = std::max(1, int(std::ceil(most / step * (1 - 1e-9))));
    ValueTicks ticks;
    for (int i = 0; i <= steps; ++i) {
        ticks.values.push_back(i * step);
        ticks.texts.append(i == 0 ? u"0"_s : QLocale().toString(i * shown, 'f', places) + in.name);
    }
    ticks.top = ticks.values.back();
    return ticks;
}

TimeTicks timeTicks(qint64 from, qint64 to, int count)
{
    TimeTicks ticks;
    if (to <= from)
        return ticks;
    const double seconds = double(to - from) / 1000;
    const auto step = qint64(clockStep(seconds / std::max(1, count))) * 1000;
    const auto offset
        = [](qint64 time) { return QDateTime::fromMSecsSinceEpoch(time).offsetFromUtc() * qint64(1000); };
    const qint64 ahead = offset(from);
    const QString format = step < 60'000 ? u"HH:mm:ss"_s : step < 86'400'000 ? u"HH:mm"_s : u"MM-dd"_s;
    for (qint64 local = (from + ahead) / step * step; local <= to + ahead + step; local += step) {
        const qint64 time = local - offset(local - ahead); // Where the clocks are changed on the way.
        if (time < from || time > to || (!ticks.times.empty() && time <= ticks.times.back())
            || qsizetype(ticks.times.size()) >= count)
            continue;
        ticks.times.push_back(time);
        ticks.texts.append(QDateTime::fromMSecsSinceEpoch(time).toString(format));
    }
    return ticks;
}

} // namespace dialogue::console
