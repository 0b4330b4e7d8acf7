#include "core/json/magnitude.h"

#include <algorithm>

namespace dialogue::json {

namespace {

constexpr qint64 Enough = 1'000'000'000'000; // More digits than any text has.

/** What follows the e; of very large ones something as good. */
qint64 exponentOf(QByteArrayView digits)
{
    const bool isNegative = digits.startsWith('-');
    qint64 exponent = 0;
    for (const char c : digits) {
        if (c >= '0' && c <= '9')
            exponent = std::min(exponent * 10 + (c - '0'), Enough);
    }
    return isNegative ? -exponent : exponent;
}

} // namespace

bool isBelowOne(QByteArrayView number)
{
    const auto e = std::find_if(number.begin(), number.end(), [](char c) { return c == 'e' || c == 'E'; });
    const qsizetype end = e - number.begin();
    const qint64 exponent = e == number.end() ? 0 : exponentOf(number.sliced(end + 1));
    qint64 place = 0; // Of the first digit that is not 0: 1 stands for the ones, 0 for the tenths.
    bool isBehindPoint = false;
    bool isFound = false;
    for (const char c : number.first(end)) {
        if (c == '.') {
            isBehindPoint = true;
        } else if (c >= '0' && c <= '9') {
            isFound = isFound || c != '0';
            if (!isBehindPoint && isFound)
                ++place;
            else if (isBehindPoint && !isFound)
                --place;
        }
    }
    return !isFound || place + exponent <= 0;
}

} // namespace dialogue::json
