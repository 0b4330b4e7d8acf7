#include "core/json/chunk_p.h"
#include "core/json/cursor.h"
#include "core/json/magnitude.h"

#include <QUtf8StringView>

#include <algorithm>
#include <cstring>

namespace dialogue::json {

namespace {

constexpr bool isHexDigit(char c) { return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

} // namespace

// What comes next, and what of it has no parts: strings, numbers and words.

Cursor::Type Cursor::type()
{
    skipBlanks();
    if (m_at == m_end)
        return Type::Undefined;
    switch (*m_at) {
    case '{':
        return Type::Object;
    case '[':
        return Type::Array;
    case '"':
        return Type::String;
    case 't':
    case 'f':
        return Type::Bool;
    case 'n':
        return Type::Null;
    default:
        return *m_at == '-' || isDigit(*m_at) ? Type::Double : Type::Undefined;
    }
}

bool Cursor::scanString(StringToken &token)
{
    const char *const begin = ++m_at; // Behind the quote.
    while (true) {
        m_at = plainStretch(m_at, m_end);
        if (m_at == m_end)
            return fail("Unterminated string");
        const auto c = static_cast<uchar>(*m_at);
        if (c == '"')
            break;
        if (c < 0x20)
            return fail("A control character must be escaped");
        if (c == '\\') {
            token.escaped = true;
            if (!scanEscape())
                return false;
            continue;
        }
        ++m_at;
        if (c >= 0x80) { // In other scripts than Latin more of them follow.
            token.ascii = false;
            while (m_at < m_end && static_cast<uchar>(*m_at) >= 0x80)
                ++m_at;
        }
    }
    token.text = QByteArrayView(begin, m_at);
    if (!token.ascii && !QUtf8StringView(token.text.data(), token.text.size()).isValidUtf8())
        return fail("Invalid UTF-8 in the string that ends");
    ++m_at;
    return true;
}

bool Cursor::scanEscape()
{
    ++m_at; // Behind the backslash.
    if (m_at == m_end)
        return fail("Unterminated string");
    if (*m_at == 'u') {
        if (m_end - m_at < 5 || !std::all_of(m_at + 1, m_at + 5, isHexDigit))
            return fail("Expected four hex digits");
        m_at += 5;
        return true;
    }
    if (!std::strchr("\"\\/bfnrt", *m_at) || *m_at == '\0')
        return fail("Unknown escape");
    ++m_at;
    return true;
}

bool Cursor::scanDigits()
{
    const char *const begin = m_at;
    while (m_at < m_end && isDigit(*m_at))
        ++m_at;
    return m_at > begin;
}

bool Cursor::scanNumber()
{
    constexpr qsizetype SurelyInRange = 300; // Digits; a double has an exponent of up to 308.
    const char *const begin = m_at;
    take('-');
    if (!take('0') && !scanDigits())
        return fail("Expected a digit");
    if (m_at < m_end && isDigit(*m_at))
        return fail("A number must not begin with a zero");
    if (take('.') && !scanDigits())
        return fail("A decimal point must stand between digits");
    bool mayOverflow = m_at - begin > SurelyInRange;
    if (take('e') || take('E')) {
        mayOverflow = true;
        if (!take('+'))
            take('-');
        if (!scanDigits())
            return fail("Expected the digits of an exponent");
    }
    if (!mayOverflow || m_numbers == Numbers::OfAnySize)
        return true;
    const QByteArrayView number(begin, m_at);
    bool inRange = true;
    (void)number.toDouble(&inRange);
    // Too small for a double, which Qt takes for a fault as well, is 0 for JavaScript, and so here.
    return inRange || isBelowOne(number) || fail("A number must be one that a double holds");
}

bool Cursor::scanWord(QByteArrayView word)
{
    if (m_end - m_at < word.size() || QByteArrayView(m_at, word.size()) != word)
        return fail("Expected a value");
    m_at += word.size();
    return true;
}

} // namespace dialogue::json
