#include "cli/base/style.h"

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace dialogue::cli {

namespace {

bool isHarmless(QChar c)
{
    const char16_t unit = c.unicode();
    const bool isControl = unit < 0x20 || (unit >= 0x7f && unit < 0xa0);
    const bool isTurn = unit == 0x061c || unit == 0x200e || unit == 0x200f
        || (unit >= 0x2028 && unit <= 0x202e) || (unit >= 0x2066 && unit <= 0x2069);
    return !isControl && !isTurn;
}

} // namespace

Style Style::of(int descriptor)
{
    const bool isPlain = !qEnvironmentVariableIsEmpty("NO_COLOR") || qgetenv("TERM") == "dumb";
    return Style(!isPlain && isatty(descriptor));
}

QString Style::operator()(Colour colour, const QString &text) const
{
    return m_hasColours ? u"\x1b[%1m%2\x1b[0m"_s.arg(int(colour)).arg(text) : text;
}

QString shown(const QString &text)
{
    QString safe;
    safe.reserve(text.size());
    for (const QChar c : text) {
        if (isHarmless(c))
            safe += c;
        else
            safe += u"\\u%1"_s.arg(int(c.unicode()), 4, 16, QLatin1Char('0'));
    }
    return safe;
}

} // namespace dialogue::cli
