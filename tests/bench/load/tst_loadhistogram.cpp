#include "bench/load/histogram.h"

#include "testclasses.h"

#include <QTest>

#include <cmath>
#include <limits>

using dialogue::bench::Histogram;

class TestHistogram : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isEmptyAtFirst()
    {
        const Histogram histogram;
        QCOMPARE(histogram.count(), 0U);
        QCOMPARE(histogram.percentile(50), 0U);
        QCOMPARE(histogram.mean(), 0.0);
    }

    void isExactBelow64()
    {
        Histogram histogram;
        for (std::uint64_t value = 0; value < 64; ++value)
            histogram.record(value);
        QCOMPARE(histogram.percentile(50), 31U);
        QCOMPARE(histogram.percentile(100), 63U);
        QCOMPARE(histogram.percentile(0), 0U);
        QCOMPARE(histogram.mean(), 31.5);
    }

    void isWithinTheBucketsWidth_data()
    {
        QTest::addColumn<quint64>("value");
        for (quint64 value : {64ULL, 127ULL, 128ULL, 1000ULL, 65535ULL, 65536ULL, 123456789ULL, 1ULL << 40})
            QTest::newRow(qPrintable(QString::number(value))) << value;
    }

    void isWithinTheBucketsWidth()
    {
        QFETCH(quint64, value);
        Histogram histogram;
        histogram.record(value);
        histogram.record(value * 4); // so that max() is not what limits
        const auto found = histogram.percentile(50);
        QVERIFY(found >= value);
        QVERIFY(static_cast<double>(found - value) <= static_cast<double>(value) / 64);
    }

    void knowsTheGreatestExactly()
    {
        Histogram histogram;
        histogram.record(1'000'003);
        histogram.record(7);
        QCOMPARE(histogram.max(), 1'000'003U);
        QCOMPARE(histogram.percentile(100), 1'000'003U);
    }

    void takesTheLargestNumberThereIs()
    {
        Histogram histogram;
        histogram.record(std::numeric_limits<std::uint64_t>::max());
        QCOMPARE(histogram.percentile(50), std::numeric_limits<std::uint64_t>::max());
    }

    void findsTheOneInAThousand()
    {
        Histogram histogram;
        for (int i = 0; i < 998; ++i)
            histogram.record(10);
        histogram.record(5000);
        histogram.record(6000);
        QCOMPARE(histogram.percentile(99), 10U);
        QVERIFY(histogram.percentile(99.9) >= 5000 && histogram.percentile(99.9) < 5100);
    }
};

DIALOGUE_TEST(TestHistogram, NoApplication)
#include "tst_loadhistogram.moc"
