#include "console/charts/decimation.h"

#include "testclasses.h"

#include <QRandomGenerator>
#include <QTest>

#include <cmath>
#include <map>

using namespace dialogue::console;

/** However many points there are, what is seen of them is what there is. */
class TestDecimation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theLeastAndTheMostOfEachColumnStay_data();
    void theLeastAndTheMostOfEachColumnStay();
    void fewPointsStayWhereTheyAre();
    void aGapIsNotPaintedOver();
    void aGapWithinAColumnIsOne();
    void aLineComesInFromTheLeft();
    void nothingIsThereOfNothing();
    void valuesAtATimeAreThoseOfItsColumn();
    void farAwayIsNothing();
};

void TestDecimation::theLeastAndTheMostOfEachColumnStay_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("columns");
    QTest::addColumn<int>("gaps"); // One in so many; 0: none.
    QTest::newRow("a day in 600 pixels") << 8640 << 600 << 0;
    QTest::newRow("with gaps") << 8640 << 600 << 50;
    QTest::newRow("many gaps") << 8640 << 97 << 3;
    QTest::newRow("as many as pixels") << 600 << 600 << 0;
    QTest::newRow("fewer") << 300 << 611 << 20;
    QTest::newRow("one column") << 500 << 1 << 0;
}

void TestDecimation::theLeastAndTheMostOfEachColumnStay()
{
    QFETCH(int, count);
    QFETCH(int, columns);
    QFETCH(int, gaps);
    QRandomGenerator random(17);
    std::vector<TimePoint> points;
    for (int i = 0; i < count; ++i) {
        const qint64 time = 1'000'000 + i * qint64(10'000);
        const bool isGap = gaps > 0 && random.bounded(gaps) == 0;
        points.push_back(isGap ? TimePoint::gap(time) : TimePoint{time, random.bounded(1000.0)});
    }
    const qint64 from = points.front().time;
    const qint64 to = points.back().time + 1;

    struct Naive
    {
        double least = 1e9;
        double most = -1;
    };
    std::map<int, Naive> naive;
    std::size_t parts = 0;
    bool isIn = false;
    for (const TimePoint &each : points) {
        if (each.isGap()) {
            isIn = false;
            continue;
        }
        parts += isIn ? 0 : 1;
        isIn = true;
        Naive &column = naive[int(std::floor(double(each.time - from) * columns / double(to - from)))];
        column.least = std::min(column.least, each.value);
        column.most = std::max(column.most, each.value);
    }
    std::map<int, Naive> ours;
    std::size_t ourParts = 0;
    double before = -1;
    for (const LineColumn &each : decimated(points, from, to, columns)) {
        Naive &column = ours[int(std::floor(each.x))];
        column.least = std::min(column.least, each.least);
        column.most = std::max(column.most, each.most);
        ourParts += each.isJoined ? 0 : 1;
        QVERIFY(each.x >= before);
        QVERIFY(each.least <= std::min(each.first, each.last));
        QVERIFY(each.most >= std::max(each.first, each.last));
        before = each.x;
    }
    QCOMPARE(ours.size(), naive.size());
    for (const auto &[x, column] : naive) {
        QCOMPARE(ours[x].least, column.least);
        QCOMPARE(ours[x].most, column.most);
    }
    QCOMPARE(ourParts, parts);
}

void TestDecimation::fewPointsStayWhereTheyAre()
{
    const std::vector<TimePoint> points{{0, 1}, {250, 2}, {1000, 3}};
    const std::vector<LineColumn> line = decimated(points, 0, 1000, 10);
    QCOMPARE(line.size(), std::size_t(3));
    QCOMPARE(line[1].x, 2.5);
    QCOMPARE(line[2].x, 10.0);
    QVERIFY(!line[0].isJoined && line[1].isJoined && line[2].isJoined);
}

void TestDecimation::aGapIsNotPaintedOver()
{
    const std::vector<TimePoint> points{{0, 1}, {100, 1}, TimePoint::gap(100), {900, 1}};
    const std::vector<LineColumn> line = decimated(points, 0, 1000, 10);
    QCOMPARE(line.size(), std::size_t(3));
    QVERIFY(line[1].isJoined && !line[2].isJoined);
}

void TestDecimation::aGapWithinAColumnIsOne()
{
    const std::vector<TimePoint> points{{0, 1}, TimePoint::gap(10), {20, 5}};
    const std::vector<LineColumn> line = decimated(points, 0, 1000, 10);
    QCOMPARE(line.size(), std::size_t(2));
    QVERIFY(!line[1].isJoined);
}

void TestDecimation::aLineComesInFromTheLeft()
{
    const std::vector<TimePoint> points{{0, 1}, {900, 2}, {1100, 3}, {5000, 4}};
    const std::vector<LineColumn> line = decimated(points, 1000, 2000, 10);
    QCOMPARE(line.size(), std::size_t(2));
    QVERIFY(line[0].x < 0);
    QVERIFY(line[1].isJoined);
    const std::vector<TimePoint> apart{{900, 2}, TimePoint::gap(900), {1100, 3}};
    QCOMPARE(decimated(apart, 1000, 2000, 10).size(), std::size_t(1));
}

void TestDecimation::nothingIsThereOfNothing()
{
    QVERIFY(decimated({}, 0, 1000, 10).empty());
    const std::vector<TimePoint> points{{0, 1}};
    QVERIFY(decimated(points, 1000, 1000, 10).empty());
    QVERIFY(decimated(points, 0, 1000, 0).empty());
}

void TestDecimation::valuesAtATimeAreThoseOfItsColumn()
{
    const std::vector<TimePoint> points{{0, 1}, {10, 9}, {20, 2}, {30, 4}};
    const ValueSpan spike = valuesAt(points, 19, 10, 100);
    QVERIFY(spike.isThere);
    QCOMPARE(spike.time, qint64(20));
    QCOMPARE(spike.least, 2.0);
    QCOMPARE(spike.most, 9.0);
    const ValueSpan nearest = valuesAt(points, 44, 1, 100);
    QVERIFY(nearest.isThere);
    QCOMPARE(nearest.time, qint64(30));
    QCOMPARE(nearest.least, 4.0);
    QCOMPARE(nearest.most, 4.0);
}

void TestDecimation::farAwayIsNothing()
{
    const std::vector<TimePoint> points{{0, 1}, TimePoint::gap(0), {1000, 2}};
    QVERIFY(!valuesAt(points, 500, 10, 100).isThere);
    QVERIFY(!valuesAt({}, 500, 10, 100).isThere);
}

DIALOGUE_TEST(TestDecimation, NoApplication)
#include "tst_decimation.moc"
