#include "schematest.h"
#include "testclasses.h"

using namespace Qt::StringLiterals;
using namespace dialogue;

/** Branches that a first look at a value's members tells apart. */
class TestSchemaGlance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBranchThatAMemberRulesOutIsNotLookedInto()
    {
        QByteArray forms;
        for (int i = 0; i < 50; ++i)
            forms += (i > 0 ? "," : "") + QByteArray("{'properties':{'value':{'type':'integer','minimum':")
                + QByteArray::number(10 * i) + ",'maximum':" + QByteArray::number(10 * i + 9)
                + "},'a':{'items':{'type':'integer'}}}}";
        const Schema schema = compiled("{'oneOf':[" + forms + "]}");
        QByteArray items = "1";
        for (int i = 0; i < 1000; ++i)
            items += ",1";
        QVERIFY(admitted(schema, "{\"value\":77,\"a\":[" + items + "]}", 100));
        QVERIFY(admitted(schema, "{\"a\":[" + items + "],\"value\":495}", 100));
        QVERIFY(!admitted(schema, "{\"a\":[" + items + "],\"value\":500}", 100));
    }

    void whatTellsBranchesApartDoesNotChangeWhichFit()
    {
        // What stands below "not" is no hint.
        const QByteArray forms[] = {
            "{'type':'object','properties':{'n':{'type':'integer','minimum':2,'exclusiveMaximum':5}}}",
            "{'type':'object','properties':{'n':{'type':['string','number'],'minimum':3.5,'minLength':2}}}",
            "{'type':'object','properties':{'n':{'maxLength':1,'maximum':999999999999999999},'m':false}}",
            "{'type':'object','properties':{'n':{'type':['object','null']},'m':{'type':'boolean'}}}",
            "{'type':'object','properties':{'n':{'$ref':'#/$defs/any'}},'required':['m']}",
            "{'type':['array','integer']}"};
        QByteArray shown;
        QByteArray hidden;
        for (const QByteArray &form : forms) {
            shown += ',' + form;
            hidden += ",{'not':{'not':" + form + "}}";
        }
        const QByteArray defs = "'$defs':{'any':{'type':['integer','array','string'],'maximum':4}}";
        const QByteArray parts[] = {"1",
                                    "2",
                                    "4",
                                    "5",
                                    "-7",
                                    "3.5",
                                    "4e0",
                                    "40e-1",
                                    "'a'",
                                    "'ab'",
                                    "'\\n'",
                                    "'\\ud83d\\ude00'",
                                    "'😀'",
                                    "''",
                                    "null",
                                    "true",
                                    "{}",
                                    "{'n':1}",
                                    "[]",
                                    "[{'n':[2]}]",
                                    "999999999999999999",
                                    "1000000000000000000"};
        for (const char *keyword : {"oneOf", "anyOf"}) {
            const Schema quick
                = compiled("{'" + QByteArray(keyword) + "':[" + shown.mid(1) + "]," + defs + '}');
            const Schema slow
                = compiled("{'" + QByteArray(keyword) + "':[" + hidden.mid(1) + "]," + defs + '}');
            const auto agree = [&](QByteArray text) {
                text.replace('\'', '"');
                QVERIFY2(admitted(quick, text, 1000).has_value() == admitted(slow, text, 1000).has_value(),
                         text.constData());
            };
            for (const QByteArray &n : parts) {
                agree(n);
                agree("{'n':" + n + '}');
                for (const QByteArray &m : parts)
                    agree("{ 'x' : [{}] , 'm' : " + m + " , 'n' : " + n + " }");
            }
        }
    }

    void aTreeThatItsMembersTellApartIsReadOnce()
    {
        const Schema schema
            = compiled("{'$ref':'#/$defs/"
                       "t','$defs':{'t':{'type':'object','properties':{'name':{'type':'string'}},'oneOf':["
                       "{'properties':{'leaf':{'type':'integer'}},'required':['leaf']},"
                       "{'properties':{'left':{'$ref':'#/$defs/t'},'right':{'$ref':'#/$defs/"
                       "t'}},'required':['left','right']},"
                       "{'properties':{'left':{'$ref':'#/$defs/t'},'right':false},'required':['left']}]}}}");
        const auto tree = [](const QByteArray &leaf) {
            QByteArray text = leaf;
            for (int i = 0; i < 60; ++i)
                text = i % 3 == 0 ? "{'left':" + text + '}'
                    : i % 3 == 1  ? "{'right':" + text + ",'left':{'left':{'leaf':1},'name':'\\'}'}}"
                                  : "{'name':'[','left':" + text + ",'right':{'leaf':2}}";
            return text.replace('\'', '"');
        };
        QVERIFY(admitted(schema, tree("{'leaf':1}"), 100));
        const Result<void> wrong = admitted(schema, tree("{'leaf':'x'}"), 100);
        QCOMPARE(wrong.error().code, ErrorCode::ValidationFailed);
        QCOMPARE(wrong.error().message, u"must be a whole number, not a string"_s);
    }

    void ofManyTextsEachIsKnownAndNoOther_data()
    {
        QTest::addColumn<int>("count");
        for (const int count : {1, 4, 5, 8, 9, 40})
            QTest::addRow("%d", count) << count;
    }
    void ofManyTextsEachIsKnownAndNoOther()
    {
        QFETCH(int, count);
        QList<QByteArray> texts; // Of each length from none.
        for (int i = 0; i < count; ++i)
            texts += QByteArray("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz").left(i);
        const QByteArray list = "'" + texts.join("','") + "'";
        const QByteArray members = "'" + texts.join("':true,'") + "':true";
        const QByteArray branches = "{'properties':{'k':{'const':'"
            + texts.join("'}},'required':['k']},{'properties':{'k':{'const':'") + "'}},'required':['k']}";
        const Schema schemas[]
            = {compiled("{'properties':{'k':{'enum':[" + list + "]}}}"),
               compiled("{'properties':{'k':{'enum':[7," + list + "]}}}"),
               compiled("{'properties':{'k':{'properties':{" + members + "},'additionalProperties':false}}}"),
               compiled("{'oneOf':[" + branches + "]}")};
        const auto allKnow = [&](const QByteArray &text, bool expected) {
            for (const Schema &schema : schemas) {
                const bool isObject = &schema == &schemas[2];
                const QByteArray value = isObject ? "{\"" + text + "\":1}" : '"' + text + '"';
                QVERIFY2(admitted(schema, "{\"k\":" + value + '}', 1000).has_value() == expected,
                         text.constData());
            }
        };
        for (const QByteArray &text : texts) {
            allKnow(text, true);
            allKnow(text + "\\u0021", false);
            allKnow(text + QByteArray(100, 'z'), false);
            for (int i = 0; i < text.size(); ++i) {
                QByteArray other = text;
                other[i] = '-';
                allKnow(other, false);
                allKnow(QByteArray(text).replace(i, 1, "\\u00" + text.mid(i, 1).toHex()), true);
            }
        }
    }
};

DIALOGUE_TEST(TestSchemaGlance, NoApplication)
#include "tst_schemaglance.moc"
