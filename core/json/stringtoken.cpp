#include "core/json/stringtoken.h"

#include "core/json/parsed.h"

#include <QJsonArray>

namespace dialogue::json {

namespace {

constexpr bool isContinuation(char c) { return (static_cast<uchar>(c) & 0xc0U) == 0x80; }

/** Four hex digits of a \\u escape that are known to be there. */
uint codeUnit(const char *digits) { return QByteArray::fromRawData(digits, 4).toUInt(nullptr, 16); }

constexpr bool isHighSurrogate(uint unit) { return unit >= 0xd800 && unit < 0xdc00; }
constexpr bool isLowSurrogate(uint unit) { return unit >= 0xdc00 && unit < 0xe000; }

} // namespace

QString StringToken::decoded() const
{
    if (!escaped)
        return ascii ? QString::fromLatin1(text) : json::fromUtf8(text);
    return parsed("[\"" + text.toByteArray() + "\"]").array().first().toString();
}

qsizetype StringToken::length() const
{
    if (!escaped && ascii)
        return text.size();
    qsizetype count = 0;
    for (const char *at = text.begin(); at < text.end(); ++count) {
        if (*at != '\\') {
            for (++at; at < text.end() && isContinuation(*at);)
                ++at;
            continue;
        }
        if (at[1] != 'u') {
            at += 2;
            continue;
        }
        const bool mayBePair = text.end() - at >= 12 && at[6] == '\\' && at[7] == 'u';
        at += mayBePair && isHighSurrogate(codeUnit(at + 2)) && isLowSurrogate(codeUnit(at + 8)) ? 12 : 6;
    }
    return count;
}

} // namespace dialogue::json
