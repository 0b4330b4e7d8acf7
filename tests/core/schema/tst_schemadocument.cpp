#include "core/schema/merge.h"
#include "core/schema/schema.h"

#include "testclasses.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace dialogue;

namespace {

/** A document from text; strings may be in single quotes. */
QJsonObject parsed(QByteArray text) { return QJsonDocument::fromJson(text.replace('\'', '"')).object(); }

} // namespace

class TestSchemaDocument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesAWrongDocumentAndSaysWhere_data()
    {
        QTest::addColumn<QByteArray>("document");
        QTest::addColumn<QString>("error");
        const auto row = [](const char *name, const char *document, const char *error) {
            QTest::newRow(name) << QByteArray(document) << QString::fromUtf8(error);
        };
        row("type", "{'properties':{'text':{'type':'text'}}}",
            "properties.text.type: must be one of: string, number, integer, boolean, object, array, null");
        row("no types", "{'type':[]}", "type: must name at least one type");
        row("length", "{'properties':{'text':{'minLength':-1}}}",
            "properties.text.minLength: must be a whole number of at least 0, not -1");
        row("length as text", "{'maxItems':'5'}",
            "maxItems: must be a whole number of at least 0, not the text \"5\"");
        row("a part of a length", "{'maxItems':1.5}",
            "maxItems: must be a whole number of at least 0, not 1.5");
        row("minimum", "{'minimum':'a'}", "minimum: must be a number, not the text \"a\"");
        row("multipleOf", "{'multipleOf':0}", "multipleOf: must be a number above 0, not 0");
        row("properties", "{'properties':[]}", "properties: must be an object whose members are schemas");
        row("subschema", "{'properties':{'a':5}}",
            "properties.a: must be a schema: an object, true or false");
        row("required", "{'required':true}", "required: must be a list of member names");
        row("enum", "{'enum':1}", "enum: must be a list of values");
        row("anyOf", "{'anyOf':[]}", "anyOf: must be a list of at least one schema");
        row("anyOf item", "{'anyOf':[true,1]}", "anyOf[1]: must be a schema: an object, true or false");
        row("uniqueItems", "{'uniqueItems':1}", "uniqueItems: must be true or false");
        row("dependencies", "{'$schema':'http://json-schema.org/draft-07/schema#','dependencies':{'a':1}}",
            "dependencies.a: must be a schema: an object, true or false");
        const char *draft7 = "and the schema does not name its draft: write %1, as 2020-12 has it, or say "
                             "\"$schema\": \"http://json-schema.org/draft-07/schema#\" at the top";
        const auto ofDraft7 = [&](const char *name, const char *document, const char *instead) {
            QTest::newRow(name) << QByteArray(document)
                                << u"%1: is of draft 7, "_s.arg(QLatin1String(name))
                    + QString::fromLatin1(draft7).arg(QLatin1String(instead));
        };
        ofDraft7("items", "{'items':[true]}", "prefixItems");
        ofDraft7("additionalItems", "{'additionalItems':true}", "items");
        ofDraft7("dependencies", "{'dependencies':{'a':['b']}}", "dependentRequired and dependentSchemas");
        row("another draft", "{'$schema':'http://json-schema.org/draft-04/schema#'}",
            "$schema: must be \"https://json-schema.org/draft/2020-12/schema\" or "
            "\"http://json-schema.org/draft-07/schema#\", the drafts that are known here");
        row("remote reference", "{'properties':{'a':{'$ref':'http://example.org/schema.json'}}}",
            "properties.a.$ref: \"http://example.org/schema.json\" is not known here: it must be in this "
            "document, such as \"#/$defs/name\", or in another one of the configuration, by its $id or its "
            "file's name; nothing is fetched");
        row("file reference", "{'$ref':'other.json#/definitions/a'}",
            "$ref: \"other.json#/definitions/a\" is not known here: it must be in this document, such as "
            "\"#/$defs/name\", or in another one of the configuration, by its $id or its file's name; "
            "nothing is "
            "fetched");
        row("unknown reference", "{'$ref':'#/definitions/a'}",
            "$ref: \"#/definitions/a\" is not a schema in this document");
        row("reference to a value", "{'items':{'$ref':'#/required'},'required':['a']}",
            "items.$ref: \"#/required\" is not a schema in this document");
        row("reference that is no string", "{'$ref':5}",
            "$ref: must be a reference, such as \"#/$defs/name\", as a string");
    }
    void refusesAWrongDocumentAndSaysWhere()
    {
        QFETCH(QByteArray, document);
        QFETCH(QString, error);
        const Result<Schema> schema = Schema::fromJson(parsed(document));
        QVERIFY(!schema);
        QCOMPARE(schema.error().code, ErrorCode::ConfigError);
        QCOMPARE(schema.error().text(), error);
    }

    void takesWhatTheSpecificationAllowsThoughNothingFits_data()
    {
        QTest::addColumn<QByteArray>("document");
        QTest::addColumn<QString>("place"); // of the note
        QTest::addColumn<QString>("other");
        QTest::addColumn<QByteArray>("data");
        const auto row = [](const char *document, const char *place, const char *other, const char *data) {
            QTest::newRow(document) << QByteArray(document) << QString::fromLatin1(place)
                                    << QString::fromLatin1(other) << QByteArray(data);
        };
        row("{'enum':[1],'const':2}", "const", "enum", "2");
        row("{'enum':[]}", "enum", "", "null");
        row("{'type':'string','enum':[1,null]}", "enum", "type", "1");
        row("{'type':'integer','const':1.5}", "const", "type", "1.5");
        row("{'minLength':3,'maxLength':2}", "minLength", "maxLength", "'abc'");
        row("{'minItems':1e300,'maxItems':1e299}", "minItems", "maxItems", "[1]");
        row("{'properties':{'a':{'minProperties':2,'maxProperties':1}}}", "properties.a.minProperties",
            "maxProperties", "{'a':{}}");
        row("{'contains':true,'minContains':3,'maxContains':2}", "minContains", "maxContains", "[1,2]");
        row("{'minimum':9007199254740993,'maximum':9007199254740992}", "minimum", "maximum",
            "9007199254740993");
        row("{'minimum':1,'exclusiveMaximum':1.0}", "minimum", "exclusiveMaximum", "1");
        row("{'exclusiveMinimum':1,'maximum':1}", "exclusiveMinimum", "maximum", "1");
        row("{'exclusiveMinimum':1,'exclusiveMaximum':1}", "exclusiveMinimum", "exclusiveMaximum", "1");
    }
    void takesWhatTheSpecificationAllowsThoughNothingFits()
    {
        QFETCH(QByteArray, document);
        QFETCH(QString, place);
        QFETCH(QString, other);
        QFETCH(QByteArray, data);
        const Result<Schema> schema = Schema::fromText(document.replace('\'', '"'));
        QVERIFY2(schema, qPrintable(schema ? QString() : schema.error().text()));
        const QList<SchemaNote> notes = schema->notes();
        const bool told = std::ranges::any_of(notes, [&](const SchemaNote &note) {
            return note.kind == SchemaNote::Contradiction && note.path == place && note.name == other;
        });
        QVERIFY(told);
        JsonData refused = JsonData::fromText(data.replace('\'', '"'));
        QVERIFY(!schema->admit(refused));
    }

    void saysNothingWhereSomethingFits_data()
    {
        QTest::addColumn<QByteArray>("document");
        for (const char *document :
             {"{'enum':[1,2],'const':2.0}", "{'type':'integer','enum':['a',1.0]}",
              "{'minLength':2,'maxLength':2}", "{'minimum':1,'maximum':1}",
              "{'minimum':1,'exclusiveMaximum':2}", "{'type':'number','const':1.5}", "{'maxItems':1e12}",
              "{'minLength':2.0}", "{'maxContains':0}", "{'type':['null','null']}", "{'required':['a','a']}",
              "{'dependentRequired':{'a':[]}}", "{'properties':{}}", "{'required':[]}", "{'minContains':2}",
              "{'then':false}", "{'uniqueItems':false}", "{'items':true}"})
            QTest::newRow(document) << QByteArray(document);
    }
    void saysNothingWhereSomethingFits()
    {
        QFETCH(QByteArray, document);
        const Result<Schema> schema = Schema::fromText(document.replace('\'', '"'));
        QVERIFY2(schema, qPrintable(schema ? QString() : schema.error().text()));
        QVERIFY(schema->notes().isEmpty());
    }

    void knowsTheSpecificationsOwnSchemas_data()
    {
        QTest::addColumn<QByteArray>("document");
        QTest::addColumn<QByteArray>("takes");
        QTest::addColumn<QByteArray>("refuses");
        const auto row = [](const char *document, const char *takes, const char *refuses) {
            QTest::newRow(document) << QByteArray(document) << QByteArray(takes) << QByteArray(refuses);
        };
        row("{'$ref':'http://json-schema.org/draft-07/schema#'}", "{'items':[{'type':'string'}]}",
            "{'items':[{'type':'text'}]}");
        row("{'$ref':'https://json-schema.org/draft-07/schema'}", "true", "{'minLength':-1}");
        row("{'$ref':'http://json-schema.org/draft-07/schema#/definitions/simpleTypes'}", "'null'", "'nil'");
        row("{'$ref':'https://json-schema.org/draft/2020-12/schema'}",
            "{'properties':{'a':{'prefixItems':[{'$ref':'#'}]}}}",
            "{'properties':{'a':{'prefixItems':[5]}}}");
        row("{'$ref':'https://json-schema.org/draft/2020-12/schema#'}", "{'unevaluatedItems':false}",
            "{'allOf':[{'unevaluatedItems':0}]}");
        row("{'$ref':'https://json-schema.org/draft/2020-12/meta/validation#/$defs/nonNegativeInteger'}", "1",
            "-1");
        row("{'$ref':'https://json-schema.org/draft/2020-12/meta/format-assertion'}", "{'format':'x'}",
            "{'format':1}");
        row("{'$schema':'http://json-schema.org/draft-07/schema#',"
            "'properties':{'schema':{'$ref':'https://json-schema.org/draft/2020-12/schema'}}}",
            "{'schema':{'$defs':{}}}", "{'schema':{'$defs':1}}");
    }
    void knowsTheSpecificationsOwnSchemas()
    {
        QFETCH(QByteArray, document);
        QFETCH(QByteArray, takes);
        QFETCH(QByteArray, refuses);
        const Result<Schema> schema = Schema::fromText(document.replace('\'', '"'));
        QVERIFY2(schema, qPrintable(schema ? QString() : schema.error().text()));
        JsonData right = JsonData::fromText(takes.replace('\'', '"'));
        JsonData wrong = JsonData::fromText(refuses.replace('\'', '"'));
        const Result<void> admitted = schema->admit(right);
        QVERIFY2(admitted, qPrintable(admitted ? QString() : admitted.error().text()));
        QVERIFY(!schema->admit(wrong));
    }

    void knowsNoOtherOfThatSite()
    {
        for (const char *uri :
             {"https://json-schema.org/draft/2019-09/schema", "https://json-schema.org/schema",
              "https://json-schema.org/draft/2020-12/meta/../../../etc/passwd",
              "https://json-schema.org/draft/2020-12/meta/"})
            QVERIFY(!Schema::fromText("{\"$ref\":\"" + QByteArray(uri) + "\"}"));
    }

    void refusesReferencesThatLeadNowhere_data()
    {
        QTest::addColumn<QByteArray>("document");
        const auto row
            = [](const char *name, const char *document) { QTest::newRow(name) << QByteArray(document); };
        row("itself", "{'$ref':'#'}");
        row("through allOf", "{'allOf':[{'$ref':'#'}]}");
        row("two of them",
            "{'$ref':'#/definitions/a','definitions':{'a':{'$ref':'#/definitions/"
            "b'},'b':{'anyOf':[{'$ref':'#/definitions/a'}]}}}");
    }
    void refusesReferencesThatLeadNowhere()
    {
        QFETCH(QByteArray, document);
        const Result<Schema> schema = Schema::fromJson(parsed(document));
        QVERIFY(!schema);
        QVERIFY2(schema.error().message.contains("itself"_L1), qPrintable(schema.error().text()));
    }

    void refusesABadPattern()
    {
        const Result<Schema> schema = Schema::fromJson({{u"pattern"_s, u"(a"_s}});
        QVERIFY(!schema);
        QCOMPARE(schema.error().path, u"pattern"_s);
        QVERIFY(schema.error().message.startsWith("\"(a\" is no regular expression"_L1));
    }

    void refusesADeeplyNestedDocument()
    {
        QJsonObject document;
        for (int i = 0; i < 500; ++i)
            document = QJsonObject{{u"items"_s, document}};
        const Result<Schema> schema = Schema::fromJson(document);
        QVERIFY(!schema);
        QVERIFY(schema.error().message.contains("nested too deeply"_L1));
    }

    void fromTextNumbersAreWhatIsWritten()
    {
        const auto takes = [](const Result<Schema> &schema, const char *text) {
            JsonData data = JsonData::fromText(text);
            return schema && schema->admit(data);
        };
        const QByteArray text = R"({"maximum": 12345678901234567890})";
        QVERIFY(takes(Schema::fromText(text), "12345678901234567890"));
        QVERIFY(!takes(Schema::fromText(text), "12345678901234567891"));
        // Through Qt's types only whole numbers of 64 bits are.
        const QJsonObject object{{u"maximum"_s, qint64(9007199254740993)}};
        QVERIFY(takes(Schema::fromJson(object), "9007199254740993"));
        QVERIFY(!takes(Schema::fromJson(object), "9007199254740994"));
    }

    void theBuildersWholeNumbersAreExact()
    {
        const Schema schema = Schema::integer().min(-9007199254740993).max(9007199254740993);
        for (const char *text : {"9007199254740993", "-9007199254740993"}) {
            JsonData data = JsonData::fromText(text);
            QVERIFY(schema.admit(data));
        }
        for (const char *text : {"9007199254740994", "-9007199254740994"}) {
            JsonData data = JsonData::fromText(text);
            QVERIFY(!schema.admit(data));
        }
        JsonData half = JsonData::fromText("0.4");
        QVERIFY(!Schema::number().min(0.5).admit(half));
    }

    void ofTwoBoundsTheNarrowerOneIsExact()
    {
        const Schema merged = schema::merge(Schema::integer().max(9007199254740993),
                                            Schema::integer().max(9007199254740994).min(0));
        QCOMPARE(merged.toJson().value("maximum"_L1).toInteger(), 9007199254740993);
        QCOMPARE(merged.toJson().value("minimum"_L1).toInteger(), 0);
    }

    void aWordAloneIsASchema()
    {
        for (const char *text : {"true", "true\n", "false", "false \n"}) {
            const Result<Schema> schema = Schema::fromText(text);
            QVERIFY(schema);
            QCOMPARE(schema->validate(1).has_value(), text[0] == 't');
        }
    }

    void theDocumentComesBackAsItWas()
    {
        const QJsonObject document = parsed(
            "{'$schema':'http://json-schema.org/draft-07/schema#',"
            "'title':'A message','type':'object','properties':{'n':{'type':'integer','default':5}}}");
        const Result<Schema> schema = Schema::fromJson(document);
        QVERIFY(schema);
        QCOMPARE(schema->toJson(), document);
    }
};

DIALOGUE_TEST(TestSchemaDocument, NoApplication)
#include "tst_schemadocument.moc"
