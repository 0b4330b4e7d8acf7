#include "core/filter/codepoints.h"

namespace dialogue::filter {

namespace {

char32_t hexDigit(char c)
{
    if (c <= '9')
        return char32_t(c - '0');
    return char32_t((c | 0x20) - 'a' + 10);
}

/** The four digits of a \\u escape. */
char32_t codeUnitAt(const char *digits)
{
    char32_t unit = 0;
    for (int i = 0; i < 4; ++i)
        unit = unit * 16 + hexDigit(digits[i]);
    return unit;
}

} // namespace

char32_t CodePoints::nextEscape()
{
    constexpr qsizetype EscapedUnit = 6; // As in \u0041.
    switch (const char c = m_at[1]) {
    case 'u':
        break;
    case 'b':
        m_at += 2;
        return '\b';
    case 'f':
        m_at += 2;
        return '\f';
    case 'n':
        m_at += 2;
        return '\n';
    case 'r':
        m_at += 2;
        return '\r';
    case 't':
        m_at += 2;
        return '\t';
    default:
        m_at += 2;
        return static_cast<uchar>(c);
    }
    const char32_t unit = codeUnitAt(m_at + 2);
    m_at += EscapedUnit;
    if (!QChar::isHighSurrogate(unit) || m_end - m_at < EscapedUnit || m_at[0] != '\\' || m_at[1] != 'u')
        return unit;
    const char32_t second = codeUnitAt(m_at + 2);
    if (!QChar::isLowSurrogate(second))
        return unit;
    m_at += EscapedUnit;
    return QChar::surrogateToUcs4(char16_t(unit), char16_t(second));
}

char32_t CodePoints::nextOfSeveralBytes()
{
    const auto first = static_cast<uchar>(*m_at++);
    const int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
    char32_t point = first & (0x3fU >> more);
    for (int i = 0; i < more; ++i)
        point = point << 6 | (static_cast<uchar>(*m_at++) & 0x3fU);
    return point;
}

} // namespace dialogue::filter
