#include "core/schema/pattern.h"

#include "core/schema/format.h"
#include "tests/fuzz/require.h"

#include <QUtf8StringView>

#include <string>

using namespace dialogue;
using schema::Pattern;

/** A line that is a pattern, or not, and a text. What is taken compiles, and no match takes more than its
 * steps. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    constexpr qsizetype MaxPattern = 200; // Longer ones only take longer to compile.
    const QByteArrayView input = fuzz::view(data, size);
    if (!QUtf8StringView(input.data(), input.size()).isValidUtf8())
        return 0;
    const qsizetype line = std::max<qsizetype>(input.indexOf('\n'), 0);
    if (line > MaxPattern)
        return 0;
    const std::string source(input.data(), static_cast<std::size_t>(line));
    const std::string text(input.data() + line, static_cast<std::size_t>(input.size() - line));
    const auto pattern = Pattern::compile(QString::fromStdString(source));
    if (!pattern) {
        fuzz::require(pattern.error().message.contains(QLatin1String("at character ")));
        return 0;
    }
    fuzz::require(schema::matches(schema::Format::Regex, source));
    constexpr int Budget = 5000;
    int steps = Budget;
    const Pattern::Match match = pattern->match(text, steps);
    fuzz::require(steps >= 0 && steps <= Budget && (match != Pattern::Match::TooLong || steps == 0));
    int again = Budget;
    fuzz::require(pattern->match(text, again) == match && again == steps);
    // With less it is the same, or too long.
    int fewer = (Budget - steps) / 2;
    const Pattern::Match less = pattern->match(text, fewer);
    fuzz::require(less == match || less == Pattern::Match::TooLong);
    return 0;
}
