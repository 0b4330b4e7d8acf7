#include "server/admin/statshistory.h"
#include "testclasses.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>

using namespace dialogue;
using namespace dialogue::admin;
using namespace Qt::StringLiterals;

/** The figures of consoles, and their past. */
class TestStatsHistory : public QObject
{
    Q_OBJECT

    static MetricFamily family(const QByteArray &name, double value)
    {
        return {.name = name, .samples = {MetricSample{.value = value}}};
    }
    static double valueOf(const StatsValues &values, QLatin1StringView name)
    {
        const auto all = statsSeries();
        const auto found
            = std::find_if(all.begin(), all.end(), [&](const Series &each) { return each.name == name; });
        return values.at(std::size_t(found - all.begin()));
    }
    static QJsonObject parsed(const QByteArray &json) { return QJsonDocument::fromJson(json).object(); }

private Q_SLOTS:
    void ratesAreOfASecond()
    {
        StatsReader reader;
        const auto families = [](double events, double rooms) {
            return MetricFamilies{family("dialogue_published_total", events),
                                  family("dialogue_rooms", rooms)};
        };
        QCOMPARE(valueOf(reader.read(families(100, 3), 10), "events"_L1), 0.0);
        const StatsValues second = reader.read(families(150, 4), 12);
        QCOMPARE(valueOf(second, "events"_L1), 25.0);
        QCOMPARE(valueOf(second, "rooms"_L1), 4.0);
        // What is counted less than before, as what counted it is gone.
        QCOMPARE(valueOf(reader.read(families(20, 4), 13), "events"_L1), 0.0);
        QCOMPARE(valueOf(reader.read(families(30, 4), 14), "events"_L1), 10.0);
    }

    void allLabelsOfACounterCount()
    {
        StatsReader reader;
        const auto dropped = [](double full, double replaced) {
            return MetricFamilies{
                {.name = "dialogue_frames_dropped_total",
                 .samples = {MetricSample{.value = full}, MetricSample{.value = replaced}}}};
        };
        (void)reader.read(dropped(1, 2), 1);
        QCOMPARE(valueOf(reader.read(dropped(2, 4), 2), "framesDropped"_L1), 3.0);
    }

    void quantilesAreOfWhatCameSince()
    {
        StatsReader reader;
        const auto turns = [](quint64 quick, quint64 all) {
            return MetricFamilies{
                {.name = "dialogue_hub_turn_seconds",
                 .samples = {MetricSample{
                     .histogram = MetricHistogram{.buckets = {{0.001, quick}, {0.1, all}}, .count = all}}}}};
        };
        (void)reader.read(turns(0, 1000), 1);
        // 99 of 100 were quick since.
        const StatsValues values = reader.read(turns(99, 1100), 2);
        QCOMPARE(valueOf(values, "hubTurnMedian"_L1), 0.001);
        QCOMPARE(valueOf(values, "hubTurn99"_L1), 0.001);
        QCOMPARE(valueOf(reader.read(turns(197, 1200), 3), "hubTurn99"_L1), 0.1);
        QCOMPARE(valueOf(reader.read(turns(197, 1200), 4), "hubTurn99"_L1), 0.0);
    }

    void eachTenSecondsAreTheirMean()
    {
        StatsHistory history;
        const std::size_t count = statsSeries().size();
        for (int second = 1; second <= 25; ++second)
            history.add(second * 1000, StatsValues(count, second));
        const QJsonObject fine = parsed(history.json(StatsHistory::Fine, 0));
        QCOMPARE(fine[u"times"].toArray().size(), 25);
        const QJsonObject coarse = parsed(history.json(StatsHistory::Coarse, 0));
        QCOMPARE(coarse[u"times"].toArray(), (QJsonArray{10'000, 20'000}));
        QCOMPARE(coarse[u"series"][u"rooms"].toArray(), (QJsonArray{5.5, 15.5}));
        QCOMPARE(coarse[u"series"][u"hubTurn99"].toArray(), (QJsonArray{10, 20}));
        QCOMPARE(parsed(history.json(StatsHistory::Fine, 23'000))[u"times"].toArray(),
                 (QJsonArray{24'000, 25'000}));
        QCOMPARE(parsed(history.newestJson())[u"values"][u"rooms"].toInt(), 25);
    }

    void noMoreIsKeptThanItSays()
    {
        StatsHistory history;
        QCOMPARE(parsed(history.newestJson())[u"values"].toObject(), QJsonObject());
        for (int second = 1; second <= 2000; ++second)
            history.add(second * 1000, StatsValues(statsSeries().size(), 1));
        const QJsonArray times = parsed(history.json(StatsHistory::Fine, 0))[u"times"].toArray();
        QCOMPARE(std::size_t(times.size()), StatsHistory::Fine.most);
        QCOMPARE(times.last().toInt(), 2'000'000);
    }
};

DIALOGUE_TEST(TestStatsHistory, QCoreApplication)
#include "tst_statshistory.moc"
