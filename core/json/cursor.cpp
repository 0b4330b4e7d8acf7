#include "core/json/cursor.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUtf8StringView>
#include <QtEndian>

#include <algorithm>
#include <bit>
#include <cstring>

namespace dialogue::json {

namespace {

constexpr const char *TooDeep = "More than %1 arrays and objects inside one another";

constexpr bool isDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool isHexDigit(char c) { return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
constexpr bool isBlank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
constexpr bool isContinuation(char c) { return (static_cast<uchar>(c) & 0xc0U) == 0x80; }

constexpr quint64 everyByte(quint64 byte) { return byte * 0x0101010101010101U; }

/**
 * How many of eight characters of a string are plain, from the front: not the closing quote, no backslash, no
 * control character, ASCII. All eight at once, by the top bit of each byte; it may be set by mistake only
 * behind one where it is right.
 */
int plainOfEight(const char *eight)
{
    const auto word = qFromLittleEndian<quint64>(eight);
    const auto zeroBytes = [](quint64 x) { return (x - everyByte(1)) & ~x; };
    const quint64 control = (word - everyByte(0x20)) & ~word;
    const quint64 hits
        = word | control | zeroBytes(word ^ everyByte('"')) | zeroBytes(word ^ everyByte('\\'));
    return std::countr_zero(hits & everyByte(0x80)) / 8;
}

/** Four hex digits of a \\u escape that are known to be there. */
uint codeUnit(const char *digits) { return QByteArray::fromRawData(digits, 4).toUInt(nullptr, 16); }

constexpr bool isHighSurrogate(uint unit) { return unit >= 0xd800 && unit < 0xdc00; }
constexpr bool isLowSurrogate(uint unit) { return unit >= 0xdc00 && unit < 0xe000; }

} // namespace

QString StringToken::decoded() const
{
    if (!escaped)
        return ascii ? QString::fromLatin1(text) : QString::fromUtf8(text);
    return QJsonDocument::fromJson("[\"" + text.toByteArray() + "\"]").array().first().toString();
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

void Cursor::skipBlanks()
{
    while (m_at < m_end && isBlank(*m_at))
        ++m_at;
}

bool Cursor::fail(const char *fault)
{
    if (!m_fault) {
        m_fault = fault;
        m_faultAt = m_at - m_begin;
    }
    m_at = m_end;
    return false;
}

bool Cursor::take(char c)
{
    if (m_at == m_end || *m_at != c)
        return false;
    ++m_at;
    return true;
}

Cursor::Type Cursor::type()
{
    skipBlanks();
    if (m_at == m_end)
        return Type::None;
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
        return *m_at == '-' || isDigit(*m_at) ? Type::Number : Type::None;
    }
}

QByteArrayView Cursor::skip()
{
    skipBlanks();
    const char *const begin = m_at;
    return skipAny() ? QByteArrayView(begin, m_at) : QByteArrayView();
}

bool Cursor::skipAny()
{
    switch (type()) {
    case Type::Object:
        for (bool more = enterObject(); more; more = nextMember())
            skipAny();
        return !m_fault;
    case Type::Array:
        for (bool more = enterArray(); more; more = nextItem())
            skipAny();
        return !m_fault;
    case Type::String: {
        StringToken token;
        return scanString(token);
    }
    case Type::Bool:
        return scanWord(*m_at == 't' ? "true" : "false");
    case Type::Null:
        return scanWord("null");
    case Type::Number:
        return scanNumber();
    case Type::None:
        break;
    }
    return fail("Expected a value");
}

std::optional<StringToken> Cursor::string()
{
    StringToken token;
    if (type() != Type::String)
        fail("Expected a string");
    else if (scanString(token))
        return token;
    return std::nullopt;
}

std::optional<double> Cursor::number()
{
    if (type() != Type::Number) {
        fail("Expected a number");
        return std::nullopt;
    }
    const char *const begin = m_at;
    if (!scanNumber())
        return std::nullopt;
    return QByteArrayView(begin, m_at).toDouble();
}

bool Cursor::descend()
{
    if (m_depthLeft == 0)
        return fail(TooDeep);
    --m_depthLeft;
    return true;
}

bool Cursor::enterObject()
{
    skipBlanks();
    if (m_at == m_end || *m_at != '{')
        return fail("Expected an object");
    if (!descend())
        return false;
    ++m_at;
    skipBlanks();
    if (take('}')) {
        ++m_depthLeft;
        return false;
    }
    return readKey();
}

bool Cursor::nextMember()
{
    skipBlanks();
    if (take(',')) {
        skipBlanks();
        return readKey();
    }
    if (!take('}'))
        return fail("Expected a comma or the end of the object");
    ++m_depthLeft;
    return false;
}

bool Cursor::readKey()
{
    if (m_at == m_end || *m_at != '"')
        return fail("Expected a key in quotes");
    m_key = {};
    if (!scanString(m_key))
        return false;
    skipBlanks();
    return take(':') || fail("Expected a colon behind the key");
}

bool Cursor::enterArray()
{
    skipBlanks();
    if (m_at == m_end || *m_at != '[')
        return fail("Expected an array");
    if (!descend())
        return false;
    ++m_at;
    skipBlanks();
    if (take(']')) {
        ++m_depthLeft;
        return false;
    }
    return true;
}

bool Cursor::nextItem()
{
    skipBlanks();
    if (take(','))
        return true;
    if (!take(']'))
        return fail("Expected a comma or the end of the array");
    ++m_depthLeft;
    return false;
}

bool Cursor::scanString(StringToken &token)
{
    const char *const begin = ++m_at; // Behind the quote.
    while (true) {
        for (int plain = 8; plain == 8 && m_end - m_at >= 8; m_at += plain)
            plain = plainOfEight(m_at);
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
        if (c >= 0x80)
            token.ascii = false;
        ++m_at;
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
    bool inRange = true;
    if (mayOverflow)
        (void)QByteArrayView(begin, m_at).toDouble(&inRange);
    return inRange || fail("A number must be one that a double holds");
}

bool Cursor::scanWord(QByteArrayView word)
{
    if (m_end - m_at < word.size() || QByteArrayView(m_at, word.size()) != word)
        return fail("Expected a value");
    m_at += word.size();
    return true;
}

bool Cursor::atEnd()
{
    skipBlanks();
    if (m_at != m_end)
        fail("Expected the end");
    return !m_fault;
}

Error Cursor::error() const
{
    const QString fault = QString::fromLatin1(m_fault ? m_fault : "No fault");
    return {.code = ErrorCode::ParseError,
            .message = QStringLiteral("%1 at byte %2 of the JSON")
                           .arg(m_fault == TooDeep ? fault.arg(m_maxDepth) : fault)
                           .arg(m_faultAt)};
}

Result<void> check(QByteArrayView text, int depth)
{
    const bool blankInFront = !text.isEmpty() && isBlank(text.front());
    Cursor cursor(blankInFront ? QByteArrayView() : text, depth);
    cursor.skip();
    if (!cursor.atEnd())
        return cursor.error();
    return {};
}

} // namespace dialogue::json
