#include "server/metrics/catalogue.h"
#include "server/metrics/processfigures.h"
#include "server/metrics/prometheustext.h"

#include "testclasses.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace dialogue;
using namespace dialogue::metrics;
using namespace Qt::StringLiterals;

namespace {

Figures figures()
{
    Figures all;
    all.workers.resize(2);
    Durations some;
    some.add(std::chrono::milliseconds(3));
    all.rooms.push_back(
        {.room = u"chat"_s, .participants = 7, .dropped = 1, .events = {{u"message"_s, some}}});
    return all;
}

QByteArray contentOf(const QString &name)
{
    QFile file(QStringLiteral(DIALOGUE_SOURCE_DIR "/resources/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("Cannot read %s", qPrintable(file.fileName()));
    return file.readAll();
}

/** What Prometheus has of them: of histograms three names. */
QSet<QByteArray> namesOf(const MetricFamilies &families)
{
    QSet<QByteArray> names;
    for (const MetricFamily &family : families) {
        if (family.type != MetricType::Histogram) {
            names.insert(family.name);
            continue;
        }
        for (const char *part : {"_bucket", "_count", "_sum"})
            names.insert(family.name + part);
    }
    return names;
}

QSet<QByteArray> namesIn(const QByteArray &text)
{
    QSet<QByteArray> names;
    static const QRegularExpression Name(u"\\b(dialogue|process)_[a-z_]+"_s);
    auto each = Name.globalMatch(QString::fromUtf8(text));
    while (each.hasNext())
        names.insert(each.next().captured().toLatin1());
    return names;
}

/** What promtool says on both its outputs, and its exit code. */
std::pair<int, QByteArray> promtool(const QStringList &arguments, const QByteArray &input = {})
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setWorkingDirectory(QStringLiteral(DIALOGUE_SOURCE_DIR "/resources/prometheus"));
    process.start(u"promtool"_s, arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished())
        return {-1, process.errorString().toUtf8()};
    return {process.exitCode(), process.readAll()};
}

} // namespace

class TestCatalogue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void promtoolFindsNothing()
    {
        const auto [code, says]
            = promtool({u"check"_s, u"metrics"_s}, prometheusText(familiesOf(figures()) + processFamilies()));
        QCOMPARE(says, QByteArray());
        QCOMPARE(code, 0);
    }

    void thoseAskedForAreThere()
    {
        const QSet<QByteArray> names = namesOf(familiesOf(figures()));
        for (const char *name :
             {"dialogue_connections_total", "dialogue_connections_active", "dialogue_events_total",
              "dialogue_events_latency_seconds_bucket", "dialogue_rooms_size"})
            QVERIFY2(names.contains(name), name);
        const QByteArray text = prometheusText(familiesOf(figures()));
        QVERIFY(text.contains("dialogue_events_total{room=\"chat\",event=\"message\"} 1\n"));
        QVERIFY(text.contains("dialogue_events_latency_seconds_count{room=\"chat\",event=\"message\"} 1\n"));
        QVERIFY(text.contains("dialogue_rooms_size{room=\"chat\"} 7\n"));
    }

    void eachNameStandsOnceAndIsSaidWhatItIs()
    {
        QSet<QByteArray> seen;
        for (const MetricFamily &family : familiesOf(figures()) + processFamilies()) {
            QVERIFY2(!seen.contains(family.name), family.name.constData());
            seen.insert(family.name);
            QVERIFY2(family.help.endsWith('.'), family.name.constData());
            QVERIFY2(!family.samples.isEmpty(), family.name.constData());
        }
    }

    void workersAreCountedTogether()
    {
        Figures all = figures();
        all.workers[0].sessions = 3;
        all.workers[1].sessions = 4;
        all.workers[1].mailboxMessages = 9;
        const QByteArray text = prometheusText(familiesOf(all));
        QVERIFY(text.contains("\ndialogue_connections_active 7\n"));
        QVERIFY(text.contains("\ndialogue_mailbox_messages{worker=\"1\"} 9\n"));
    }

    void whatMiddlewareDoesIsCounted()
    {
        Figures all = figures();
        all.server.middleware = {.linesLeftOut = 1,
                                 .blocked = 2,
                                 .masked = 3,
                                 .notSearched = 4,
                                 .withoutRole = 5,
                                 .rateLimited = 6,
                                 .webhooksAsked = 7,
                                 .webhooksStopped = 8,
                                 .webhooksFailed = 9,
                                 .webhooksRetried = 10,
                                 .webhooksFull = 11,
                                 .webhooksWaiting = 12,
                                 .webhookBytes = 13};
        const QByteArray text = prometheusText(familiesOf(all));
        const auto events = [&text](const char *result, int count) {
            return text.contains("\ndialogue_middleware_events_total{result=\"" + QByteArray(result) + "\"} "
                                 + QByteArray::number(count) + '\n');
        };
        QVERIFY(events("blocked", 2) && events("masked", 3) && events("not_searched", 4));
        QVERIFY(events("without_role", 5) && events("rate_limited", 6) && events("webhook_stopped", 8));
        for (const QByteArray &line :
             {"dialogue_middleware_lines_dropped_total 1"_ba,
              "dialogue_webhook_events_total{result=\"asked\"} 7"_ba,
              "dialogue_webhook_events_total{result=\"failed\"} 9"_ba,
              "dialogue_webhook_events_total{result=\"full\"} 11"_ba, "dialogue_webhook_retries_total 10"_ba,
              "dialogue_webhook_events_waiting 12"_ba, "dialogue_webhook_waiting_bytes 13"_ba})
            QVERIFY2(text.contains('\n' + line + '\n'), line.constData());
    }

    void fetchesOfKeysAreCounted()
    {
        Figures all = figures();
        all.server.tokens.keysFetched = 3;
        all.server.tokens.fetchesFailed = 2;
        const QByteArray text = prometheusText(familiesOf(all));
        QVERIFY(text.contains("\ndialogue_jwks_fetches_total{result=\"fetched\"} 3\n"));
        QVERIFY(text.contains("\ndialogue_jwks_fetches_total{result=\"failed\"} 2\n"));
    }

    /** Each by another number, so that none stands for another and none is left out. */
    void eachKindOfBudgetIsTold()
    {
        Figures all = figures();
        for (std::size_t kind = 0; kind < BudgetKinds; ++kind)
            all.server.budgets.refused[kind] = qint64(1000 + kind);
        const QByteArray text = prometheusText(familiesOf(all));
        for (std::size_t kind = 0; kind < BudgetKinds; ++kind)
            QCOMPARE(text.count("} " + QByteArray::number(qint64(1000 + kind)) + '\n'), 1);
        QVERIFY(text.contains("\ndialogue_rate_limited_total{kind=\"named_event\"} 1002\n"));
    }

    void theProcessIsSeen()
    {
        const MetricFamilies families = processFamilies();
        for (const MetricFamily &family : families)
            QVERIFY2(family.samples[0].value > 0, family.name.constData());
        const QSet<QByteArray> names = namesOf(families);
        for (const char *name : {"process_cpu_seconds_total", "process_resident_memory_bytes",
                                 "process_open_fds", "process_max_fds"})
            QVERIFY2(names.contains(name), name);
    }

    void whatAlertsAndTheDashboardNameIsThere_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("the dashboard") << u"grafana/dialogue.json"_s;
        QTest::newRow("the alerts") << u"prometheus/alerts.yml"_s;
        QTest::newRow("their tests") << u"prometheus/alerts.test.yml"_s;
    }
    void whatAlertsAndTheDashboardNameIsThere()
    {
        QFETCH(QString, file);
        const QSet<QByteArray> there = namesOf(familiesOf(figures()) + processFamilies());
        const QSet<QByteArray> named = namesIn(contentOf(file));
        QVERIFY(named.size() > 3);
        for (const QByteArray &name : named)
            QVERIFY2(there.contains(name), name.constData());
    }

    void theDashboardIsJson()
    {
        QJsonParseError error;
        const QJsonObject dashboard
            = QJsonDocument::fromJson(contentOf(u"grafana/dialogue.json"_s), &error).object();
        QCOMPARE(error.error, QJsonParseError::NoError);
        QCOMPARE(dashboard[u"title"_s].toString(), u"Dialogue"_s);
    }

    void theAlertsAreGoodAndSayWhatTheyShould()
    {
        const auto [code, says] = promtool({u"check"_s, u"rules"_s, u"alerts.yml"_s});
        QVERIFY2(code == 0, says.constData());
        const auto [tested, said] = promtool({u"test"_s, u"rules"_s, u"alerts.test.yml"_s});
        QVERIFY2(tested == 0, said.constData());
    }
};

DIALOGUE_TEST(TestCatalogue, QCoreApplication)
#include "tst_catalogue.moc"
