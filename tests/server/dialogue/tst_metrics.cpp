#include "dialoguetest.h"
#include "server/apikeys/keytool.h"
#include "websocketreader.h"

#include "testclasses.h"

#include <QJsonDocument>
#include <QNetworkDatagram>
#include <QProcess>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QUdpSocket>
#include <QUrlQuery>

#include <map>
#include <mutex>

using namespace Qt::StringLiterals;
using namespace dialogue;
using namespace dialogue::test;
using namespace std::chrono_literals;

namespace {

ServerConfig measured(int workers)
{
    ServerConfig its = config(workers);
    its.metrics.enabled = true;
    return its;
}

struct Page
{
    int status = 0;
    QByteArray type = {};
    QByteArray body = {};
};

Page pageAt(quint16 port, const QByteArray &path, const QByteArray &headers = {})
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, port);
    socket.write("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + headers + "\r\n");
    QByteArray answer;
    (void)QTest::qWaitFor(
        [&] {
            answer += socket.readAll();
            return socket.state() == QAbstractSocket::UnconnectedState;
        },
        20000);
    const qsizetype head = answer.indexOf("\r\n\r\n");
    const qsizetype type = answer.indexOf("Content-Type: ");
    return {answer.mid(9, 3).toInt(), answer.mid(type + 14, answer.indexOf("\r\n", type) - type - 14),
            answer.mid(head + 4)};
}

/** The value of \a series, "name{label=\"value\"}"; -1: it is not there. */
double valueOf(const QByteArray &text, const QByteArray &series)
{
    const qsizetype at = ('\n' + text).indexOf('\n' + series + ' ');
    if (at < 0)
        return -1;
    const qsizetype from = at + series.size() + 1;
    return text.mid(from, text.indexOf('\n', from) - from).toDouble();
}

const QByteArray ThroughAProxy = "X-Forwarded-For: 192.0.2.1\r\n";

} // namespace

/** What the server counts, as those see it who ask. */
class TestMetrics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatHappensIsCounted_data() { workersTable(); }
    void whatHappensIsCounted()
    {
        QFETCH(int, workers);
        Dialogue server(measured(workers));
        QVERIFY(server.start());
        TestClient ann(server.port(), as(u"ann"_s));
        QVERIFY(ann.ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());
        for (int i = 0; i < 3; ++i)
            QVERIFY(ann.ask(u"dialogue:trigger"_s, saying(u"hello"_s))[u"ok"_s].toBool());
        QVERIFY(!ann.ask(u"dialogue:join"_s, in(u"nowhere"_s))[u"ok"_s].toBool());
        const Page page = pageAt(server.port(), "/metrics");
        QCOMPARE(page.status, 200);
        QCOMPARE(page.type, "text/plain; version=0.0.4; charset=utf-8");
        const QByteArray &text = page.body;
        QCOMPARE(valueOf(text, "dialogue_connections_total"), 1);
        QCOMPARE(valueOf(text, "dialogue_connections_active"), 1);
        QCOMPARE(valueOf(text, R"(dialogue_events_total{room="chat",event="message"})"), 3);
        QCOMPARE(valueOf(text, R"(dialogue_events_latency_seconds_count{room="chat",event="message"})"), 3);
        QVERIFY(valueOf(text, R"(dialogue_events_latency_seconds_sum{room="chat",event="message"})") > 0);
        QCOMPARE(valueOf(text, R"(dialogue_rooms_size{room="chat"})"), 1);
        QCOMPARE(valueOf(text, R"(dialogue_refusals_total{code="ROOM_NOT_FOUND"})"), 1);
        QCOMPARE(valueOf(text, R"(dialogue_refusals_total{code="ROOM_FULL"})"), 0);
        if (workers > 0) // Else it is handled as it is read.
            QVERIFY(valueOf(text, "dialogue_hub_turn_seconds_count") > 0);
        QVERIFY(!text.contains("\"ann\""));
    }

    void roomsThatClientsMakeGoByOneName()
    {
        ServerConfig open = measured(1);
        open.roomCreation.create = Who{Permission::Anyone};
        Dialogue server(open);
        QVERIFY(server.start());
        TestClient ann(server.port(), as(u"ann"_s));
        for (const QString &room : {u"secret"_s, u"other"_s}) {
            QVERIFY(
                ann.ask(u"dialogue:createRoom"_s, QJsonObject{{u"id"_s, room}, {u"name"_s, room}})[u"ok"_s]
                    .toBool());
            QVERIFY(ann.ask(u"dialogue:join"_s, in(room))[u"ok"_s].toBool());
            const QJsonObject said{{u"roomId"_s, room}, {u"event"_s, u"hers"_s}, {u"data"_s, 1}};
            QVERIFY(ann.ask(u"dialogue:trigger"_s, said)[u"ok"_s].toBool());
        }
        const QByteArray text = pageAt(server.port(), "/metrics").body;
        QCOMPARE(valueOf(text, R"(dialogue_events_total{room="_runtime",event="_other"})"), 2);
        QCOMPARE(valueOf(text, R"(dialogue_rooms_size{room="_runtime"})"), 2);
        QVERIFY(!text.contains("secret"));
        QVERIFY(!text.contains("\"hers\""));
    }

    void eventsThatNobodyHearsAreCountedToo()
    {
        ServerConfig quiet = measured(1);
        quiet.rooms.append(
            {.id = u"empty"_s, .name = u"Empty"_s, .events = {{.name = u"tick"_s, .ephemeral = true}}});
        Dialogue server(quiet);
        QVERIFY(server.start());
        QVERIFY(server.trigger(u"empty"_s, u"tick"_s, 1).result());
        const QByteArray text = pageAt(server.port(), "/metrics").body;
        QCOMPARE(valueOf(text, R"(dialogue_events_total{room="empty",event="tick"})"), 1);
    }

    void slowReadersAreCountedByRoom()
    {
        ServerConfig lossy = measured(1);
        lossy.rooms[0].slowReader = SlowReaderPolicy::DropOldest;
        lossy.rooms[0].events = {defineEvent(u"message"_s)};
        lossy.limits.sendQueue = 65536;
        Dialogue server(lossy);
        QVERIFY(server.start());
        WebSocketReader slow(server.port()); // Which reads nothing.
        QSignalSpy connected(&server, &Dialogue::clientConnected);
        slow.say("40");
        QTRY_COMPARE(connected.size(), 1);
        slow.say(R"(42["dialogue:join",{"roomId":"chat"}])");
        QTRY_COMPARE(server.room(u"chat"_s)->size(), 1);
        const QByteArray series = R"(dialogue_room_events_dropped_total{room="chat",reason="full"})";
        double dropped = 0;
        for (int i = 0; i < 2000 && dropped <= 0; ++i) {
            for (int k = 0; k < 50; ++k)
                (void)server.trigger(u"chat"_s, u"message"_s, QString(10000, u'x'));
            dropped = valueOf(pageAt(server.port(), "/metrics").body, series);
        }
        QVERIFY(dropped > 0);
    }

    void strangersAreToldNothing()
    {
        const QTemporaryDir folder;
        ServerConfig guarded = measured(1);
        guarded.auth.apiKeys.file = folder.filePath(u"keys.json"_s);
        const auto key = apikeys::newKey(
            guarded.auth.apiKeys,
            {.id = u"prometheus"_s, .from = u"prometheus"_s, .scopes = {u"monitor"_s}, .rooms = {}});
        QVERIFY(key);
        Dialogue server(guarded);
        QVERIFY(server.start());
        const Page refused = pageAt(server.port(), "/metrics", ThroughAProxy);
        QCOMPARE(refused.status, 403);
        QVERIFY(!refused.body.contains("dialogue_"));
        QCOMPARE(pageAt(server.port(), "/metrics", ThroughAProxy + "Authorization: Bearer " + *key + "\r\n")
                     .status,
                 200);
        ServerConfig open = measured(1);
        open.metrics.open = true;
        Dialogue told(open);
        QVERIFY(told.start());
        QCOMPARE(pageAt(told.port(), "/metrics", ThroughAProxy).status, 200);
    }

    void areWhereTheConfigurationSays()
    {
        ServerConfig elsewhere = measured(1);
        elsewhere.metrics.endpoint = u"/internal/numbers"_s;
        Dialogue server(elsewhere);
        QVERIFY(server.start());
        QCOMPARE(pageAt(server.port(), "/internal/numbers").status, 200);
        QCOMPARE(pageAt(server.port(), "/metrics").status, 404);
        Dialogue without(config(1));
        QVERIFY(without.start());
        QCOMPARE(pageAt(without.port(), "/metrics").status, 404);
    }

    void haveAListenerOfTheirOwn_data() { workersTable(); }
    void haveAListenerOfTheirOwn()
    {
        QFETCH(int, workers);
        ServerConfig apart = measured(workers);
        apart.metrics.port = 0;
        Dialogue server(apart);
        QCOMPARE(server.metricsUrl(), QUrl());
        QVERIFY(server.start());
        const auto port = quint16(server.metricsUrl().port());
        QVERIFY(port != 0 && port != server.port());
        QVERIFY(pageAt(port, "/metrics").body.contains("dialogue_build_info"));
        QCOMPARE(pageAt(port, "/metrics", ThroughAProxy).status, 403);
        QCOMPARE(pageAt(port, "/health").status, 200);
        QCOMPARE(pageAt(port, "/ready").status, 200);
        QCOMPARE(pageAt(port, "/version").status, 200);
        QCOMPARE(pageAt(port, "/socket.io/?EIO=4&transport=polling").status, 404);
        QCOMPARE(pageAt(server.port(), "/metrics").status, 404);
        QCOMPARE(pageAt(server.port(), "/health").status, 200);
    }

    void aHubThatIsStuckIsSeenThereByWhoComesAnew()
    {
        ServerConfig apart = measured(1);
        apart.metrics.port = 0;
        Dialogue server(apart);
        QVERIFY(server.start());
        QByteArray answer;
        do { // Nothing turns in this thread, which is the hub.
            QThread::msleep(100);
            QTcpSocket socket;
            socket.connectToHost(QHostAddress::LocalHost, quint16(server.metricsUrl().port()));
            QVERIFY(socket.waitForConnected());
            socket.write("GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
            answer.clear();
            while (socket.waitForReadyRead(20000))
                answer += socket.readAll();
        } while (answer.startsWith("HTTP/1.1 200 "));
        QVERIFY2(answer.startsWith("HTTP/1.1 503 ") && answer.contains("stuck"), answer.constData());
    }

    void anAddressThatIsTakenIsAnError()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        ServerConfig apart = measured(1);
        apart.metrics.port = other.serverPort();
        Dialogue server(apart);
        const auto started = server.start();
        QVERIFY(!started);
        QCOMPARE(started.error().code, ErrorCode::IoError);
        QCOMPARE(started.error().path, u"metrics.port"_s);
    }

    void manyWhoAskAtATimeAreAllAnswered()
    {
        Dialogue server(measured(1));
        QVERIFY(server.start());
        std::vector<std::unique_ptr<QTcpSocket>> sockets;
        for (int i = 0; i < 50; ++i) {
            sockets.push_back(std::make_unique<QTcpSocket>());
            sockets.back()->connectToHost(QHostAddress::LocalHost, server.port());
            sockets.back()->write("GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        }
        for (const auto &socket : sockets) {
            QTRY_COMPARE(socket->state(), QAbstractSocket::UnconnectedState);
            const QByteArray answer = socket->readAll();
            QVERIFY(answer.startsWith("HTTP/1.1 200 ") && answer.contains("dialogue_build_info"));
        }
        // And it is not taken for each of them.
        QVERIFY(valueOf(pageAt(server.port(), "/metrics").body, "dialogue_metrics_collections_total") < 50);
    }

    void areSentToAStatsdDaemon()
    {
        QUdpSocket daemon;
        QVERIFY(daemon.bind(QHostAddress::LocalHost));
        ServerConfig sending = measured(1);
        sending.metrics.format = MetricsFormat::Statsd;
        sending.metrics.address = u"127.0.0.1:%1"_s.arg(daemon.localPort());
        sending.metrics.interval = 100ms;
        sending.metrics.prefix = u"test"_s;
        Dialogue server(sending);
        QVERIFY(server.start());
        QCOMPARE(pageAt(server.port(), "/metrics").status, 404);
        std::map<QByteArray, double> sums;
        double size = 0;
        const auto read = [&] {
            while (daemon.hasPendingDatagrams()) {
                for (const QByteArray &line : daemon.receiveDatagram().data().split('\n')) {
                    const QByteArray name = line.left(line.indexOf(':'));
                    const QByteArray value = line.mid(name.size() + 1, line.indexOf('|') - name.size() - 1);
                    const QByteArray rest = line.mid(line.indexOf('|'));
                    if (rest.startsWith("|c"))
                        sums[name + rest] += value.toDouble();
                    else if (name + rest == "test.dialogue_rooms_size|g|#room:chat")
                        size = value.toDouble();
                }
            }
        };
        TestClient ann(server.port(), as(u"ann"_s));
        QVERIFY(ann.ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());
        const QByteArray events = "test.dialogue_events_total|c|#room:chat,event:message";
        for (int round = 1; round <= 3; ++round) {
            for (int i = 0; i < 5; ++i)
                QVERIFY(ann.ask(u"dialogue:trigger"_s, saying(u"hello"_s))[u"ok"_s].toBool());
            QTRY_VERIFY((read(), sums[events] >= 5 * round)); // What is added, and no more.
        }
        QCOMPARE(sums[events], 15);
        QCOMPARE(size, 1);
        QCOMPARE(sums["test.dialogue_connections_total|c"], 1);
    }

    void anExporterOfTheApplicationsHasThem()
    {
        struct Seen
        {
            std::mutex mutex;
            MetricFamilies families;
            const QThread *thread = nullptr;
            int calls = 0;
        };
        const auto seen = std::make_shared<Seen>();
        ServerConfig exporting = measured(1);
        exporting.metrics.interval = 100ms;
        exporting.metrics.exporter = [seen](const MetricFamilies &families) {
            const std::lock_guard lock(seen->mutex);
            seen->families = families;
            seen->thread = QThread::currentThread();
            if (++seen->calls == 1)
                throw std::runtime_error("the first is lost");
        };
        Dialogue server(exporting);
        QVERIFY(server.start());
        const auto calls = [&] {
            const std::lock_guard lock(seen->mutex);
            return seen->calls;
        };
        QTRY_VERIFY(calls() >= 2);
        const std::lock_guard lock(seen->mutex);
        QVERIFY(seen->thread != QThread::currentThread());
        QVERIFY(std::any_of(seen->families.begin(), seen->families.end(),
                            [](const MetricFamily &each) { return each.name == "dialogue_events_total"; }));
    }

    void aPrometheusTakesThemAndAnswers();
};

/** Of Debian, as an operator sets it up. */
void TestMetrics::aPrometheusTakesThemAndAnswers()
{
    ServerConfig apart = measured(1);
    apart.metrics.port = 0;
    apart.rooms.append({.id = u"a \"quoted\" \\ room"_s, .name = u"Q"_s, .events = {defineEvent(u"e"_s)}});
    Dialogue server(apart);
    QVERIFY(server.start());
    TestClient ann(server.port(), as(u"ann"_s));
    QVERIFY(ann.ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());
    for (int i = 0; i < 4; ++i)
        QVERIFY(ann.ask(u"dialogue:trigger"_s, saying(u"hello"_s))[u"ok"_s].toBool());

    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::LocalHost));
    const quint16 port = taken.serverPort();
    taken.close();
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"prometheus.yml"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("global: {scrape_interval: 1s, evaluation_interval: 1s}\n"
               "rule_files: [" DIALOGUE_SOURCE_DIR "/resources/prometheus/alerts.yml]\n"
               "scrape_configs:\n  - {job_name: dialogue, static_configs: [{targets: ['127.0.0.1:"
               + QByteArray::number(server.metricsUrl().port()) + "']}]}\n");
    file.close();
    QProcess prometheus;
    prometheus.setProcessChannelMode(QProcess::MergedChannels);
    prometheus.start(u"prometheus"_s,
                     {u"--config.file="_s + file.fileName(),
                      u"--storage.tsdb.path="_s + folder.filePath(u"db"_s),
                      u"--web.listen-address=127.0.0.1:%1"_s.arg(port)});
    QVERIFY(prometheus.waitForStarted());
    const auto result = [port](const QString &query) {
        const QByteArray path = "/api/v1/query?query=" + QUrl::toPercentEncoding(query);
        return QJsonDocument::fromJson(pageAt(port, path).body)[u"data"_s][u"result"_s].toArray();
    };
    const auto value
        = [&](const QString &query) { return result(query).at(0)[u"value"_s].toArray().at(1).toString(); };
    QTRY_COMPARE_WITH_TIMEOUT(value(uR"(dialogue_events_total{room="chat",event="message"})"_s), u"4"_s,
                              60000);
    QCOMPARE(value(u"up"_s), u"1"_s);
    QCOMPARE(value(uR"(dialogue_rooms_size{room="chat"})"_s), u"1"_s);
    QCOMPARE(value(uR"(dialogue_rooms_size{room="a \"quoted\" \\ room"})"_s), u"0"_s);
    QCOMPARE(value(u"sum(dialogue_connections_active)"_s), u"1"_s);

    // Every question of the dashboard is one, over what is there.
    QFile dashboard(QStringLiteral(DIALOGUE_SOURCE_DIR "/resources/grafana/dialogue.json"));
    QVERIFY(dashboard.open(QIODevice::ReadOnly));
    int asked = 0;
    for (const QJsonValue &panel : QJsonDocument::fromJson(dashboard.readAll())[u"panels"_s].toArray()) {
        for (const QJsonValue &target : panel[u"targets"_s].toArray()) {
            QString query = target[u"expr"_s].toString();
            query.replace(u"$__rate_interval"_s, u"1m"_s)
                .replace(u"$instance"_s, u".*"_s)
                .replace(u"$room"_s, u".*"_s);
            const QByteArray path = "/api/v1/query?query=" + QUrl::toPercentEncoding(query);
            const QByteArray body = pageAt(port, path).body;
            QVERIFY2(QJsonDocument::fromJson(body)[u"status"_s] == u"success"_s, body.constData());
            ++asked;
        }
    }
    QVERIFY(asked > 30);
    prometheus.terminate();
    QVERIFY(prometheus.waitForFinished());
}

DIALOGUE_TEST(TestMetrics, QCoreApplication)
#include "tst_metrics.moc"
