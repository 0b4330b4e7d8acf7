#include "core/schema/decimal.h"

#include "tests/fuzz/require.h"

#include <QByteArray>

#include <cmath>

using dialogue::schema::Decimal;
namespace fuzz = dialogue::fuzz;

namespace {

__extension__ using Wide = __int128;

std::optional<Decimal> decimal(QByteArrayView text)
{
    return Decimal::fromJson({text.data(), static_cast<std::size_t>(text.size())});
}

/** Twelve places behind the point, of a text that has a few digits and a small exponent. */
std::optional<Wide> scaled(QByteArrayView text)
{
    constexpr int Places = 12;
    if (text.size() > 12)
        return std::nullopt;
    const qsizetype e = text.toByteArray().toLower().indexOf('e');
    const QByteArrayView digits = e < 0 ? text : text.first(e);
    bool known = true;
    const int exponent = e < 0 ? 0 : text.sliced(e + 1).toInt(&known);
    if (!known || exponent > 24)
        return std::nullopt;
    const qsizetype point = digits.indexOf('.');
    const qsizetype shift = Places + exponent - (point < 0 ? 0 : digits.size() - point - 1);
    if (shift < 0 || shift > 24)
        return std::nullopt;
    Wide number = digits.toByteArray().replace('.', "").toLongLong();
    for (qsizetype i = 0; i < shift; ++i)
        number *= 10;
    return number;
}

void checkAlone(QByteArrayView text, const Decimal &a)
{
    const auto one = decimal("1");
    fuzz::require(a == a && (a <=> a) == 0);
    fuzz::require(a.isMultipleOf(a) && (a.isZero() || !a.isMultipleOf(*decimal("0"))));
    fuzz::require(a.isInteger() == a.isMultipleOf(*one));
    fuzz::require(a.isNegative() == (a < *decimal("0")) && a.isZero() == (a == *decimal("0.0")));
    // The same number with more digits, and too many to be small.
    if (!text.contains('e') && !text.contains('E')) {
        const QByteArray longer
            = text.toByteArray() + QByteArray(text.contains('.') ? "" : ".") + QByteArray(40, '0');
        fuzz::require(*decimal(longer) == a);
    }
}

void compare(QByteArrayView textA, const Decimal &a, QByteArrayView textB, const Decimal &b)
{
    fuzz::require((a <=> b) == (0 <=> (b <=> a)));
    bool known = false;
    const double doubleA = textA.toByteArray().toDouble(&known);
    bool knownB = false;
    const double doubleB = textB.toByteArray().toDouble(&knownB);
    // Rounding keeps the order, where it does not make them equal.
    if (known && knownB && doubleA != doubleB)
        fuzz::require((a < b) == (doubleA < doubleB));
    const auto wholeA = scaled(textA);
    const auto wholeB = scaled(textB);
    if (!wholeA || !wholeB)
        return;
    fuzz::require((a <=> b) == (*wholeA <=> *wholeB));
    if (*wholeB != 0)
        fuzz::require(a.isMultipleOf(b) == (*wholeA % *wholeB == 0));
}

} // namespace

/** Two lines, each a number or not: order and multiples are those of integers, and of doubles where those
 * suffice. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView text = fuzz::view(data, size);
    const qsizetype line = text.indexOf('\n');
    const QByteArrayView textA = line < 0 ? text : text.first(line);
    const QByteArrayView textB = line < 0 ? QByteArrayView("3") : text.sliced(line + 1);
    const auto a = decimal(textA);
    const auto b = decimal(textB);
    if (a)
        checkAlone(textA, *a);
    if (b)
        checkAlone(textB, *b);
    if (a && b) {
        compare(textA, *a, textB, *b);
        (void)b->isMultipleOf(*a);
    }
    return 0;
}
