#pragma once

#include "core/base/export.h"
#include "core/filter/budget.h"
#include "core/filter/codepoints.h"
#include "core/json/cursor.h"

#include <QByteArrayView>
#include <QStringView>

#include <compare>

namespace dialogue::filter {

/** What an operand stands for, where it lies: in a row, in its JSON, in the filter. */
struct Value
{
    enum class Kind : quint8 { Missing, Null, Boolean, Number, Text, Container };

    Kind kind = Kind::Missing;
    bool isTrue = false; ///< Of a boolean.
    bool isInteger = false; ///< A number that \a integer holds; or else \a bytes are its text.
    bool isEscaped = false; ///< A text in \a bytes has escapes of JSON.
    qint64 integer = 0;
    QByteArrayView bytes = {}; ///< UTF-8; null where there is \a wide alone.
    QStringView wide = {};

    static Value ofText(QStringView text) { return {.kind = Kind::Text, .wide = text}; }
    static Value ofInteger(qint64 number)
    {
        return {.kind = Kind::Number, .isInteger = true, .integer = number};
    }
    /** \a text is a number of JSON's. */
    DIALOGUE_CORE_EXPORT static Value ofNumber(QByteArrayView text);
    /** The value at \a cursor, which is behind it afterwards. */
    static Value read(json::Cursor &cursor);

    /** It is there, and neither false nor null. */
    [[nodiscard]] bool holds() const
    {
        return kind != Kind::Missing && kind != Kind::Null && (kind != Kind::Boolean || isTrue);
    }
    [[nodiscard]] CodePoints codePoints() const
    {
        return bytes.isNull() ? CodePoints(wide) : CodePoints(bytes, isEscaped);
    }
    [[nodiscard]] qsizetype length() const { return bytes.isNull() ? wide.size() : bytes.size(); }
};

/**
 * As RFC 9535, section 2.3.5.2.2, compares: numbers by their exact value, text by its code points, what is
 * missing equals what is missing. Unordered: of different types, two booleans that differ, and arrays and
 * objects, which are compared with nothing here.
 */
[[nodiscard]] std::partial_ordering compare(const Value &a, const Value &b, Budget &budget);

} // namespace dialogue::filter
