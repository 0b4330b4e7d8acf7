#include "server/config/configfile.h"

#include "testclasses.h"

#include <QDir>
#include <QFile>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue;

/** The schemas in a configuration: what they may refer to, and what is said of words that do nothing. */
class TestConfigSchemas : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    void write(const QString &name, const QByteArray &text) const
    {
        const QString path = m_folder.filePath(name);
        QVERIFY(QDir().mkpath(QFileInfo(path).path()));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    }

    /** What is told of \a events, the items of a room's list. */
    [[nodiscard]] ConfigReport report(const QByteArray &events) const
    {
        return parseConfig("rooms:\n  a:\n    events:\n" + events, m_folder.filePath(u"c.yaml"_s));
    }

    static QString told(const ConfigReport &report)
    {
        QStringList lines;
        for (const ConfigIssue &issue : report.issues)
            lines.append(issue.text());
        return lines.join(u'\n');
    }

    /** Whether the event \a name takes \a data. */
    static bool takes(const ConfigReport &report, const QString &name, const QJsonValue &data)
    {
        return report.config && report.config->rooms.constFirst().find(name)->schema.validate(data);
    }

private Q_SLOTS:
    void init()
    {
        write(u"text.yaml"_s, "$id: text\ntype: string\nmaxLength: 3\n$defs: {short: {maxLength: 1}}\n");
        write(u"sub/text.yaml"_s, "type: string\nmaxLength: 5\n");
        write(u"sub/message.json"_s, R"({"properties": {"t": {"$ref": "text.yaml"}}})");
        write(u"message.json"_s, R"({"properties": {"t": {"$ref": "text.yaml"}}})");
        write(u"broken.yaml"_s, "type: [\n");
        write(u"wrong.yaml"_s, "type: text\n");
    }

    void referToOneAnother_data()
    {
        QTest::addColumn<QByteArray>("events");
        QTest::addColumn<int>("most"); // characters of "t" that are taken
        const auto row = [](const char *name, const QByteArray &events, int most) {
            QTest::newRow(name) << events << most;
        };
        row("to a file, by its name", "      - {name: e, schema: {properties: {t: {$ref: text.yaml}}}}\n", 3);
        row("to a part of a file",
            "      - {name: e, schema: {properties: {t: {$ref: 'text.yaml#/$defs/short'}}}}\n", 1);
        row("from a file to one beside it", "      - {name: e, schema: message.json}\n", 3);
        row("from another folder, in the same words", "      - {name: e, schema: sub/message.json}\n", 5);
        row("both", "      - {name: d, schema: message.json}\n      - {name: e, schema: sub/message.json}\n",
            5);
        row("to one that comes later, by its $id",
            "      - {name: e, schema: {properties: {t: {$ref: 'urn:t'}}}}\n"
            "      - {name: f, schema: {$id: 'urn:t', type: string, maxLength: 2}}\n",
            2);
        row("to a part of it",
            "      - {name: e, schema: {properties: {t: {$ref: 'urn:t#/$defs/x'}}}}\n"
            "      - {name: f, schema: {$id: 'urn:t', $defs: {x: {maxLength: 4}}}}\n",
            4);
        row("to a file's, by its $id",
            "      - {name: e, schema: {properties: {t: {$ref: 'text'}}}}\n"
            "      - {name: f, schema: text.yaml}\n",
            3);
    }
    void referToOneAnother()
    {
        QFETCH(QByteArray, events);
        QFETCH(int, most);
        const ConfigReport read = report(events);
        QVERIFY2(read.config, qPrintable(told(read)));
        QVERIFY(takes(read, u"e"_s, QJsonObject{{u"t"_s, QString(most, u'x')}}));
        QVERIFY(!takes(read, u"e"_s, QJsonObject{{u"t"_s, QString(most + 1, u'x')}}));
    }

    void areErrorsOrWarningsWithTheirPlaces_data()
    {
        QTest::addColumn<QByteArray>("schema"); // in the fifth line, from its ninth column on
        QTest::addColumn<QString>("line"); // %1: the folder
        QTest::addColumn<bool>("good");
        const auto row = [](const char *name, const QByteArray &schema, const char *line, bool good) {
            QTest::newRow(name) << schema << QString::fromUtf8(line) << good;
        };
        row("a slip", "schema: {properites: {}}",
            "%1/c.yaml:5:30: rooms.a.events[0].schema.properites: is no keyword of JSON Schema; did you mean "
            "properties?",
            false);
        row("a slip, deep within", "schema: {properties: {t: {minLenght: 1}}}",
            "%1/c.yaml:5:46: rooms.a.events[0].schema.properties.t.minLenght: is no keyword of JSON Schema; "
            "did "
            "you mean minLength?",
            false);
        row("another case", "schema: {oneof: []}",
            "%1/c.yaml:5:25: rooms.a.events[0].schema.oneof: is no keyword of JSON Schema; did you mean "
            "oneOf?",
            false);
        row("that of an older draft", "schema: {id: x}",
            "%1/c.yaml:5:22: rooms.a.events[0].schema.id: is no keyword of JSON Schema; did you mean $id?",
            false);
        row("near nothing", "schema: {nullable: true}",
            "%1/c.yaml:5:28: warning: rooms.a.events[0].schema.nullable: is no keyword of JSON Schema, and "
            "has no "
            "effect; name it x-nullable if it is a note",
            true);
        row("a short word", "schema: {unit: s}",
            "%1/c.yaml:5:24: warning: rooms.a.events[0].schema.unit: is no keyword of JSON Schema, and has "
            "no "
            "effect; name it x-unit if it is a note",
            true);
        row("a note", "schema: {x-unit: s}", "", true);
        row("a format", "schema: {format: colour}",
            "%1/c.yaml:5:26: warning: rooms.a.events[0].schema.format: \"colour\" is no format that is known "
            "here; it is not checked",
            true);
        row("beside a reference in draft 7",
            "schema: {$schema: 'http://json-schema.org/draft-07/schema#', properties: {t: {$ref: '#', type: "
            "string}}}",
            "%1/c.yaml:5:104: warning: rooms.a.events[0].schema.properties.t.type: has no effect beside $ref "
            "in "
            "draft 7; put both into an allOf",
            true);
        row("newer than draft 7",
            "schema: {$schema: 'http://json-schema.org/draft-07/schema#', minContains: 2}",
            "%1/c.yaml:5:83: warning: rooms.a.events[0].schema.minContains: is a keyword of draft 2020-12, "
            "and "
            "has no effect in draft 7, which $schema names",
            true);
        row("a const beside an enum without it", "schema: {enum: [1, 2], const: 3}",
            "%1/c.yaml:5:39: warning: rooms.a.events[0].schema.const: contradicts the enum beside it: "
            "nothing "
            "can satisfy both",
            true);
        row("an enum of nothing", "schema: {enum: []}",
            "%1/c.yaml:5:24: warning: rooms.a.events[0].schema.enum: is a list without a value, so that "
            "nothing can satisfy it",
            true);
        row("a bound that no double holds", "schema: {maximum: 9007199254740993}",
            "%1/c.yaml:5:27: warning: rooms.a.events[0].schema.maximum: has more digits than a double, so "
            "that "
            "programs which read numbers as such, JavaScript among them, take it for 9007199254740992",
            true);
        row("a fraction that doubles mean, too", "schema: {multipleOf: 0.1, maximum: 9007199254740992}", "",
            true);
        row("a value that no double holds", "schema: {enum: [1, 12345678901234567890]}",
            "%1/c.yaml:5:28: warning: rooms.a.events[0].schema.enum[1]: has more digits", true);
        row("a bound that JSON cannot write", "schema: {maximum: 1_000}",
            "%1/c.yaml:5:27: rooms.a.events[0].schema.maximum: must be a number, not the text \"1_000\"",
            false);
        row("a bound beyond all", "schema: {maximum: .inf}",
            "%1/c.yaml:5:27: rooms.a.events[0].schema.maximum: must be a number, not the text \".inf\"",
            false);
        row("a reference to a file that is broken", "schema: {$ref: broken.yaml}", "%1/broken.yaml:", false);
        row("a reference to a file that is not there", "schema: {$ref: nothing.yaml}",
            "%1/c.yaml:5:24: rooms.a.events[0].schema.$ref: %1/nothing.yaml: cannot be read: No such file or "
            "directory",
            false);
        row("a reference to a file whose schema is wrong", "schema: {$ref: wrong.yaml}",
            "/wrong.yaml: type: ", false);
    }
    void areErrorsOrWarningsWithTheirPlaces()
    {
        QFETCH(QByteArray, schema);
        QFETCH(QString, line);
        QFETCH(bool, good);
        const ConfigReport read = report("      - name: e\n        " + schema + '\n');
        QCOMPARE(read.config.has_value(), good);
        const QString text = told(read);
        QVERIFY2(line.isEmpty() ? text.isEmpty() : text.contains(line.replace(u"%1"_s, m_folder.path())),
                 qPrintable(text + u"\nand not\n"_s + line));
    }

    void mayBeTrueOrFalse()
    {
        write(u"nothing.yaml"_s, "false\n");
        const ConfigReport read
            = report("      - {name: all, schema: true}\n      - {name: none, schema: false}\n"
                     "      - {name: filed, schema: nothing.yaml}\n");
        QVERIFY2(read.config, qPrintable(told(read)));
        QVERIFY(takes(read, u"all"_s, 1));
        QVERIFY(!takes(read, u"none"_s, 1));
        QVERIFY(!takes(read, u"filed"_s, 1));
    }

    void haveTheNumbersThatAreWritten_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QByteArray>("takes");
        QTest::addColumn<QByteArray>("refuses");
        const auto row = [](const QByteArray &schema, const char *takes, const char *refuses) {
            QTest::newRow(schema.constData()) << schema << QByteArray(takes) << QByteArray(refuses);
        };
        row("{maximum: 9007199254740993}", "9007199254740993", "9007199254740994");
        row("{exclusiveMaximum: 9007199254740993}", "9007199254740992", "9007199254740993");
        row("{minimum: 18446744073709551617}", "18446744073709551617", "18446744073709551616");
        row("{multipleOf: 0.1}", "0.3", "0.35");
        row("{multipleOf: 0.10000000000000000001}", "0.30000000000000000003", "0.3");
        row("{const: 12345678901234567890}", "12345678901234567890", "12345678901234567891");
        row("{enum: [0.10000000000000000001]}", "0.10000000000000000001", "0.1");
        row("{maximum: +5}", "5", "6");
        row("{maximum: 007}", "7", "8");
        row("{maximum: .5}", "0.5", "0.6");
        row("{maximum: -1.}", "-1", "0");
        row("{maximum: 1e2}", "100", "101");
        row("{const: '7'}", "\"7\"", "7");
        row("{const: 1.2.3}", "\"1.2.3\"", "1");
    }
    void haveTheNumbersThatAreWritten()
    {
        QFETCH(QByteArray, schema);
        QFETCH(QByteArray, takes);
        QFETCH(QByteArray, refuses);
        write(u"number.yaml"_s, schema + '\n');
        const QByteArray inlined = "      - {name: e, schema: " + schema + "}\n";
        for (const QByteArray &events : {inlined, QByteArray("      - {name: e, schema: number.yaml}\n")}) {
            const ConfigReport read = report(events);
            QVERIFY2(read.config, qPrintable(told(read)));
            const Schema &compiled = read.config->rooms.constFirst().find(u"e"_s)->schema;
            JsonData right = JsonData::fromText(takes);
            JsonData wrong = JsonData::fromText(refuses);
            QVERIFY(compiled.admit(right));
            QVERIFY(!compiled.admit(wrong));
        }
    }

    void areToldOfOnceWhereTheyStandInAFile()
    {
        write(u"slip.yaml"_s, "type: string\nmaxLenght: 3\n");
        write(u"note.yaml"_s, "type: string\nnullable: true\n");
        const ConfigReport slip = report("      - {name: e, schema: slip.yaml}\n");
        QVERIFY(!slip.config);
        QCOMPARE(
            told(slip),
            u"%1/c.yaml:4:27: rooms.a.events[0].schema: %1/slip.yaml:2:12: maxLenght: is no keyword of JSON "
            "Schema; did you mean maxLength?"_s.arg(m_folder.path()));
        const ConfigReport note
            = report("      - {name: e, schema: note.yaml}\n      - {name: f, schema: note.yaml}\n");
        QVERIFY(note.config);
        QCOMPARE(
            told(note),
            u"%1/c.yaml:4:27: warning: rooms.a.events[0].schema: %1/note.yaml:2:11: nullable: is no keyword "
            "of JSON Schema, and has no effect; name it x-nullable if it is a note"_s.arg(m_folder.path()));
    }
};

DIALOGUE_TEST(TestConfigSchemas, NoApplication)
#include "tst_configschemas.moc"
