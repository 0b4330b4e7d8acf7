#pragma once

#include "core/json/checked.h"

#include <array>
#include <limits>

namespace dialogue::schema {

namespace types {
enum Type : unsigned { Null = 1, Boolean = 2, Whole = 4, Fraction = 8, String = 16, Array = 32, Object = 64 };
constexpr unsigned Number = Whole | Fraction;
constexpr unsigned Any = 127;

constexpr auto ByCharacter = [] {
    std::array<unsigned char, 256> table{};
    for (const char c : {'-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'})
        table[static_cast<unsigned char>(c)] = Number;
    table['"'] = String;
    table['{'] = Object;
    table['['] = Array;
    table['t'] = table['f'] = Boolean;
    table['n'] = Null;
    return table;
}();

/** Of a value whose text begins with \a c. */
constexpr unsigned beginningWith(char c) { return ByCharacter[static_cast<unsigned char>(c)]; }
} // namespace types

/** How many there may be of something. */
struct Count
{
    static constexpr qsizetype Unbounded = std::numeric_limits<qsizetype>::max();
    qsizetype least = 0;
    qsizetype most = Unbounded;

    [[nodiscard]] bool allows(qsizetype count) const { return count >= least && count <= most; }
    [[nodiscard]] bool isBound() const { return least > 0 || most < Unbounded; }
    bool operator==(const Count &) const = default;
};

/** Of so many characters: each is one byte at least, and four at most, or twelve as two escapes. */
inline bool hasSurely(const Count &length, const json::StringToken &token)
{
    const qsizetype bytes = token.text.size();
    return bytes <= length.most && (token.escaped ? (bytes + 11) / 12 : (bytes + 3) / 4) >= length.least;
}

/**
 * The scalars that fit a schema without a doubt: most of what comes is such, and is passed without a call. Of
 * any other value this says nothing.
 */
struct Sure
{
    unsigned types = 0; ///< No Fraction, Array or Object.
    Count length = {};
    // For whole numbers of few digits.
    qint64 least = std::numeric_limits<qint64>::min();
    qint64 most = std::numeric_limits<qint64>::max();
};

/** What a value may be that fits a schema, as far as a glance shows it: any other surely does not fit. */
struct Possible
{
    unsigned types = types::Any;
    Count bytes = {}; ///< Of a string in its quotes.
    // For whole numbers of few digits.
    qint64 least = std::numeric_limits<qint64>::min();
    qint64 most = std::numeric_limits<qint64>::max();

    bool operator==(const Possible &) const = default;
};

/** Behind the checked value at \a at; null where it is not sure to fit. */
inline const char *pass(const Sure &sure, const char *at, const char *end)
{
    constexpr qsizetype FewDigits = 18;
    if (*at == '"') {
        if (!(sure.types & types::String))
            return nullptr;
        const json::StringToken token = json::checked::string(at, end);
        return hasSurely(sure.length, token) ? token.text.end() + 1 : nullptr;
    }
    if (json::isDigit(*at) || *at == '-') {
        if (!(sure.types & types::Whole))
            return nullptr;
        const char *const digits = *at == '-' ? at + 1 : at;
        const char *behind = digits;
        qint64 value = 0;
        while (behind < end && json::isDigit(*behind)) {
            if (behind - digits == FewDigits)
                return nullptr;
            value = value * 10 + (*behind++ - '0');
        }
        if (behind < end && (*behind == '.' || (*behind | 0x20) == 'e'))
            return nullptr;
        value = digits == at ? value : -value;
        return value >= sure.least && value <= sure.most ? behind : nullptr;
    }
    if (*at == 'n')
        return sure.types & types::Null ? at + 4 : nullptr;
    if (*at == 't' || *at == 'f')
        return sure.types & types::Boolean ? at + (*at == 't' ? 4 : 5) : nullptr;
    return nullptr;
}

} // namespace dialogue::schema
