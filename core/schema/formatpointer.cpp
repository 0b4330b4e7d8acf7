#include "core/schema/format_p.h"

namespace dialogue::schema {

namespace {

bool takeInteger(TextReader &text)
{
    const bool zero = text.peek() == '0';
    const std::string_view digits = text.takeWhile(isDigit);
    return !digits.empty() && (!zero || digits.size() == 1);
}

} // namespace

bool isJsonPointer(std::string_view text)
{
    if (text.empty())
        return true;
    if (text.front() != '/')
        return false;
    for (std::size_t i = text.find('~'); i != std::string_view::npos; i = text.find('~', i + 1)) {
        if (i + 1 == text.size() || (text[i + 1] != '0' && text[i + 1] != '1'))
            return false;
    }
    return true;
}

bool isRelativeJsonPointer(std::string_view text)
{
    TextReader reader(text);
    if (!takeInteger(reader))
        return false;
    // To a neighbour in an array, which the version that draft 2020-12 names has: "0+1".
    if ((reader.take('+') || reader.take('-')) && (reader.peek() == '0' || !takeInteger(reader)))
        return false;
    return reader.rest() == "#" || isJsonPointer(reader.rest());
}

} // namespace dialogue::schema
