#include "core/schema/schema.h"

#include "testclasses.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

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
            "properties.text.minLength: must be a whole number of at least 0");
        row("length as text", "{'maxItems':'5'}", "maxItems: must be a whole number of at least 0");
        row("huge length", "{'maxItems':1e12}", "maxItems: must be a whole number of at least 0");
        row("minimum", "{'minimum':'a'}", "minimum: must be a number");
        row("multipleOf", "{'multipleOf':0}", "multipleOf: must be a number above 0");
        row("properties", "{'properties':[]}", "properties: must be an object whose members are schemas");
        row("subschema", "{'properties':{'a':5}}",
            "properties.a: must be a schema: an object, true or false");
        row("required", "{'required':true}", "required: must be a list of member names");
        row("enum", "{'enum':[]}", "enum: must be a list of at least one value");
        row("const", "{'enum':[1],'const':2}",
            "const: is not among the values of enum beside it, so nothing could match");
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
