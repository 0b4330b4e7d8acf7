#include "core/json/cursor.h"

namespace dialogue::json {

namespace {

constexpr const char *TooDeep = "More than %1 arrays and objects inside one another";

constexpr bool isDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool isBlank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

} // namespace

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
    case Type::Double:
        return scanNumber();
    case Type::Undefined:
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
    if (type() != Type::Double) {
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
