#include "parsedtypes.h"

#include "server/types/asyncapi.h"

#include "testclasses.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue;
using namespace dialogue::types;

/** Rooms as an AsyncAPI document. That it is one, tests/interop/types.test.mjs shows. */
class TestAsyncApi : public QObject
{
    Q_OBJECT

    static QJsonObject documentOf(const QByteArray &yaml)
    {
        const ConfigReport report = readFor(yaml);
        return asyncApi(*report.config, report.schemas);
    }
    /** JSON with ' in the place of ". */
    static QByteArray quotesOf(const char *json) { return QByteArray(json).replace('\'', '"'); }
    static QByteArray compact(const QJsonValue &value)
    {
        return QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
    }

private Q_SLOTS:
    void hasAChannelForEachRoom()
    {
        const QJsonObject document
            = documentOf("roomCreation: {templates: {\"game-*-*\": {events: [move]}}}\n"
                         "rooms:\n"
                         "  a-b: {name: First, description: The first, events: [x]}\n"
                         "  a_b: {events: \"*\"}\n"
                         "  \"{c}\": {events: [x]}\n");
        const QJsonValue channels = document["channels"_L1];
        QCOMPARE(channels.toObject().keys(), QStringList({u"aB"_s, u"aB2"_s, u"c"_s, u"game"_s}));
        QCOMPARE(compact(channels["aB"_L1]),
                 quotesOf("{'address':'a-b','description':'The first','messages':{'ABX':{'$ref':"
                          "'#/components/messages/ABX'}},'title':'First','x-dialogue-room':'a-b'}"));
        QCOMPARE(channels["c"_L1]["address"_L1], QJsonValue(QJsonValue::Null));
        QCOMPARE(channels["game"_L1]["address"_L1], u"game-{any}-{any2}"_s);
        QCOMPARE(channels["game"_L1]["parameters"_L1].toObject().keys(), QStringList({u"any"_s, u"any2"_s}));
        QCOMPARE(compact(document["components"_L1]["messages"_L1]["ABAny"_L1]),
                 quotesOf("{'description':'Any event, with any data.','name':'*'}"));
    }

    void receivesWhatClientsMayTrigger()
    {
        const QJsonObject document
            = documentOf("rooms:\n  r:\n    events: [a, b]\n    rules: {trigger: {a: anyone, "
                         "\"*\": nobody}}\n");
        QCOMPARE(document["operations"_L1].toObject().keys(),
                 QStringList({u"receiveRA"_s, u"sendRA"_s, u"sendRB"_s}));
        QCOMPARE(compact(document["operations"_L1]["receiveRA"_L1]),
                 quotesOf("{'action':'receive','channel':{'$ref':'#/channels/r'},'messages':[{'$ref':"
                          "'#/channels/r/messages/RA'}]}"));
    }

    void hasSchemasAsReadersOfDraft7TakeThem_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QByteArray>("schemas");
        const auto row = [](const char *name, const char *schema, const char *schemas) {
            QTest::newRow(name) << QByteArray(schema) << quotesOf(schemas);
        };
        row("as it stands",
            "{type: object, properties: {$ref: {type: string, minLength: 1}}, required: [$ref]}",
            "{'RE':{'properties':{'$ref':{'minLength':1,'type':'string'}},'required':['$ref'],'type':'object'"
            "}}");
        row("itself", "{$id: \"http://x/y\", items: {$ref: \"#\"}}",
            "{'RE':{'items':{'$ref':'#/components/schemas/RE'}}}");
        row("definitions", "{$defs: {a: {type: string}}, $ref: \"#/$defs/a\"}",
            "{'A':{'type':'string'},'RE':{'$ref':'#/components/schemas/A'}}");
        row("beside a reference", "{$defs: {a: {type: string}}, $ref: \"#/$defs/a\", minLength: 1}",
            "{'A':{'type':'string'},'RE':{'allOf':[{'$ref':'#/components/schemas/A'},{'minLength':1}]}}");
        row("a tuple", "{prefixItems: [{type: string}, {$ref: \"#/prefixItems/0\"}], items: false}",
            "{'Data0':{'type':'string'},'RE':{'additionalItems':false,'items':[{'type':'string'},{'$ref':"
            "'#/components/schemas/Data0'}]}}");
        row("what draft 7 would ask for more of", "{contains: {type: string}, minContains: 0}",
            "{'RE':{'minContains':0}}");
        row("what AsyncAPI could take for its own", "{type: string, discriminator: 5, x-mine: 1}",
            "{'RE':{'type':'string','x-mine':1}}");
        row("of draft 7",
            "{$schema: \"http://json-schema.org/draft-07/schema#\", definitions: {a: {type: string}}, items: "
            "{$ref: "
            "\"#/definitions/a\", type: number}}",
            "{'A':{'type':'string'},'RE':{'items':{'$ref':'#/components/schemas/A'}}}");
    }
    void hasSchemasAsReadersOfDraft7TakeThem()
    {
        QFETCH(QByteArray, schema);
        const QJsonObject document = documentOf(withSchema(schema));
        QTEST(compact(document["components"_L1]["schemas"_L1]), "schemas");
        QCOMPARE(document["components"_L1]["messages"_L1]["RE"_L1]["payload"_L1]["$ref"_L1],
                 u"#/components/schemas/RE"_s);
    }

    void saysWhatMetaMayBe()
    {
        const QJsonObject document = documentOf(
            "rooms: {r: {events: [{name: a, meta: {type: object, properties: {k: {type: string}}}}, "
            "{name: b, meta: refuse}, {name: c, meta: pass}]}}");
        const QJsonValue components = document["components"_L1];
        QCOMPARE(compact(components["messages"_L1]["RA"_L1]),
                 quotesOf("{'headers':{'allOf':[{'$ref':'#/components/schemas/RAMeta'}],'type':'object'},"
                          "'name':'a'}"));
        QCOMPARE(compact(components["schemas"_L1]["RAMeta"_L1]),
                 quotesOf("{'properties':{'k':{'type':'string'}},'type':'object'}"));
        QCOMPARE(compact(components["messages"_L1]["RB"_L1]),
                 quotesOf("{'headers':{'maxProperties':0,'type':'object'},'name':'b'}"));
        QCOMPARE(compact(components["messages"_L1]["RC"_L1]), quotesOf("{'name':'c'}"));
    }

    void saysWhereTheServerIs_data()
    {
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("rest");
        QTest::newRow("as it stands") << QByteArray("{}") << u"127.0.0.1:3000"_s << u"ws /socket.io/"_s;
        QTest::newRow("everywhere") << QByteArray("{host: 0.0.0.0, port: 80, engine: {path: /chat}}")
                                    << u"localhost:80"_s << u"ws /chat"_s;
        QTest::newRow("an address of IPv6")
            << QByteArray("{host: \"::1\", port: 81}") << u"[::1]:81"_s << u"ws /socket.io/"_s;
        QTest::newRow("any port") << QByteArray("{host: 10.1.2.3, port: 0}") << u"10.1.2.3"_s
                                  << u"ws /socket.io/"_s;
        QTest::newRow("a file") << QByteArray("{host: \"unix:/run/d.sock\"}") << QString() << u" "_s;
        QTest::newRow("from systemd") << QByteArray("{host: systemd}") << QString() << u" "_s;
    }
    void saysWhereTheServerIs()
    {
        QFETCH(QByteArray, config);
        const QJsonObject document = documentOf(config);
        const QJsonValue server = document["servers"_L1]["dialogue"_L1];
        QTEST(server["host"_L1].toString(), "host");
        QTEST(server["protocol"_L1].toString() + u' ' + server["pathname"_L1].toString(), "rest");
        QVERIFY(!document["info"_L1]["title"_L1].toString().isEmpty());
        QVERIFY(!document["info"_L1]["version"_L1].toString().isEmpty());
    }

    void saysNothingOfDataNothingIsSaidOf()
    {
        const QJsonObject document = documentOf("rooms: {r: {events: [e]}}");
        QCOMPARE(compact(document["components"_L1]["messages"_L1]["RE"_L1]), quotesOf("{'name':'e'}"));
    }
};

DIALOGUE_TEST(TestAsyncApi, QCoreApplication)
#include "tst_asyncapi.moc"
