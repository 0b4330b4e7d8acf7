#include "console/model/figureslog.h"

#include "testclasses.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace dialogue;
using namespace dialogue::console;
using namespace Qt::StringLiterals;

using Resolution = FiguresLog::Resolution;

/** What a server tells of its figures, over time. */
class TestFiguresLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsThePast();
    void readsTheNewest();
    void whatIsNoFigureIsNotTold_data();
    void whatIsNoFigureIsNotTold();
    void whatIsNoTableIsAnError();
    void ofTooMuchTheFirstIsRead();
    void thePastContinuesWhatIsHere();
    void aLossIsAGap();
    void aLossThatThePastFillsIsNone();
    void aRestartIsAGap();
    void aSecondLeftOutIsNoGap();
    void tenSecondsAreOne();
    void tenSecondsContinueThoseOfTheServer();
    void aGapEndsTheTenSeconds();
    void seriesThatComeLaterAreNotToldBefore();
    void seriesThatAreNotToldAreNotThere();
    void theMostOfTheLastSeconds();
    void aClockThatGoesBackBeginsAnew();
    void keepsSoMuch();
};

namespace {

constexpr qint64 Start = 1'700'000'000'000;

ToldFigures told(qint64 second, float connections, float turn = 0)
{
    return {{u"connections"_s, u"hubTurn99"_s}, {{Start + second * 1000, {connections, turn}}}};
}

ToldFigures table(qint64 first, qint64 last, int step = 1)
{
    ToldFigures all{{u"connections"_s, u"hubTurn99"_s}, {}};
    for (qint64 second = first; second <= last; second += step)
        all.rows.push_back({Start + second * 1000, {float(second), 0}});
    return all;
}

/** "1 2 | 4": values with gaps. */
QString pointsOf(const FiguresLog &log, Resolution resolution = Resolution::Fine,
                 QStringView series = u"connections", qint64 after = 0)
{
    QStringList texts;
    for (const TimePoint &each : log.points(series, resolution, after))
        texts.append(each.isGap() ? u"|"_s : QString::number(each.value));
    return texts.join(u' ');
}

QJsonObject jsonOf(const QByteArray &text) { return QJsonDocument::fromJson(text).object(); }

} // namespace

void TestFiguresLog::readsThePast()
{
    const Result<ToldFigures> past = ToldFigures::readPast(
        jsonOf(R"({"step":1,"times":[1000,2000],"series":{"events":[1.5,2],"rooms":[3,4]}})"));
    QVERIFY(past);
    QCOMPARE(past->series, QStringList({u"events"_s, u"rooms"_s}));
    QCOMPARE(past->rows.size(), std::size_t(2));
    QCOMPARE(past->rows[1].time, qint64(2000));
    QCOMPARE(past->rows[0].values, std::vector<float>({1.5F, 3}));
}

void TestFiguresLog::readsTheNewest()
{
    const Result<ToldFigures> newest
        = ToldFigures::readNewest(jsonOf(R"({"time":1000,"values":{"events":1.5,"novel":2}})"));
    QVERIFY(newest);
    QCOMPARE(newest->series, QStringList({u"events"_s, u"novel"_s}));
    QCOMPARE(newest->rows.size(), std::size_t(1));
    const Result<ToldFigures> none = ToldFigures::readNewest(jsonOf(R"({"time":0,"values":{}})"));
    QVERIFY(none);
    QVERIFY(none->rows.empty());
}

void TestFiguresLog::whatIsNoFigureIsNotTold_data()
{
    QTest::addColumn<QString>("json");
    QTest::newRow("text") << u"\"5\""_s;
    QTest::newRow("null") << u"null"_s;
    QTest::newRow("negative") << u"-1"_s;
    QTest::newRow("beyond everything") << u"1e300"_s;
    QTest::newRow("object") << u"{}"_s;
}

void TestFiguresLog::whatIsNoFigureIsNotTold()
{
    QFETCH(QString, json);
    const QByteArray text = u"{\"time\":1000,\"values\":{\"events\":%1,\"rooms\":1}}"_s.arg(json).toUtf8();
    const Result<ToldFigures> newest = ToldFigures::readNewest(jsonOf(text));
    QVERIFY(newest);
    FiguresLog log;
    log.add(*newest);
    QVERIFY(!log.newest(u"events"));
    QCOMPARE(*log.newest(u"rooms"), 1.0);
    QVERIFY(log.points(u"events", Resolution::Fine).empty());
}

void TestFiguresLog::whatIsNoTableIsAnError()
{
    QCOMPARE(ToldFigures::readPast({}).error().code, ErrorCode::ProtocolViolation);
    QCOMPARE(ToldFigures::readPast(jsonOf(R"({"times":1,"series":{}})")).error().code,
             ErrorCode::ProtocolViolation);
    QCOMPARE(ToldFigures::readNewest(jsonOf(R"({"time":1,"values":[]})")).error().code,
             ErrorCode::ProtocolViolation);
    // Times that go back, or are none, are left out; columns that end early are not told from there on.
    const Result<ToldFigures> odd = ToldFigures::readPast(
        jsonOf(R"({"times":[3000,2000,"x",1e300,4000],"series":{"events":[1,2,3]}})"));
    QVERIFY(odd);
    QCOMPARE(odd->rows.size(), std::size_t(2));
    QVERIFY(std::isnan(odd->rows[1].values[0]));
}

void TestFiguresLog::ofTooMuchTheFirstIsRead()
{
    QJsonArray times;
    for (int i = 0; i < 10'000; ++i)
        times.append(1000.0 * (i + 1));
    QJsonObject series{{QString(1000, u'a'), QJsonArray{1}}};
    for (int i = 0; i < 200; ++i)
        series.insert(u"s%1"_s.arg(i), QJsonArray{1});
    const Result<ToldFigures> past = ToldFigures::readPast({{u"times"_s, times}, {u"series"_s, series}});
    QVERIFY(past);
    QCOMPARE(past->rows.size(), ToldFigures::MostRows);
    QCOMPARE(past->series.size(), qsizetype(ToldFigures::MostSeries));
    // Nor do others that come later grow it.
    FiguresLog log;
    log.add({past->series, {{Start, std::vector<float>(64, 1)}}});
    log.add({{u"another"_s}, {{Start + 1000, {1}}}});
    QVERIFY(!log.newest(u"another"));
}

void TestFiguresLog::thePastContinuesWhatIsHere()
{
    FiguresLog log;
    log.begin(u"run"_s);
    log.add(told(3, 3));
    log.addPast(Resolution::Fine, table(1, 4)); // Of which one is here already.
    log.add(told(5, 5));
    QCOMPARE(pointsOf(log), u"1 2 3 4 5"_s);
    QCOMPARE(pointsOf(log, Resolution::Fine, u"connections", Start + 3000), u"3 4 5"_s);
    QCOMPARE(log.newestTime(Resolution::Fine), Start + 5000);
}

void TestFiguresLog::aLossIsAGap()
{
    FiguresLog log;
    log.begin(u"run"_s);
    log.add(told(1, 1));
    log.add(told(60, 60));
    QCOMPARE(pointsOf(log), u"1 | 60"_s);
}

void TestFiguresLog::aLossThatThePastFillsIsNone()
{
    FiguresLog log;
    log.begin(u"run"_s);
    log.add(told(1, 1));
    log.begin(u"run"_s);
    log.addPast(Resolution::Fine, table(2, 4));
    log.add(told(5, 5));
    QCOMPARE(pointsOf(log), u"1 2 3 4 5"_s);
}

void TestFiguresLog::aRestartIsAGap()
{
    FiguresLog log;
    log.begin(u"one"_s);
    log.add(told(1, 1));
    log.begin(u"another"_s);
    log.add(told(2, 2));
    QCOMPARE(pointsOf(log), u"1 | 2"_s);
}

void TestFiguresLog::aSecondLeftOutIsNoGap()
{
    FiguresLog log;
    log.add(told(1, 1));
    log.add(told(3, 3));
    QCOMPARE(pointsOf(log), u"1 3"_s);
}

void TestFiguresLog::tenSecondsAreOne()
{
    FiguresLog log;
    for (int i = 1; i <= 25; ++i)
        log.add(told(i, float(i), i == 4 ? 0.5F : 0.25F));
    QCOMPARE(pointsOf(log, Resolution::Coarse), u"5.5 15.5"_s);
    QCOMPARE(pointsOf(log, Resolution::Coarse, u"hubTurn99"), u"0.5 0.25"_s);
    QCOMPARE(log.newestTime(Resolution::Coarse), Start + 20'000);
}

void TestFiguresLog::tenSecondsContinueThoseOfTheServer()
{
    FiguresLog log;
    log.addPast(Resolution::Coarse, table(10, 40, 10));
    log.addPast(Resolution::Fine, table(30, 47));
    for (int i = 48; i <= 50; ++i)
        log.add(told(i, float(i)));
    QCOMPARE(pointsOf(log, Resolution::Coarse), u"10 20 30 40 45.5"_s);
}

void TestFiguresLog::aGapEndsTheTenSeconds()
{
    FiguresLog log;
    for (int i = 1; i <= 3; ++i)
        log.add(told(i, float(i)));
    for (int i = 101; i <= 110; ++i)
        log.add(told(i, float(i)));
    QCOMPARE(pointsOf(log, Resolution::Coarse), u"2 | 105.5"_s);
}

void TestFiguresLog::seriesThatComeLaterAreNotToldBefore()
{
    FiguresLog log;
    log.add(told(1, 1));
    log.add({{u"novel"_s, u"connections"_s}, {{Start + 2000, {7, 2}}}});
    QCOMPARE(pointsOf(log, Resolution::Fine, u"novel"), u"| 7"_s);
    QCOMPARE(pointsOf(log), u"1 2"_s);
    QCOMPARE(*log.newest(u"novel"), 7.0);
}

void TestFiguresLog::seriesThatAreNotToldAreNotThere()
{
    FiguresLog log;
    QVERIFY(log.isEmpty());
    QVERIFY(!log.newest(u"connections"));
    QCOMPARE(log.newestTime(Resolution::Fine), qint64(0));
    log.add(told(1, 1));
    QVERIFY(!log.isEmpty());
    QVERIFY(!log.newest(u"storeQueueBytes"));
    QVERIFY(log.points(u"storeQueueBytes", Resolution::Fine).empty());
}

void TestFiguresLog::theMostOfTheLastSeconds()
{
    FiguresLog log;
    log.begin(u"one"_s);
    log.add(told(1, 1000));
    log.begin(u"another"_s);
    for (int i = 2; i <= 20; ++i)
        log.add(told(i, float(30 - i)));
    QCOMPARE(*log.newest(u"connections"), 10.0);
    QCOMPARE(*log.mostOfLast(u"connections", 5), 14.0);
    QCOMPARE(*log.mostOfLast(u"connections", 60), 28.0); // Of this run.
}

void TestFiguresLog::aClockThatGoesBackBeginsAnew()
{
    FiguresLog log;
    for (int i = 1; i <= 30; ++i)
        log.add(told(i, float(i)));
    log.add(told(12, 1200));
    log.add(told(13, 1300));
    QCOMPARE(pointsOf(log, Resolution::Fine, u"connections", Start + 9000), u"9 10 11 1200 1300"_s);
    QCOMPARE(pointsOf(log, Resolution::Coarse), u"5.5"_s);
}

void TestFiguresLog::keepsSoMuch()
{
    FiguresLog log;
    log.addPast(Resolution::Coarse, table(10, 86'400, 10));
    log.addPast(Resolution::Coarse, table(86'410, 86'500, 10));
    log.addPast(Resolution::Fine, table(85'000, 86'500));
    for (int i = 86'501; i < 87'500; ++i)
        log.add(told(i, float(i)));
    QCOMPARE(log.points(u"connections", Resolution::Fine).size(), FiguresLog::MostFine);
    QCOMPARE(log.points(u"connections", Resolution::Coarse).size(), FiguresLog::MostCoarse);
}

DIALOGUE_TEST(TestFiguresLog, NoApplication)
#include "tst_figureslog.moc"
