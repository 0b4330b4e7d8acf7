#include "console/charts/chartplot.h"
#include "console/charts/timechart.h"
#include "console/look/notice.h"
#include "console/overview/overviewcharts.h"
#include "console/overview/overviewpage.h"
#include "console/overview/overviewtiles.h"
#include "console/overview/tile.h"
#include "server/admin/passwordtool.h"

#include "adminofatest.h"
#include "testclasses.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QDateTime>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace dialogue;
using namespace dialogue::console;
using namespace dialogue::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/** The page of figures, before a server, and before one that says what a test wants. */
class TestOverviewPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFiguresOfAServerArrive();
    void afterALossTheFiguresGoOnAndTheRestartIsAGap();
    void thePastIsThereAtOnce();
    void asksForNothingWhileNobodyLooks();
    void aRangeIsAnAction();
    void aTileLeadsToItsCause_data();
    void aTileLeadsToItsCause();
    void aTileLeadsToItsChart();
    void whatIsToBeLookedAfterIsSaid();
    void saysWhatItIsNotPermitted();
    void saysWhyTheServerTellsNone();
    void saysWhereItIsNotConnected();
    void whatAServerSaysOfItselfIsPlain();
    void whoeverHasTheFocusHasANameAndARole();
};

namespace {

ServerConfig serverWithAnOwner(quint16 port = 0)
{
    ServerConfig config{.port = port, .workers = 0};
    config.admin.accounts = {{.name = u"ada"_s,
                              .password = QString::fromLatin1(*admin::hashOfPassword("long enough")),
                              .role = AdminRole::Owner}};
    return config;
}

ClientConfig adaAt(quint16 port)
{
    return {.url = QUrl(u"http://127.0.0.1:%1"_s.arg(port)),
            .auth = QJsonObject{{u"account"_s, u"ada"_s}, {u"password"_s, u"long enough"_s}},
            .reconnectionDelay = 50ms,
            .reconnectionDelayMax = 100ms};
}

Tile *tileOf(const OverviewPage &page, const QString &series) { return page.findChild<Tile *>(series); }

QString shownTexts(const QWidget &page)
{
    QStringList texts;
    for (const QLabel *const each : page.findChildren<QLabel *>()) {
        if (each->isVisible())
            texts.append(each->text());
    }
    return texts.join(u'\n');
}

const std::vector<TimePoint> &pointsIn(const OverviewPage &page, const QString &series)
{
    return page.charts()->chartOf(series)->plot()->data().lines.at(0).points;
}

AdminOfATest::Says likelySays()
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    return {.fine = likelyFigures(now, 900, 1), .coarse = likelyFigures(now, 4000, 10)};
}

/** A page that has the figures of such a server. */
struct LikelyPage
{
    explicit LikelyPage(AdminOfATest::Says says = likelySays())
        : server(std::move(says))
        , connection(server.client())
        , page(connection)
    {
        page.resize(1000, 700);
        page.show();
        connection.open();
    }
    [[nodiscard]] bool hasFigures() const
    {
        return QTest::qWaitFor([this] { return tileOf(page, u"rooms"_s)->value() != u"–"; }, 20'000);
    }

    AdminOfATest server;
    AdminConnection connection;
    OverviewPage page;
};

} // namespace

void TestOverviewPage::theFiguresOfAServerArrive()
{
    Dialogue server(serverWithAnOwner());
    QVERIFY(server.start());
    AdminConnection connection(adaAt(server.port()));
    OverviewPage page(connection);
    page.resize(1000, 700);
    page.show();
    connection.open();
    QTRY_VERIFY_WITH_TIMEOUT(tileOf(page, u"residentMemory"_s)->value() != u"–", 20'000);
    QCOMPARE(tileOf(page, u"rooms"_s)->value(), u"0"_s);
    QVERIFY(tileOf(page, u"openFiles"_s)->value().contains(u" of "_s));
    // And each second more.
    const std::size_t first = pointsIn(page, u"residentMemory"_s).size();
    QVERIFY(first > 0);
    QTRY_VERIFY_WITH_TIMEOUT(pointsIn(page, u"residentMemory"_s).size() > first, 20'000);
    // All of it is known: nothing that a chart is for has another name here.
    for (const TimeChart *const chart : page.charts()->charts()) {
        for (const ChartLine &line : chart->plot()->data().lines)
            QVERIFY(line.isTold);
    }
    QVERIFY(shownTexts(page).contains(u"as ada (owner)"_s));
}

void TestOverviewPage::afterALossTheFiguresGoOnAndTheRestartIsAGap()
{
    auto server = std::make_unique<Dialogue>(serverWithAnOwner());
    QVERIFY(server->start());
    const quint16 port = server->port();
    AdminConnection connection(adaAt(port));
    OverviewPage page(connection);
    page.resize(1000, 700);
    page.show();
    connection.open();
    QTRY_VERIFY_WITH_TIMEOUT(tileOf(page, u"rooms"_s)->value() != u"–", 20'000);
    server.reset();
    QTRY_VERIFY_WITH_TIMEOUT(shownTexts(page).contains(u"The connection is lost"_s), 20'000);
    QCOMPARE(tileOf(page, u"rooms"_s)->value(), u"0"_s); // What was stays.
    server = std::make_unique<Dialogue>(serverWithAnOwner(port));
    QVERIFY(server->start());
    QTRY_VERIFY_WITH_TIMEOUT(!shownTexts(page).contains(u"The connection is lost"_s), 20'000);
    const auto hasGap = [&page] {
        const std::vector<TimePoint> &points = pointsIn(page, u"residentMemory"_s);
        return std::any_of(points.begin(), points.end(), [](const TimePoint &each) { return each.isGap(); });
    };
    QTRY_VERIFY_WITH_TIMEOUT(hasGap(), 20'000);
}

void TestOverviewPage::thePastIsThereAtOnce()
{
    LikelyPage with;
    QVERIFY(with.hasFigures());
    QVERIFY(pointsIn(with.page, u"events"_s).size() > 800);
    const qint64 newest = pointsIn(with.page, u"events"_s).back().time;
    with.server.tell(likelyFigures(newest + 1000, 1, 1));
    QTRY_COMPARE(pointsIn(with.page, u"events"_s).back().time, newest + 1000);
}

void TestOverviewPage::asksForNothingWhileNobodyLooks()
{
    AdminOfATest server(likelySays());
    AdminConnection connection(server.client());
    OverviewPage page(connection);
    QSignalSpy entered(&connection, &AdminConnection::entered);
    connection.open();
    QVERIFY(entered.wait(20'000));
    QVERIFY(server.asked().isEmpty());
    page.show();
    QTRY_COMPARE(server.asked(), QStringList({u"get past 10s"_s, u"get past 1s"_s, u"watch"_s}));
    page.hide();
    QTRY_COMPARE(server.asked().last(), u"unwatch"_s);
    page.show();
    QTRY_COMPARE(server.asked().size(), 7);
}

void TestOverviewPage::aRangeIsAnAction()
{
    LikelyPage with;
    QVERIFY(with.hasFigures());
    const QList<QAction *> ranges = with.page.actions();
    QCOMPARE(ranges.size(), 5);
    const std::vector<int> seconds{300, 900, 3600, 21'600, 86'400};
    for (qsizetype i = 0; i < ranges.size(); ++i) {
        QVERIFY(!ranges[i]->text().isEmpty());
        ranges[i]->trigger();
        QVERIFY(ranges[i]->isChecked());
        const ChartData &data = with.page.charts()->charts().at(0)->plot()->data();
        QCOMPARE(data.to - data.from, seconds[std::size_t(i)] * qint64(1000));
        QVERIFY(data.lines.at(0).points.size() > std::size_t(i < 2 ? 250 : 300));
    }
}

void TestOverviewPage::aTileLeadsToItsCause_data()
{
    QTest::addColumn<QString>("series");
    QTest::addColumn<Place>("place");
    QTest::newRow("rooms") << u"rooms"_s << Place{Place::Page::Rooms};
    QTest::newRow("connections") << u"connections"_s << Place{Place::Page::Clients};
    QTest::newRow("drops") << u"framesDropped"_s << Place{Place::Page::Clients};
    QTest::newRow("queues") << u"sendQueueBytes"_s << Place{Place::Page::Clients};
    QTest::newRow("events") << u"events"_s << Place{Place::Page::Events};
}

void TestOverviewPage::aTileLeadsToItsCause()
{
    QFETCH(QString, series);
    QFETCH(Place, place);
    LikelyPage with;
    QVERIFY(with.hasFigures());
    QSignalSpy wanted(&with.page, &Page::wanted);
    QTest::keyClick(tileOf(with.page, series), Qt::Key_Space);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.first().first().value<Place>(), place);
}

void TestOverviewPage::aTileLeadsToItsChart()
{
    LikelyPage with;
    QVERIFY(with.hasFigures());
    with.page.resize(500, 400);
    with.page.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&with.page));
    QTest::mouseClick(tileOf(with.page, u"openFiles"_s), Qt::LeftButton);
    const ChartPlot *const plot = with.page.charts()->chartOf(u"openFiles"_s)->plot();
    QVERIFY(plot->hasFocus());
    QVERIFY(!plot->visibleRegion().isEmpty());
}

void TestOverviewPage::whatIsToBeLookedAfterIsSaid()
{
    LikelyPage with;
    QVERIFY(with.hasFigures());
    ToldFigures slow = likelyFigures(QDateTime::currentMSecsSinceEpoch() + 60'000, 1, 1);
    slow.rows[0].values[std::size_t(slow.series.indexOf(u"hubTurn99"_s))] = 0.3F;
    slow.rows[0].values[std::size_t(slow.series.indexOf(u"rateLimited"_s))] = 2;
    with.server.tell(slow);
    QTRY_COMPARE(tileOf(with.page, u"hubTurn99"_s)->verdict().word, u"slow turns"_s);
    QCOMPARE(tileOf(with.page, u"hubTurn99"_s)->verdict().tone, Tone::Bad);
    QVERIFY(tileOf(with.page, u"hubTurn99"_s)->accessibleDescription().contains(u"slow turns"_s));
    QCOMPARE(tileOf(with.page, u"refusals"_s)->verdict().tone, Tone::Warning);
    QCOMPARE(tileOf(with.page, u"rooms"_s)->verdict().tone, Tone::Quiet);
}

void TestOverviewPage::saysWhatItIsNotPermitted()
{
    AdminOfATest::Says says = likelySays();
    says.permissions = {u"act"_s};
    LikelyPage with(says);
    QTRY_VERIFY(shownTexts(with.page).contains(u"Not permitted to this account"_s));
    QVERIFY(!tileOf(with.page, u"rooms"_s)->isVisible());
    QVERIFY(with.server.asked().isEmpty());
}

void TestOverviewPage::saysWhyTheServerTellsNone()
{
    AdminOfATest::Says says;
    says.refusal = u"too much is asked"_s;
    LikelyPage with(says);
    QTRY_VERIFY(shownTexts(with.page).contains(u"too much is asked"_s));
    with.server.tell(likelyFigures(QDateTime::currentMSecsSinceEpoch(), 1, 1));
    QVERIFY(with.hasFigures());
    QVERIFY(!shownTexts(with.page).contains(u"too much is asked"_s));
}

void TestOverviewPage::saysWhereItIsNotConnected()
{
    AdminConnection connection({.url = QUrl(u"http://127.0.0.1:1"_s)});
    OverviewPage page(connection);
    page.show();
    QVERIFY(shownTexts(page).contains(u"Not connected"_s));
    connection.open();
    QVERIFY(shownTexts(page).contains(u"Connecting"_s));
}

void TestOverviewPage::whatAServerSaysOfItselfIsPlain()
{
    AdminOfATest::Says says = likelySays();
    says.node = u"<b>bold</b>\u202Eevil\n"_s + QString(5000, u'x');
    LikelyPage with(says);
    QVERIFY(with.hasFigures());
    const QString texts = shownTexts(with.page);
    QVERIFY(texts.contains(u"<b>bold</b>\\u202eevil\\n"_s, Qt::CaseInsensitive)
            || texts.contains(u"<b>bold</b>\\u202eevil\\u000a"_s, Qt::CaseInsensitive));
    QVERIFY(!texts.contains(QString(200, u'x')));
    for (const QLabel *const each : with.page.findChildren<QLabel *>())
        QCOMPARE(each->textFormat(), Qt::PlainText);
}

void TestOverviewPage::whoeverHasTheFocusHasANameAndARole()
{
    LikelyPage with;
    QVERIFY(with.hasFigures());
    int count = 0;
    for (QWidget *const each : with.page.findChildren<QWidget *>()) {
        if (each->focusPolicy() == Qt::NoFocus || !each->isVisible())
            continue;
        ++count;
        QAccessibleInterface *const accessible = QAccessible::queryAccessibleInterface(each);
        QVERIFY2(!accessible->text(QAccessible::Name).isEmpty(), each->metaObject()->className());
        QVERIFY2(accessible->role() != QAccessible::NoRole && accessible->role() != QAccessible::Client,
                 each->metaObject()->className());
    }
    QVERIFY(count > 20);
}

DIALOGUE_TEST(TestOverviewPage, QApplication)
#include "tst_overviewpage.moc"
