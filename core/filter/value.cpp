#include "core/filter/value.h"

#include "core/base/digits.h"
#include "core/schema/decimal.h"

#include <algorithm>
#include <charconv>

namespace dialogue::filter {

namespace {

schema::Decimal decimalOf(QByteArrayView number)
{
    return *schema::Decimal::fromJson({number.data(), std::size_t(number.size())});
}

schema::Decimal decimalOf(const Value &value, const Digits &integer)
{
    return decimalOf(value.isInteger ? QByteArrayView(integer) : value.bytes);
}

std::strong_ordering compareNumbers(const Value &a, const Value &b)
{
    if (a.isInteger && b.isInteger)
        return a.integer <=> b.integer;
    const Digits digitsOfA(a.integer);
    const Digits digitsOfB(b.integer);
    return decimalOf(a, digitsOfA) <=> decimalOf(b, digitsOfB);
}

std::strong_ordering compareTexts(const Value &a, const Value &b)
{
    // The order of UTF-8's bytes is that of the code points.
    if (!a.bytes.isNull() && !b.bytes.isNull() && !a.isEscaped && !b.isEscaped)
        return a.bytes.compare(b.bytes) <=> 0;
    CodePoints inA = a.codePoints();
    CodePoints inB = b.codePoints();
    while (!inA.atEnd() && !inB.atEnd()) {
        const auto order = inA.next() <=> inB.next();
        if (std::is_neq(order))
            return order;
    }
    return inB.atEnd() <=> inA.atEnd();
}

} // namespace

Value Value::ofNumber(QByteArrayView text)
{
    Value value{.kind = Kind::Number, .bytes = text};
    const auto [behind, fault] = std::from_chars(text.begin(), text.end(), value.integer);
    value.isInteger = fault == std::errc() && behind == text.end();
    return value;
}

Value Value::read(json::Cursor &cursor)
{
    using Type = json::Cursor::Type;
    switch (cursor.type()) {
    case Type::String: {
        const std::optional<json::StringToken> token = cursor.string();
        return token ? Value{.kind = Kind::Text, .isEscaped = token->escaped, .bytes = token->text} : Value();
    }
    case Type::Double: {
        const QByteArrayView number = cursor.skip();
        return number.isEmpty() ? Value() : ofNumber(number);
    }
    case Type::Bool:
        return {.kind = Kind::Boolean, .isTrue = cursor.skip() == "true"};
    case Type::Null:
        cursor.skip();
        return {.kind = Kind::Null};
    case Type::Array:
    case Type::Object:
        cursor.skip();
        return {.kind = Kind::Container};
    case Type::Undefined:
        break;
    }
    cursor.skip(); // Which says what is wrong.
    return {};
}

std::partial_ordering compare(const Value &a, const Value &b, Budget &budget)
{
    if (a.kind != b.kind)
        return std::partial_ordering::unordered;
    switch (a.kind) {
    case Value::Kind::Missing:
    case Value::Kind::Null:
        return std::partial_ordering::equivalent;
    case Value::Kind::Boolean:
        return a.isTrue == b.isTrue ? std::partial_ordering::equivalent : std::partial_ordering::unordered;
    case Value::Kind::Number:
        return budget.take(1 + std::max(a.length(), b.length()) / 4) ? compareNumbers(a, b)
                                                                     : std::partial_ordering::unordered;
    case Value::Kind::Text:
        return budget.take(1 + std::min(a.length(), b.length()) / 4) ? compareTexts(a, b)
                                                                     : std::partial_ordering::unordered;
    case Value::Kind::Container:
        break;
    }
    return std::partial_ordering::unordered;
}

} // namespace dialogue::filter
