#include "console/charts/chartplot.h"
#include "console/charts/timechart.h"
#include "console/overview/overviewcharts.h"
#include "console/overview/overviewpage.h"
#include "console/overview/overviewtiles.h"
#include "console/overview/tile.h"

#include "adminofatest.h"
#include "testclasses.h"
#include "tests/console/support/looks.h"

#include <QAction>
#include <QApplication>
#include <QDateTime>
#include <QLabel>
#include <QTest>
#include <QTranslator>

using namespace dialogue;
using namespace dialogue::console;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

namespace {

/** Texts half as long again, as those of German are. */
class LongTexts : public QTranslator
{
public:
    using QTranslator::QTranslator;
    bool isEmpty() const override { return false; }
    QString translate(const char *, const char *text, const char *, int) const override
    {
        const QString from = QString::fromUtf8(text);
        return from.size() < 5 ? from : from + u"ungsverhältnisse"_s.left(from.size() / 2 + 2);
    }
};

} // namespace

/** The page of figures as people see it. */
class TestOverviewLooks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isWholeAndReadable_data();
    void isWholeAndReadable();
};

void TestOverviewLooks::isWholeAndReadable_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("isDark");
    QTest::newRow("overview-light") << u"hour"_s << QSize(1280, 900) << false;
    QTest::newRow("overview-dark") << u"hour"_s << QSize(1280, 900) << true;
    QTest::newRow("overview-day-wide") << u"day"_s << QSize(1920, 1080) << false;
    QTest::newRow("overview-narrow") << u"hour"_s << QSize(460, 1500) << true;
    QTest::newRow("overview-empty") << u"empty"_s << QSize(1000, 700) << false;
    QTest::newRow("overview-lost") << u"lost"_s << QSize(1000, 700) << false;
    QTest::newRow("overview-lost-dark") << u"lost"_s << QSize(1000, 700) << true;
    QTest::newRow("overview-connecting") << u"connecting"_s << QSize(1000, 700) << false;
    QTest::newRow("overview-trouble") << u"trouble"_s << QSize(1280, 700) << false;
    QTest::newRow("overview-trouble-dark") << u"trouble"_s << QSize(1280, 700) << true;
    QTest::newRow("overview-long-texts") << u"long"_s << QSize(1000, 900) << false;
    QTest::newRow("overview-mirrored") << u"mirrored"_s << QSize(1000, 900) << false;
}

void TestOverviewLooks::isWholeAndReadable()
{
    QFETCH(QString, state);
    QFETCH(QSize, size);
    QFETCH(bool, isDark);
    LongTexts longTexts;
    if (state == u"long"_s)
        QCoreApplication::installTranslator(&longTexts);
    const qint64 end = QDateTime(QDate(2026, 11, 30), QTime(13, 4, 5)).toMSecsSinceEpoch();
    AdminOfATest::Says says;
    if (state != u"empty"_s) {
        says.fine = likelyFigures(end, 900, 1);
        says.coarse = likelyFigures(end, 86'400, 10);
    }
    auto server = std::make_unique<AdminOfATest>(says);
    AdminConnection connection(server->client());
    OverviewPage page(connection);
    page.setPalette(lookPalette(isDark));
    page.setLayoutDirection(state == u"mirrored"_s ? Qt::RightToLeft : Qt::LeftToRight);
    page.resize(size);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    const Tile *const rooms = page.tiles()->tiles().at(1);
    connection.open();
    if (state == u"empty"_s) {
        QTRY_VERIFY_WITH_TIMEOUT(connection.isIn(), 20'000);
    } else if (state != u"connecting"_s) {
        if (state == u"trouble"_s) {
            QTRY_VERIFY_WITH_TIMEOUT(rooms->value() != u"–", 20'000);
            ToldFigures bad = likelyFigures(end + 2000, 1, 1);
            for (const auto &[series, value] : std::initializer_list<std::pair<const char *, float>>{
                     {"hubTurn99", 0.5F}, {"framesDropped", 42}, {"rateLimited", 3}, {"openFiles", 60'000}})
                bad.rows[0].values[std::size_t(bad.series.indexOf(QLatin1String(series)))] = value;
            server->tell(bad);
            QTRY_COMPARE(page.tiles()->tiles().at(6)->verdict().word, u"frames dropped"_s);
        }
        QTRY_VERIFY_WITH_TIMEOUT(rooms->value() != u"–", 20'000);
        page.actions().at(state == u"day"_s ? 4 : 2)->trigger();
        QTRY_VERIFY(page.charts()->charts().at(0)->plot()->data().lines.at(0).points.size() > 300);
    }
    if (state == u"lost"_s) {
        server.reset();
        QTRY_VERIFY_WITH_TIMEOUT(!connection.isIn(), 20'000);
    }
    const QWidget *const scrolled = page.tiles()->parentWidget();
    QTRY_VERIFY(!scrolled->isVisible() || scrolled->height() >= scrolled->heightForWidth(scrolled->width()));
    QVERIFY(writeLook(page, QString::fromLatin1(QTest::currentDataTag())));
    QCoreApplication::removeTranslator(&longTexts);
    if (state == u"connecting"_s)
        return;
    for (const Tile *const tile : page.tiles()->tiles()) {
        QVERIFY(page.tiles()->rect().contains(tile->geometry()));
        for (const QLabel *const label : tile->findChildren<QLabel *>())
            QVERIFY2(label->width() >= label->minimumSizeHint().width(), qPrintable(label->text()));
    }
    for (const TimeChart *const chart : page.charts()->charts())
        QVERIFY(page.charts()->rect().contains(chart->geometry()));
}

DIALOGUE_TEST(TestOverviewLooks, QApplication)
#include "tst_overviewlooks.moc"
