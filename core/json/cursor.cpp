#include "core/json/cursor.h"

namespace dialogue::json {

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

bool Cursor::enter(char open, char close, const char *fault)
{
    skipBlanks();
    if (m_at == m_end || *m_at != open)
        return fail(fault);
    if (m_depthLeft == 0)
        return fail(TooDeep);
    ++m_at;
    skipBlanks();
    if (take(close))
        return false;
    --m_depthLeft;
    return true;
}

bool Cursor::next(char close, const char *fault)
{
    skipBlanks();
    if (take(','))
        return true;
    if (!take(close))
        return fail(fault);
    ++m_depthLeft;
    return false;
}

bool Cursor::enterObject() { return enter('{', '}', "Expected an object") && readKey(); }

bool Cursor::nextMember() { return next('}', ObjectGoesOn) && readKey(); }

bool Cursor::enterArray() { return enter('[', ']', "Expected an array"); }

bool Cursor::nextItem() { return next(']', ArrayGoesOn); }

bool Cursor::readKey()
{
    skipBlanks();
    if (m_at == m_end || *m_at != '"')
        return fail(KeyExpected);
    m_key = {};
    if (!scanString(m_key))
        return false;
    skipBlanks();
    return take(':') || fail(ColonExpected);
}

bool Cursor::atEnd()
{
    skipBlanks();
    if (m_at != m_end)
        fail("Expected the end");
    return !m_fault;
}

QString Cursor::fault() const
{
    const QString fault = QString::fromLatin1(m_fault ? m_fault : "No fault");
    return m_fault == TooDeep ? fault.arg(m_maxDepth) : fault;
}

Error Cursor::error() const
{
    return {.code = ErrorCode::ParseError,
            .message = QStringLiteral("%1 at byte %2 of the JSON").arg(fault()).arg(m_faultAt)};
}

Result<void> check(QByteArrayView text, int depth, Cursor::Numbers numbers)
{
    const bool blankInFront = !text.isEmpty() && isBlank(text.front());
    Cursor cursor(blankInFront ? QByteArrayView() : text, depth, numbers);
    cursor.skip();
    if (!cursor.atEnd())
        return cursor.error();
    return {};
}

} // namespace dialogue::json
