#include "console/form/fieldhint.h"
#include "console/form/fieldvalues.h"
#include "console/form/formschema.h"

#include "testclasses.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace dialogue::console;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(dialogue::console::FieldKind)

/** What field there is for what schema, and what it begins with. */
class TestFormSchema : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSchemaMakesAField_data();
    void aSchemaMakesAField();
    void aFieldBeginsWithWhatFits_data();
    void aFieldBeginsWithWhatFits();
    void whatAFormCannotDoSaysWhy_data();
    void whatAFormCannotDoSaysWhy();
    void requiredMembersComeFirstInTheOrderOfTheSchema();
    void membersOfAllOfAreMerged();
    void itemsFollowTheirPrefix_data();
    void itemsFollowTheirPrefix();
    void branchesHaveWhatStandsBesideThem();
    void theBranchIsTheOneThatTheValueIsOf_data();
    void theBranchIsTheOneThatTheValueIsOf();
    void aSchemaThatRefersToItselfIsUnfoldedLevelByLevel();
    void wholeNumbersAreBoundedExactly_data();
    void wholeNumbersAreBoundedExactly();
    void boundsAreSaidInWords_data();
    void boundsAreSaidInWords();
    void momentsAreThoseThatAnEditorHolds_data();
    void momentsAreThoseThatAnEditorHolds();
    void hostileSchemasAreBounded_data();
    void hostileSchemasAreBounded();
};

namespace {

QJsonObject schemaOf(const QByteArray &json)
{
    QJsonParseError failure;
    const QJsonObject object = QJsonDocument::fromJson(json, &failure).object();
    if (failure.error != QJsonParseError::NoError)
        qFatal("%s", qPrintable(failure.errorString()));
    return object;
}

QJsonValue valueOf(const QByteArray &json) { return QJsonDocument::fromJson('[' + json + ']').array().at(0); }

QStringList namesOf(const QList<Field> &fields)
{
    QStringList names;
    for (const Field &field : fields)
        names.append(field.isRequired ? field.name + u'!' : field.name);
    return names;
}

} // namespace

void TestFormSchema::aSchemaMakesAField_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<FieldKind>("kind");
    QTest::newRow("a string") << QByteArray(R"({"type": "string"})") << FieldKind::Text;
    QTest::newRow("an e-mail address")
        << QByteArray(R"({"type": "string", "format": "email"})") << FieldKind::Text;
    QTest::newRow("a moment") << QByteArray(R"({"type": "string", "format": "date-time"})")
                              << FieldKind::DateTime;
    QTest::newRow("an integer") << QByteArray(R"({"type": "integer"})") << FieldKind::Integer;
    QTest::newRow("a number") << QByteArray(R"({"type": "number"})") << FieldKind::Number;
    QTest::newRow("a truth") << QByteArray(R"({"type": "boolean"})") << FieldKind::Boolean;
    QTest::newRow("null") << QByteArray(R"({"type": "null"})") << FieldKind::Null;
    QTest::newRow("an object") << QByteArray(R"({"type": "object"})") << FieldKind::Object;
    QTest::newRow("an array") << QByteArray(R"({"type": "array"})") << FieldKind::Array;
    QTest::newRow("an enum") << QByteArray(R"({"type": "string", "enum": ["a", "b"]})") << FieldKind::Choice;
    QTest::newRow("an enum of mixed types") << QByteArray(R"({"enum": [1, "b", null]})") << FieldKind::Choice;
    QTest::newRow("a const") << QByteArray(R"({"const": "card"})") << FieldKind::Choice;
    QTest::newRow("consts with titles")
        << QByteArray(R"({"oneOf": [{"const": 1, "title": "One"}, {"const": 2}]})") << FieldKind::Choice;
    QTest::newRow("one of several") << QByteArray(R"({"oneOf": [{"type": "string"}, {"type": "integer"}]})")
                                    << FieldKind::Branches;
    QTest::newRow("any of several") << QByteArray(R"({"anyOf": [{"type": "string"}, {"type": "null"}]})")
                                    << FieldKind::Branches;
    QTest::newRow("several types") << QByteArray(R"({"type": ["string", "null"]})") << FieldKind::Branches;
    QTest::newRow("one type in a list") << QByteArray(R"({"type": ["string"]})") << FieldKind::Text;
    QTest::newRow("no type, but members") << QByteArray(R"({"properties": {"a": {}}})") << FieldKind::Object;
    QTest::newRow("no type, but items") << QByteArray(R"({"items": {}})") << FieldKind::Array;
    QTest::newRow("no type, but a pattern") << QByteArray(R"({"pattern": "^a"})") << FieldKind::Text;
    QTest::newRow("no type, but a bound") << QByteArray(R"({"minimum": 1})") << FieldKind::Number;
    QTest::newRow("anything") << QByteArray(R"({})") << FieldKind::Json;
    QTest::newRow("a reference") << QByteArray(
        R"({"$ref": "#/$defs/n", "$defs": {"n": {"type": "integer"}}})")
                                 << FieldKind::Integer;
    QTest::newRow("a reference by escaped names")
        << QByteArray(R"({"$ref": "#/$defs/a~1b%20c", "$defs": {"a/b c": {"type": "integer"}}})")
        << FieldKind::Integer;
    QTest::newRow("a reference to an anchor")
        << QByteArray(R"({"$ref": "#n", "$defs": {"x": {"$anchor": "n", "type": "boolean"}}})")
        << FieldKind::Boolean;
    QTest::newRow("a reference with the document's own identifier")
        << QByteArray(R"({"$id": "https://a.example/s", "$ref": "https://a.example/s#/$defs/n",
               "$defs": {"n": {"type": "integer"}}})")
        << FieldKind::Integer;
    QTest::newRow("what stands beside a reference, in 2020-12")
        << QByteArray(R"({"$ref": "#/$defs/n", "enum": ["a"], "$defs": {"n": {"type": "string"}}})")
        << FieldKind::Choice;
    QTest::newRow("what stands beside a reference, in draft 7") << QByteArray(
        R"({"$schema": "http://json-schema.org/draft-07/schema#", "$ref": "#/definitions/n", "enum": ["a"],
               "definitions": {"n": {"type": "string"}}})") << FieldKind::Text;
    QTest::newRow("types that narrow one another")
        << QByteArray(R"({"type": ["number", "string"], "allOf": [{"type": ["integer", "null"]}]})")
        << FieldKind::Integer;
}

void TestFormSchema::aSchemaMakesAField()
{
    QFETCH(QByteArray, schema);
    QFETCH(FieldKind, kind);
    const FormSchema form(schemaOf(schema));
    QCOMPARE(form.root().kind, kind);
    QVERIFY2(form.root().obstacle.isEmpty(), qPrintable(form.root().obstacle));
}

void TestFormSchema::aFieldBeginsWithWhatFits_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("a string") << QByteArray(R"({"type": "string"})") << QByteArray(R"("")");
    QTest::newRow("the default") << QByteArray(R"({"type": "string", "default": "x"})")
                                 << QByteArray(R"("x")");
    QTest::newRow("a const") << QByteArray(R"({"const": {"a": 1}})") << QByteArray(R"({"a": 1})");
    QTest::newRow("the first of an enum") << QByteArray(R"({"enum": ["b", "a"]})") << QByteArray(R"("b")");
    QTest::newRow("zero") << QByteArray(R"({"type": "integer"})") << QByteArray("0");
    QTest::newRow("the least") << QByteArray(R"({"type": "integer", "minimum": 3})") << QByteArray("3");
    QTest::newRow("above an exclusive bound")
        << QByteArray(R"({"type": "integer", "exclusiveMinimum": 3})") << QByteArray("4");
    QTest::newRow("a multiple") << QByteArray(R"({"type": "integer", "minimum": 3, "multipleOf": 5})")
                                << QByteArray("5");
    QTest::newRow("the most") << QByteArray(R"({"type": "integer", "maximum": -3})") << QByteArray("-3");
    QTest::newRow("the least number")
        << QByteArray(R"({"type": "number", "minimum": 0.5})") << QByteArray("0.5");
    QTest::newRow("false") << QByteArray(R"({"type": "boolean"})") << QByteArray("false");
    QTest::newRow("null") << QByteArray(R"({"type": "null"})") << QByteArray("null");
    QTest::newRow("the required members alone") << QByteArray(
        R"({"required": ["a"], "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}}})")
                                                << QByteArray(R"({"a": 0})");
    QTest::newRow("as many items as there have to be")
        << QByteArray(R"({"type": "array", "minItems": 2, "items": {"type": "string"}})")
        << QByteArray(R"(["", ""])");
    QTest::newRow("no items") << QByteArray(R"({"type": "array", "items": {"type": "string"}})")
                              << QByteArray("[]");
    QTest::newRow("the first branch")
        << QByteArray(R"({"oneOf": [{"type": "null"}, {"type": "string"}]})") << QByteArray("null");
    QTest::newRow("objects in objects") << QByteArray(
        R"({"required": ["a"], "properties": {"a": {"required": ["b"], "properties": {"b": {"const": 1}}}}})")
                                        << QByteArray(R"({"a": {"b": 1}})");
    QTest::newRow("anything") << QByteArray(R"({})") << QByteArray("null");
}

void TestFormSchema::aFieldBeginsWithWhatFits()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, value);
    const FormSchema form(schemaOf(schema));
    QCOMPARE(form.initialValue(form.root()), valueOf(value));
}

void TestFormSchema::whatAFormCannotDoSaysWhy_data()
{
    QTest::addColumn<QJsonObject>("schema");
    QTest::addColumn<QString>("why");
    QTest::newRow("a reference to nothing") << schemaOf(R"({"$ref": "#/$defs/n"})") << u"#/$defs/n"_s;
    QTest::newRow("a reference elsewhere")
        << schemaOf(R"({"$ref": "https://a.example/s"})") << u"https://a.example/s"_s;
    QTest::newRow("a reference to itself") << schemaOf(R"({"$ref": "#"})") << u"itself"_s;
    QTest::newRow("types that contradict each other")
        << schemaOf(R"({"type": "string", "allOf": [{"type": "integer"}]})") << u"contradict"_s;
    QTest::newRow("values that contradict each other")
        << schemaOf(R"({"enum": [1], "allOf": [{"enum": [2]}]})") << u"contradict"_s;
    QTest::newRow("two choices at once")
        << schemaOf(R"({"oneOf": [{"type": "string"}], "allOf": [{"oneOf": [{"minLength": 1}]}]})")
        << u"at once"_s;
    QTest::newRow("an attachment") << schemaOf(R"({"type": "object", "format": "binary"})")
                                   << u"attachment"_s;
    QJsonArray many;
    for (int i = 0; i <= FormSchema::MaxChoices; ++i)
        many.append(i);
    QTest::newRow("too many choices") << QJsonObject{{u"enum"_s, many}} << u"too many (501)"_s;
}

void TestFormSchema::whatAFormCannotDoSaysWhy()
{
    QFETCH(QJsonObject, schema);
    QFETCH(QString, why);
    const FormSchema form(schema);
    QCOMPARE(form.root().kind, FieldKind::Json);
    QVERIFY2(form.root().obstacle.contains(why), qPrintable(form.root().obstacle));
}

void TestFormSchema::requiredMembersComeFirstInTheOrderOfTheSchema()
{
    const FormSchema form(schemaOf(
        R"({"required": ["z", "b", "z", "unknown"], "properties": {"a": {}, "b": {}, "c": {}, "z": {}}})"));
    QCOMPARE(namesOf(form.members(form.root())),
             QStringList({u"z!"_s, u"b!"_s, u"unknown!"_s, u"a"_s, u"c"_s}));
    QCOMPARE(form.members(form.root(), 2).size(), 2);
    QCOMPARE(FormSchema::memberCount(form.root()), 5);
}

void TestFormSchema::membersOfAllOfAreMerged()
{
    const FormSchema form(schemaOf(R"({
        "properties": {"a": {"type": "integer", "minimum": 1, "maximum": 9}},
        "allOf": [{"$ref": "#/$defs/more"}, {"required": ["b"]}],
        "$defs": {"more": {"title": "More", "properties": {"a": {"minimum": 5, "maximum": 20},
                                                         "b": {"type": "string"}}}}})"));
    QCOMPARE(form.root().title, u"More"_s);
    const QList<Field> members = form.members(form.root());
    QCOMPARE(namesOf(members), QStringList({u"b!"_s, u"a"_s}));
    QCOMPARE(rangeOf(members[1]), (IntegerRange{5, 9, 1}));
}

void TestFormSchema::itemsFollowTheirPrefix_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::newRow("in 2020-12") << QByteArray(
        R"({"prefixItems": [{"type": "string"}, {"type": "boolean"}], "items": {"type": "integer"}})");
    QTest::newRow("in draft 7") << QByteArray(
        R"({"items": [{"type": "string"}, {"type": "boolean"}], "additionalItems": {"type": "integer"}})");
}

void TestFormSchema::itemsFollowTheirPrefix()
{
    QFETCH(QByteArray, schema);
    const FormSchema form(schemaOf(schema));
    QCOMPARE(form.item(form.root(), 0).kind, FieldKind::Text);
    QCOMPARE(form.item(form.root(), 1).kind, FieldKind::Boolean);
    QCOMPARE(form.item(form.root(), 2).kind, FieldKind::Integer);
}

void TestFormSchema::branchesHaveWhatStandsBesideThem()
{
    const FormSchema form(schemaOf(R"({
        "title": "Payment", "required": ["amount"], "properties": {"amount": {"type": "integer"}},
        "oneOf": [{"required": ["kind"], "properties": {"kind": {"const": "card"}}},
                  {"title": "On account", "properties": {"kind": {"const": "account"}}}]})"));
    const QList<Field> branches = form.branches(form.root());
    QCOMPARE(branches.size(), 2);
    QCOMPARE(namesOf(form.members(branches[0])), QStringList({u"kind!"_s, u"amount!"_s}));
    QCOMPARE(branchCaptionOf(branches[0]), u"kind: card"_s);
    QCOMPARE(branchCaptionOf(branches[1]), u"On account"_s);
}

void TestFormSchema::theBranchIsTheOneThatTheValueIsOf_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("branch");
    QTest::newRow("by its kind") << QByteArray(R"({"kind": "account", "iban": "DE"})") << 1;
    QTest::newRow("by its kind alone") << QByteArray(R"({"kind": "card"})") << 0;
    QTest::newRow("by what it has") << QByteArray(R"({"iban": "DE"})") << 1;
    QTest::newRow("by its type") << QByteArray(R"("cash")") << 2;
    QTest::newRow("of none") << QByteArray("7") << -1;
}

void TestFormSchema::theBranchIsTheOneThatTheValueIsOf()
{
    QFETCH(QByteArray, value);
    QFETCH(int, branch);
    const FormSchema form(schemaOf(R"({"oneOf": [
        {"required": ["kind", "number"], "properties": {"kind": {"const": "card"}, "number": {"type": "string"}}},
        {"required": ["kind", "iban"], "properties": {"kind": {"const": "account"}, "iban": {"type": "string"}}},
        {"type": "string"}]})"));
    QCOMPARE(form.branchOf(form.root(), valueOf(value)), branch);
}

void TestFormSchema::aSchemaThatRefersToItselfIsUnfoldedLevelByLevel()
{
    const FormSchema form(schemaOf(
        R"({"required": ["name", "next"], "properties": {"name": {"type": "string"}, "next": {"$ref": "#"}}})"));
    Field at = form.root();
    int depth = 0;
    for (; at.kind == FieldKind::Object; ++depth)
        at = form.members(at).last();
    QCOMPARE(depth, FormSchema::MaxDepth);
    QVERIFY(at.obstacle.contains(u"too deep"_s));
    // And what it begins with ends.
    QVERIFY(form.initialValue(form.root()).isObject());
}

void TestFormSchema::wholeNumbersAreBoundedExactly_data()
{
    constexpr qint64 least = std::numeric_limits<qint64>::min();
    constexpr qint64 most = std::numeric_limits<qint64>::max();
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<qint64>("least");
    QTest::addColumn<qint64>("most");
    QTest::addColumn<qint64>("step");
    QTest::newRow("not at all") << QByteArray("{}") << least << most << qint64(1);
    QTest::newRow("beyond the exactness of a double")
        << QByteArray(R"({"minimum": 9007199254740993, "maximum": 9223372036854775806})")
        << qint64(9007199254740993) << qint64(9223372036854775806) << qint64(1);
    QTest::newRow("by fractions") << QByteArray(R"({"minimum": 0.5, "maximum": 9.5})") << qint64(1)
                                  << qint64(9) << qint64(1);
    QTest::newRow("exclusively") << QByteArray(R"({"exclusiveMinimum": 0, "exclusiveMaximum": 10})")
                                 << qint64(1) << qint64(9) << qint64(1);
    QTest::newRow("exclusively by fractions")
        << QByteArray(R"({"exclusiveMinimum": 0.5, "exclusiveMaximum": 9.5})") << qint64(1) << qint64(9)
        << qint64(1);
    QTest::newRow("beyond 64 bits") << QByteArray(R"({"minimum": -1e30, "maximum": 1e30})") << least << most
                                    << qint64(1);
    QTest::newRow("in steps") << QByteArray(R"({"multipleOf": 5})") << least << most << qint64(5);
    QTest::newRow("in steps of a fraction")
        << QByteArray(R"({"multipleOf": 0.5})") << least << most << qint64(1);
}

void TestFormSchema::wholeNumbersAreBoundedExactly()
{
    QFETCH(QByteArray, schema);
    QFETCH(qint64, least);
    QFETCH(qint64, most);
    QFETCH(qint64, step);
    const IntegerRange range = rangeOf(Field{.kind = FieldKind::Integer, .schema = schemaOf(schema)});
    QCOMPARE(range.least, least);
    QCOMPARE(range.most, most);
    QCOMPARE(range.step, step);
}

void TestFormSchema::boundsAreSaidInWords_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QString>("words");
    QTest::newRow("of a number") << QByteArray(R"({"type": "number", "minimum": 1, "maximum": 100})")
                                 << u"1 to 100"_s;
    QTest::newRow("to one side") << QByteArray(
        R"({"type": "integer", "exclusiveMinimum": 0, "multipleOf": 5})")
                                 << u"more than 0, a multiple of 5"_s;
    QTest::newRow("of a text") << QByteArray(R"({"type": "string", "maxLength": 5, "pattern": "^a"})")
                               << u"characters: at most 5, like ^a"_s;
    QTest::newRow("of a list") << QByteArray(R"({"type": "array", "minItems": 1, "uniqueItems": true})")
                               << u"items: at least 1, each once"_s;
    QTest::newRow("none") << QByteArray(R"({"type": "string"})") << QString();
    QTest::newRow("that would write backwards")
        << QByteArray("{\"type\": \"string\", \"pattern\": \"a\xe2\x80\xae\"}") << u"like a\\u202e"_s;
}

void TestFormSchema::boundsAreSaidInWords()
{
    QFETCH(QByteArray, schema);
    QFETCH(QString, words);
    QCOMPARE(boundsOf(FormSchema(schemaOf(schema)).root()).toLower(), words.toLower());
}

void TestFormSchema::momentsAreThoseThatAnEditorHolds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("utc");
    QTest::newRow("in UTC") << u"2026-11-30T12:00:00Z"_s << u"2026-11-30T12:00:00Z"_s;
    QTest::newRow("elsewhere") << u"2026-11-30T12:00:00.250+02:00"_s << u"2026-11-30T10:00:00.250Z"_s;
    QTest::newRow("without an offset") << u"2026-11-30T12:00:00"_s << QString();
    QTest::newRow("a leap second") << u"2016-12-31T23:59:60Z"_s << QString();
    QTest::newRow("long ago") << u"1600-01-01T00:00:00Z"_s << QString();
    QTest::newRow("none") << u"soon"_s << QString();
}

void TestFormSchema::momentsAreThoseThatAnEditorHolds()
{
    QFETCH(QString, text);
    QFETCH(QString, utc);
    const std::optional<QDateTime> moment = momentOf(text);
    QCOMPARE(moment ? textOfMoment(*moment) : QString(), utc);
}

void TestFormSchema::hostileSchemasAreBounded_data()
{
    QTest::addColumn<QJsonObject>("schema");
    QJsonObject wide;
    QJsonArray names;
    for (int i = 0; i < 20'000; ++i) {
        wide.insert(u"m%1"_s.arg(i), QJsonObject{{u"$ref"_s, u"#"_s}});
        names.append(u"m%1"_s.arg(i));
    }
    QTest::newRow("wide, required, and itself at each member")
        << QJsonObject{{u"properties"_s, wide}, {u"required"_s, names}};
    QJsonArray all;
    for (int i = 0; i < 1000; ++i)
        all.append(QJsonObject{{u"$ref"_s, u"#/$defs/wide"_s}});
    QTest::newRow("wide, a thousand times") << QJsonObject{
        {u"allOf"_s, all}, {u"$defs"_s, QJsonObject{{u"wide"_s, QJsonObject{{u"properties"_s, wide}}}}}};
    QJsonObject doubling{{u"d0"_s, QJsonObject{{u"type"_s, u"object"_s}}}};
    for (int i = 1; i < 60; ++i) {
        const QJsonObject each{{u"$ref"_s, u"#/$defs/d%1"_s.arg(i - 1)}};
        const QJsonArray twice{each, each};
        doubling.insert(u"d%1"_s.arg(i), QJsonObject{{u"allOf"_s, twice}});
    }
    QTest::newRow("doubling") << QJsonObject{{u"$ref"_s, u"#/$defs/d59"_s}, {u"$defs"_s, doubling}};
    QTest::newRow("many items") << schemaOf(
        R"({"type": "array", "minItems": 1000000000, "items": {"type": "array", "minItems": 1000000000}})");
    QJsonArray branches;
    for (int i = 0; i < 50; ++i)
        branches.append(QJsonObject{{u"$ref"_s, u"#"_s}});
    QTest::newRow("branches of itself") << QJsonObject{{u"oneOf"_s, branches}};
}

void TestFormSchema::hostileSchemasAreBounded()
{
    // That it ends, and with so much and no more; a minute would be the test's end.
    QFETCH(QJsonObject, schema);
    const FormSchema form(schema);
    const QJsonValue value = form.initialValue(form.root());
    QVERIFY(QJsonDocument(QJsonArray({value})).toJson(QJsonDocument::Compact).size() < 100'000);
    QVERIFY(form.members(form.root()).size() <= FormSchema::MaxMembers);
    QVERIFY(form.branchOf(form.root(), QJsonObject()) < FormSchema::MaxBranches);
}

DIALOGUE_TEST(TestFormSchema, QCoreApplication)
#include "tst_formschema.moc"
