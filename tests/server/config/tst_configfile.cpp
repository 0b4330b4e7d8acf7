#include "server/config/configfile.h"

#include "testclasses.h"

#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace dialogue;

namespace {

ServerConfig good(const QByteArray &text, const QString &fileName = u"config.yaml"_s)
{
    const ConfigReport report = parseConfig(text, fileName);
    if (!report.config)
        qFatal("%s", report.issues.isEmpty() ? "no issue" : qPrintable(report.issues.constFirst().text()));
    return *report.config;
}

void write(const QString &fileName, const QByteArray &text)
{
    QFile file(fileName);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(fileName));
}

} // namespace

class TestConfigFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEmptyFileIsTheDefaults()
    {
        const ServerConfig config = good("");
        QCOMPARE(config.port, quint16(3000));
        QCOMPARE(config.host, u"127.0.0.1"_s);
        QVERIFY(config.rooms.isEmpty());
        QVERIFY(!good("# only a comment\n").workers);
    }

    void readsEveryKindOfValue()
    {
        const ServerConfig config = good("host: 0.0.0.0\n"
                                         "port: 8080\n"
                                         "demo: true\n"
                                         "engine: {pingInterval: 5s, pingTimeout: 500ms, maxPayload: 64KiB}\n"
                                         "limits:\n"
                                         "  headerTimeout: 1.5s\n"
                                         "  bodyTimeout: 2000\n"
                                         "  sendQueue: 1 MB\n"
                                         "roomCreation: {create: authenticated}\n"
                                         "cors:\n"
                                         "  origins: [https://a.example.org, 'http://localhost:8080']\n"
                                         "  credentials: false\n");
        QCOMPARE(config.host, u"0.0.0.0"_s);
        QCOMPARE(config.port, quint16(8080));
        QVERIFY(config.demo);
        QCOMPARE(config.engine.pingInterval, 5000ms);
        QCOMPARE(config.engine.pingTimeout, 500ms);
        QCOMPARE(config.engine.maxPayload, 65536);
        QCOMPARE(config.limits.headerTimeout, 1500ms);
        QCOMPARE(config.limits.bodyTimeout, 2000ms);
        QCOMPARE(config.limits.sendQueue, 1'000'000);
        QCOMPARE(config.roomCreation.create.all, Permission::Authenticated);
        QCOMPARE(config.cors.origins, QStringList({u"https://a.example.org"_s, u"http://localhost:8080"_s}));
        QVERIFY(!config.cors.credentials);
    }

    void readsRates()
    {
        const ServerConfig config = good("rooms: {chat: {}}\n"
                                         "rateLimit:\n"
                                         "  global: {maxEvents: 100, window: 1m}\n"
                                         "  perRoom:\n"
                                         "    chat: {window: 1s, maxEvents: 10}\n"
                                         "    news: {maxEvents: 5, window: 500}\n"
                                         "  requests:\n"
                                         "    createRoom: {maxEvents: 1, window: 1h}\n");
        const RateLimitConfig &rates = config.rateLimit;
        QVERIFY(rates.global == (RateLimit{100, 1min}));
        QCOMPARE(rates.perRoom.size(), 2);
        QVERIFY(rates.perRoom.value(u"chat"_s) == (RoomRate{10, 1s}));
        QVERIFY(rates.perRoom.value(u"news"_s) == (RoomRate{5, 500ms}));
        QVERIFY(rates.requests.createRoom == (RateLimit{1, 1h}));
        QVERIFY(rates.requests.join == ServerConfig().rateLimit.requests.join);
    }

    void readsJsonToo()
    {
        const ServerConfig config = good("{\"port\": 1234, \"rooms\": {\"a\": {\"events\": [\"e\", "
                                         "{\"name\": \"f\", \"schema\": {}}]}}}\n"
                                         + QByteArray());
        QCOMPARE(config.port, quint16(1234));
        QCOMPARE(config.rooms.constFirst().events.size(), 2);
    }

    void readsRoomsByIdAndAsAList_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("map") << QByteArray("rooms:\n  chat:\n    maxSize: 5\n");
        QTest::newRow("list") << QByteArray("rooms:\n  - id: chat\n    maxSize: 5\n");
    }
    void readsRoomsByIdAndAsAList()
    {
        QFETCH(QByteArray, head);
        const ServerConfig config
            = good(head
                   + "    events:\n"
                     "      - typing\n"
                     "      - name: message\n"
                     "        description: What is said\n"
                     "        schema: {type: object, required: [text],\n"
                     "                 properties: {text: {type: string, maxLength: 3}}}\n"
                     "        history: {limit: 7}\n"
                     "      - {name: wave, ephemeral: true}\n"
                     "    defaultSubscriptions: [message]\n"
                     "    syncHistoryOnJoin: all\n"
                     "    slowReader: {policy: keepLatest, key: sensor}\n"
                     "    createdById: ann\n");
        QCOMPARE(config.rooms.size(), 1);
        const RoomConfig &room = config.rooms.constFirst();
        QCOMPARE(room.id, u"chat"_s);
        QCOMPARE(room.name, u"chat"_s);
        QCOMPARE(room.maxSize, 5);
        QCOMPARE(room.defaultSubscriptions, QStringList(u"message"_s));
        QCOMPARE(room.syncHistoryOnJoin, -1);
        QCOMPARE(room.slowReader, SlowReaderPolicy::KeepLatest);
        QCOMPARE(room.createdById, u"ann"_s);
        QCOMPARE(room.latestKey, u"sensor"_s);
        const EventDefinition *message = room.find(u"message");
        QVERIFY(message);
        QCOMPARE(message->description, u"What is said"_s);
        QVERIFY(message->history.enabled);
        QCOMPARE(message->history.limit, 7);
        QVERIFY(message->schema.validate(QJsonObject{{u"text"_s, u"abc"_s}}));
        QVERIFY(!message->schema.validate(QJsonObject{{u"text"_s, u"abcd"_s}}));
        QVERIFY(!room.find(u"typing")->history.enabled);
        QVERIFY(!room.find(u"typing")->ephemeral);
        QVERIFY(room.find(u"wave")->ephemeral);
    }

    void whatRoomsHaveInCommonIsThereOnceAndNothingElseIs()
    {
        const QList<RoomConfig> rooms = good("rooms:\n"
                                             "  a: {events: [{name: tick, schema: {type: object}}]}\n"
                                             "  b: {events: [{name: tick, schema: {type: object}}]}\n"
                                             "  c: {events: [{name: tick, schema: {type: array}}]}\n")
                                            .rooms;
        QCOMPARE(rooms[1].events[0].name.constData(), rooms[0].events[0].name.constData());
        QVERIFY(rooms[0].events[0].schema.validate(QJsonObject()));
        QVERIFY(rooms[1].events[0].schema.validate(QJsonObject()));
        QVERIFY(!rooms[1].events[0].schema.validate(QJsonArray()));
        QVERIFY(rooms[2].events[0].schema.validate(QJsonArray()));
    }

    void historyOnJoinIsAFlagOrANumber_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("count");
        QTest::newRow("true") << QByteArray("true") << -1;
        QTest::newRow("all") << QByteArray("all") << -1;
        QTest::newRow("false") << QByteArray("false") << 0;
        QTest::newRow("number") << QByteArray("20") << 20;
    }
    void historyOnJoinIsAFlagOrANumber()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, count);
        const ServerConfig config = good("rooms: {a: {events: [e], syncHistoryOnJoin: " + text + "}}");
        QCOMPARE(config.rooms.constFirst().syncHistoryOnJoin, count);
    }

    void takesASchemaFromAFileBesideIt()
    {
        const QTemporaryDir dir;
        write(dir.filePath(u"message.json"_s), "{\"type\": \"object\", \"required\": [\"text\"]}");
        write(dir.filePath(u"typing.yaml"_s), "type: boolean\n");
        write(dir.filePath(u"config.yaml"_s),
              "rooms:\n  a:\n    events:\n"
              "      - {name: message, schema: message.json}\n"
              "      - {name: typing, schema: ./typing.yaml}\n");
        const ConfigReport report = loadConfig(dir.filePath(u"config.yaml"_s));
        QVERIFY2(report.config, report.config ? "" : qPrintable(report.issues.constFirst().text()));
        const RoomConfig &room = report.config->rooms.constFirst();
        QVERIFY(!room.find(u"message")->schema.validate(QJsonObject()));
        QVERIFY(room.find(u"typing")->schema.validate(true));
        QVERIFY(!room.find(u"typing")->schema.validate(1));
    }

    void takesTrueOrFalseForCors()
    {
        QCOMPARE(good("cors: true\nrooms: {a: {events: [e]}}").cors.origins, QStringList{u"*"_s});
        QCOMPARE(good("cors: false\nrooms: {a: {events: [e]}}").cors.origins, QStringList());
        const QStringList origins{u"null"_s, u"file://"_s, u"https://*.example.org"_s,
                                  u"http://localhost:*"_s};
        QCOMPARE(good("cors: {origins: ['null', 'file://', 'https://*.example.org', 'http://localhost:*']}\n"
                      "rooms: {a: {events: [e]}}")
                     .cors.origins,
                 origins);
    }

    void warnsOfWhatIsSeldomMeant_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("warning");
        QTest::newRow("open room")
            << QByteArray("rooms:\n  a:\n    name: A\n")
            << u"config.yaml:2:3: warning: rooms.a: carries any event, unchecked; list its events with "
               "their schemas to have them checked"_s;
        QTest::newRow("star")
            << QByteArray("rooms: {a: {events: '*'}}")
            << u"config.yaml:1:9: warning: rooms.a: carries any event, unchecked; list its events with their "
               "schemas to have them checked"_s;
        QTest::newRow("an owner")
            << QByteArray("rooms:\n  - {id: a, events: [e], createdById: ann}\n")
            << u"config.yaml:2:39: warning: rooms[0].createdById: nobody vouches for user ids here "
               "(auth.jwt): whoever says to be \"ann\" may delete the room"_s;
        QTest::newRow("anyone")
            << QByteArray("roomCreation: {create: anyone}")
            << u"config.yaml:1:24: warning: roomCreation.create: anyone who connects may create rooms, up "
               "to maxTotal (10000)"_s;
        QTest::newRow("any page")
            << QByteArray("rooms: {a: {events: [e]}}\ncors: {origins: '*'}")
            << u"config.yaml:2:17: warning: cors.origins: \"*\" (as in cors: true) lets any page on the web "
               u"connect as its "
               u"visitor: "
               "browsers send cookies with a WebSocket whatever cors.credentials says; name the origins"_s;
        QTest::newRow("proxies that are anybody")
            << QByteArray("trustedProxies: [10.0.0.0/8, '::/0']\nrooms: {a: {events: [e]}}")
            << u"config.yaml:1:17: warning: trustedProxies: \"::/0\" believes anybody: a client may then "
               u"claim "
               "any address; name the proxies"_s;
        QTest::newRow("a queue that takes less than comes in")
            << QByteArray("rooms: {a: {events: [e]}}\nlimits: {sendQueue: 16KiB}")
            << u"config.yaml:2:21: warning: limits.sendQueue: events of more than half of it (8192 bytes) "
               u"will be "
               "refused, though engine.maxPayload lets 1000000 bytes in; make one larger or the other smaller"_s;
        QTest::newRow("compression of nothing")
            << QByteArray(
                   "rooms: {a: {events: [e]}}\nengine: {perMessageDeflate: {enabled: true, threshold: 1MB}}")
            << u"config.yaml:2:29: warning: engine.perMessageDeflate: nothing is compressed: no message is "
               u"of "
               "threshold (1000000 bytes) and within largest (131072 bytes)"_s;
        QTest::newRow("a rate of a room that is not there")
            << QByteArray("rooms: {a: {events: [e]}}\nrateLimit: {perRoom: {b: {maxEvents: 1, window: 1s}}}")
            << u"config.yaml:2:22: warning: rateLimit.perRoom: there is no room 'b' among those declared here"_s;
        QTest::newRow("a room by no way")
            << "rooms: {a: {events: [x], channels: [sse]}}"_ba
            << u"config.yaml:1:36: warning: rooms.a.channels: only sse, which is off (channels.sse.enabled): "
               "nobody can join it"_s;
        QTest::newRow("no rooms")
            << QByteArray("port: 1")
            << u"config.yaml: warning: rooms: there are none, and nobody may create any: nobody can join "
               "anything"_s;
    }
    void warnsOfWhatIsSeldomMeant()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, warning);
        const ConfigReport report = parseConfig(text, u"config.yaml"_s);
        QVERIFY(report.config);
        QCOMPARE(report.issues.size(), 1);
        QCOMPARE(report.issues.constFirst().severity, ConfigIssue::Severity::Warning);
        QCOMPARE(report.issues.constFirst().text(), warning);
    }

    void whatCoversAnotherIsTold_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("told");
        const auto row = [](const char *name, const QByteArray &text, const QStringList &told = {}) {
            QTest::newRow(name) << text << told;
        };
        row("as it comes",
            "channels: {sse: {enabled: true}}\nmetrics: {enabled: true}\nauth: {apiKeys: {file: k}}");
        row("streams below Socket.IO", "channels: {sse: {enabled: true, path: /socket.io/events}}",
            {u"c.yaml:1:39: channels.sse.path: \"/socket.io/events\" is answered by Socket.IO "
             u"(engine.path), "
             "so that the server-sent events (channels.sse.path) would never be reached"_s});
        row("streams that are off", "channels: {sse: {path: /socket.io/events}}");
        row("metrics where Socket.IO is", "engine: {path: /metrics/}\nmetrics: {enabled: true}",
            {u"c.yaml:2:10: metrics.endpoint: \"/metrics\" is answered by Socket.IO (engine.path), so "
             u"that the "
             "metrics would never be reached"_s});
        row("beside Socket.IO", "engine: {path: /metric/}\nmetrics: {enabled: true}");
        row("metrics with a port of their own",
            "engine: {path: /metrics/}\nmetrics: {enabled: true, port: 1}");
        row("metrics where streams are",
            "channels: {sse: {enabled: true, path: /x}}\nmetrics: {enabled: true, endpoint: /x}",
            {u"c.yaml:2:36: metrics.endpoint: \"/x\" is answered by the server-sent events "
             "(channels.sse.path), so that the metrics would never be reached"_s});
        row("metrics where a probe is", "metrics: {enabled: true, endpoint: /ready}",
            {u"c.yaml:1:36: metrics.endpoint: \"/ready\" is answered by what health.enabled serves, "
             u"so that "
             "the metrics would never be reached"_s});
        row("where a probe would be", "health: {enabled: false}\nmetrics: {enabled: true, endpoint: /ready}");
        row("metrics in the API",
            "auth: {apiKeys: {file: k}}\nmetrics: {enabled: true, endpoint: /api/v1/metrics}",
            {u"c.yaml:2:36: metrics.endpoint: \"/api/v1/metrics\" is answered by the HTTP API, so "
             u"that the "
             "metrics would never be reached"_s});
        row("where the API would be", "metrics: {enabled: true, endpoint: /api/v1/metrics}");
        row("the API below Socket.IO", "engine: {path: /api}\nauth: {apiKeys: {file: k}}",
            {u"c.yaml:1:16: warning: engine.path: \"/api/v1\" is answered by Socket.IO (engine.path), so "
             u"that the "
             "HTTP API would never be reached"_s});
        row("which has a port of its own",
            "engine: {path: /api}\nauth: {apiKeys: {file: k}}\napi: {port: 1}");
    }

    void whatCoversAnotherIsTold()
    {
        QFETCH(QByteArray, text);
        QFETCH(QStringList, told);
        QStringList texts;
        for (const ConfigIssue &issue : parseConfig(text + "\nrooms: {a: {events: [e]}}", u"c.yaml"_s).issues)
            texts.append(issue.text());
        QCOMPARE(texts, told);
    }

    void theSampleIsGood()
    {
        const ConfigReport report
            = loadConfig(QStringLiteral(DIALOGUE_SOURCE_DIR "/resources/dialogue.sample.yaml"));
        QVERIFY2(report.config, report.config ? "" : qPrintable(report.issues.constFirst().text()));
        QVERIFY(report.config->demo);
        QCOMPARE(report.config->rooms.size(), 2);
        const RoomConfig &chat = report.config->rooms.constFirst();
        QCOMPARE(chat.id, u"chat"_s);
        QCOMPARE(chat.maxSize, 50);
        QCOMPARE(chat.defaultSubscriptions, QStringList(u"message"_s));
        QCOMPARE(chat.syncHistoryOnJoin, 50);
        QCOMPARE(chat.find(u"message")->history.limit, 50);
        QVERIFY(chat.find(u"message")->history.enabled);
        QCOMPARE(chat.find(u"message")->schema.validate(QJsonObject{{u"text"_s, QString()}}).error().text(),
                 u"data.text: must have at least 1 character, has 0"_s);
        QVERIFY(chat.find(u"typing"));
    }
};

DIALOGUE_TEST(TestConfigFile, NoApplication)
#include "tst_configfile.moc"
