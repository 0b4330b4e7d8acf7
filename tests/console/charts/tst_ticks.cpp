#include "console/charts/ticks.h"

#include "testclasses.h"

#include <QDateTime>
#include <QLocale>
#include <QTest>
#include <QTimeZone>

#include <cmath>

using namespace dialogue::console;
using namespace Qt::StringLiterals;

/** The marks of axes are round. */
class TestTicks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void valuesAreRound_data();
    void valuesAreRound();
    void anAxisHoldsAllThereIs_data();
    void anAxisHoldsAllThereIs();
    void timesAreRound_data();
    void timesAreRound();
    void hoursStayRoundWhereTheClocksAreChanged();
    void noTimesInNoRange();
    void valuesSayTheirUnit_data();
    void valuesSayTheirUnit();
};

void TestTicks::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    qputenv("TZ", "Europe/Berlin");
}

void TestTicks::valuesAreRound_data()
{
    QTest::addColumn<ChartUnit>("unit");
    QTest::addColumn<double>("most");
    QTest::addColumn<QString>("texts");
    QTest::newRow("nothing") << ChartUnit::Rate << 0.0 << u"0 0.5 1.0"_s;
    QTest::newRow("nothing to count") << ChartUnit::Number << 0.0 << u"0 1"_s;
    QTest::newRow("few") << ChartUnit::Number << 3.0 << u"0 1 2 3"_s;
    QTest::newRow("many") << ChartUnit::Number << 8700.0 << u"0 5,000 10,000"_s;
    QTest::newRow("a fraction") << ChartUnit::Rate << 0.07 << u"0 0.02 0.04 0.06 0.08"_s;
    QTest::newRow("just so") << ChartUnit::Rate << 400.0 << u"0 100 200 300 400"_s;
    QTest::newRow("bytes") << ChartUnit::Bytes << 900.0 << u"0|256 B|512 B|768 B|1,024 B"_s;
    QTest::newRow("no bytes") << ChartUnit::Bytes << 0.0 << u"0|256 B|512 B|768 B|1,024 B"_s;
    QTest::newRow("mebibytes") << ChartUnit::Bytes << 400.0 * 1024 * 1024
                               << u"0|128 MiB|256 MiB|384 MiB|512 MiB"_s;
    QTest::newRow("microseconds") << ChartUnit::Seconds << 0.0009 << u"0|500 µs|1,000 µs"_s;
    QTest::newRow("milliseconds") << ChartUnit::Seconds << 0.05 << u"0|20 ms|40 ms|60 ms"_s;
    QTest::newRow("seconds") << ChartUnit::Seconds << 1.7 << u"0|500 ms|1,000 ms|1,500 ms|2,000 ms"_s;
    QTest::newRow("more seconds") << ChartUnit::Seconds << 50.0 << u"0|15 s|30 s|45 s|60 s"_s;
    QTest::newRow("minutes") << ChartUnit::Seconds << 1000.0 << u"0|5 min|10 min|15 min|20 min"_s;
    QTest::newRow("days") << ChartUnit::Seconds << 5 * 86400.0 << u"0|48 h|96 h|144 h"_s;
    QTest::newRow("shares") << ChartUnit::Share << 0.37 << u"0|10 %|20 %|30 %|40 %"_s;
    QTest::newRow("more than one core") << ChartUnit::Share << 3.3 << u"0|100 %|200 %|300 %|400 %"_s;
    QTest::newRow("small shares") << ChartUnit::Share << 0.012 << u"0|0.5 %|1.0 %|1.5 %"_s;
}

void TestTicks::valuesAreRound()
{
    QFETCH(ChartUnit, unit);
    QFETCH(double, most);
    QFETCH(QString, texts);
    const ValueTicks ticks = valueTicks(most, 4, unit);
    QCOMPARE(ticks.texts.join(texts.contains(u'|') ? u'|' : u' '), texts);
    QCOMPARE(qsizetype(ticks.values.size()), ticks.texts.size());
}

void TestTicks::anAxisHoldsAllThereIs_data()
{
    QTest::addColumn<ChartUnit>("unit");
    QTest::newRow("numbers") << ChartUnit::Number;
    QTest::newRow("rates") << ChartUnit::Rate;
    QTest::newRow("bytes") << ChartUnit::Bytes;
    QTest::newRow("seconds") << ChartUnit::Seconds;
    QTest::newRow("shares") << ChartUnit::Share;
}

void TestTicks::anAxisHoldsAllThereIs()
{
    QFETCH(ChartUnit, unit);
    for (double most = 1e-7; most < 2e15; most *= 1.37) {
        for (int count = 1; count <= 6; ++count) {
            const ValueTicks ticks = valueTicks(most, count, unit);
            QVERIFY2(ticks.top >= most * (1 - 1e-9), qPrintable(QString::number(most)));
            QVERIFY(ticks.values.size() >= 2);
            QVERIFY2(ticks.values.size() <= std::size_t(count) + 1, qPrintable(QString::number(most)));
            QCOMPARE(ticks.values.front(), 0.0);
            for (qsizetype i = 1; i < ticks.texts.size(); ++i)
                QVERIFY2(ticks.texts[i] != ticks.texts[i - 1], qPrintable(ticks.texts[i]));
        }
    }
    QVERIFY(valueTicks(std::nan(""), 4, unit).top > 0);
    QVERIFY(valueTicks(-1, 4, unit).top > 0);
    QVERIFY(valueTicks(1, 0, unit).top > 0);
}

void TestTicks::timesAreRound_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<int>("seconds");
    QTest::addColumn<QString>("texts");
    QTest::newRow("a minute") << u"2026-11-30T13:04:05"_s << 60 << u"13:04:15 13:04:30 13:04:45 13:05:00"_s;
    QTest::newRow("five minutes") << u"2026-11-30T13:04:05"_s << 300 << u"13:05 13:06 13:07 13:08 13:09"_s;
    QTest::newRow("a quarter of an hour") << u"2026-11-30T13:04:05"_s << 900 << u"13:05 13:10 13:15"_s;
    QTest::newRow("over midnight") << u"2026-11-30T23:30:00"_s << 3600 << u"23:30 23:45 00:00 00:15 00:30"_s;
    QTest::newRow("a day") << u"2026-11-30T13:04:05"_s << 86400 << u"18:00 00:00 06:00 12:00"_s;
    QTest::newRow("days") << u"2026-11-30T13:04:05"_s << 4 * 86400 << u"12-01 12-02 12-03 12-04"_s;
}

void TestTicks::timesAreRound()
{
    QFETCH(QString, from);
    QFETCH(int, seconds);
    QFETCH(QString, texts);
    const qint64 begin = QDateTime::fromString(from, Qt::ISODate).toMSecsSinceEpoch();
    const TimeTicks ticks = timeTicks(begin, begin + seconds * qint64(1000), 5);
    QCOMPARE(ticks.texts.join(u' '), texts);
    for (const qint64 time : ticks.times)
        QVERIFY(time >= begin && time <= begin + seconds * qint64(1000));
}

void TestTicks::hoursStayRoundWhereTheClocksAreChanged()
{
    if (!QTimeZone("Europe/Berlin").isValid())
        QSKIP("This machine knows no time zones");
    // On 2026-10-25 at 3:00 it was 2:00 again.
    const qint64 from = QDateTime(QDate(2026, 10, 24), QTime(20, 0)).toMSecsSinceEpoch();
    QCOMPARE(timeTicks(from, from + 86'400'000, 5).texts.join(u' '), u"00:00 06:00 12:00 18:00"_s);
}

void TestTicks::noTimesInNoRange()
{
    QVERIFY(timeTicks(1000, 1000, 5).times.empty());
    QVERIFY(timeTicks(2000, 1000, 5).times.empty());
}

void TestTicks::valuesSayTheirUnit_data()
{
    QTest::addColumn<ChartUnit>("unit");
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("text");
    QTest::newRow("number") << ChartUnit::Number << 12345.0 << u"12,345"_s;
    QTest::newRow("rate") << ChartUnit::Rate << 12.34 << u"12.3/s"_s;
    QTest::newRow("bytes") << ChartUnit::Bytes << 4300.0 << u"4.20 KiB"_s;
    QTest::newRow("seconds") << ChartUnit::Seconds << 0.012 << u"12 ms"_s;
    QTest::newRow("a float") << ChartUnit::Seconds << double(0.001F) << u"1 ms"_s;
    QTest::newRow("no time") << ChartUnit::Seconds << 0.0 << u"0 ms"_s;
    QTest::newRow("share") << ChartUnit::Share << 0.37 << u"37 %"_s;
    QTest::newRow("small share") << ChartUnit::Share << 0.012 << u"1.2 %"_s;
}

void TestTicks::valuesSayTheirUnit()
{
    QFETCH(ChartUnit, unit);
    QFETCH(double, value);
    QFETCH(QString, text);
    QCOMPARE(valueText(unit, value), text);
}

DIALOGUE_TEST(TestTicks, NoApplication)
#include "tst_ticks.moc"
