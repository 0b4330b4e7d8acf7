#pragma once

#include "core/base/export.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace dialogue::schema {

/**
 * A JSON number exactly as it is written, whatever its length and exponent; a double would round it.
 *
 * It is a view: the text must outlive it. The work is bounded by the length of the texts, never by the value:
 * 1e999999999 costs what it takes to read it. Exponents of more than 17 digits count as the largest of 17.
 */
class DIALOGUE_CORE_EXPORT Decimal
{
public:
    /** Of the text of one JSON number (RFC 8259, section 6), without blanks; nothing for any other text. */
    static std::optional<Decimal> fromJson(std::string_view text);

    [[nodiscard]] bool isZero() const { return m_count == 0; }
    [[nodiscard]] bool isNegative() const { return m_negative; } ///< Less than zero; -0 is not.
    [[nodiscard]] bool isInteger() const { return m_exponent >= 0; } ///< 1.0 and 1e2 are integers too.

    /** Whether an integer times \a divisor is this; of zero only zero is a multiple. */
    [[nodiscard]] bool isMultipleOf(const Decimal &divisor) const;

    /** By value: 1, 1.0 and 10e-1 are equal. */
    friend DIALOGUE_CORE_EXPORT std::strong_ordering operator<=>(const Decimal &a, const Decimal &b);
    friend bool operator==(const Decimal &a, const Decimal &b) { return std::is_eq(a <=> b); }

private:
    Decimal() = default;

    // The value is an integer times ten to the exponent; its digits begin and end with one that is not zero.
    [[nodiscard]] bool fits() const { return m_count <= MaxSmallDigits; }
    [[nodiscard]] int64_t magnitude() const { return m_exponent + m_count; }
    [[nodiscard]] uint64_t remainder(uint64_t divisor) const;
    [[nodiscard]] bool isMultipleOfLong(const Decimal &divisor, int64_t zeros) const;

    static constexpr int64_t MaxSmallDigits = 19; // What 64 bits always hold.

    std::string_view m_digits; // A decimal point may be among them.
    int64_t m_count = 0; // Of digits; none: zero.
    int64_t m_exponent = 0;
    uint64_t m_small = 0; // The integer, where it fits.
    bool m_negative = false;
};

} // namespace dialogue::schema
