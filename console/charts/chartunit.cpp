#include "console/charts/chartunit.h"

#include "console/look/wording.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

using namespace Qt::StringLiterals;

namespace dialogue::console {

QString valueText(ChartUnit unit, double value)
{
    switch (unit) {
    case ChartUnit::Number:
        return numberText(std::llround(value));
    case ChartUnit::Rate:
        return QCoreApplication::translate("ChartUnit", "%1/s").arg(rateText(value));
    case ChartUnit::Bytes:
        return bytesText(std::llround(value));
    case ChartUnit::Seconds:
        // Without what a float has added beyond the nanosecond.
        return value == 0 ? u"0 ms"_s : durationText(std::round(value * 1e9) / 1e6);
    case ChartUnit::Share:
        break;
    }
    const double percent = value * 100;
    return QLocale().toString(percent, 'f', percent < 9.95 && percent != std::round(percent) ? 1 : 0)
        + u" %"_s;
}

} // namespace dialogue::console
