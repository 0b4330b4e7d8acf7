#include "console/charts/chartplot.h"
#include "console/charts/crosshair.h"
#include "console/charts/legend.h"
#include "console/charts/timechart.h"

#include "testclasses.h"
#include "tests/console/support/looks.h"

#include <QRandomGenerator>
#include <QTest>
#include <QVBoxLayout>

#include <cmath>

using namespace dialogue::console;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

/** Charts as people see them. */
class TestChartLooks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isWholeAndReadable_data();
    void isWholeAndReadable();
};

namespace {

constexpr qint64 LooksStart = 1'764'500'645'000;

std::vector<TimePoint> busyPoints(int count, double size, double spike, unsigned seed)
{
    QRandomGenerator random(seed);
    std::vector<TimePoint> points;
    for (int i = 0; i < count; ++i) {
        const qint64 time = LooksStart + i * qint64(1000);
        if (i == count / 2)
            points.push_back(TimePoint::gap(time));
        if (i >= count / 2 && i < count * 6 / 10)
            continue;
        const double wave = 1 + 0.3 * std::sin(i / 90.0) + 0.15 * random.generateDouble();
        points.push_back({time, size * wave + (random.bounded(150) == 0 ? spike : 0)});
    }
    return points;
}

} // namespace

void TestChartLooks::isWholeAndReadable_data()
{
    QTest::addColumn<bool>("isDark");
    QTest::addColumn<int>("width");
    QTest::addColumn<bool>("isGerman");
    QTest::newRow("charts-light") << false << 640 << false;
    QTest::newRow("charts-dark") << true << 640 << false;
    QTest::newRow("charts-narrow-long-labels") << false << 320 << true;
}

void TestChartLooks::isWholeAndReadable()
{
    QFETCH(bool, isDark);
    QFETCH(int, width);
    QFETCH(bool, isGerman);
    Crosshair crosshair;
    QWidget page;
    page.setPalette(lookPalette(isDark));
    auto *const column = new QVBoxLayout(&page);
    const QStringList names = isGerman
        ? QStringList{u"Veröffentlichte Ereignisse"_s, u"Eingehende Nachrichten"_s, u"Abgewiesene Anfragen"_s}
        : QStringList{u"Events"_s, u"Messages in"_s, u"Frames out"_s};
    auto *const traffic = new TimeChart(isGerman ? u"Datenverkehr je Sekunde, Ereignisse und Nachrichten"_s
                                                 : u"Traffic, each second"_s,
                                        names, ChartUnit::Rate, crosshair);
    auto *const memory = new TimeChart(u"Memory"_s, {u"Of the process"_s}, ChartUnit::Bytes, crosshair);
    auto *const turns = new TimeChart(u"Turns of the hub"_s, {u"Median"_s, u"99th percentile"_s},
                                      ChartUnit::Seconds, crosshair);
    auto *const empty = new TimeChart(u"Descriptors"_s, {u"Open"_s}, ChartUnit::Number, crosshair);
    for (TimeChart *const each : {traffic, memory, turns, empty})
        column->addWidget(each);
    const ChartData from{.from = LooksStart, .to = LooksStart + 900'000};
    ChartData data = from;
    data.lines
        = {{busyPoints(900, 320, 900, 1)}, {busyPoints(900, 410, 0, 2)}, {busyPoints(900, 1200, 2000, 3)}};
    traffic->setData(data);
    data.lines = {{busyPoints(900, 4.2e8, 5e7, 4)}};
    memory->setData(data);
    data.lines = {{busyPoints(900, 0.001, 0, 5)}, {busyPoints(900, 0.008, 0.07, 6)}};
    data.threshold = ChartThreshold{0.05, u"slow from 50 ms"_s};
    turns->setData(data);
    page.resize(width, page.sizeHint().height());
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    turns->plot()->setFocus();
    crosshair.setTime(LooksStart + 200'000);
    QCoreApplication::processEvents();
    QVERIFY(writeLook(page, QString::fromLatin1(QTest::currentDataTag())));
    for (TimeChart *const chart : {traffic, memory, turns, empty}) {
        QVERIFY(chart->rect().contains(chart->plot()->geometry()));
        QVERIFY(chart->plot()->scale().area.width() > 100);
        for (const LegendEntry *const entry : chart->legend())
            QVERIFY(chart->rect().contains(entry->geometry()));
    }
}

DIALOGUE_TEST(TestChartLooks, QApplication)
#include "tst_chartlooks.moc"
