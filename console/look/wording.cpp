#include "console/look/wording.h"

#include "core/base/foreigntext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <cmath>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

struct UnitWords
{
    Q_DECLARE_TR_FUNCTIONS(dialogue::console::UnitWords)
};

/** With as many places as three digits in all leave. */
QString threeDigits(double value)
{
    const double size = std::round(std::abs(value) * 100) / 100;
    const int places = size == std::round(size) || size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
    return QLocale().toString(value, 'f', places);
}

QString two(qint64 large, const QString &largeUnit, qint64 small, const QString &smallUnit)
{
    QString text = QLocale().toString(large) + u' ' + largeUnit;
    if (small > 0)
        text += u' ' + QLocale().toString(small) + u' ' + smallUnit;
    return text;
}

constexpr qsizetype LongestLine = 2000;
constexpr qsizetype LongestLines = 200'000; // In all.

} // namespace

QString numberText(qint64 number) { return QLocale().toString(number); }

QString rateText(double perSecond) { return threeDigits(perSecond); }

QString bytesText(qint64 bytes)
{
    static constexpr const char *Units[] = {"B", "KiB", "MiB", "GiB", "TiB"};
    double value = double(bytes);
    std::size_t unit = 0;
    while (std::abs(value) >= 1023.5 && unit + 1 < std::size(Units)) {
        value /= 1024;
        ++unit;
    }
    return threeDigits(value) + u' ' + QLatin1String(Units[unit]);
}

QString durationText(double milliseconds)
{
    if (milliseconds < 1)
        return threeDigits(milliseconds * 1000) + u" µs"_s;
    if (milliseconds < 1000)
        return threeDigits(milliseconds) + u" ms"_s;
    const double seconds = milliseconds / 1000;
    if (seconds < 60)
        return threeDigits(seconds) + u" s"_s;
    const auto minutes = qint64(seconds / 60);
    const QString min = UnitWords::tr("min");
    const QString hour = UnitWords::tr("h");
    if (minutes < 60)
        return two(minutes, min, minutes < 10 ? qint64(seconds) % 60 : 0, u"s"_s);
    const qint64 hours = minutes / 60;
    if (hours < 24)
        return two(hours, hour, minutes % 60, min);
    return two(hours / 24, UnitWords::tr("d"), hours % 24, hour);
}

QString timeText(qint64 time) { return QDateTime::fromMSecsSinceEpoch(time).toString(u"HH:mm:ss.zzz"_s); }

QString dateTimeText(qint64 time)
{
    return QDateTime::fromMSecsSinceEpoch(time).toString(u"yyyy-MM-dd HH:mm:ss"_s);
}

QString foreignText(QStringView text, qsizetype longest)
{
    return text.size() > longest ? printable(text.first(longest)) + u'…' : printable(text);
}

QString foreignLines(QStringView text)
{
    QString shown;
    for (const QStringView line : text.tokenize(u'\n')) {
        shown += foreignText(line, LongestLine) + u'\n';
        if (shown.size() > LongestLines)
            return shown + u'…';
    }
    shown.chop(1);
    return shown;
}

} // namespace dialogue::console
