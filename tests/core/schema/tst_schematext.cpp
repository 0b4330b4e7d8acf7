#include "schematest.h"
#include "testclasses.h"

using namespace Qt::StringLiterals;
using namespace dialogue;

/** The short way: JSON is checked as the text it came as. */
class TestSchemaText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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
        row("tuple", "{'prefixItems':[{'type':'integer'}]}");
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
            const Result<void> verdict = shortWay.validate(fromText(data));
            QVERIFY2(verdict.has_value() == longWay.validate(fromText(data)).has_value(), data);
            JsonData text = JsonData::fromText(QByteArray(data).replace('\'', '"'));
            QVERIFY2(shortWay.admit(text).has_value() == verdict.has_value(), data);
        }
    }

    // Of members and items most are passed at a glance, the whole never is.
    void ofAPartIsSaidWhatIsSaidOfTheWhole_data()
    {
        QTest::addColumn<QByteArray>("schema");
        for (const char *schema : {"{'type':'string'}",
                                   "{'type':['integer','null']}",
                                   "{'type':'number'}",
                                   "{'type':'boolean'}",
                                   "{'minLength':1}",
                                   "{'minLength':2,'maxLength':4}",
                                   "{'maxLength':0}",
                                   "{'minLength':9}",
                                   "{'minimum':-3,'exclusiveMaximum':999999999999999999}",
                                   "{'maximum':2.5}",
                                   "{'multipleOf':3}",
                                   "{'type':'integer','multipleOf':7,'minimum':0}",
                                   "{'pattern':'^.$'}",
                                   "{'format':'date'}",
                                   "{'enum':['a',1,null,true]}",
                                   "{'const':'ab'}",
                                   "{'not':{'type':'string'}}",
                                   "false",
                                   "true",
                                   "{'$ref':'#/$defs/text'}"})
            QTest::newRow(schema) << QByteArray(schema);
    }
    void ofAPartIsSaidWhatIsSaidOfTheWhole()
    {
        QFETCH(QByteArray, schema);
        const auto with = [&](const QByteArray &form) {
            return compiled("{'$defs':{'text':{'type':'string','minLength':2,'maxLength':3}}," + form + "}");
        };
        const Schema whole = with("'allOf':[" + schema + "]");
        const Schema member = with("'properties':{'a':" + schema + "}");
        const Schema item = with("'items':" + schema);
        const auto fits = [](const Schema &schema, const QByteArray &text) {
            JsonData data = JsonData::fromText(text);
            return schema.admit(data).has_value();
        };
        for (const char *data : {"''",
                                 "'a'",
                                 "'ab'",
                                 "'abcd'",
                                 "'abcde'",
                                 "'\\n'",
                                 "'\\u0061'",
                                 "'\\u0061b'",
                                 "'\\ud83d\\ude00'",
                                 "'\\ud83d\\ude00\\ud83d\\ude00'",
                                 "'\\ud83d\\ud83d'",
                                 "'😀'",
                                 "'😀😀'",
                                 "'\\\\'",
                                 "'\\\"'",
                                 "'0123456789012345678901234567890123456789'",
                                 "0",
                                 "-0",
                                 "1",
                                 "-1",
                                 "3",
                                 "7",
                                 "-3",
                                 "-4",
                                 "21",
                                 "2.5",
                                 "1.0",
                                 "2e0",
                                 "2E1",
                                 "2.0e-1",
                                 "99999999999999999",
                                 "100000000000000000",
                                 "999999999999999998",
                                 "999999999999999999",
                                 "1000000000000000000",
                                 "-999999999999999999",
                                 "9223372036854775808",
                                 "null",
                                 "true",
                                 "false",
                                 "[]",
                                 "{}",
                                 "[1]",
                                 "{'b':1}"}) {
            const QByteArray text = QByteArray(data).replace('\'', '"');
            const bool expected = fits(whole, text);
            QVERIFY2(fits(member, "{\"a\":" + text + '}') == expected, text.constData());
            QVERIFY2(fits(member, "{ \"a\" : " + text + " }") == expected, text.constData());
            QVERIFY2(fits(item, "[1," + text + ',' + text + ']') == (expected && fits(whole, "1")),
                     text.constData());
        }
    }

    void whatIsPlainlyRightPassesAsTheTextItIs()
    {
        const Schema schema
            = Schema::object({{"text", Schema::string().min(1).max(5)},
                              {"mood", Schema::enumeration({u"good"_s, u"\u00fcbel"_s}).optional()},
                              {"count", Schema::integer().optional()}});
        for (QByteArray text :
             {"{ 'text' : 'hello' }", "{'text':'\\n\\u00e9\\\"\\\\\\/'}", "{'text':'héllo','mood':'übel'}",
              "{'other':{'text':1},'text':'x','count':2.0}"}) {
            text.replace('\'', '"');
            JsonData data = JsonData::fromText(text);
            QVERIFY2(schema.admit(data), text.constData());
            QCOMPARE(data.ownText(), text);
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
};

DIALOGUE_TEST(TestSchemaText, NoApplication)
#include "tst_schematext.moc"
