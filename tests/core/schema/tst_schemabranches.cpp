#include "schematest.h"
#include "testclasses.h"

using namespace Qt::StringLiterals;
using namespace dialogue;

namespace {

/** A tree of \a levels whose innermost leaf is \a leaf. */
QByteArray tree(int levels, const QByteArray &leaf)
{
    QByteArray text = leaf;
    for (int i = 0; i < levels; ++i)
        text = "{\"left\":" + text + ",\"right\":{\"value\":1}}";
    return text;
}

} // namespace

/** anyOf and oneOf: which branch is meant, what that costs, and what is said where none fits. */
class TestSchemaBranches : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theStepsOfATreeGrowWithItsSizeOnly()
    {
        // Each level may be either of two forms, and nothing tells which before the leaves.
        const Schema schema = compiled(
            "{'$ref':'#/$defs/tree','$defs':{'tree':{'oneOf':["
            "{'properties':{'value':{'type':'integer'},'left':{'$ref':'#/$defs/tree'},'right':{'$ref':'#/"
            "$defs/"
            "tree'}},"
            "'required':['value'],'additionalProperties':false},"
            "{'properties':{'left':{'$ref':'#/$defs/tree'},'right':{'$ref':'#/$defs/tree'}},"
            "'required':['left','right'],'additionalProperties':false},"
            "{'properties':{'left':{'$ref':'#/$defs/tree'},'right':{'$ref':'#/$defs/tree'},'more':true},"
            "'required':['left','right','more'],'additionalProperties':false}]}}}");
        QVERIFY(admitted(schema, tree(60, "{\"value\":1}"), 100));
        const Result<void> wrong = admitted(schema, tree(60, "{\"value\":\"x\"}"), 100);
        QVERIFY(!wrong);
        QCOMPARE(wrong.error().code, ErrorCode::ValidationFailed);
        QCOMPARE(wrong.error().message, u"must be a whole number, not a string"_s);
    }

    void aTreeWithoutAnythingToTellItsFormsApartIsRemembered()
    {
        const Schema schema
            = compiled("{'$ref':'#/$defs/t','$defs':{'t':{'anyOf':["
                       "{'properties':{'left':{'$ref':'#/$defs/t'}},'required':['never']},"
                       "{'properties':{'left':{'$ref':'#/$defs/t'},'right':{'$ref':'#/$defs/t'}}}"
                       ",{'properties':{'left':{'$ref':'#/$defs/t'}},'maxProperties':0}]}}}");
        QVERIFY(admitted(schema, tree(60, "{}"), 100));
    }

    void whereATagTellsTheBranchTheOthersAreNotLookedInto()
    {
        QByteArray forms;
        for (int i = 0; i < 50; ++i)
            forms += (i > 0 ? "," : "") + QByteArray("{'properties':{'kind':{'const':'k")
                + QByteArray::number(i) + "'},'a':{'items':{'type':'integer'}}},'required':['kind']}";
        const Schema schema = compiled("{'oneOf':[" + forms + "]}");
        QByteArray items = "1";
        for (int i = 0; i < 1000; ++i)
            items += ",1";
        // Of 1,000 items in 50 branches 2,000 steps are left over only for one of them.
        QVERIFY(admitted(schema, "{\"kind\":\"k7\",\"a\":[" + items + "]}", 100));
        QVERIFY(admitted(schema, "{\"a\":[" + items + "],\"kind\":\"k49\"}", 100));
    }

    void aTagIsLookedUpHoweverManyBranchesThereAre()
    {
        const auto stepsOf = [](int branches, const QByteArray &data) {
            QByteArray forms;
            for (int i = 0; i < branches; ++i)
                forms += (i > 0 ? "," : "") + QByteArray("{'properties':{'kind':{'const':'k")
                    + QByteArray::number(i) + "'}},'required':['kind']}";
            return compiled("{'oneOf':[" + forms + "]}").stepsFor(JsonData::fromText(data), 1000);
        };
        for (const char *data : {R"({"kind":"k3"})", R"({"kind":"\u006b3"})", R"({"kind":"none"})"})
            QCOMPARE(stepsOf(400, data), stepsOf(4, data));
    }

    void aTagChoosesTheBranchesThatAllowIt_data()
    {
        QTest::addColumn<QByteArray>("data");
        QTest::addColumn<bool>("valid");
        QTest::newRow("of one branch") << QByteArray(R"({"kind":"a","n":1})") << true;
        QTest::newRow("of one branch, which it does not fit")
            << QByteArray(R"({"kind":"a","n":"x"})") << false;
        QTest::newRow("written with escapes") << QByteArray(R"({"kind":"\u0061","n":1})") << true;
        QTest::newRow("of two branches, of which one fits") << QByteArray(R"({"kind":"b","n":"x"})") << true;
        QTest::newRow("of two branches, which both fit") << QByteArray(R"({"kind":"b","n":true})") << false;
        QTest::newRow("no text") << QByteArray(R"({"kind":7,"n":null})") << true;
        QTest::newRow("no text that any allows") << QByteArray(R"({"kind":8,"n":null})") << false;
        QTest::newRow("a text that none allows") << QByteArray(R"({"kind":"c","n":1})") << false;
        QTest::newRow("missing, and one branch does without") << QByteArray(R"({"n":null})") << true;
        QTest::newRow("missing, and two do without") << QByteArray(R"({"n":[]})") << false;
        QTest::newRow("no object") << QByteArray(R"("a")") << true;
    }
    void aTagChoosesTheBranchesThatAllowIt()
    {
        QFETCH(QByteArray, data);
        QFETCH(bool, valid);
        const Schema schema = compiled(
            "{'oneOf':["
            "{'type':'object','properties':{'kind':{'const':'a'},'n':{'type':['integer','array']}}},"
            "{'type':'object','properties':{'kind':{'enum':['b',7]},'n':{'type':['null','boolean','array']}}}"
            ","
            "{'type':'object','properties':{'kind':{'enum':['x','b']},'n':{'type':['string','boolean']}},"
            "'required':['kind']},"
            "{'type':'string','const':'a'}]}");
        QCOMPARE(admitted(schema, data, 1000).has_value(), valid);
    }

    void saysWhatIsWrongInTheBranchThatWasMeant_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QByteArray>("data");
        QTest::addColumn<QString>("error");
        const auto row = [](const char *name, const char *schema, const char *data, const char *error) {
            QTest::newRow(name) << QByteArray(schema) << QByteArray(data) << QString::fromUtf8(error);
        };
        const char *shapes = "{'oneOf':[{'type':'object','properties':{'kind':{'const':'circle'},'r':{'type':"
                             "'number'}},'required':['kind','r']},"
                             "{'type':'object','properties':{'kind':{'enum':['box','cube']},'w':{'type':'"
                             "number'}},'required':['kind','w']},"
                             "{'type':'null'}]}";
        row("by its tag", shapes, "{'kind':'box','r':1,'w':'2'}", "data.w: must be a number, not a string");
        row("what it lacks", shapes, "{'kind':'circle','w':1}", "data.r: is required");
        row("an unknown tag", shapes, "{'kind':'oval'}",
            "data.kind: must be one of: circle, box, cube; not oval");
        row("no tag", shapes, "{}", "data.kind: is required");
        row("another type", shapes, "5", "data: must be an object or null, not a number");
        row("by where it ends",
            "{'anyOf':[{'properties':{'a':{'properties':{'b':{'type':'integer'}}}}},{'required':['z']}]}",
            "{'a':{'b':'x'}}", "data.a.b: must be a whole number, not a string");
        row("by a member that no branch allows",
            "{'oneOf':[{'properties':{'n':{'maximum':3}}},{'properties':{'n':{'minimum':7},'m':true}}]}",
            "{'n':5}", "data.n: must be at most 3, not 5");
        row("by a member within",
            "{'oneOf':[{'properties':{'a':{'anyOf':[{'properties':{'n':{'type':'string'}}},{'properties':{'n'"
            ":{'"
            "type':'null'}}}]}}},"
            "{'properties':{'z':true},'required':['b']}]}",
            "{'a':{'n':5}}", "data.a.n: must be a string, not a number");
        row("several that are as near", "{'anyOf':[{'minimum':5},{'multipleOf':3}]}", "4",
            "data: must be at least 5, not 4, or must be a multiple of 3, not 4");
    }
    void saysWhatIsWrongInTheBranchThatWasMeant()
    {
        QFETCH(QByteArray, schema);
        QFETCH(QByteArray, data);
        QFETCH(QString, error);
        const Result<void> result = compiled(schema).validate(fromText(data));
        QVERIFY(!result);
        QCOMPARE(result.error().text(), error);
    }

    void severalFaultsAreToldAtOnce()
    {
        const Schema schema
            = compiled("{'properties':{'text':{'type':'string','minLength':1},'n':{'type':'integer'},"
                       "'items':{'items':{'required':['id']}}},'required':['who']}");
        const QList<SchemaFault> faults
            = schema.explain(JsonData::fromText(R"({"text":"","n":1.5,"items":[{"id":1},{}]})"));
        QCOMPARE(faults.size(), 4);
        QCOMPARE(faults[0].path, u"data.text"_s);
        QCOMPARE(faults[0].pointer, u"/text"_s);
        QCOMPARE(faults[0].rule, u"minLength"_s);
        QCOMPARE(faults[0].message, u"must have at least 1 character, has 0"_s);
        QCOMPARE(faults[1].message, u"must be a whole number, not 1.5"_s);
        QCOMPARE(faults[2].path, u"data.items[1].id"_s);
        QCOMPARE(faults[2].pointer, u"/items/1/id"_s);
        QCOMPARE(faults[3].path, u"data.who"_s);
        QVERIFY(schema.explain(JsonData::fromText(R"({"who":1})")).isEmpty());
    }

    void ofManyFaultsAFewAreTold()
    {
        QJsonArray items;
        for (int i = 0; i < 1000; ++i)
            items.append(i);
        const qsizetype told = compiled("{'items':{'type':'string'}}").explain(items).size();
        QVERIFY(told > 1 && told < 10);
    }

    void theErrorHasThem()
    {
        const Schema schema = compiled("{'required':['a','b'],'properties':{'a':{'type':'string'}}}");
        const Result<void> wrong = schema.validate(fromText("{'a':1}"));
        QVERIFY(!wrong);
        QCOMPARE(wrong.error().path, u"data.a"_s);
        QCOMPARE(wrong.error().faults.size(), 2);
        QCOMPARE(wrong.error().faults[0].message, wrong.error().message);
        QCOMPARE(wrong.error().faults[1].pointer, u"/b"_s);
        const Result<void> whole = schema.validate(QJsonObject{{u"a"_s, u"x"_s}});
        QCOMPARE(whole.error().faults.size(), 1);
        const Result<void> all = compiled("{'type':'string'}").validate(1);
        QCOMPARE(all.error().faults.size(), 1);
        QVERIFY(!all.error().faults[0].pointer.isNull());
        QVERIFY(all.error().faults[0].pointer.isEmpty());
    }

    void whatIsToldIsBounded()
    {
        // Names that a stranger chose, deep within.
        const Schema schema = compiled("{'additionalProperties':{'$ref':'#'},'maxProperties':3}");
        QByteArray data = R"({"1":1,"2":1,"3":1,"4":1})";
        for (int i = 0; i < 100; ++i)
            data = "{\"" + QByteArray(1000, 'k') + "\":" + data + '}';
        const QList<SchemaFault> deep = schema.explain(JsonData::fromText(data));
        QCOMPARE(deep.size(), 1);
        QVERIFY(deep[0].path.size() <= 301);
        QVERIFY(deep[0].pointer.isNull());

        QByteArray names;
        for (int i = 0; i < 5; ++i)
            names += (i ? ",\"" : "\"") + QByteArray(10'000, char('a' + i)) + "\":1";
        const QList<SchemaFault> wide = compiled("{'additionalProperties':{'type':'string'}}")
                                            .explain(JsonData::fromText('{' + names + '}'));
        QCOMPARE(wide.size(), 5);

        QByteArray kinds;
        for (int i = 0; i < 300; ++i)
            kinds += QByteArray(i ? "," : "") + "{'required':['" + QByteArray(50, 'x') + QByteArray::number(i)
                + "']}";
        qsizetype characters = 0;
        const QList<SchemaFault> many
            = compiled("{'items':{'anyOf':[" + kinds + "]}}").explain(fromText("[{},{},{},{},{}]"));
        for (const SchemaFault &fault : many)
            characters += fault.path.size() + fault.pointer.size() + fault.message.size();
        QVERIFY(many.size() > 1 && characters < 4100);
    }
};

DIALOGUE_TEST(TestSchemaBranches, NoApplication)
#include "tst_schemabranches.moc"
