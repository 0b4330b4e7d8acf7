#include "core/schema/patternreader_p.h"

#include <QChar>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::schema {

namespace {

int hexValue(char16_t c)
{
    return c >= u'0' && c <= u'9' ? c - u'0'
        : c >= u'a' && c <= u'f'  ? c - u'a' + 10
        : c >= u'A' && c <= u'F'  ? c - u'A' + 10
                                  : -1;
}

bool isAsciiLetter(char16_t c) { return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z'); }

bool isNameStart(char32_t c)
{
    return c == U'$' || c == U'_' || QChar::isLetter(c) || QChar::category(c) == QChar::Number_Letter;
}

bool isNamePart(char32_t c)
{
    constexpr char32_t ZeroWidthNonJoiner = 0x200c;
    constexpr char32_t ZeroWidthJoiner = 0x200d;
    switch (QChar::category(c)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_SpacingCombining:
    case QChar::Number_DecimalDigit:
    case QChar::Punctuation_Connector:
        return true;
    default:
        return isNameStart(c) || c == ZeroWidthNonJoiner || c == ZeroWidthJoiner;
    }
}

} // namespace

char32_t PatternReader::takeCodePoint()
{
    const QChar c = m_source[m_at++];
    if (c.isHighSurrogate() && !atEnd() && m_source[m_at].isLowSurrogate())
        return QChar::surrogateToUcs4(c, m_source[m_at++]);
    return c.unicode();
}

QStringView PatternReader::takePlain()
{
    const qsizetype begin = m_at;
    while (isAsciiLetter(peek()) || (peek() >= u'0' && peek() <= u'9'))
        ++m_at;
    return m_source.mid(begin, m_at - begin);
}

std::optional<int> PatternReader::takeNumber()
{
    constexpr int Large = 100'000'000;
    const qsizetype begin = m_at;
    int number = 0;
    for (; peek() >= u'0' && peek() <= u'9'; ++m_at)
        number = std::min(number * 10 + (peek() - u'0'), Large);
    return m_at == begin ? std::nullopt : std::optional(number);
}

QStringView PatternReader::takeUntil(QChar end)
{
    const qsizetype size = m_source.mid(m_at).indexOf(end);
    if (size < 0)
        return {};
    const QStringView text = m_source.mid(m_at, size);
    m_at += size + 1;
    return text;
}

std::optional<char32_t> PatternReader::takeHex(qsizetype digits)
{
    char32_t value = 0;
    for (qsizetype i = 0; i < digits; ++i, ++m_at) {
        const int digit = hexValue(peek());
        if (digit < 0)
            return fail(u"expected %1 hexadecimal digits"_s.arg(digits));
        value = value << 4 | static_cast<char32_t>(digit);
    }
    return value;
}

std::optional<char32_t> PatternReader::takeUnicodeEscape()
{
    if (take(u"{")) {
        char32_t value = 0;
        const qsizetype begin = m_at;
        for (int digit = hexValue(peek()); digit >= 0; ++m_at, digit = hexValue(peek()))
            value = std::min<char32_t>(value << 4 | static_cast<char32_t>(digit),
                                       QChar::LastValidCodePoint + 1);
        if (m_at == begin || value > QChar::LastValidCodePoint || !take(u"}"))
            return fail(u"expected \\u{...} with a code point up to 10FFFF"_s, begin);
        return value;
    }
    const std::optional<char32_t> first = takeHex(4);
    if (!first || !QChar::isHighSurrogate(*first) || !startsWith(u"\\u") || startsWith(u"\\u{"))
        return first;
    const qsizetype between = m_at;
    m_at += 2;
    const std::optional<char32_t> second = takeHex(4);
    if (second && QChar::isLowSurrogate(*second))
        return QChar::surrogateToUcs4(static_cast<char16_t>(*first), static_cast<char16_t>(*second));
    m_at = between;
    return first;
}

std::optional<char32_t> PatternReader::takeCharacterEscape()
{
    const qsizetype begin = m_at - 1;
    if (atEnd())
        return fail(u"nothing follows the backslash"_s, begin);
    const char32_t c = takeCodePoint();
    switch (c) {
    case U'f':
        return U'\f';
    case U'n':
        return U'\n';
    case U'r':
        return U'\r';
    case U't':
        return U'\t';
    case U'v':
        return U'\v';
    case U'x':
        return takeHex(2);
    case U'u':
        return takeUnicodeEscape();
    case U'c':
        if (!isAsciiLetter(peek()))
            return fail(u"expected a letter after \\c"_s, begin);
        return takeCodePoint() & 0x1f;
    case U'0':
        if (peek() < u'0' || peek() > u'9')
            return U'\0';
        break;
    default:
        if (c < 0x80 && u"^$\\.*+?()[]{}|/"_s.contains(QChar(static_cast<char16_t>(c))))
            return c;
    }
    return fail(u"\\%1 is no escape of ECMA-262"_s.arg(QString::fromUcs4(&c, 1)), begin);
}

std::optional<QString> PatternReader::takeGroupName()
{
    const qsizetype begin = m_at;
    QString name;
    while (!atEnd() && peek() != u'>') {
        char32_t c = takeCodePoint();
        if (c == U'\\') {
            const std::optional<char32_t> escaped = take(u"u") ? takeUnicodeEscape() : std::nullopt;
            if (!escaped)
                return fail(u"is no name of a group"_s, begin);
            c = *escaped;
        }
        if (name.isEmpty() ? !isNameStart(c) : !isNamePart(c))
            return fail(u"is no name of a group"_s, begin);
        name += QString::fromUcs4(&c, 1);
    }
    if (name.isEmpty() || !take(u">"))
        return fail(u"expected the name of a group, and >"_s, begin);
    return name;
}

QByteArray pcreCharacter(char32_t codePoint)
{
    if (codePoint < 0x80 && QChar::isLetterOrNumber(codePoint))
        return QByteArray(1, static_cast<char>(codePoint));
    // PCRE2 refuses surrogates, and they do not occur in UTF-8: in ECMA-262 they would match nothing either.
    if (QChar::isSurrogate(codePoint))
        return {};
    return "\\x{" + QByteArray::number(static_cast<uint>(codePoint), 16) + '}';
}

} // namespace dialogue::schema
