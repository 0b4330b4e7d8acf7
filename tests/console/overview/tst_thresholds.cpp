#include "console/overview/thresholds.h"

#include "testclasses.h"

#include <QMap>
#include <QTest>

#include <vector>

using namespace dialogue::console;
using namespace Qt::StringLiterals;

/** From where on a figure is one to look after. */
class TestThresholds : public QObject
{
    Q_OBJECT

    using Values = QMap<QString, double>;

private Q_SLOTS:
    void saysWhatIsTheMatter_data();
    void saysWhatIsTheMatter();
    void theWorstIsSaid();
    void eachStandsInTheTableOnce();
};

namespace {

FigureLookup lookupIn(const QMap<QString, double> &values)
{
    return [values](QLatin1String series) {
        const auto found = values.constFind(QString(series));
        return found != values.cend() ? std::optional(*found) : std::nullopt;
    };
}

} // namespace

void TestThresholds::saysWhatIsTheMatter_data()
{
    QTest::addColumn<QString>("series");
    QTest::addColumn<Values>("values");
    QTest::addColumn<Tone>("tone");
    QTest::addColumn<QString>("word");
    const auto one = [](const char *series, double value, Tone tone, const char *word) {
        QTest::addRow("%s %g", series, value)
            << QString::fromLatin1(series) << Values{{QString::fromLatin1(series), value}} << tone
            << QString::fromLatin1(word);
    };
    one("hubTurn99", 0.049, Tone::Quiet, "");
    one("hubTurn99", 0.05, Tone::Warning, "slow turns");
    one("hubTurn99", 0.249, Tone::Warning, "slow turns");
    one("hubTurn99", 0.25, Tone::Bad, "slow turns");
    one("framesDropped", 0, Tone::Quiet, "");
    one("framesDropped", 0.1, Tone::Warning, "frames dropped");
    one("framesDropped", 1e9, Tone::Warning, "frames dropped");
    one("slowReaders", 1, Tone::Warning, "slow readers");
    one("rateLimited", 0.5, Tone::Warning, "rate limited");
    one("hubWaiting", 999, Tone::Quiet, "");
    one("hubWaiting", 1000, Tone::Warning, "hub behind");
    one("hubWaiting", 10000, Tone::Bad, "hub behind");
    one("storeQueueBytes", 33554432, Tone::Warning, "store behind");
    one("connections", 1e6, Tone::Quiet, "");
    const auto files = [](double open, double most, Tone tone) {
        QTest::addRow("%g of %g files", open, most)
            << u"openFiles"_s << Values{{u"openFiles"_s, open}, {u"mostFiles"_s, most}} << tone
            << (tone == Tone::Quiet ? QString() : u"nearly used up"_s);
    };
    files(799, 1000, Tone::Quiet);
    files(800, 1000, Tone::Warning);
    files(949, 1000, Tone::Warning);
    files(950, 1000, Tone::Bad);
    files(950, 0, Tone::Quiet);
    QTest::newRow("files of we know not how many")
        << u"openFiles"_s << Values{{u"openFiles"_s, 1e6}} << Tone::Quiet << QString();
    QTest::newRow("not told") << u"hubTurn99"_s << Values{} << Tone::Quiet << QString();
}

void TestThresholds::saysWhatIsTheMatter()
{
    QFETCH(QString, series);
    QFETCH(Values, values);
    QFETCH(Tone, tone);
    QFETCH(QString, word);
    const QByteArray name = series.toLatin1();
    const std::vector<QLatin1String> asked{QLatin1String(name)};
    const Verdict verdict = judged(asked, lookupIn(values));
    QCOMPARE(verdict.tone, tone);
    QCOMPARE(verdict.word, word);
}

void TestThresholds::theWorstIsSaid()
{
    const std::vector<QLatin1String> asked{"framesDropped"_L1, "hubTurn99"_L1, "slowReaders"_L1};
    QCOMPARE(
        judged(asked, lookupIn({{u"framesDropped"_s, 1}, {u"hubTurn99"_s, 0.3}, {u"slowReaders"_s, 1}})).word,
        u"slow turns"_s);
    // Of those that are as bad the first.
    QCOMPARE(judged(asked, lookupIn({{u"framesDropped"_s, 1}, {u"hubTurn99"_s, 0.1}})).word,
             u"frames dropped"_s);
    QCOMPARE(judged({}, lookupIn({})).tone, Tone::Quiet);
}

void TestThresholds::eachStandsInTheTableOnce()
{
    for (const Threshold &each : thresholds()) {
        QCOMPARE(thresholdOf(each.series), &each);
        QVERIFY(each.warning < each.bad);
    }
    QVERIFY(!thresholdOf("rooms"_L1));
}

DIALOGUE_TEST(TestThresholds, NoApplication)
#include "tst_thresholds.moc"
