#include "console/charts/chartplot.h"
#include "console/charts/crosshair.h"
#include "console/charts/legend.h"
#include "console/charts/linestyle.h"
#include "console/charts/sparkline.h"
#include "console/charts/timechart.h"
#include "console/look/tones.h"

#include "testclasses.h"

#include <QAccessible>
#include <QApplication>
#include <QLocale>
#include <QSignalSpy>
#include <QTest>
#include <QVector3D>

#include <cmath>

using namespace dialogue::console;
using namespace Qt::StringLiterals;

/** A chart shows its lines where they are, and says them to who does not see them. */
class TestTimeChart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aLineIsWhereItsValuesAre();
    void aGapStaysEmpty();
    void aSpikeOfADayIsSeen();
    void aLineIsAsCrispOnAFineDevice();
    void thresholdsAreOnTheAxisUnlessTheyAreFar();
    void aLineThatIsSwitchedOffIsGone();
    void theLegendIsForTheKeyboardToo();
    void arrowsMoveTheCrosshair();
    void theMouseMovesTheCrosshairOfAllCharts();
    void aCrosshairFindsTheSpikeInItsColumn();
    void saysItsValuesInWords();
    void saysWhatIsNotTold();
    void withoutFiguresItSaysSo();
    void colorsAreSeen_data();
    void colorsAreSeen();
    void aSparklineShowsItsLine();
    void whatADayCosts();
};

namespace {

constexpr qint64 Noon = 1'764'500'400'000;

std::vector<TimePoint> constantPoints(int count, double value, qint64 step = 1000)
{
    std::vector<TimePoint> points;
    for (int i = 0; i < count; ++i)
        points.push_back({Noon + i * step, value});
    return points;
}

ChartData dataOf(std::vector<std::vector<TimePoint>> lines, qint64 step = 1000)
{
    ChartData data{.from = Noon, .to = lines.at(0).back().time, .step = step};
    for (std::vector<TimePoint> &each : lines)
        data.lines.push_back({std::move(each)});
    return data;
}

/** Of the colour, or at an edge of it: more of it than of what it is painted on. */
bool isMostly(const QColor &pixel, const QColor &color, const QColor &base)
{
    const auto vector = [](const QColor &to, const QColor &from) {
        return QVector3D(float(to.red() - from.red()), float(to.green() - from.green()),
                         float(to.blue() - from.blue()));
    };
    const QVector3D whole = vector(color, base);
    const QVector3D part = vector(pixel, base);
    const float share = QVector3D::dotProduct(whole, part) / whole.lengthSquared();
    return share > 0.5F && (part - share * whole).length() < 25;
}

/** Pixels of a line's colour within \a area. */
int pixelsOf(const QImage &image, const QColor &color, const QRectF &area)
{
    const double ratio = image.devicePixelRatio();
    int count = 0;
    for (int y = std::max(0, int(area.top() * ratio));
         y < std::min<int>(image.height(), int(area.bottom() * ratio)); ++y) {
        for (int x = std::max(0, int(area.left() * ratio));
             x < std::min<int>(image.width(), int(area.right() * ratio)); ++x)
            count += isMostly(image.pixelColor(x, y), color, Qt::white) ? 1 : 0;
    }
    return count;
}

QString describedBy(QWidget *widget)
{
    return QAccessible::queryAccessibleInterface(widget)->text(QAccessible::Description);
}

/** A chart of two lines, as wide as a page has it. */
struct TwoLines
{
    TwoLines() { chart.resize(640, 260); }

    Crosshair crosshair;
    TimeChart chart{u"Traffic"_s, {u"Events"_s, u"Frames"_s}, ChartUnit::Rate, crosshair};
    ChartPlot &plot = *chart.plot();
};

} // namespace

void TestTimeChart::initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

void TestTimeChart::aLineIsWhereItsValuesAre()
{
    TwoLines two;
    two.chart.setData(dataOf({constantPoints(60, 10), constantPoints(60, 30)}));
    two.chart.show();
    const QImage image = two.plot.grab().toImage();
    const PlotScale &scale = two.plot.scale();
    QVERIFY(scale.top >= 30);
    for (const int line : {0, 1}) {
        const QColor color = lineColor(line, two.plot.palette());
        const double y = scale.y(line == 0 ? 10 : 30);
        const QRectF at(scale.area.left(), y - 5, scale.area.width(), 10);
        const int there = pixelsOf(image, color, at);
        QVERIFY2(there >= int(scale.area.width() * 0.9), qPrintable(QString::number(there)));
        // Elsewhere there is none, but for a pixel or two of text.
        QVERIFY(pixelsOf(image, color, QRectF(image.rect())) < there + 10);
    }
}

void TestTimeChart::aGapStaysEmpty()
{
    TwoLines two;
    std::vector<TimePoint> points = constantPoints(61, 10);
    points.erase(points.begin() + 20, points.begin() + 40);
    points.insert(points.begin() + 20, TimePoint::gap(points[19].time));
    two.chart.setData(dataOf({points, {}}));
    two.chart.show();
    const QImage image = two.plot.grab().toImage();
    const PlotScale &scale = two.plot.scale();
    const double left = scale.x(Noon + 20'000);
    const double right = scale.x(Noon + 39'000);
    const QColor color = lineColor(0, two.plot.palette());
    QCOMPARE(pixelsOf(image, color, QRectF(left, 0, right - left, image.height())), 0);
    QVERIFY(pixelsOf(image, color, scale.area) > 0);
}

void TestTimeChart::aSpikeOfADayIsSeen()
{
    TwoLines two;
    std::vector<TimePoint> points = constantPoints(8640, 10, 10'000);
    points[4321].value = 1000;
    two.chart.setData(dataOf({points, {}}, 10'000));
    two.chart.show();
    const QImage image = two.plot.grab().toImage();
    const PlotScale &scale = two.plot.scale();
    const QRectF above(scale.x(points[4321].time) - 3, scale.y(900), 6, scale.y(200) - scale.y(900));
    QVERIFY(pixelsOf(image, lineColor(0, two.plot.palette()), above) >= int(above.height() * 0.7));
}

void TestTimeChart::aLineIsAsCrispOnAFineDevice()
{
    // Three points of one column at scale 1 are three at scale 2.
    const PlotScale scale{QRectF(0, 0, 10, 10), Noon, Noon + 1000, 10};
    const std::vector<TimePoint> points{{Noon, 1}, {Noon + 40, 9}, {Noon + 60, 2}, {Noon + 90, 3}};
    QCOMPARE(linePolygons(points, scale, 1).at(0).last().x(), 0.45);
    QCOMPARE(linePolygons(points, scale, 2).at(0).last().x(), 0.75);
}

void TestTimeChart::thresholdsAreOnTheAxisUnlessTheyAreFar()
{
    TwoLines two;
    ChartData data = dataOf({constantPoints(60, 30), constantPoints(60, 10)});
    data.threshold = ChartThreshold{100, u"at most 100"_s};
    two.chart.setData(data);
    QVERIFY(two.plot.scale().top >= 100);
    const QColor warning = toneColor(Tone::Warning, two.plot.palette());
    const double y = two.plot.scale().y(100);
    QVERIFY(pixelsOf(two.plot.grab().toImage(), warning, QRectF(two.plot.scale().area.left(), y - 2, 300, 4))
            > 50);
    data.threshold = ChartThreshold{100'000, u"at most 100,000"_s};
    two.chart.setData(data);
    QVERIFY(two.plot.scale().top < 100);
    QVERIFY(pixelsOf(two.plot.grab().toImage(), warning, two.plot.scale().area) > 10); // What it is.
}

void TestTimeChart::aLineThatIsSwitchedOffIsGone()
{
    TwoLines two;
    two.chart.setData(dataOf({constantPoints(60, 10), constantPoints(60, 30)}));
    two.chart.show();
    QTest::mouseClick(two.chart.legend().at(1), Qt::LeftButton);
    QVERIFY(!two.chart.legend().at(1)->isChecked());
    const QImage image = two.plot.grab().toImage();
    QCOMPARE(pixelsOf(image, lineColor(1, two.plot.palette()), QRectF(image.rect())), 0);
    QVERIFY(two.plot.scale().top < 30); // The axis is for what is there.
    QVERIFY(!two.plot.words().contains(u"Frames"_s));
}

void TestTimeChart::theLegendIsForTheKeyboardToo()
{
    TwoLines two;
    two.chart.setData(dataOf({constantPoints(60, 10), constantPoints(60, 30)}));
    two.chart.show();
    LegendEntry *const entry = two.chart.legend().at(0);
    QCOMPARE(entry->focusPolicy(), Qt::StrongFocus);
    QTest::keyClick(entry, Qt::Key_Space);
    QVERIFY(!entry->isChecked());
    QTest::keyClick(entry, Qt::Key_Space);
    QVERIFY(entry->isChecked());
    QAccessibleInterface *const accessible = QAccessible::queryAccessibleInterface(entry);
    QCOMPARE(accessible->role(), QAccessible::CheckBox);
    QCOMPARE(accessible->text(QAccessible::Name), u"Events"_s);
    // Where there is one there is nothing to choose.
    Crosshair crosshair;
    const TimeChart alone(u"Memory"_s, {u"Used"_s}, ChartUnit::Bytes, crosshair);
    QCOMPARE(alone.legend().at(0)->focusPolicy(), Qt::NoFocus);
}

void TestTimeChart::arrowsMoveTheCrosshair()
{
    TwoLines two;
    std::vector<TimePoint> points = constantPoints(61, 10);
    points[59].value = 17;
    two.chart.setData(dataOf({points, constantPoints(61, 30)}));
    two.chart.show();
    QCOMPARE(two.plot.focusPolicy(), Qt::StrongFocus);
    QTest::keyClick(&two.plot, Qt::Key_Left);
    QCOMPARE(*two.crosshair.time(), Noon + 59'000);
    QCOMPARE(two.chart.legend().at(0)->value(), u"17/s"_s);
    QTest::keyClick(&two.plot, Qt::Key_PageUp);
    QCOMPARE(*two.crosshair.time(), Noon + 53'000);
    QTest::keyClick(&two.plot, Qt::Key_Home);
    QCOMPARE(*two.crosshair.time(), Noon);
    QTest::keyClick(&two.plot, Qt::Key_Left); // No further.
    QCOMPARE(*two.crosshair.time(), Noon);
    QTest::keyClick(&two.plot, Qt::Key_End);
    QCOMPARE(*two.crosshair.time(), Noon + 60'000);
    QTest::keyClick(&two.plot, Qt::Key_Escape);
    QVERIFY(!two.crosshair.time());
    QCOMPARE(two.chart.legend().at(0)->value(), u"10/s"_s);
}

void TestTimeChart::theMouseMovesTheCrosshairOfAllCharts()
{
    TwoLines two;
    TimeChart other(u"Memory"_s, {u"Used"_s}, ChartUnit::Bytes, two.crosshair);
    std::vector<TimePoint> points = constantPoints(61, 1024);
    points[30].value = 4096;
    other.setData(dataOf({points}));
    two.chart.setData(dataOf({constantPoints(61, 10), constantPoints(61, 30)}));
    two.chart.show();
    const PlotScale &scale = two.plot.scale();
    const QPointF middle(scale.x(Noon + 30'000), scale.area.center().y());
    QTest::mouseMove(&two.plot, middle.toPoint());
    QVERIFY(two.crosshair.time());
    QVERIFY(std::abs(*two.crosshair.time() - Noon - 30'000) < 300);
    QCOMPARE(other.legend().at(0)->value(), u"4 KiB"_s);
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(&two.plot, &leave);
    QVERIFY(!two.crosshair.time());
}

void TestTimeChart::aCrosshairFindsTheSpikeInItsColumn()
{
    TwoLines two;
    std::vector<TimePoint> points = constantPoints(8641, 10, 10'000);
    points[4321].value = 1000;
    two.chart.setData(dataOf({points, {}}, 10'000));
    two.crosshair.setTime(points[4320].time);
    QCOMPARE(two.chart.legend().at(0)->value(), u"10/s to 1,000/s"_s);
    QCOMPARE(two.chart.legend().at(1)->value(), u"–"_s);
}

void TestTimeChart::saysItsValuesInWords()
{
    TwoLines two;
    two.chart.setData(dataOf({constantPoints(60, 10), constantPoints(60, 30)}));
    QAccessibleInterface *const accessible = QAccessible::queryAccessibleInterface(&two.plot);
    QCOMPARE(accessible->role(), QAccessible::Chart);
    QCOMPARE(accessible->text(QAccessible::Name), u"Traffic"_s);
    QCOMPARE(describedBy(&two.plot), u"Newest: Events 10/s, Frames 30/s"_s);
    two.crosshair.setTime(Noon + 10'000);
    QVERIFY(describedBy(&two.plot).startsWith(u"At "_s));
    QVERIFY(describedBy(&two.plot).endsWith(u": Events 10/s, Frames 30/s"_s));
}

void TestTimeChart::saysWhatIsNotTold()
{
    TwoLines two;
    ChartData data = dataOf({constantPoints(60, 10), {}});
    data.lines[1].isTold = false;
    two.chart.setData(data);
    QCOMPARE(two.chart.legend().at(1)->value(), u"not told by this server"_s);
    QVERIFY(!two.chart.legend().at(1)->isEnabled());
    QCOMPARE(describedBy(&two.plot), u"Newest: Events 10/s"_s);
    data.lines[1].isTold = true;
    two.chart.setData(data);
    QVERIFY(two.chart.legend().at(1)->isEnabled());
}

void TestTimeChart::withoutFiguresItSaysSo()
{
    TwoLines two;
    two.chart.show();
    QCOMPARE(describedBy(&two.plot), u"No figures yet"_s);
    QTest::keyClick(&two.plot, Qt::Key_Left);
    QTest::mouseMove(&two.plot, two.plot.rect().center());
    QVERIFY(!two.crosshair.time());
    QVERIFY(!two.plot.grab().isNull());
}

void TestTimeChart::colorsAreSeen_data()
{
    QTest::addColumn<QColor>("window");
    QTest::newRow("light") << QColor(Qt::white);
    QTest::newRow("dark") << QColor(0x202326);
}

void TestTimeChart::colorsAreSeen()
{
    QFETCH(QColor, window);
    const QPalette palette(window);
    for (int i = 0; i < MostLines; ++i) {
        const QColor color = lineColor(i, palette);
        QVERIFY2(contrast(color, palette.color(QPalette::Base)) >= 3, qPrintable(color.name()));
        for (int j = 0; j < i; ++j)
            QVERIFY(!isMostly(color, lineColor(j, palette), palette.color(QPalette::Base)));
    }
}

void TestTimeChart::aSparklineShowsItsLine()
{
    Sparkline line;
    line.resize(200, 30);
    line.setPoints(constantPoints(61, 10), Noon, Noon + 60'000);
    const QColor color = lineColor(0, line.palette());
    QVERIFY(pixelsOf(line.grab().toImage(), color, QRectF(0, 0, 200, 6)) > 150);
    line.setPoints(constantPoints(61, 0), Noon, Noon + 60'000);
    QCOMPARE(pixelsOf(line.grab().toImage(), color, QRectF(0, 0, 200, 20)), 0);
}

void TestTimeChart::whatADayCosts()
{
    TwoLines two;
    std::vector<TimePoint> points = constantPoints(8640, 10, 10'000);
    for (std::size_t i = 0; i < points.size(); ++i)
        points[i].value = double((i * 7919) % 1000);
    const ChartData data = dataOf({points, points}, 10'000);
    two.chart.show();
    QBENCHMARK
    {
        two.chart.setData(data);
        two.plot.grab();
    }
}

DIALOGUE_TEST(TestTimeChart, QApplication)
#include "tst_timechart.moc"
