#include "cli/base/style.h"

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace dialogue::cli {

Style Style::of(int descriptor)
{
    const bool isPlain = !qEnvironmentVariableIsEmpty("NO_COLOR") || qgetenv("TERM") == "dumb";
    return Style(!isPlain && isatty(descriptor));
}

QString Style::operator()(Colour colour, const QString &text) const
{
    return m_hasColours ? u"\x1b[%1m%2\x1b[0m"_s.arg(int(colour)).arg(text) : text;
}

} // namespace dialogue::cli
