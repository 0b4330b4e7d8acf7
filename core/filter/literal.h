#pragma once

#include "core/base/export.h"
#include "core/filter/value.h"

#include <QByteArray>
#include <QString>

namespace dialogue::filter {

/** A value that stands in a filter. */
class Literal
{
public:
    static Literal null() { return Literal(Value::Kind::Null); }
    static Literal boolean(bool is)
    {
        Literal literal(Value::Kind::Boolean);
        literal.m_isTrue = is;
        return literal;
    }
    /** \a text is a number of JSON's. */
    static Literal number(const QByteArray &text)
    {
        Literal literal(Value::Kind::Number);
        literal.m_bytes = text;
        return literal;
    }
    /** \a text is without halves of surrogate pairs. */
    static Literal text(const QString &text)
    {
        Literal literal(Value::Kind::Text);
        literal.m_bytes = text.isEmpty() ? QByteArray("") : text.toUtf8();
        literal.m_text = text;
        return literal;
    }

    [[nodiscard]] bool isText() const { return m_kind == Value::Kind::Text; }
    [[nodiscard]] const QString &text() const { return m_text; }

    /** Of what lies in this literal, or in copies of it. */
    [[nodiscard]] Value value() const
    {
        if (m_kind == Value::Kind::Number)
            return Value::ofNumber(m_bytes);
        return {.kind = m_kind, .isTrue = m_isTrue, .bytes = m_bytes, .wide = m_text};
    }

private:
    explicit Literal(Value::Kind kind)
        : m_kind(kind)
    { }

    Value::Kind m_kind;
    bool m_isTrue = false;
    QByteArray m_bytes; ///< UTF-8, or a number.
    QString m_text;
};

} // namespace dialogue::filter
