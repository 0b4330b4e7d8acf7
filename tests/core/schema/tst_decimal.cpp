#include "core/schema/decimal.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using schema::Decimal;

class TestDecimal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesWhatIsANumberInJson_data();
    void takesWhatIsANumberInJson();
    void ordersByValue_data();
    void ordersByValue();
    void tellsIntegers_data();
    void tellsIntegers();
    void tellsMultiplesExactly_data();
    void tellsMultiplesExactly();
    void agreesWithArithmeticOnIntegers();
};

namespace {

Decimal decimal(const QByteArray &text)
{
    const auto number = Decimal::fromJson({text.data(), static_cast<std::size_t>(text.size())});
    if (!number)
        qFatal("%s is no number", text.constData());
    return *number;
}

} // namespace

void TestDecimal::takesWhatIsANumberInJson_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("number");
    for (const char *text :
         {"0", "-0", "12", "1.50", "-0.001", "1e5", "1E+5", "2.5e-7", "0e999999999999999999999"})
        QTest::addRow("%s", text) << QByteArray(text) << true;
    for (const char *text : {"", "-", "+1", "01", "-01", ".5", "1.", "1.e2", "1e", "1e+", "1 ", " 1", "0x1",
                             "1e5.0", "NaN", "1,5", "--1", "1.2.3", "Infinity"})
        QTest::addRow("'%s'", text) << QByteArray(text) << false;
}

void TestDecimal::takesWhatIsANumberInJson()
{
    QFETCH(QByteArray, text);
    QTEST(Decimal::fromJson({text.data(), static_cast<std::size_t>(text.size())}).has_value(), "number");
}

void TestDecimal::ordersByValue_data()
{
    QTest::addColumn<QByteArray>("a");
    QTest::addColumn<QByteArray>("b");
    QTest::addColumn<int>("order"); // Of a to b.
    const QByteArray nines(100'000, '9');
    const QByteArray zeros(100'000, '0');
    const auto row = [](const char *what, const QByteArray &a, const QByteArray &b, int order) {
        QTest::newRow(what) << a << b << order;
    };
    row("the same", "7", "7", 0);
    row("less", "7", "8", -1);
    row("one digit more", "9", "10", -1);
    row("with a fraction of zeros", "1.000", "1", 0);
    row("with an exponent", "10e-1", "1.0", 0);
    row("written large", "1200", "1.2e3", 0);
    row("written small", "0.00120", "12e-4", 0);
    row("zeros of both signs", "-0.0", "0e7", 0);
    row("zero and less", "0", "-0.1", 1);
    row("zero and more", "0", "1e-400", -1);
    row("of different signs", "-5", "3", -1);
    row("both negative", "-5", "-3", -1);
    row("negative of different lengths", "-10", "-9.99", -1);
    row("a longer fraction", "1.5", "1.51", -1);
    row("a point at different places", "12.5", "1.25e1", 0);
    row("a point within, and none", "1234567890123456789012.5", "12345678901234567890125e-1", 0);
    row("a point within, and less", "1234567890123456789012.5", "12345678901234567890126e-1", -1);
    row("neighbours no double tells apart", "9007199254740993", "9007199254740992", 1);
    row("neighbours beyond 64 bits", "98249283749234923498293171823948729348710298301928331",
        "98249283749234923498293171823948729348710298301928330", 1);
    row("neighbours of nineteen and twenty digits", "9999999999999999999", "10000000000000000000", -1);
    row("a fraction no double holds", "0.1000000000000000055511151231257827", "0.1", 1);
    row("beyond a double", "1e400", "1e399", 1);
    row("exponents without end", "1e999999999", "9e999999998", 1);
    row("exponents beyond 64 bits", "-1e99999999999999999999", "1", -1);
    row("nothing at all", "1e-99999999999999999999", "0", 1);
    row("of a hundred thousand digits", nines, "1" + zeros, -1);
    row("of a hundred thousand digits, with an exponent", "1" + zeros, "1e100000", 0);
}

void TestDecimal::ordersByValue()
{
    QFETCH(QByteArray, a);
    QFETCH(QByteArray, b);
    QFETCH(int, order);
    QVERIFY((decimal(a) <=> decimal(b)) == (order <=> 0));
    QVERIFY((decimal(b) <=> decimal(a)) == (0 <=> order));
    QCOMPARE(decimal(a) == decimal(b), order == 0);
}

void TestDecimal::tellsIntegers_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("integer");
    for (const char *text : {"0", "-0.00", "1", "-17", "1.0", "1.50e1", "100e-2", "1e300",
                             "12345678901234567890123", "1e999999999999999999999"})
        QTest::addRow("%s", text) << QByteArray(text) << true;
    for (const char *text :
         {"0.5", "-1.1", "1e-1", "15e-1", "9007199254740993.5", "1e-999999999999999999999"})
        QTest::addRow("%s", text) << QByteArray(text) << false;
}

void TestDecimal::tellsIntegers()
{
    QFETCH(QByteArray, text);
    QTEST(decimal(text).isInteger(), "integer");
}

void TestDecimal::tellsMultiplesExactly_data()
{
    QTest::addColumn<QByteArray>("number");
    QTest::addColumn<QByteArray>("divisor");
    QTest::addColumn<bool>("multiple");
    const QByteArray sevens(100'000, '7');
    const auto row = [](const QByteArray &number, const QByteArray &divisor, bool multiple) {
        QTest::addRow("%s of %s", number.left(60).constData(), divisor.left(60).constData())
            << number << divisor << multiple;
    };
    row("10", "2", true);
    row("7", "2", false);
    row("-9", "3", true);
    row("9", "-3", true);
    row("0", "0.7", true);
    row("0", "0", true);
    row("1", "0", false);
    row("4.5", "1.5", true);
    row("35", "1.5", false);
    row("0.0075", "0.0001", true);
    row("0.00751", "0.0001", false);
    row("19.99", "0.01", true);
    row("19.999", "0.01", false);
    row("12345678.905", "0.01", false);
    row("0.3", "0.1", true); // A double says 0.3 / 0.1 is 2.9999999999999996.
    row("1.1", "0.1", true);
    row("10000000001", "2", false);
    row("1795819434437", "1000", false);
    row("9007199254740993", "2", false); // A double would make it even.
    row("9007199254740993", "3", true);
    row("12391239123", "1e-8", true);
    row("1e308", "0.123456789", false);
    row("1e308", "0.5", true);
    row("1e308", "1e308", true);
    row("1e307", "1e308", false);
    row("1e999999999", "7", false);
    row("7e999999999", "7", true);
    row("1e999999999", "1024", true);
    row("1e3", "1024", false);
    row("1e10", "1024", true);
    row("3", "1e-999999999", true);
    row("1e-999999999", "1e-3", false);
    row("1e99999999999999999999", "65536e-99999999999999999999", true);
    row("98249283749234923498293171823948729348710298301928331", "3", false);
    row("98249283749234923498293171823948729348710298301928331", "7", true);
    row("18446744073709551615", "9999999999999999999", false);
    row("99999999999999999980000000000000000001", "9999999999999999999", true);
    row("121932631137021795226185032733622923332237463801111263526900", "123456789012345678901234567890",
        true);
    row("121932631137021795226185032733622923332237463801111263526901", "123456789012345678901234567890",
        false);
    row("1e200", "18446744073709551616", true); // Two to the 64.
    row("1e63", "18446744073709551616", false);
    row("1e64", "18446744073709551616", true);
    row("1e999999999", "123456789012345678901234567890123", false);
    row(sevens, "7", true);
    row(sevens, "13", false);
    row(sevens, "77777777777777777777777777", false);
    row(sevens, "7777777777777777777777777", true); // 25 digits
    row("0." + sevens, "1e-100000", true);
    row("0." + sevens, "1e-99999", false);
}

void TestDecimal::tellsMultiplesExactly()
{
    QFETCH(QByteArray, number);
    QFETCH(QByteArray, divisor);
    QTEST(decimal(number).isMultipleOf(decimal(divisor)), "multiple");
}

void TestDecimal::agreesWithArithmeticOnIntegers()
{
    const QByteArray zeros(30, '0');
    for (int a = -60; a <= 60; ++a) {
        for (int b = 1; b <= 60; ++b) {
            const QByteArray whole = QByteArray::number(a);
            const QByteArray tenths = QByteArray::number(b / 10) + '.' + QByteArray::number(b % 10);
            QCOMPARE(decimal(whole).isMultipleOf(decimal(QByteArray::number(b))), a % b == 0);
            QCOMPARE(decimal(whole).isMultipleOf(decimal(tenths)), a * 10 % b == 0);
            QVERIFY((decimal(whole) <=> decimal(tenths)) == (a * 10 <=> b));
            // The same once more with more digits than 64 bits hold.
            QCOMPARE(decimal(whole + ".0" + zeros + "e35")
                         .isMultipleOf(decimal(QByteArray::number(b) + zeros + "e5")),
                     a % b == 0);
        }
    }
}

DIALOGUE_TEST(TestDecimal, NoApplication)
#include "tst_decimal.moc"
