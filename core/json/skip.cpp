#include "core/json/checked.h"
#include "core/json/chunk_p.h"
#include "core/json/cursor.h"

namespace dialogue::json {

// Most of what a server reads it steps over. Here that is done with what texts are usually made of; whatever
// is not is left to the scan...() of the Cursor, which say what is wrong with it. All give what is behind, or
// null after a fault.

const char *Cursor::failAt(const char *at, const char *fault)
{
    m_at = at;
    fail(fault);
    return nullptr;
}

inline const char *Cursor::passString(const char *at)
{
    const char *const plainEnd = plainStretch(at + 1, m_end);
    return plainEnd < m_end && *plainEnd == '"' ? plainEnd + 1 : passOddString(at);
}

/** To the value of the member. */
inline const char *Cursor::passKey(const char *at)
{
    if (at == m_end || *at != '"')
        return failAt(at, KeyExpected);
    at = passString(at);
    if (!at)
        return nullptr;
    at = checked::skipBlanks(at, m_end);
    if (at == m_end || *at != ':')
        return failAt(at, ColonExpected);
    return checked::skipBlanks(at + 1, m_end);
}

inline const char *Cursor::passNumber(const char *at)
{
    constexpr qsizetype FewDigits = 18;
    const char *const digits = *at == '-' ? at + 1 : at;
    const char *behind = digits;
    while (behind < m_end && isDigit(*behind) && behind - digits < FewDigits)
        ++behind;
    const bool isPlain = behind > digits && (*digits != '0' || behind == digits + 1) && behind < m_end
        && !isDigit(*behind) && *behind != '.' && (*behind | 0x20) != 'e';
    return isPlain ? behind : passOddNumber(at);
}

QByteArrayView Cursor::skip()
{
    const char *const begin = m_at = checked::skipBlanks(m_at, m_end);
    const char *const behind = passValue(begin); // After a fault nothing is left.
    if (!behind)
        return {};
    m_at = behind;
    return {begin, behind};
}

const char *Cursor::passValue(const char *at)
{
    if (at == m_end)
        return failAt(at, "Expected a value");
    switch (*at) {
    case '"':
        return passString(at);
    case '{':
    case '[':
        return passContainer(at);
    case 't':
    case 'f':
    case 'n':
        m_at = at;
        return scanWord(*at == 't' ? "true" : *at == 'f' ? "false" : "null") ? m_at : nullptr;
    default:
        return *at == '-' || isDigit(*at) ? passNumber(at) : failAt(at, "Expected a value");
    }
}

const char *Cursor::passContainer(const char *at)
{
    const bool isObject = *at == '{';
    const char close = isObject ? '}' : ']';
    if (m_depthLeft == 0)
        return failAt(at, TooDeep);
    at = checked::skipBlanks(at + 1, m_end);
    if (at < m_end && *at == close)
        return at + 1;
    --m_depthLeft;
    for (bool more = true; more; ++at) {
        at = checked::skipBlanks(at, m_end);
        if (isObject && !(at = passKey(at)))
            return nullptr;
        at = passValue(at);
        if (!at)
            return nullptr;
        at = checked::skipBlanks(at, m_end);
        more = at < m_end && *at == ',';
        if (!more && (at == m_end || *at != close))
            return failAt(at, isObject ? ObjectGoesOn : ArrayGoesOn);
    }
    ++m_depthLeft;
    return at;
}

const char *Cursor::passOddString(const char *at)
{
    StringToken token;
    m_at = at;
    return scanString(token) ? m_at : nullptr;
}

const char *Cursor::passOddNumber(const char *at)
{
    m_at = at;
    return scanNumber() ? m_at : nullptr;
}

} // namespace dialogue::json
