#include "core/schema/schema.h"
#include "server/config/configfile.h"
#include "server/config/document.h"
#include "server/config/fields.h"
#include "server/config/values.h"

#include "testclasses.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue;

namespace {

QByteArray contents(const QString &fileName)
{
    QFile file(QStringLiteral(DIALOGUE_SOURCE_DIR "/") + fileName);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QJsonValue asJson(const QByteArray &yaml)
{
    config::Issues issues(u"text"_s);
    const std::optional<config::Node> node = config::parseDocument(yaml, issues);
    return node ? JsonData::fromText(config::toJson(*node)).value() : QJsonValue();
}

} // namespace

class TestConfigDocs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theDefaultsAreAConfigurationThatChangesNothing()
    {
        const ConfigReport report = parseConfig(defaultsYaml(), u"defaults"_s);
        QVERIFY2(report.config, report.config ? "" : qPrintable(report.issues.constFirst().text()));
        const ServerConfig untouched;
        for (const auto &field : config::serverFields())
            QCOMPARE(config::toYaml(field, field.get(*report.config)),
                     config::toYaml(field, field.get(untouched)));
    }

    void theDefaultsNameEveryField()
    {
        const QByteArray text = defaultsYaml();
        for (const auto &field : config::serverFields())
            QVERIFY2(text.contains(field.key.section(u'.', -1).toUtf8() + ": "), qPrintable(field.key));
    }

    void theReferenceNamesEveryField()
    {
        const QByteArray text = configReference();
        for (const auto &field : config::serverFields())
            QVERIFY2(text.contains("| `" + field.key.toUtf8() + "` |"), qPrintable(field.key));
    }

    void theCommentedRoomOfTheDefaultsIsGood()
    {
        QByteArray text = defaultsYaml();
        text = text.mid(text.indexOf("# rooms:\n"));
        text.truncate(text.lastIndexOf("rooms: {}"));
        text.replace("\n# ", "\n").remove(0, 2);
        const ConfigReport report = parseConfig(text, u"example"_s);
        QVERIFY2(report.config, report.config ? "" : qPrintable(report.issues.constFirst().text()));
        QCOMPARE(report.config->rooms.size(), 1);
    }

    void theSchemaAcceptsTheSampleAndTheDefaults()
    {
        const Result<Schema> schema = Schema::fromJson(configSchema());
        QVERIFY2(schema, schema ? "" : qPrintable(schema.error().text()));
        for (const QByteArray &text : {contents(u"resources/dialogue.sample.yaml"_s), defaultsYaml()}) {
            const Result<void> result = schema->validate(asJson(text), {});
            QVERIFY2(result, result ? "" : qPrintable(result.error().text()));
        }
    }

    void theSchemaAcceptsRules()
    {
        const QByteArray text = R"(
roomCreation:
  create: {roles: [host], claims: {level: [3, x, true]}}
  templates: {"game-*": {events: [{name: move, meta: refuse}], rules: {delete: owner}}}
rooms:
  a:
    events: [{name: m, meta: {type: object}}]
    rules:
      see: anyone
      join: {roles: r, users: [u], claims: {c: v}, owner: true}
      trigger: {m: nobody, "*": {roles: [r]}}
      subscribe: {roles: [r]}
)";
        QVERIFY(parseConfig(text, u"text"_s).config);
        const Result<void> result = Schema::fromJson(configSchema())->validate(asJson(text), {});
        QVERIFY2(result, result ? "" : qPrintable(result.error().text()));
    }

    void theSchemaRefusesWhatTheReaderRefuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("unknown key") << QByteArray("prot: 1");
        QTest::newRow("range") << QByteArray("port: 70000");
        QTest::newRow("time") << QByteArray("engine: {pingInterval: 5 minutes}");
        QTest::newRow("room") << QByteArray("rooms: {a: {maxSize: many}}");
        QTest::newRow("no events") << QByteArray("rooms: {a: {events: []}}");
        QTest::newRow("event") << QByteArray("rooms: {a: {events: [{schema: {}}]}}");
        QTest::newRow("rule") << QByteArray("rooms: {a: {rules: {join: all}}}");
        QTest::newRow("rule for nobody in particular") << QByteArray("rooms: {a: {rules: {join: {}}}}");
        QTest::newRow("rule of an event") << QByteArray("rooms: {a: {rules: {trigger: {e: {role: x}}}}}");
        QTest::newRow("owner of what is not there") << QByteArray("roomCreation: {create: owner}");
        QTest::newRow("template") << QByteArray("roomCreation: {templates: {a*: {name: A}}}");
    }
    void theSchemaRefusesWhatTheReaderRefuses()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!parseConfig(text, u"text"_s).config);
        QVERIFY(!Schema::fromJson(configSchema())->validate(asJson(text)));
    }

    void theConfigurationsInTheDocumentationAreGood()
    {
        int blocks = 0;
        for (const QString &name : QDir(QStringLiteral(DIALOGUE_SOURCE_DIR "/docs")).entryList({u"*.md"_s})) {
            const QByteArray text = contents(u"docs/"_s + name);
            const QByteArray open = "\n```yaml\n";
            for (qsizetype at = text.indexOf(open); at >= 0; at = text.indexOf(open, at + 1)) {
                const qsizetype begin = at + open.size();
                const QByteArray block = text.mid(begin, text.indexOf("\n```\n", begin) + 1 - begin);
                const ConfigReport report = parseConfig(block, name);
                QVERIFY2(report.config, report.config ? "" : qPrintable(report.issues.constFirst().text()));
                ++blocks;
            }
        }
        QVERIFY(blocks > 0);
    }

    // DIALOGUE_WRITE_DOCS=1 in the environment writes both anew after a change of the tables.
    void theReferencePageIsUpToDate() { isUpToDate(u"docs/configuration.md"_s, configReference()); }
    void theSchemaInTheTreeIsUpToDate()
    {
        isUpToDate(u"resources/dialogue.schema.json"_s, QJsonDocument(configSchema()).toJson());
    }

private:
    static void isUpToDate(const QString &fileName, const QByteArray &expected)
    {
        if (qEnvironmentVariableIsSet("DIALOGUE_WRITE_DOCS")) {
            QFile file(QStringLiteral(DIALOGUE_SOURCE_DIR "/") + fileName);
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(expected) == expected.size());
        }
        QCOMPARE(contents(fileName), expected);
    }
};

DIALOGUE_TEST(TestConfigDocs, NoApplication)
#include "tst_configdocs.moc"
