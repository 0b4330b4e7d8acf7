#include "schematest.h"
#include "testclasses.h"

using namespace dialogue;

namespace {

const QByteArray draft7 = "{'$schema':'http://json-schema.org/draft-07/schema#',";

} // namespace

/** What each keyword of JSON Schema lets through, and what it says of what it does not. */
class TestSchemaRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptsWhatFollowsTheRules_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QByteArray>("data");
        const auto row = [](const char *name, const QByteArray &schema, const char *data) {
            QTest::newRow(name) << schema << QByteArray(data);
        };
        row("anything", "{}", "[1,{'a':null}]");
        row("string", "{'type':'string'}", "'x'");
        row("integer written with a fraction", "{'type':'integer'}", "3.0");
        row("integer beyond 32 bits", "{'type':'integer'}", "1764000000000");
        row("negative integer beyond 32 bits", "{'type':'integer'}", "-1764000000000");
        row("one of two types", "{'type':['integer','null']}", "null");
        row("length in code points", "{'type':'string','maxLength':2}", "'😀😀'");
        row("bounds do not touch other types", "{'minLength':3,'minimum':9}", "[]");
        row("pattern is not anchored", "{'pattern':'b+'}", "'abbc'");
        row("pattern with unicode escape", "{'pattern':'^\\\\u00e9$'}", "'é'");
        row("pattern with a dollar in a class", "{'pattern':'^[$]$'}", "'$'");
        row("multipleOf a fraction", "{'multipleOf':0.01}", "19.99");
        row("unique numbers", "{'uniqueItems':true}", "[1,2,3]");
        row("tuple", draft7 + "'items':[{'type':'string'}],'additionalItems':{'type':'number'}}",
            "['a',1,2]");
        row("contains", "{'contains':{'const':3}}", "[1,2,3]");
        row("const of an object", "{'const':{'a':[1]}}", "{'a':[1]}");
        row("enum of numbers", "{'enum':[1,2.5]}", "2.5");
        row("definitions", "{'$ref':'#/definitions/a~1b','definitions':{'a/b':{'type':'number'}}}", "1");
        row("$defs", "{'items':{'$ref':'#/$defs/n'},'$defs':{'n':{'type':'number'}}}", "[1]");
        row("recursive", "{'type':'array','items':{'$ref':'#'}}", "[[],[[]]]");
        row("allOf", "{'allOf':[{'minimum':1},{'maximum':3}]}", "2");
        row("anyOf", "{'anyOf':[{'type':'string'},{'type':'number'}]}", "2");
        row("oneOf", "{'oneOf':[{'minimum':5},{'maximum':3}]}", "2");
        row("not", "{'not':{'type':'string'}}", "2");
        row("if then", "{'if':{'type':'string'},'then':{'minLength':2},'else':{'minimum':1}}", "'ab'");
        row("dependencies", draft7 + "'dependencies':{'a':['b']}}", "{'a':1,'b':2}");
        row("patternProperties",
            "{'patternProperties':{'^x-':{'type':'string'}},'additionalProperties':false}", "{'x-a':'b'}");
        row("propertyNames", "{'propertyNames':{'maxLength':3}}", "{'abc':1}");
        row("date-time", "{'format':'date-time'}", "'2026-11-23T05:00:00.250+01:00'");
        row("an unknown format is a note", "{'format':'phone'}", "'hello'");
        row("an $id is a name, nothing to fetch",
            "{'$id':'http://example.org/x','properties':{'a':{'$ref':'#/definitions/"
            "a'}},'definitions':{'a':{'type':'string'}}}",
            "{'a':'b'}");
        row("a property named id", "{'properties':{'id':{'type':'string'}}}", "{'id':'b'}");
    }
    void acceptsWhatFollowsTheRules()
    {
        QFETCH(QByteArray, schema);
        QFETCH(QByteArray, data);
        const Result<void> result = compiled(schema).validate(fromText(data));
        QVERIFY2(result, result ? "" : qPrintable(result.error().text()));
    }

    void refusesWhatIsNothingWhereTheTypeIsGiven_data()
    {
        QTest::addColumn<QByteArray>("schema");
        for (const char *type : {"null", "boolean", "number", "string", "array", "object"})
            QTest::newRow(type) << QByteArray("{'type':'") + type + "'}";
    }
    void refusesWhatIsNothingWhereTheTypeIsGiven()
    {
        QFETCH(QByteArray, schema);
        QVERIFY(!compiled(schema).validate(QJsonValue(QJsonValue::Undefined)).has_value());
    }

    void namesThePlaceAndTheRule_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QByteArray>("data");
        QTest::addColumn<QString>("error");
        const auto row = [](const char *name, const QByteArray &schema, const char *data, const char *error) {
            QTest::newRow(name) << schema << QByteArray(data) << QString::fromUtf8(error);
        };
        const char *text
            = "{'type':'object','properties':{'text':{'type':'string','minLength':1,'maxLength':3},"
              "'n':{'type':'integer'}},'required':['text'],'additionalProperties':false}";
        row("too short", text, "{'text':''}", "data.text: must have at least 1 character, has 0");
        row("too long", text, "{'text':'😀😀😀😀'}", "data.text: must have at most 3 characters, has 4");
        row("missing", text, "{}", "data.text: is required");
        row("wrong type", text, "{'text':5}", "data.text: must be a string, not a number");
        row("null", text, "{'text':null}", "data.text: must be a string, not null");
        row("not whole", text, "{'text':'a','n':1.5}", "data.n: must be a whole number, not 1.5");
        row("not declared", text, "{'text':'a','x':1}", "data.x: is not allowed here");
        row("odd name", text, "{'text':'a','a b':1}", "data[\"a b\"]: is not allowed here");
        row("not an object", text, "'text'", "data: must be an object, not a string");
        row("one of", "{'enum':['a','b']}", "'c'", "data: must be one of: a, b; not c");
        row("const", "{'const':true}", "1", "data: must be true, not 1");
        row("minimum", "{'minimum':3}", "2", "data: must be at least 3, not 2");
        row("exclusive", "{'exclusiveMaximum':3}", "3", "data: must be less than 3, not 3");
        row("multiple", "{'multipleOf':5}", "7", "data: must be a multiple of 5, not 7");
        row("nested list", "{'properties':{'items':{'items':{'properties':{'price':{'type':'number'}}}}}}",
            "{'items':[{},{},{},{'price':'9'}]}", "data.items[3].price: must be a number, not a string");
        row("items", "{'minItems':2}", "[1]", "data: must have at least 2 items, has 1");
        row("unique", "{'uniqueItems':true}", "[{'a':1},2,{'a':1}]",
            "data: must not have the same item twice, has an object");
        row("contains", "{'contains':{'const':3}}", "[1]", "data: has no item of the required form");
        row("pattern", "{'pattern':'^[a-z]+$'}", "'A'", "data: must match the pattern ^[a-z]+$, is A");
        row("a newline at the end is no end", "{'pattern':'^[a-z]+$'}", "'a\\n'",
            "data: must match the pattern ^[a-z]+$, is a\\n");
        row("format", "{'format':'date'}", "'2026-02-30'",
            "data: must be a date as RFC 3339 writes it, is 2026-02-30");
        row("two types", "{'type':['string','null']}", "1", "data: must be a string or null, not a number");
        row("anyOf of types", "{'anyOf':[{'type':'string'},{'type':'null'}]}", "1",
            "data: must be a string or null, not a number");
        row("anyOf that got further",
            "{'anyOf':[{'type':'string'},{'properties':{'a':{'type':'string'}},'type':'object'}]}", "{'a':1}",
            "data.a: must be a string, not a number");
        row("oneOf both", "{'oneOf':[{'minimum':1},{'minimum':2}]}", "3",
            "data: matches 2 of the allowed forms; it must match exactly one");
        row("not", "{'not':{'type':'string'}}", "'a'", "data: has a form that is not allowed here");
        row("then", "{'if':{'type':'string'},'then':{'minLength':2}}", "'a'",
            "data: must have at least 2 characters, has 1");
        row("dependency", draft7 + "'dependencies':{'a':['b']}}", "{'a':1}", "data.b: is required beside a");
        row("reference",
            "{'properties':{'a':{'$ref':'#/definitions/s'}},'definitions':{'s':{'type':'string'}}}",
            "{'a':1}", "data.a: must be a string, not a number");
        row("false", "{'properties':{'a':false}}", "{'a':1}", "data.a: is not allowed here");
        row("names", "{'propertyNames':{'maxLength':3}}", "{'abcd':1}",
            "data.abcd: has a name that is not allowed: it must have at most 3 characters, has 4");
        row("pattern properties", "{'patternProperties':{'^x-':{'type':'string'}}}", "{'x-a':1}",
            "data.x-a: must be a string, not a number");
    }
    void namesThePlaceAndTheRule()
    {
        QFETCH(QByteArray, schema);
        QFETCH(QByteArray, data);
        QFETCH(QString, error);
        const Result<void> result = compiled(schema).validate(fromText(data));
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::ValidationFailed);
        QCOMPARE(result.error().text(), error);
    }
};

DIALOGUE_TEST(TestSchemaRules, NoApplication)
#include "tst_schemarules.moc"
