#include "schematest.h"
#include "testclasses.h"

using namespace Qt::StringLiterals;
using namespace dialogue;

namespace {

/** What \a schema makes of \a data, both in single quotes: the text that goes on, or the error. */
QByteArray admitted(const QByteArray &schema, QByteArray data, const Admission &admission)
{
    JsonData passing = JsonData::fromText(data.replace('\'', '"'));
    const Result<void> result = compiled(schema).admit(passing, admission);
    return result ? passing.text().replace('"', '\'') : result.error().text().toUtf8();
}

} // namespace

/** Unknown members, defaults and formats: what an event says besides its schema. */
class TestSchemaAdmission : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unknownMembersAreTakenOut_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QByteArray>("data");
        QTest::addColumn<QByteArray>("stripped");
        const auto row = [](const char *name, const char *schema, const char *data, const char *stripped) {
            QTest::newRow(name) << QByteArray(schema) << QByteArray(data) << QByteArray(stripped);
        };
        const char *text = "{'type':'object','properties':{'text':{'type':'string'}}}";
        row("none", text, "{ 'text' : 'a' }", "{ 'text' : 'a' }");
        row("the last", text, "{'text':'a','more':[1,{'text':2}]}", "{'text':'a'}");
        row("all", text, "{'a':1,'b':2}", "{}");
        row("in an item", "{'items':{'properties':{'a':true}}}", "[{'a':1,'b':2},{'b':3}]", "[{'a':1},{}]");
        row("of what nothing is said", "{'properties':{'meta':{'type':'object'}}}",
            "{'meta':{'x':{'y':1}},'z':1}", "{'meta':{'x':{'y':1}}}");
        row("where others are allowed by name", "{'properties':{'a':true},'additionalProperties':{}}",
            "{'a':1,'b':2}", "{'a':1,'b':2}");
        row("a map", "{'additionalProperties':{'properties':{'a':true}}}", "{'x':{'a':1,'b':2}}",
            "{'x':{'a':1}}");
        row("by pattern", "{'properties':{},'patternProperties':{'^x-':true}}", "{'x-a':1,'y':2}",
            "{'x-a':1}");
        row("declared by different schemas",
            "{'allOf':[{'properties':{'a':true}},{'properties':{'b':true}}]}", "{'a':1,'b':2,'c':3}",
            "{'a':1,'b':2}");
        row("of the branch that fits",
            "{'oneOf':[{'properties':{'kind':{'const':'a'},'x':true}},{'properties':{'kind':{'const':'b'},"
            "'y':true}}]}",
            "{'kind':'b','x':1,'y':2}", "{'kind':'b','y':2}");
        row("behind an escaped name", text, "{'te\\u0078t':'a','b':1}", "{'te\\u0078t':'a'}");
        row("where references meet",
            "{'$ref':'#/$defs/n','$defs':{'n':{'anyOf':[{'properties':{'n':{'$ref':'#/$defs/n'}}},"
            "{'properties':{'n':{'$ref':'#/$defs/n'},'m':true}}]}}}",
            "{'n':{'n':{'m':1,'x':2}}}", "{'n':{'n':{'m':1}}}");
    }
    void unknownMembersAreTakenOut()
    {
        QFETCH(QByteArray, schema);
        QFETCH(QByteArray, data);
        QFETCH(QByteArray, stripped);
        QCOMPARE(admitted(schema, data, {.unknown = UnknownMembers::Strip}), stripped);
        QCOMPARE(admitted(schema, data, {}), data);
        const bool known = stripped == data;
        QCOMPARE(admitted(schema, data, {.unknown = UnknownMembers::Refuse})
                     .endsWith("is not known to the schema of this event"),
                 !known);
    }

    void anUnknownMemberIsRefusedWithItsPlace()
    {
        QCOMPARE(admitted("{'items':{'properties':{'a':true}}}", "[{'a':1},{'b':{'c':2}}]",
                          {.unknown = UnknownMembers::Refuse}),
                 "data[1].b: is not known to the schema of this event");
    }

    void whatFitsOnlyWithItsUnknownMembersIsRefused()
    {
        QCOMPARE(admitted("{'properties':{'a':true},'minProperties':2}", "{'a':1,'b':2}",
                          {.unknown = UnknownMembers::Strip}),
                 "data: must have at least 2 members, has 1");
    }

    void missingMembersGetTheirDefaults_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QByteArray>("data");
        QTest::addColumn<QByteArray>("filled");
        const auto row = [](const char *name, const char *schema, const char *data, const char *filled) {
            QTest::newRow(name) << QByteArray(schema) << QByteArray(data) << QByteArray(filled);
        };
        const char *level = "{'properties':{'level':{'type':'integer','default':3}},'required':['level']}";
        row("there", level, "{'level':1}", "{'level':1}");
        row("missing, and required", level, "{}", "{'level':3}");
        row("behind others", level, "{'a':1}", "{'a':1,'level':3}");
        row("a number as it is written", "{'properties':{'a':{'default':1.50}}}", "{}", "{'a':1.50}");
        row("in an item", "{'items':{'properties':{'a':{'default':[]}}}}", "[{},{'a':1}]",
            "[{'a':[]},{'a':1}]");
        row("behind a reference",
            "{'properties':{'a':{'$ref':'#/$defs/a'}},'$defs':{'a':{'type':'integer','default':1}}}", "{}",
            "{'a':1}");
        row("of the branch that fits",
            "{'oneOf':[{'properties':{'kind':{'const':'a'},'x':{'default':1}},'required':['kind']},"
            "{'properties':{'kind':{'const':'b'},'y':{'default':2}},'required':['kind']}]}",
            "{'kind':'b'}", "{'kind':'b','y':2}");
        row("an odd name", "{'properties':{'a\\nb':{'default':1}}}", "{}", "{'a\\nb':1}");
    }
    void missingMembersGetTheirDefaults()
    {
        QFETCH(QByteArray, schema);
        QFETCH(QByteArray, data);
        QFETCH(QByteArray, filled);
        JsonData passing = JsonData::fromText(QByteArray(data).replace('\'', '"'));
        const Result<Schema> exact = Schema::fromText(QByteArray(schema).replace('\'', '"'));
        QVERIFY(exact);
        const Result<void> result = exact->admit(passing, {.defaults = true});
        QVERIFY2(result, result ? "" : qPrintable(result.error().text()));
        QCOMPARE(passing.text().replace('"', '\''), filled);
    }

    void aDefaultThatDoesNotFitIsRefused()
    {
        QCOMPARE(admitted("{'properties':{'a':{'type':'string','default':1}}}", "{}", {.defaults = true}),
                 "data.a: must be a string, not a number");
    }

    void formatsMayBeNotesOnly()
    {
        const char *schema = "{'format':'email'}";
        QCOMPARE(admitted(schema, "'ann'", {}), "data: must be an email address, is ann");
        QCOMPARE(admitted(schema, "'ann'", {.formats = false}), "'ann'");
    }
};

DIALOGUE_TEST(TestSchemaAdmission, NoApplication)
#include "tst_schemaadmission.moc"
