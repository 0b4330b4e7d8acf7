#include "schematest.h"
#include "testclasses.h"

using namespace Qt::StringLiterals;
using namespace dialogue;

namespace {

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
