#include "server/config/configfile.h"

#include "testclasses.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue;

class TestConfigErrors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhereAndWhatWasExpected_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("error");
        const auto row = [](const char *name, const QByteArray &text, const QByteArray &error) {
            QTest::newRow(name) << text << QString::fromUtf8(error);
        };
        row("a number that is a word", "rooms:\n  chat:\n    events: [e]\n    maxSize: many\n",
            "c.yaml:4:14: rooms.chat.maxSize: must be a whole number of at least 1, not \"many\"");
        row("a number too small", "rooms: {chat: {events: [e], maxSize: 0}}",
            "c.yaml:1:38: rooms.chat.maxSize: must be a whole number of at least 1, not 0");
        row("a number too large", "port: 70000",
            "c.yaml:1:7: port: must be a whole number from 0 to 65535, not 70000");
        row("a number in quotes", "port: '80'",
            "c.yaml:1:7: port: must be a whole number from 0 to 65535, not \"80\"");
        row("a fraction", "port: 1.5", "c.yaml:1:7: port: must be a whole number from 0 to 65535, not 1.5");
        row("a flag", "demo: yes", "c.yaml:1:7: demo: must be true or false, not \"yes\"");
        row("nothing", "port:\n", "c.yaml:1:1: port: must be a whole number from 0 to 65535, not nothing");
        row("a list", "port: [1]", "c.yaml:1:7: port: must be a whole number from 0 to 65535, not a list");
        row("an unknown key", "prot: 80", "c.yaml:1:1: unknown key 'prot'; did you mean 'port'?");
        row("an unknown key by case", "rooms: {a: {events: [e], maxsize: 3}}",
            "c.yaml:1:26: rooms.a: unknown key 'maxsize'; did you mean 'maxSize'?");
        row("an unknown key in a section", "engine:\n  pinginterval: 3s\n",
            "c.yaml:2:3: engine: unknown key 'pinginterval'; did you mean 'pingInterval'?");
        row("an unknown key near nothing", "cors: {xyzzyplugh: 1}",
            "c.yaml:1:8: cors: unknown key 'xyzzyplugh'; known here: origins, credentials");
        row("a key twice", "port: 1\nhost: '::'\nport: 2\n",
            "c.yaml:3:1: key 'port' stands here a second time; the first is in line 1");
        row("a section that is a word", "engine: fast",
            "c.yaml:1:9: engine: must be a map of path, pingInterval, pingTimeout, upgradeTimeout, "
            "connectTimeout, "
            "maxPayload, maxAttachments, perMessageDeflate, not \"fast\"");
        row("a time", "engine: {pingInterval: 5 minutes}",
            "c.yaml:1:24: engine.pingInterval: must be a time such as \"25s\" or \"500ms\", or a number of "
            "milliseconds, "
            "from 100ms to 1h, not \"5 minutes\"");
        row("a size", "limits: {sendQueue: 1KB}",
            "c.yaml:1:21: limits.sendQueue: must be a size such as \"64KiB\" or \"1MB\", or a number of "
            "bytes, from 16KiB "
            "to 1GiB, not \"1KB\"");
        row("a choice", "roomCreation: {create: all}",
            "c.yaml:1:24: roomCreation.create: must be nobody, authenticated, anyone, or a map such as "
            "{roles: "
            "[editor]}, of roles, users, claims, not \"all\"");
        row("a choice misspelt", "rooms: {a: {events: [e], slowReader: {policy: dropoldest}}}",
            "c.yaml:1:47: rooms.a.slowReader.policy: must be one of disconnect, dropOldest, keepLatest, not "
            "\"dropoldest\"; did you mean \"dropOldest\"?");
        const auto host = [&](const char *text, const char *advice) {
            const QByteArray line = QByteArray("host: '") + text + '\'';
            const QByteArray error = "c.yaml:1:7: host: must be an IP address, \"localhost\", \"0.0.0.0\", "
                                     "\"::\" or \"unix:/run/dialogue.sock\", not \""
                + QByteArray(text) + '"' + advice;
            row(text, line, error);
        };
        host("300.1.1.1", "");
        host("chat.example.org", "");
        host("127.0.0.1:3000", "; did you mean \"127.0.0.1\"? The port is `port`");
        host("http://localhost:3000/", "; did you mean \"localhost\"? The port is `port`");
        host("[::1]", "; did you mean \"::1\"? The port is `port`");
        host("*", "; did you mean \"0.0.0.0\"? The port is `port`");
        row("an origin with a path",
            "cors:\n  origins:\n    - https://a.example.org\n    - https://b.example.org/x\n",
            "c.yaml:4:7: cors.origins: \"https://b.example.org/x\" matches nothing: an origin has no path; "
            "write \"https://b.example.org\"");
        row("cors that is a word", "cors: yes",
            "c.yaml:1:7: cors: must be a map of origins, credentials, not \"yes\"");
        row("a host with a path", "allowedHosts: [chat.example.org/]",
            "c.yaml:1:16: allowedHosts: \"chat.example.org/\" matches nothing: a host name is letters, "
            "digits, "
            "\"-\" and \".\", with \"*\" for a part of a label, without a path");
        row("a path", "engine: {path: socket.io}",
            "c.yaml:1:16: engine.path: must be a path that begins with \"/\", not \"socket.io\"");
        const char *whichEvents
            = ": rooms.a.events: is empty: is any event meant, unchecked? Then write \"*\", or "
              "leave it out. Or are certain ones? Then name them";
        row("no events at all", "rooms: {a: {events: []}}", QByteArray("c.yaml:1:21") + whichEvents);
        row("events and nothing", "rooms:\n  a:\n    events:\n", QByteArray("c.yaml:3:5") + whichEvents);
        row("a proxy that is no address", "trustedProxies: [loopback, nginx.internal]",
            "c.yaml:1:28: trustedProxies: must be an address such as \"10.0.0.1\", a block such as "
            "\"10.0.0.0/8\" or \"2001:db8::/32\", or \"loopback\", \"private\" or \"unix\", not "
            "\"nginx.internal\"");
        row("a block that begins in its midst", "trustedProxies: 10.1.0.0/8",
            "c.yaml:1:17: trustedProxies: \"10.1.0.0/8\": the block begins at 10.0.0.0; write "
            "\"10.0.0.0/8\", or the address alone");
        row("PROXY headers of nobody", "port: 1\nproxyProtocol: true",
            "c.yaml:2:16: proxyProtocol: needs trustedProxies: the addresses of the proxies that send its "
            "headers");
        row("a rate that is a number", "rateLimit: {global: 100}",
            "c.yaml:1:21: rateLimit.global: must be a rate such as {maxEvents: 100, window: 1m}, not 100");
        row("a rate without its window", "rateLimit:\n  global: {maxEvents: 100}\n",
            "c.yaml:2:11: rateLimit.global: must be a rate such as {maxEvents: 100, window: 1m}, not one "
            "without 'window'");
        row("a rate of none", "rateLimit: {requests: {join: {maxEvents: 0, window: 1m}}}",
            "c.yaml:1:42: rateLimit.requests.join: 'maxEvents' must be a whole number from 1 to 1000000, not "
            "0");
        row("a rate over too long a time", "rateLimit: {requests: {join: {maxEvents: 1, window: 2d}}}",
            "c.yaml:1:53: rateLimit.requests.join: 'window' must be a time such as \"25s\" or \"500ms\", or "
            "a "
            "number of milliseconds, from 100ms to 1d, not \"2d\"");
        row("a rate with something else", "rateLimit: {global: {maxEvents: 1, window: 1m, burst: 3}}",
            "c.yaml:1:48: rateLimit.global: has an unknown key 'burst'; known here: maxEvents, window");
        row("a rate by room that is none", "rateLimit: {perRoom: {chat: {maxEvents: 1, window: soon}}}",
            "c.yaml:1:52: rateLimit.perRoom: 'chat' 'window' must be a time such as \"25s\" or \"500ms\", or "
            "a "
            "number of milliseconds, from 100ms to 1d, not \"soon\"");
        row("rates by room that are a list", "rateLimit: {perRoom: [chat]}",
            "c.yaml:1:22: rateLimit.perRoom: must be a map such as {chat: {maxEvents: 10, window: 1s}}, by "
            "room, "
            "not a list");
        row("a key without its algorithm", "auth: {jwt: {keys: [{file: a.pem}]}}",
            "c.yaml:1:21: auth.jwt.keys[0]: needs `algorithm`, such as RS256");
        row("a key for no algorithm", "auth:\n  jwt:\n    keys: [{algorithm: none, file: a.pem}]\n",
            "c.yaml:3:24: auth.jwt.keys[0].algorithm: must be one of HS256, HS384, HS512, RS256, RS384, "
            "RS512, "
            "PS256, PS384, PS512, ES256, ES384, not \"none\"");
        row("a secret in place of a key", "auth: {jwt: {keys: [{algorithm: RS256, secretFile: s}]}}",
            "c.yaml:1:21: auth.jwt.keys[0]: RS256 takes `file`, not `secretFile`");
        row("a key without its file", "auth: {jwt: {keys: [{algorithm: ES384}]}}",
            "c.yaml:1:21: auth.jwt.keys[0]: ES384 needs `file`");
        row("a key in place of a secret",
            "auth: {jwt: {keys: [{algorithm: HS256, secretFile: s, file: a.pem}]}}",
            "c.yaml:1:21: auth.jwt.keys[0]: HS256 takes `secretFile`, not `file`");
        row("a key that is a word", "auth: {jwt: {keys: public.pem}}",
            "c.yaml:1:20: auth.jwt.keys: must be a list of keys such as [{algorithm: RS256, file: "
            "public.pem}], not \"public.pem\"");
        row("a key with something else", "auth: {jwt: {keys: [{algorithm: RS256, file: a, url: b}]}}",
            "c.yaml:1:49: auth.jwt.keys[0]: unknown key 'url'; known here: algorithm, file, secretFile, id");
        row("a set of keys for anything", "auth: {jwt: {jwks: {file: keys.json}}}",
            "c.yaml:1:20: auth.jwt.jwks.algorithms: must say which algorithms its keys are for, such as "
            "[RS256]");
        row("a set of keys for nothing", "auth: {jwt: {jwks: {file: keys.json, algorithms: [none]}}}",
            "c.yaml:1:51: auth.jwt.jwks.algorithms: must be one of HS256, HS384, HS512, RS256, RS384, RS512, "
            "PS256, PS384, PS512, ES256, ES384, not \"none\"");
        row("an authority for nobody",
            "auth: {jwt: {jwks: {file: keys.json, ca: ca.pem, algorithms: [RS256]}}}",
            "c.yaml:1:42: auth.jwt.jwks.ca: is of use with auth.jwt.jwks.url alone, which it is for");
        row("a cookie of any page",
            "cors: {origins: ['https://*.example.org']}\n"
            "auth: {jwt: {cookie: session, keys: [{algorithm: RS256, file: a.pem}]}}\n",
            "c.yaml:1:17: cors.origins: \"https://*.example.org\" is more than one origin: where a cookie "
            "says who somebody is (auth.jwt.cookie), each has to be named in full, such as "
            "\"https://app.example.org\"");
        row("tokens, and anybody's word",
            "auth:\n  claimed: true\n  jwt: {keys: [{algorithm: RS256, file: a.pem}]}\n",
            "c.yaml:2:12: auth.claimed: the client's own word is not taken where a credential is asked for "
            "(auth.jwt); leave one of the two out");
        row("a request that has no rate", "rateLimit: {requests: {jion: {maxEvents: 1, window: 1m}}}",
            "c.yaml:1:24: rateLimit.requests: unknown key 'jion'; did you mean 'join'?");
        row("an event without a name", "rooms:\n  a:\n    events:\n      - schema: {}\n",
            "c.yaml:4:9: rooms.a.events[0].name: is required");
        row("an event that is a list", "rooms: {a: {events: [[x]]}}",
            "c.yaml:1:22: rooms.a.events[0]: must be the name of an event, or a map with its name, not a "
            "list");
        row("an event twice", "rooms:\n  a:\n    events:\n      - message\n      - name: message\n",
            "c.yaml:5:15: rooms.a.events[1].name: \"message\" is declared twice in this room");
        row("a subscription nothing carries",
            "rooms:\n  a:\n    events: [message]\n    defaultSubscriptions: [mesage]\n",
            "c.yaml:4:28: rooms.a.defaultSubscriptions[0]: \"mesage\" is not an event of this room; its "
            "events are: "
            "message");
        row("history on join", "rooms: {a: {events: [e], syncHistoryOnJoin: some}}",
            "c.yaml:1:45: rooms.a.syncHistoryOnJoin: must be true, false, \"all\" or a number of events up "
            "to 100000, not "
            "\"some\"");
        row("an event kept and not kept",
            "rooms:\n  a:\n    events:\n      - name: e\n        history: {limit: 3}\n        ephemeral: "
            "true\n",
            "c.yaml:6:20: rooms.a.events[0].ephemeral: an ephemeral event is kept nowhere, so it has no "
            "history; take one of the two");
        row("a room twice", "rooms:\n  - id: a\n    events: [e]\n  - id: a\n    events: [e]\n",
            "c.yaml:4:9: rooms[1]: another room has the id \"a\" already");
        row("a room without an id", "rooms:\n  - name: A\n", "c.yaml:2:5: rooms[0].id: is required");
        row("rooms that are a word", "rooms: chat",
            "c.yaml:1:8: rooms: must be a map of rooms by id, or a list of rooms, not \"chat\"");
        row("a schema that is wrong",
            "rooms:\n  a:\n    events:\n      - name: e\n        schema:\n          properties:\n            "
            "text: {type: text}\n",
            "c.yaml:7:26: rooms.a.events[0].schema.properties.text.type: must be one of: string, number, "
            "integer, "
            "boolean, object, array, null");
        row("a schema that would be fetched",
            "rooms: {a: {events: [{name: e, schema: {$ref: 'http:other'}}]}}",
            "c.yaml:1:47: rooms.a.events[0].schema.$ref: \"http:other\" is not known here: it must be in "
            "this document, such as \"#/$defs/name\", or in another one of the configuration, by its $id or "
            "its "
            "file's name; nothing is fetched");
        row("more rooms than allowed",
            "roomCreation: {maxTotal: 1}\nrooms: {a: {events: [e]}, b: {events: [e]}}",
            "c.yaml:1:26: roomCreation.maxTotal: must be at least the number of rooms declared here, which "
            "is 2");
        row("a statsd daemon without a port", "metrics: {address: 127.0.0.1}",
            "c.yaml:1:20: metrics.address: must be a host and a port such as \"127.0.0.1:8125\" or "
            "\"[::1]:8125\"");
        row("metrics at no path", "metrics: {endpoint: metrics}",
            "c.yaml:1:21: metrics.endpoint: must be a path such as \"/metrics\", not \"metrics\"");
        row("metrics in no format", "metrics: {format: graphite}",
            "c.yaml:1:19: metrics.format: must be one of prometheus, statsd, not \"graphite\"");
        row("not a map", "- 1\n- 2\n",
            "c.yaml:1:1: must be a map of host, port, workers, transport, ioUring, trustedProxies, "
            "proxyProtocol, "
            "allowedHosts, logLevel, demo, health, metrics, api, admin, channels, engine, "
            "limits, tls, auth, roomCreation, "
            "cors, history, memory, persistence, listRooms, presence, recovery, rateLimit, hooks, drain, "
            "serverRequests, middleware, rooms, "
            "not a list");
        row("an alias", "host: &h a\nrooms: {b: *h}",
            "c.yaml:2:12: aliases (*name) are not supported; write the value out, or in quotes if it is "
            "text");
        row("a tag", "host: !secret a", "c.yaml:1:7: tags (!name) are not supported");
        row("a second document", "port: 1\n---\nport: 2\n",
            "c.yaml:2:1: a second document (---) begins here; a file has one");
        row("a key that is a list", "[a]: 1", "c.yaml:1:1: a key must be a word, not a list");
    }
    void saysWhereAndWhatWasExpected()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, error);
        const ConfigReport report = parseConfig(text, u"c.yaml"_s);
        QVERIFY(!report.config);
        QStringList errors;
        for (const ConfigIssue &issue : report.issues) {
            if (issue.severity == ConfigIssue::Severity::Error)
                errors.append(issue.text());
        }
        QCOMPARE(errors, QStringList(error));
    }

    void saysWhereTheYamlBreaks_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("line");
        QTest::newRow("open list") << QByteArray("port: 1\nrooms: [a, b\n") << 3;
        QTest::newRow("bad indentation") << QByteArray("port: 1\n  host: a\n") << 2;
        QTest::newRow("tab") << QByteArray("engine:\n\tpath: /\n") << 2;
        QTest::newRow("unknown alias") << QByteArray("host: *nothing\n") << 1;
    }
    void saysWhereTheYamlBreaks()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, line);
        const ConfigReport report = parseConfig(text, u"c.yaml"_s);
        QVERIFY(!report.config);
        QCOMPARE(report.issues.size(), 1);
        QCOMPARE(report.issues.constFirst().line, line);
        QVERIFY(report.issues.constFirst().column > 0);
    }

    void findsSeveralAtOnceInTheOrderOfTheFile()
    {
        const ConfigReport report
            = parseConfig("prot: 1\nrooms: {a: {events: [e], maxSize: 0}}\ndemo: 5\n", u"c.yaml"_s);
        QCOMPARE(report.issues.size(), 3);
        QCOMPARE(report.issues[0].line, 1);
        QCOMPARE(report.issues[1].path, u"rooms.a.maxSize"_s);
        QCOMPARE(report.issues[2].path, u"demo"_s);
    }

    void stopsAtTwentyErrors()
    {
        QByteArray text;
        for (int i = 0; i < 100; ++i)
            text += "unknown" + QByteArray::number(i) + ": 1\n";
        const ConfigReport report = parseConfig(text, u"c.yaml"_s);
        QVERIFY(!report.config);
        QCOMPARE(std::count_if(
                     report.issues.cbegin(), report.issues.cend(),
                     [](const ConfigIssue &issue) { return issue.severity == ConfigIssue::Severity::Error; }),
                 20);
    }

    void saysWhenAFileCannotBeRead()
    {
        const ConfigReport report = loadConfig(u"/nowhere/config.yaml"_s);
        QVERIFY(!report.config);
        QCOMPARE(report.issues.size(), 1);
        QVERIFY(report.issues.constFirst().text().startsWith("/nowhere/config.yaml: cannot be read: "_L1));
    }

    void saysWhereASchemaFileIsWrong()
    {
        const QTemporaryDir dir;
        QFile schema(dir.filePath(u"s.yaml"_s));
        QVERIFY(schema.open(QIODevice::WriteOnly));
        schema.write("type: object\nrequired: text\n");
        schema.close();
        const QString config = dir.filePath(u"c.yaml"_s);
        const ConfigReport wrong = parseConfig("rooms: {a: {events: [{name: e, schema: s.yaml}]}}", config);
        QVERIFY(!wrong.config);
        QCOMPARE(
            wrong.issues.constFirst().text(),
            u"%1:1:40: rooms.a.events[0].schema: %2:2:11: required: must be a list of member names"_s.arg(
                config, schema.fileName()));
        const ConfigReport missing = parseConfig("rooms: {a: {events: [{name: e, schema: t.json}]}}", config);
        QVERIFY(!missing.config);
        QVERIFY(missing.issues.constFirst().message.contains("t.json: cannot be read"_L1));
    }

    void takesTheEndsOfARange()
    {
        for (const int port : {0, 65535}) {
            const ConfigReport report = parseConfig("port: " + QByteArray::number(port), u"c.yaml"_s);
            QVERIFY(report.config);
            QCOMPARE(int(report.config->port), port);
        }
    }

    void takesNothingForWhatItIsNot_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("half a byte") << QByteArray("limits: {sendQueue: 64.0001KiB}");
        QTest::newRow("a truth in quotes") << QByteArray("demo: 'true'");
        QTest::newRow("a list of truths") << QByteArray("demo: [true]");
    }
    void takesNothingForWhatItIsNot()
    {
        QFETCH(QByteArray, text);
        const ConfigReport report = parseConfig(text + "\nrooms: {a: {events: [e]}}", u"c.yaml"_s);
        QVERIFY(!report.config);
        QVERIFY2(report.issues.constFirst().message.contains(u"must be"_s),
                 qPrintable(report.issues.constFirst().text()));
    }

    void saysHowDeepAFileMayBe()
    {
        const ConfigReport report = parseConfig(QByteArray("- ").repeated(100) + "x", u"c.yaml"_s);
        QVERIFY(!report.config);
        QVERIFY2(report.issues.constFirst().message.contains(u"nested too deeply; at most 64 levels"_s),
                 qPrintable(report.issues.constFirst().text()));
    }

    void refusesHostileFilesQuickly_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("lists in lists") << QByteArray(1'000'000, '[');
        QTest::newRow("maps in maps") << QByteArray("{a: ").repeated(100'000);
        QTest::newRow("dashes") << QByteArray("- ").repeated(500'000);
        QTest::newRow("question marks") << QByteArray("? ").repeated(100'000);
        QTest::newRow("many values") << '[' + QByteArray("1,").repeated(1'000'000) + ']';
        QTest::newRow("larger than allowed") << QByteArray(5 * 1024 * 1024, '#');
        QTest::newRow("a long key") << QByteArray(1'000'000, 'k') + ": 1";
        QTest::newRow("not text") << QByteArray(100'000, '\0');
        QTest::newRow("aliases of aliases")
            << QByteArray("a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n");
    }
    void refusesHostileFilesQuickly()
    {
        QFETCH(QByteArray, text);
        const ConfigReport report = parseConfig(text, u"c.yaml"_s);
        QVERIFY(!report.config);
        QVERIFY(!report.issues.isEmpty());
        QVERIFY(report.issues.constFirst().text().size() < 1000);
    }
};

DIALOGUE_TEST(TestConfigErrors, NoApplication)
#include "tst_configerrors.moc"
