#include "schematest.h"
#include "testclasses.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace dialogue;

namespace {

/** \a form so many times with a comma between, a % in it as the number of each. */
QByteArray many(int times, const QByteArray &form)
{
    QByteArray list;
    for (int i = 0; i < times; ++i)
        list += (i > 0 ? "," : "") + QByteArray(form).replace('%', QByteArray::number(i));
    return list;
}

JsonData fromTextAsItIs(QByteArray text) { return JsonData::fromText(text.replace('\'', '"')); }

QJsonValue nested(int depth)
{
    QJsonValue value = QJsonArray();
    for (int i = 0; i < depth; ++i)
        value = QJsonArray{value};
    return value;
}

} // namespace

/** Data and schemas that would cost a careless checker dearly. */
class TestSchemaLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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

    void whatWasSeenOfAPlaceIsRemembered()
    {
        const Schema schema
            = compiled("{'allOf':[{'items':{'$ref':'#'}},{'items':{'$ref':'#'}}],'type':'array'}");
        QVERIFY(schema.validate(nested(60)));
        QJsonValue wrong = 1;
        for (int i = 0; i < 60; ++i)
            wrong = QJsonArray{wrong};
        QCOMPARE(schema.validate(wrong).error().message, u"must be an array, not a number"_s);
    }

    void moreStepsThanAllowedAreAnErrorOfItsOwn()
    {
        // Each of the references is another schema, so that there is nothing to remember.
        QJsonArray forms;
        for (int i = 0; i < 200; ++i)
            forms.append(QJsonObject{{u"required"_s, QJsonArray{u"m%1"_s.arg(i)}}});
        const Result<Schema> schema
            = Schema::fromJson({{u"items"_s, QJsonObject{{u"not"_s, QJsonObject{{u"anyOf"_s, forms}}}}}});
        QVERIFY(schema);
        JsonData data = JsonData::fromText("[{},{},{},{},{},{},{},{},{},{}]");
        QVERIFY(schema->admit(data));
        const Result<void> result = schema->admit(data, {}, 10);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::LimitReached);
        QVERIFY2(result.error().message.contains("steps"_L1), qPrintable(result.error().message));
    }

    void aNulDoesNotHideTheRestOfAString()
    {
        const QString text = u"ab"_s + QChar(u'\0') + u"cdef"_s;
        QCOMPARE(Schema::string().max(6).validate(text).error().message,
                 u"must have at most 6 characters, has 7"_s);
        QVERIFY(Schema::string().min(7).max(7).validate(text));
        QVERIFY(!Schema::enumeration({u"ab"_s}).validate(text));
        QVERIFY(!Schema::string().pattern(u"^ab$"_s).validate(text));
    }

    void aCarelessPatternDoesNotStopTheServer()
    {
        // The second alternative fits, and is found once the first was tried in 2^n ways.
        const Schema schema = compiled("{'pattern':'^(a+)+c$|^a*b$'}");
        QVERIFY(schema.validate(QString(10, u'a') + u'b'));
        QCOMPARE(schema.validate(QString(100, u'a') + u'b').error().code, ErrorCode::LimitReached);
        const Schema alternatives = compiled("{'pattern':'^(a|b|ab)*$'}");
        QVERIFY(!alternatives.validate(QString(1'000'000, u'a') + u'c'));
    }

    void theWorkGrowsWithTheDataAndIsPaidFor_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QByteArray>("small"); // data; %1 in it makes it longer
        QTest::addColumn<QByteArray>("part");
        const auto row = [](const char *name, const QByteArray &schema, const char *whole, const char *part) {
            QTest::newRow(name) << schema << QByteArray(whole) << QByteArray(part);
        };
        const auto manyTimes = [](const QByteArray &form) { return many(200, form); };
        row("unique items", "{'uniqueItems':true}", "[@0]", "#,");
        row("unique items, in vain", "{'anyOf':[" + manyTimes("{'uniqueItems':true,'maxItems':%}") + "]}",
            "[@1,1]", "#,");
        row("a huge enum of objects", "{'items':{'enum':[" + manyTimes("{'a':[%]}") + "]}}", "[@{'a':[7]}]",
            "{'a':[9]},");
        row("contains", "{'contains':{'const':1},'minContains':3}", "[@1,1,1]", "#,");
        row("unevaluated items under contains", "{'contains':{'type':'integer'},'unevaluatedItems':false}",
            "[@1]", "#,");
        row("unevaluated properties under many forms",
            "{'anyOf':[" + manyTimes("{'properties':{'m%':true}}")
                + "],'unevaluatedProperties':{'type':'integer'}}",
            "{@'z':1}", "'m#':1,");
        row("patterns for names", "{'patternProperties':{" + manyTimes("'^x%$':true") + "}}", "{@'z':1}",
            "'m#':1,");
        row("names", "{'propertyNames':{'pattern':'^[a-z]+[0-9]*$'}}", "{@'z':1}", "'m#':1,");
        row("members counted", "{'minProperties':1,'maxProperties':1000000}", "{@'z':1}", "'m#':1,");
        row("required behind the first 64", "{'items':{'not':{'required':[" + many(300, "'m%'") + "]}}}",
            "[@{}]", "{},");
        row("members that are skipped", "{'allOf':[" + manyTimes("{'properties':{'n%':true}}") + "]}",
            "{'a':[@0]}", "[#],");
        row("items that are skipped", "{'allOf':[" + manyTimes("{'minItems':%}") + "]}", "[@0]", "#,");
        row("values of no rule", "{'allOf':[" + manyTimes("{'type':'array','title':'%'}") + "]}", "[@0]",
            "[#],");
        row("formats", "{'allOf':[" + manyTimes("{'format':'uri','title':'%'}") + "]}", "'http://a/@b'",
            "abcdefgh/");
        row("a long text", "{'allOf':[" + manyTimes("{'pattern':'x%'}") + "]}", "'@'", "abcdefgh");
        row("a long number", "{'multipleOf':0.00000000000000000000000000000000000000000007}", "0.@7",
            "12345678");
        row("recursion by dynamic references",
            "{'$dynamicAnchor':'n','properties':{'c':{'items':{'$dynamicRef':'#n'}},'v':{'type':'integer'}},"
            "'unevaluatedProperties':false}",
            "{'v':1,'c':[@{'v':1}]}", "{'v':#,'c':[{'v':1}]},");
        QByteArray chain;
        for (int i = 0; i < 200; ++i)
            chain
                += "'d" + QByteArray::number(i) + "':{'$ref':'#/$defs/d" + QByteArray::number(i + 1) + "'},";
        row("a chain of references",
            "{'items':{'$ref':'#/$defs/d0'},'$defs':{" + chain + "'d200':{'minimum':0}}}", "[@0]", "#,");
    }
    void theWorkGrowsWithTheDataAndIsPaidFor()
    {
        QFETCH(QByteArray, schema);
        QFETCH(QByteArray, small);
        QFETCH(QByteArray, part);
        const Schema program = compiled(schema);
        const auto steps = [&](int parts) {
            QByteArray middle;
            for (int i = 0; i < parts; ++i)
                middle += QByteArray(part).replace('#', QByteArray::number(100'000 + i));
            const QByteArray text = QByteArray(small).replace('@', middle).replace('\'', '"');
            const qint64 taken = program.stepsFor(JsonData::fromText(text), 1'000'000'000);
            return std::pair(taken, text.size());
        };
        const std::pair few = steps(500);
        const std::pair more = steps(4000);
        const QString counts = u"%1 steps for %2 bytes, %3 for %4"_s.arg(few.first)
                                   .arg(few.second)
                                   .arg(more.first)
                                   .arg(more.second);
        // No faster than the data: the steps for a byte stay what they are.
        QVERIFY2(more.first * few.second <= few.first * more.second * 5 / 4 + few.second * more.second,
                 qPrintable(counts));
        // And all that is looked at is paid for.
        QVERIFY2(few.first * 64 >= few.second, qPrintable(counts));
    }

    void whatManyFormsLookAtInVainIsPaidForByEach_data()
    {
        QTest::addColumn<QByteArray>("form");
        QTest::addColumn<QByteArray>("data");
        const QByteArray words = QByteArray(20'000, 'w');
        QByteArray numbers;
        for (int i = 0; i < 5000; ++i)
            numbers += QByteArray::number(100'000 + i) + ',';
        const auto row = [](const char *form, const QByteArray &data) {
            QTest::newRow(form) << QByteArray(form) << data;
        };
        row("{'properties':{'n%':true}}", "{'a':[" + numbers + "1]}");
        row("{'required':['a'],'title':'%'}", "{'a':[" + numbers + "1]}");
        row("{'minItems':%}", "[" + numbers + "1]");
        row("{'uniqueItems':true,'minItems':%}", "[" + numbers + "1]");
        row("{'type':'array','title':'%'}", "[" + numbers + "1]");
        row("{'format':'uri-reference','title':'%'}", '\'' + words + '\'');
        row("{'type':'string','title':'%'}", '\'' + words + '\'');
        row("{'minLength':1%}", '\'' + words + "\\n'");
        row("{'minimum':-%.5}", "0." + QByteArray(20'000, '9'));
    }
    void whatManyFormsLookAtInVainIsPaidForByEach()
    {
        QFETCH(QByteArray, form);
        QFETCH(QByteArray, data);
        const JsonData text = JsonData::fromText(data.replace('\'', '"'));
        const auto steps = [&](int forms) {
            return compiled("{'allOf':[" + many(forms, form) + "]}").stepsFor(text, 1'000'000'000);
        };
        constexpr int Forms = 40;
        const qint64 each = (steps(2 * Forms) - steps(Forms)) / Forms;
        QVERIFY2(each >= data.size() / 40, qPrintable(u"%1 steps for %2 bytes"_s.arg(each).arg(data.size())));
    }

    void membersThatAreRequiredArePaidFor()
    {
        const auto steps = [](int names) {
            return compiled("{'items':{'required':[" + many(names, "'m%'") + "]}}")
                .stepsFor(fromTextAsItIs("[{}]"), 1'000'000);
        };
        QVERIFY(steps(10'000) > steps(100) + 250);
    }

    void eachPatternOfEachNameIsPaidFor()
    {
        const auto steps = [](int patterns) {
            return compiled("{'patternProperties':{" + many(patterns, "'^x%$':true") + "}}")
                .stepsFor(fromTextAsItIs("{'a':1,'b':1,'c':1}"), 1'000'000);
        };
        QVERIFY(steps(100) >= steps(10) + 3 * 90);
    }

    void theBudgetHoldsButForTheLastStep_data()
    {
        QTest::addColumn<QByteArray>("schema");
        for (const char *schema : {"{'items':{'allOf':[{'minimum':0},{'minimum':-1},{'minimum':-2},{'minimum'"
                                   ":-3},{'minimum':-4}]}}",
                                   "{'uniqueItems':true,'items':{'not':{'enum':[-1]}}}",
                                   "{'contains':{'anyOf':[{'const':-1},{'const':-2}]}}"})
            QTest::newRow(schema) << QByteArray(schema);
    }
    void theBudgetHoldsButForTheLastStep()
    {
        QFETCH(QByteArray, schema);
        QByteArray numbers = "[0";
        for (int i = 1; i < 2000; ++i)
            numbers += ',' + QByteArray::number(i);
        numbers += ']';
        const JsonData data = JsonData::fromText(numbers);
        const qint64 all = compiled(schema).stepsFor(data, 1'000'000'000);
        for (const int most : {0, 100, 1000}) {
            const qint64 allowed = most + 4 * numbers.size();
            const qint64 taken = compiled(schema).stepsFor(data, most);
            QVERIFY(taken <= std::min(all, allowed + 1 + numbers.size() / 16));
        }
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

    void aHundredThousandItemsAreLookedAtInLittleTime_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<bool>("fits");
        QTest::newRow("many of a form")
            << QByteArray("{'contains':{'minimum':50000},'minContains':50000}") << true;
        QTest::newRow("more than there are")
            << QByteArray("{'contains':{'minimum':50000},'minContains':50001}") << false;
        QTest::newRow("a huge enum") << "{'items':{'enum':[" + many(20'000, "%,{'a':%}") + "]}}" << false;
        QTest::newRow("none unevaluated")
            << QByteArray("{'prefixItems':[{}],'contains':{'minimum':1},'unevaluatedItems':false}") << true;
    }
    void aHundredThousandItemsAreLookedAtInLittleTime()
    {
        QFETCH(QByteArray, schema);
        const QByteArray text = '[' + many(100'000, "%") + ']';
        JsonData data = JsonData::fromText(text);
        const Schema program = compiled(schema);
        QTEST(program.admit(data).has_value(), "fits");
        QVERIFY(program.stepsFor(data) < text.size() * 2);
    }

    void aCarelessPatternForNamesDoesNotStopTheServer()
    {
        const Schema schema = compiled("{'patternProperties':{'^(x+)+z$|^x*y$':{'type':'string'}}}");
        QCOMPARE(schema.validate(QJsonObject{{QString(100, u'x') + u'y', 1}}).error().code,
                 ErrorCode::LimitReached);
        const Result<void> result = schema.validate(QJsonObject{{QString(10, u'x') + u'y', 1}});
        QVERIFY(!result);
        QCOMPARE(result.error().message, u"must be a string, not a number"_s);
    }
};

DIALOGUE_TEST(TestSchemaLimits, NoApplication)
#include "tst_schemalimits.moc"
