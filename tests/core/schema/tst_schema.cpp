#include "core/schema/schema.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <thread>
#include <vector>

using namespace Qt::StringLiterals;
using namespace dialogue;

namespace {

/** JSON from text; strings may be in single quotes. */
QJsonValue json(QByteArray text)
{
    const QJsonDocument document = QJsonDocument::fromJson("[" + text.replace('\'', '"') + "]");
    return document.array().at(0);
}

Schema message()
{
    return Schema::object(
        {{"text", Schema::string().min(1).max(1000)}, {"senderId", Schema::string().optional()}});
}

QJsonValue nested(int depth)
{
    QJsonValue value = QJsonArray();
    for (int i = 0; i < depth; ++i)
        value = QJsonArray{value};
    return value;
}

Schema compiled(const QByteArray &document)
{
    const Result<Schema> schema = Schema::fromJson(json(document).toObject());
    if (!schema)
        qFatal("%s", qPrintable(schema.error().text()));
    return *schema;
}

} // namespace

class TestSchema : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptsWhatFollowsTheRules_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QByteArray>("data");
        const auto row = [](const char *name, const char *schema, const char *data) {
            QTest::newRow(name) << QByteArray(schema) << QByteArray(data);
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
        row("tuple", "{'items':[{'type':'string'}],'additionalItems':{'type':'number'}}", "['a',1,2]");
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
        row("dependencies", "{'dependencies':{'a':['b']}}", "{'a':1,'b':2}");
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
        const Result<void> result = compiled(schema).validate(json(data));
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
        const auto row = [](const char *name, const char *schema, const char *data, const char *error) {
            QTest::newRow(name) << QByteArray(schema) << QByteArray(data) << QString::fromUtf8(error);
        };
        const char *text
            = "{'type':'object','properties':{'text':{'type':'string','minLength':1,'maxLength':3},"
              "'n':{'type':'integer'}},'required':['text'],'additionalProperties':false}";
        row("too short", text, "{'text':''}", "data.text: must have at least 1 character");
        row("too long", text, "{'text':'😀😀😀😀'}", "data.text: must have at most 3 characters");
        row("missing", text, "{}", "data.text: is required");
        row("wrong type", text, "{'text':5}", "data.text: must be a string, not a number");
        row("null", text, "{'text':null}", "data.text: must be a string, not null");
        row("not whole", text, "{'text':'a','n':1.5}", "data.n: must be a whole number, not 1.5");
        row("not declared", text, "{'text':'a','x':1}", "data.x: is not allowed here");
        row("odd name", text, "{'text':'a','a b':1}", "data[\"a b\"]: is not allowed here");
        row("not an object", text, "'text'", "data: must be an object, not a string");
        row("one of", "{'enum':['a','b']}", "'c'", "data: must be one of: a, b");
        row("const", "{'const':true}", "1", "data: must be true");
        row("minimum", "{'minimum':3}", "2", "data: must be at least 3");
        row("exclusive", "{'exclusiveMaximum':3}", "3", "data: must be less than 3");
        row("multiple", "{'multipleOf':5}", "7", "data: must be a multiple of 5");
        row("nested list", "{'properties':{'items':{'items':{'properties':{'price':{'type':'number'}}}}}}",
            "{'items':[{},{},{},{'price':'9'}]}", "data.items[3].price: must be a number, not a string");
        row("items", "{'minItems':2}", "[1]", "data: must have at least 2 items");
        row("unique", "{'uniqueItems':true}", "[{'a':1},2,{'a':1}]",
            "data: must not have the same item twice");
        row("contains", "{'contains':{'const':3}}", "[1]", "data: has no item of the required form");
        row("pattern", "{'pattern':'^[a-z]+$'}", "'A'", "data: must match the pattern ^[a-z]+$");
        row("a newline at the end is no end", "{'pattern':'^[a-z]+$'}", "'a\\n'",
            "data: must match the pattern ^[a-z]+$");
        row("format", "{'format':'date'}", "'2026-02-30'", "data: must be a date as RFC 3339 writes it");
        row("two types", "{'type':['string','null']}", "1", "data: must be a string or null, not a number");
        row("anyOf of types", "{'anyOf':[{'type':'string'},{'type':'null'}]}", "1",
            "data: must be a string, not a number, or must be null, not a number");
        row("anyOf that got further",
            "{'anyOf':[{'type':'string'},{'properties':{'a':{'type':'string'}},'type':'object'}]}", "{'a':1}",
            "data.a: must be a string, not a number");
        row("oneOf both", "{'oneOf':[{'minimum':1},{'minimum':2}]}", "3",
            "data: matches 2 of the allowed forms; it must match exactly one");
        row("not", "{'not':{'type':'string'}}", "'a'", "data: has a form that is not allowed here");
        row("then", "{'if':{'type':'string'},'then':{'minLength':2}}", "'a'",
            "data: must have at least 2 characters");
        row("dependency", "{'dependencies':{'a':['b']}}", "{'a':1}", "data.b: is required beside a");
        row("reference",
            "{'properties':{'a':{'$ref':'#/definitions/s'}},'definitions':{'s':{'type':'string'}}}",
            "{'a':1}", "data.a: must be a string, not a number");
        row("false", "{'properties':{'a':false}}", "{'a':1}", "data.a: is not allowed here");
        row("names", "{'propertyNames':{'maxLength':3}}", "{'abcd':1}",
            "data.abcd: has a name that is not allowed: it must have at most 3 characters");
        row("pattern properties", "{'patternProperties':{'^x-':{'type':'string'}}}", "{'x-a':1}",
            "data.x-a: must be a string, not a number");
    }
    void namesThePlaceAndTheRule()
    {
        QFETCH(QByteArray, schema);
        QFETCH(QByteArray, data);
        QFETCH(QString, error);
        const Result<void> result = compiled(schema).validate(json(data));
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::ValidationFailed);
        QCOMPARE(result.error().text(), error);
    }

    void theShortWaySaysWhatTheLongWaySays_data()
    {
        QTest::addColumn<QByteArray>("schema");
        const auto row
            = [](const char *name, const char *schema) { QTest::newRow(name) << QByteArray(schema); };
        row("types", "{'type':['string','null']}");
        row("whole", "{'type':'integer'}");
        row("whole or string", "{'type':['integer','string']}");
        row("any number", "{'type':['integer','number']}");
        row("lengths", "{'minLength':2,'maxLength':2}");
        row("bounds", "{'minimum':1,'exclusiveMaximum':3}");
        row("other bounds", "{'maximum':2,'exclusiveMinimum':0}");
        row("strings", "{'enum':['ab','c']}");
        row("strings of a type", "{'type':'integer','enum':['ab','c']}");
        row("strings and more", "{'enum':['ab',null,2]}");
        row("lists", "{'items':{'type':'integer'},'minItems':1,'maxItems':2}");
        row("members", "{'properties':{'a':{'type':'integer'}},'required':['a','b']}");
        row("closed", "{'properties':{'a':true,'b':{'minLength':2}},'additionalProperties':false}");
        row("required but not declared", "{'required':['b'],'additionalProperties':false}");
        row("open to a schema", "{'properties':{'a':true},'additionalProperties':{'type':'string'}}");
        row("counted", "{'minProperties':1,'maxProperties':1}");
        row("nested", "{'properties':{'a':{'properties':{'b':{'enum':['ab']}}}}}");
        row("tuple", "{'items':[{'type':'integer'}]}");
        row("nothing", "{'properties':{'a':false}}");
    }
    void theShortWaySaysWhatTheLongWaySays()
    {
        QFETCH(QByteArray, schema);
        const Schema shortWay = compiled(schema);
        const Schema longWay = compiled("{'allOf':[" + schema + "]}"); // Which knows no shortcut.
        for (const char *data : {"null",
                                 "true",
                                 "0",
                                 "1",
                                 "2",
                                 "2.5",
                                 "3",
                                 "-1e300",
                                 "''",
                                 "'a'",
                                 "'ab'",
                                 "'c'",
                                 "'abc'",
                                 "'😀'",
                                 "'😀😀'",
                                 "'😀😀😀'",
                                 "[]",
                                 "[1]",
                                 "['a']",
                                 "[1,2]",
                                 "[1,2.5]",
                                 "[1,2,3]",
                                 "{}",
                                 "{'a':1}",
                                 "{'a':'ab'}",
                                 "{'b':'ab'}",
                                 "{'a':1,'b':'ab'}",
                                 "{'a':1,'b':2}",
                                 "{'a':{'b':'ab'}}",
                                 "{'a':{'b':'x'}}",
                                 "{'a':1,'b':'ab','c':1}"}) {
            const Result<void> verdict = shortWay.validate(json(data));
            QVERIFY2(verdict.has_value() == longWay.validate(json(data)).has_value(), data);
            JsonData text = JsonData::fromText(QByteArray(data).replace('\'', '"'));
            QVERIFY2(shortWay.admit(text).has_value() == verdict.has_value(), data);
        }
    }

    void whatIsPlainlyRightPassesAsTheTextItIs()
    {
        const Schema schema
            = Schema::object({{"text", Schema::string().min(1).max(5)},
                              {"mood", Schema::enumeration({u"good"_s, u"\u00fcbel"_s}).optional()},
                              {"count", Schema::integer().optional()}});
        for (const QString &text : {uR"({ "text" : "hello" })"_s, uR"({"text":"\n\u00e9\"\\\/"})"_s,
                                    u"{'text':'h\u00e9llo','mood':'\u00fcbel'}"_s.replace(u'\'', u'"'),
                                    uR"({"other":{"text":1},"text":"x","count":2.0})"_s}) {
            JsonData data = JsonData::fromText(text.toUtf8());
            QVERIFY2(schema.admit(data), qPrintable(text));
            QCOMPARE(data.ownText(), text.toUtf8());
        }
    }

    // JSON lets a member come twice. We take the last one; who takes the first must not get one unchecked.
    void ofAMemberThatComesTwicePassesTheOneThatWasChecked()
    {
        const Schema schema = Schema::object({{"text", Schema::string().min(1).max(5)}});
        JsonData good = JsonData::fromText(R"({"text":"much too long","text":"short"})");
        QVERIFY(schema.admit(good));
        QCOMPARE(good.text(), R"({"text":"short"})");
        JsonData escaped = JsonData::fromText(R"({"\u0074ext":"much too long","text":"short"})");
        QVERIFY(schema.admit(escaped));
        QCOMPARE(escaped.text(), R"({"text":"short"})");
        JsonData bad = JsonData::fromText(R"({"text":"short","text":"much too long"})");
        QCOMPARE(schema.admit(bad).error().path, u"data.text"_s);
    }

    void membersAreCountedOnceHoweverOftenTheyCome()
    {
        JsonData data = JsonData::fromText(R"({"a":1,"a":2})");
        QVERIFY(!compiled("{'minProperties':2}").admit(data));
        data = JsonData::fromText(R"({"a":1,"a":2})");
        QVERIFY(compiled("{'maxProperties':1}").admit(data));
    }

    void theBuilderWritesADocument()
    {
        const Schema schema
            = Schema::object({{"text", Schema::string().min(1).max(1000).pattern(u"^a"_s)},
                              {"tags", Schema::array(Schema::string()).max(5).optional()},
                              {"count", Schema::integer().min(0).describe(u"how many"_s)},
                              {"mood", Schema::enumeration({u"good"_s, u"bad"_s}).nullable()}})
                  .closed();
        const QJsonValue expected
            = json("{'type':'object','additionalProperties':false,"
                   "'required':['text','count','mood'],'properties':{"
                   "'text':{'type':'string','minLength':1,'maxLength':1000,'pattern':'^a'},"
                   "'tags':{'type':'array','items':{'type':'string'},'maxItems':5},"
                   "'count':{'type':'integer','minimum':0,'description':'how many'},"
                   "'mood':{'type':['string','null'],'enum':['good','bad',null]}}}");
        QCOMPARE(schema.toJson(), expected.toObject());
        QVERIFY(schema.validate(json("{'text':'ab','count':0,'mood':null}")));
    }

    void anEmptySchemaAcceptsEverything()
    {
        QVERIFY(Schema().isEmpty());
        QVERIFY(Schema::any().validate(json("[1,2]")));
        QVERIFY(Schema::any().optional().isOptional());
        QVERIFY(!message().isEmpty());
    }

    void aPropertyIsRequiredUnlessOptional()
    {
        QVERIFY(message().validate(json("{'text':'hi'}")));
        QCOMPARE(message().validate(json("{'senderId':'me'}")).error().text(), u"data.text: is required"_s);
    }

    void aNullableObjectMayBeNull()
    {
        const Schema schema = message().nullable();
        QVERIFY(schema.validate(QJsonValue::Null));
        QVERIFY(schema.validate(json("{'text':'hi'}")));
        QVERIFY(!schema.validate(json("{'text':1}")));
    }

    void aBinaryValueIsAnAttachment()
    {
        const Schema schema = Schema::object({{"image", Schema::binary()}});
        QVERIFY(schema.validate(json("{'image':{'_placeholder':true,'num':0}}")));
        QCOMPARE(schema.validate(json("{'image':'abc'}")).error().text(),
                 u"data.image: must be a binary attachment"_s);
    }

    void aBadPatternOfTheBuilderIsFoundByCheck()
    {
        const Schema schema = Schema::string().pattern(u"["_s);
        QVERIFY(!schema.check());
        QCOMPARE(schema.check().error().path, u"pattern"_s);
        QVERIFY(!schema.validate(u"a"_s));
    }

    void theRootOfThePathIsTheCallers()
    {
        QCOMPARE(message().validate(json("{}"), u"body"_s).error().path, u"body.text"_s);
    }

    void onlyRulesThatCompareWholeValuesMindTheDepthOfTheData()
    {
        QVERIFY(
            compiled("{'properties':{'a':{'enum':['b',1]}}}").validate(QJsonObject{{u"c"_s, nested(1000)}}));
        QVERIFY(compiled("{'uniqueItems':false}").validate(nested(1000)));
        QVERIFY(!compiled("{'uniqueItems':true}").validate(nested(1000)));
        QVERIFY(!compiled("{'enum':[[]]}").validate(nested(1000)));
    }

    void dataNestedDeeplyIsRefusedByARecursiveSchema()
    {
        const Schema schema = compiled("{'type':'array','items':{'$ref':'#'}}");
        QVERIFY(schema.validate(nested(50)));
        const Result<void> result = schema.validate(nested(1000));
        QVERIFY(!result);
        QVERIFY2(result.error().message.contains("deeply"_L1), qPrintable(result.error().message));
    }

    void aSchemaThatDoublesTheWorkWithEachLevelIsGivenUp()
    {
        const Schema schema
            = compiled("{'allOf':[{'items':{'$ref':'#'}},{'items':{'$ref':'#'}}],'type':'array'}");
        QVERIFY(schema.validate(nested(5)));
        const Result<void> result = schema.validate(nested(60));
        QVERIFY(!result);
        QVERIFY2(result.error().message.contains("steps"_L1), qPrintable(result.error().message));
    }

    void aNulDoesNotHideTheRestOfAString()
    {
        const QString text = u"ab"_s + QChar(u'\0') + u"cdef"_s;
        QCOMPARE(Schema::string().max(6).validate(text).error().message, u"must have at most 6 characters"_s);
        QVERIFY(Schema::string().min(7).max(7).validate(text));
        QVERIFY(!Schema::enumeration({u"ab"_s}).validate(text));
        QVERIFY(!Schema::string().pattern(u"^ab$"_s).validate(text));
    }

    void aCarelessPatternDoesNotStopTheServer()
    {
        const Schema schema = compiled("{'pattern':'^(a+)+$'}");
        QVERIFY(!schema.validate(QString(5000, u'a') + u'b'));
        const Schema alternatives = compiled("{'pattern':'^(a|b|ab)*$'}");
        QVERIFY(!alternatives.validate(QString(1'000'000, u'a') + u'c'));
    }

    void aHundredThousandItemsAreComparedQuickly()
    {
        QJsonArray items;
        for (int i = 0; i < 100'000; ++i)
            items.append(i);
        const Schema schema = compiled("{'uniqueItems':true}");
        QVERIFY(schema.validate(items));
        items.append(5);
        QVERIFY(!schema.validate(items));
    }

    void aCarelessPatternForNamesDoesNotStopTheServer()
    {
        const Schema schema = compiled("{'patternProperties':{'^(x+)+$':{'type':'string'}}}");
        QVERIFY(schema.validate(QJsonObject{{QString(5000, u'x') + u'y', 1}}));
        const Result<void> result = schema.validate(QJsonObject{{QString(20, u'x'), 1}});
        QVERIFY(!result);
        QCOMPARE(result.error().message, u"must be a string, not a number"_s);
    }

    void patternsOfNamesMayContainThemselves()
    {
        const Schema schema
            = compiled("{'type':'object','properties':{'id':{}},"
                       "'patternProperties':{'^c':{'$ref':'#'}},'additionalProperties':false}");
        QVERIFY(schema.validate(json("{'id':1,'c1':{'c2':{'id':2}}}")));
        QCOMPARE(schema.validate(json("{'id':1,'c1':{'c2':{'x':2}}}")).error().text(),
                 u"data.c1.c2.x: is not allowed here"_s);
    }

    void manyThreadsMayUseOneSchema()
    {
        const Schema schema = message();
        std::vector<std::thread> threads;
        std::atomic<int> accepted = 0;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                for (int n = 0; n < 200; ++n) {
                    if (schema.validate(QJsonObject{{u"text"_s, u"hi"_s}})
                        && !schema.validate(QJsonObject{{u"text"_s, 1}}))
                        ++accepted;
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(accepted.load(), 800);
    }
};

QTEST_APPLESS_MAIN(TestSchema)
#include "tst_schema.moc"
