#include "server/metrics/statsdtext.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace dialogue::metrics;
using namespace Qt::StringLiterals;

namespace {

MetricFamily counterOf(double value, const MetricLabels &labels = {})
{
    return {.name = "events_total",
            .help = {},
            .type = MetricType::Counter,
            .samples = {{.labels = labels, .value = value}}};
}

MetricFamily gaugeOf(double value)
{
    return {.name = "size", .help = {}, .type = MetricType::Gauge, .samples = {{.value = value}}};
}

QList<QByteArray> linesOf(const QList<QByteArray> &datagrams) { return datagrams.join('\n').split('\n'); }

} // namespace

class TestStatsdText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countersAreWhatWasAdded()
    {
        StatsdText text(u"chat"_s);
        QCOMPARE(text.datagrams({counterOf(7)}), QList<QByteArray>{"chat.events_total:7|c"});
        QCOMPARE(text.datagrams({counterOf(7)}), QList<QByteArray>());
        QCOMPARE(text.datagrams({counterOf(12)}), QList<QByteArray>{"chat.events_total:5|c"});
        // One that has begun anew.
        QCOMPARE(text.datagrams({counterOf(3)}), QList<QByteArray>{"chat.events_total:3|c"});
    }

    void eachSetOfLabelsIsCountedByItself()
    {
        StatsdText text({});
        const MetricLabels a{{"room", u"a"_s}, {"event", u"e"_s}};
        const MetricLabels b{{"room", u"b"_s}, {"event", u"e"_s}};
        QCOMPARE(linesOf(text.datagrams({counterOf(1, a), counterOf(5, b)})),
                 (QList<QByteArray>{"events_total:1|c|#room:a,event:e", "events_total:5|c|#room:b,event:e"}));
        QCOMPARE(linesOf(text.datagrams({counterOf(2, a), counterOf(9, b)})),
                 (QList<QByteArray>{"events_total:1|c|#room:a,event:e", "events_total:4|c|#room:b,event:e"}));
    }

    void gaugesAreAsTheyAre()
    {
        StatsdText text({});
        QCOMPARE(text.datagrams({gaugeOf(3)}), QList<QByteArray>{"size:3|g"});
        QCOMPARE(text.datagrams({gaugeOf(3)}), QList<QByteArray>{"size:3|g"});
        QCOMPARE(text.datagrams({gaugeOf(0.25)}), QList<QByteArray>{"size:0.25|g"});
        QCOMPARE(text.datagrams({gaugeOf(12345678901)}), QList<QByteArray>{"size:12345678901|g"});
        // "-1" would take one away.
        QCOMPARE(text.datagrams({gaugeOf(-1)}), QList<QByteArray>{"size:0|g\nsize:-1|g"});
    }

    void histogramsAreHowManyAndHowLong()
    {
        StatsdText text({});
        const auto histogram = [](quint64 count, double sum) {
            return MetricFamily{
                .name = "time_seconds",
                .help = {},
                .type = MetricType::Histogram,
                .samples
                = {{.histogram = MetricHistogram{.buckets = {{1, count}}, .count = count, .sum = sum}}}};
        };
        QCOMPARE(linesOf(text.datagrams({histogram(4, 1.5)})),
                 (QList<QByteArray>{"time_seconds_count:4|c", "time_seconds_sum:1.5|c"}));
        QCOMPARE(linesOf(text.datagrams({histogram(5, 1.75)})),
                 (QList<QByteArray>{"time_seconds_count:1|c", "time_seconds_sum:0.25|c"}));
    }

    void whatANameSaysEndsNoLine()
    {
        StatsdText text({});
        const MetricLabels hostile{{"room", u"a:1|c\nevil:9|g|#x,y@z\u0000w"_s}};
        QCOMPARE(text.datagrams({counterOf(1, hostile)}),
                 QList<QByteArray>{"events_total:1|c|#room:a_1_c_evil_9_g__x_y_z_w"});
    }

    void datagramsAreBounded()
    {
        StatsdText text({});
        MetricFamily many{.name = "size", .help = {}, .type = MetricType::Gauge, .samples = {}};
        for (int i = 0; i < 1000; ++i)
            many.samples.append(MetricSample{.labels = {{"room", u"room-%1"_s.arg(i)}}, .value = double(i)});
        const QList<QByteArray> datagrams = text.datagrams({many});
        for (const QByteArray &each : datagrams)
            QVERIFY(each.size() <= StatsdText::LargestDatagram);
        QCOMPARE(linesOf(datagrams).size(), 1000);
        QVERIFY(datagrams.size() < 30); // And filled.
        QCOMPARE(text.linesTooLong(), 0);
        const MetricLabels longest{{"room", QString(2000, u'x')}};
        QCOMPARE(text.datagrams({counterOf(1, longest)}), QList<QByteArray>());
        QCOMPARE(text.linesTooLong(), 1);
    }
};

DIALOGUE_TEST(TestStatsdText, QCoreApplication)
#include "tst_statsdtext.moc"
