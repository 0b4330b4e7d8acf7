#include "server/metrics/prometheustext.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace dialogue::metrics;
using namespace Qt::StringLiterals;

class TestPrometheusText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysEachFamilyOnce()
    {
        const MetricFamilies families{
            {.name = "a_total", .help = "How many.", .type = MetricType::Counter, .samples = {{.value = 3}}},
            {.name = "b",
             .help = "How large.",
             .type = MetricType::Gauge,
             .samples
             = {{.labels = {{"room", u"x"_s}}, .value = 1.5}, {.labels = {{"room", u"y"_s}}, .value = 2}}}};
        QCOMPARE(prometheusText(families),
                 QByteArray("# HELP a_total How many.\n# TYPE a_total counter\na_total 3\n"
                            "# HELP b How large.\n# TYPE b gauge\nb{room=\"x\"} 1.5\nb{room=\"y\"} 2\n"));
    }

    void histogramsEndWithAll()
    {
        const MetricFamilies families{
            {.name = "t_seconds",
             .help = "How long.",
             .type = MetricType::Histogram,
             .samples
             = {{.histogram = MetricHistogram{.buckets = {{0.5, 2}, {1, 5}}, .count = 6, .sum = 9}}}}};
        const QByteArray text = prometheusText(families);
        QVERIFY(text.contains("t_seconds_count 6\n"));
        QVERIFY(text.contains("t_seconds_sum 9\n"));
        QVERIFY(text.contains("t_seconds_bucket{le=\"0.5\"} 2\n"));
        QVERIFY(text.contains("t_seconds_bucket{le=\"1\"} 5\n"));
        QVERIFY(text.contains("t_seconds_bucket{le=\"+Inf\"} 6\n"));
    }

    void hostileNamesAreEscaped_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("written");
        QTest::newRow("a quote") << u"a\"} 9\nevil 1"_s << QByteArray(R"(a\"} 9\nevil 1)");
        QTest::newRow("a backslash") << u"a\\"_s << QByteArray(R"(a\\)");
        QTest::newRow("a backslash before an n") << u"a\\n"_s << QByteArray(R"(a\\n)");
        QTest::newRow("other languages") << u"tée-日本"_s << QByteArray("tée-日本");
    }
    void hostileNamesAreEscaped()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, written);
        const QByteArray text = prometheusText(
            {{.name = "b", .help = "B.", .samples = {{.labels = {{"room", name}}, .value = 1}}}});
        QCOMPARE(text, "# HELP b B.\n# TYPE b gauge\nb{room=\"" + written + "\"} 1\n");
    }
};

DIALOGUE_TEST(TestPrometheusText, QCoreApplication)
#include "tst_prometheustext.moc"
