#include "core/schema/decimal.h"

#include "core/schema/format_p.h"

#include <algorithm>
#include <vector>

namespace dialogue::schema {

namespace {

__extension__ using Wide = unsigned __int128;

/** The digits from \a at on; \a at is behind them afterwards. */
std::string_view takeDigits(std::string_view text, std::size_t &at)
{
    const std::size_t begin = at;
    while (at < text.size() && isDigit(text[at]))
        ++at;
    return text.substr(begin, at - begin);
}

/** Far from where adding the length of a text would overflow. */
constexpr int64_t MaxExponent = 99'999'999'999'999'999;

/** What stands behind the e, which is behind \a at. */
std::optional<int64_t> takeExponent(std::string_view text, std::size_t &at)
{
    bool negative = false;
    if (at < text.size() && (text[at] == '+' || text[at] == '-'))
        negative = text[at++] == '-';
    const std::string_view digits = takeDigits(text, at);
    if (digits.empty())
        return std::nullopt;
    int64_t exponent = 0;
    for (const char c : digits)
        exponent = std::min(exponent * 10 + (c - '0'), MaxExponent);
    return negative ? -exponent : exponent;
}

uint64_t powerOfTen(int64_t exponent, uint64_t modulus)
{
    Wide result = 1 % modulus;
    for (Wide square = 10 % modulus; exponent > 0; exponent /= 2) {
        if (exponent % 2)
            result = result * square % modulus;
        square = square * square % modulus;
    }
    return static_cast<uint64_t>(result);
}

/** An integer below a bound, to which one digit after the other is put: what long division has in hand. */
class LongRemainder
{
public:
    explicit LongRemainder(std::string_view divisor)
        : m_divisor(ofDigits(divisor))
        , m_rest(m_divisor.size() + 1)
    {
        m_divisor.push_back(0); // As long as the rest times ten.
    }

    void append(uint32_t digit)
    {
        multiplyAndAdd(m_rest, digit);
        while (!less(m_rest, m_divisor))
            subtract();
    }

    [[nodiscard]] bool isZero() const
    {
        return std::all_of(m_rest.begin(), m_rest.end(), [](uint32_t part) { return part == 0; });
    }

private:
    using Parts = std::vector<uint32_t>; // The lowest first.

    static void multiplyAndAdd(Parts &number, uint32_t digit)
    {
        uint64_t carry = digit;
        for (uint32_t &part : number) {
            carry += uint64_t(part) * 10;
            part = static_cast<uint32_t>(carry);
            carry >>= 32;
        }
    }

    static Parts ofDigits(std::string_view digits)
    {
        Parts number(digits.size() / 9 + 1); // 32 bits hold nine digits.
        for (const char c : digits) {
            if (isDigit(c))
                multiplyAndAdd(number, static_cast<uint32_t>(c - '0'));
        }
        return number;
    }

    static bool less(const Parts &a, const Parts &b)
    {
        return std::lexicographical_compare(a.rbegin(), a.rend(), b.rbegin(), b.rend());
    }

    void subtract()
    {
        int64_t borrow = 0;
        for (std::size_t i = 0; i < m_rest.size(); ++i) {
            borrow += int64_t(m_rest[i]) - int64_t(m_divisor[i]);
            m_rest[i] = static_cast<uint32_t>(borrow);
            borrow >>= 32;
        }
    }

    Parts m_divisor;
    Parts m_rest;
};

} // namespace

std::optional<Decimal> Decimal::fromJson(std::string_view text)
{
    Decimal number;
    std::size_t at = 0;
    number.m_negative = !text.empty() && text[0] == '-';
    at += number.m_negative;
    const std::size_t begin = at;
    const std::string_view whole = takeDigits(text, at);
    if (whole.empty() || (whole.size() > 1 && whole[0] == '0'))
        return std::nullopt;
    std::string_view fraction;
    if (at < text.size() && text[at] == '.') {
        fraction = takeDigits(text, ++at);
        if (fraction.empty())
            return std::nullopt;
    }
    number.m_digits = text.substr(begin, at - begin);
    number.m_exponent = -static_cast<int64_t>(fraction.size());
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        const std::optional<int64_t> exponent = takeExponent(text, ++at);
        if (!exponent)
            return std::nullopt;
        number.m_exponent += *exponent;
    }
    if (at != text.size())
        return std::nullopt;

    number.m_count = static_cast<int64_t>(whole.size() + fraction.size());
    std::string_view &digits = number.m_digits;
    for (; !digits.empty() && (digits.front() == '0' || digits.front() == '.'); digits.remove_prefix(1))
        number.m_count -= digits.front() == '0';
    for (; !digits.empty() && (digits.back() == '0' || digits.back() == '.'); digits.remove_suffix(1)) {
        number.m_count -= digits.back() == '0';
        number.m_exponent += digits.back() == '0';
    }
    if (digits.empty())
        return Decimal();
    if (number.fits()) {
        for (const char c : digits)
            number.m_small
                = isDigit(c) ? number.m_small * 10 + static_cast<uint64_t>(c - '0') : number.m_small;
    }
    return number;
}

std::strong_ordering operator<=>(const Decimal &a, const Decimal &b)
{
    const int signA = a.isZero() ? 0 : a.m_negative ? -1 : 1;
    const int signB = b.isZero() ? 0 : b.m_negative ? -1 : 1;
    if (signA != signB || signA == 0)
        return signA <=> signB;
    if (signA < 0) {
        Decimal positiveA = a;
        Decimal positiveB = b;
        positiveA.m_negative = positiveB.m_negative = false;
        return positiveB <=> positiveA;
    }
    if (a.m_exponent == b.m_exponent && a.fits() && b.fits())
        return a.m_small <=> b.m_small;
    if (a.magnitude() != b.magnitude())
        return a.magnitude() <=> b.magnitude();
    for (std::size_t i = 0, j = 0;; ++i, ++j) {
        i += i < a.m_digits.size() && a.m_digits[i] == '.';
        j += j < b.m_digits.size() && b.m_digits[j] == '.';
        if (i >= a.m_digits.size()
            || j >= b.m_digits.size()) // The last digit is not zero: the longer is more.
            return (i < a.m_digits.size()) <=> (j < b.m_digits.size());
        if (a.m_digits[i] != b.m_digits[j])
            return a.m_digits[i] <=> b.m_digits[j];
    }
}

bool Decimal::isMultipleOf(const Decimal &divisor) const
{
    if (isZero() || divisor.isZero())
        return isZero();
    // The last digit is not zero: below the divisor's last place there is something left.
    const int64_t zeros = m_exponent - divisor.m_exponent;
    if (zeros < 0)
        return false;
    if (!divisor.fits())
        return isMultipleOfLong(divisor, zeros);
    const uint64_t rest = remainder(divisor.m_small);
    if (rest == 0 || zeros == 0)
        return rest == 0;
    return Wide(rest) * powerOfTen(zeros, divisor.m_small) % divisor.m_small == 0;
}

uint64_t Decimal::remainder(uint64_t divisor) const
{
    if (fits())
        return m_small % divisor;
    // Many digits at a time: the division is what takes long.
    constexpr uint64_t MaxScale = 1'000'000'000'000'000'000;
    Wide rest = 0;
    uint64_t part = 0;
    uint64_t scale = 1;
    for (const char c : m_digits) {
        if (!isDigit(c))
            continue;
        part = part * 10 + static_cast<uint64_t>(c - '0');
        scale *= 10;
        if (scale == MaxScale) {
            rest = (rest * scale + part) % divisor;
            part = 0;
            scale = 1;
        }
    }
    return static_cast<uint64_t>((rest * scale + part) % divisor);
}

bool Decimal::isMultipleOfLong(const Decimal &divisor, int64_t zeros) const
{
    LongRemainder rest(divisor.m_digits);
    for (const char c : m_digits) {
        if (isDigit(c))
            rest.append(static_cast<uint32_t>(c - '0'));
    }
    // Zeros bring factors of two and five; the divisor has no more of them than bits, of which a digit has
    // four.
    for (int64_t i = 0; i < std::min(zeros, divisor.m_count * 4) && !rest.isZero(); ++i)
        rest.append(0);
    return rest.isZero();
}

} // namespace dialogue::schema
