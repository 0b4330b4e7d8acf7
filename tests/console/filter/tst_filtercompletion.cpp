#include "console/filter/completion.h"
#include "core/filter/filter.h"

#include "testclasses.h"

#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

using namespace dialogue;
using namespace dialogue::console;
using namespace Qt::StringLiterals;

class TestFilterCompletion : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void suggests_data();
    void suggests();
    void tellsWhatAMemberIs();
    void whatIsPutInIsRight_data();
    void whatIsPutInIsRight();
    void suggestsAHundredAtMost();
    void schemasThatReferToThemselvesEnd();
    void endsWhateverIsWritten();
};

namespace {

QJsonObject schema(const char *json)
{
    QJsonParseError failure;
    const QJsonObject object = QJsonDocument::fromJson(json, &failure).object();
    if (failure.error != QJsonParseError::NoError)
        qFatal("%s", qPrintable(failure.errorString()));
    return object;
}

const FilterVocabulary &vocabulary()
{
    static const FilterVocabulary all{
        .rooms = {u"lobby"_s, u"a \"b\""_s},
        .events = {u"bid"_s, u"ask"_s, u"move"_s},
        .users = {u"u-1"_s},
        .nodes = {u"n1"_s},
        .schemas
        = {{u"bid"_s, schema(R"({"type":"object","properties":{
                "price":{"type":"number","description":"In cents"},
                "state":{"enum":["open","closed",1,null]},
                "odd name":{"type":"string"},
                "sealed":{"type":"boolean"},
                "who":{"$ref":"#/$defs/person"},
                "lots":{"type":"array","items":{"anyOf":[{"properties":{"id":{"type":"string"}}},{"properties":{"no":{"type":["integer","null"]}}}]}}},
                "$defs":{"person":{"type":"object","properties":{"name":{"type":"string"},"friend":{"$ref":"#/$defs/person"}}}}})")},
           {u"move"_s,
            schema(
                R"({"allOf":[{"properties":{"x":{"const":7}}}],"properties":{"at":{"prefixItems":[{"properties":{"first":{}}}],"items":{"properties":{"rest":{}}}}}})")}}};
    return all;
}

/** \a text with a | where the cursor is. */
QList<FilterSuggestion> suggestionsAt(QString text)
{
    const qsizetype cursor = text.indexOf(u'|');
    return completions(text.remove(cursor, 1), cursor, vocabulary());
}

QStringList textsAt(const QString &text)
{
    QStringList texts;
    for (const FilterSuggestion &each : suggestionsAt(text))
        texts.append(each.text);
    return texts;
}

} // namespace

void TestFilterCompletion::suggests_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("texts");
    const auto add = [](const char *text, const QStringList &texts) {
        QTest::newRow(text) << QString::fromUtf8(text) << texts;
    };
    const QStringList fields{u"room"_s,   u"event"_s, u"from"_s, u"key"_s,  u"node"_s,
                             u"offset"_s, u"size"_s,  u"time"_s, u"data"_s, u"meta"_s};
    add("|", fields);
    add("  |  ", fields);
    add("e|", {u"event"_s});
    add("E|", {u"event"_s});
    add("x|", {});
    add("ro|om == 'a'", {u"room"_s});
    add("!(|", fields);
    add("room == 'a' & & |", {});
    // Operators by what the operand may be.
    add("room |", {u"=="_s, u"!="_s, u"~"_s, u"!~"_s, u"in"_s, u"&&"_s});
    add("offset |", {u"=="_s, u"!="_s, u"<"_s, u"<="_s, u">"_s, u">="_s, u"in"_s, u"&&"_s});
    add("(room i|", {u"in"_s});
    add("data.price |", {u"=="_s, u"!="_s, u"<"_s, u"<="_s, u">"_s, u">="_s, u"in"_s, u"&&"_s});
    add("data.sealed |", {u"=="_s, u"!="_s, u"in"_s, u"&&"_s});
    add("data.who.name |", {u"=="_s, u"!="_s, u"~"_s, u"!~"_s, u"in"_s, u"&&"_s});
    add("data.state |",
        {u"=="_s, u"!="_s, u"<"_s, u"<="_s, u">"_s, u">="_s, u"~"_s, u"!~"_s, u"in"_s, u"&&"_s});
    add("(room == 'a' |", {u"&&"_s, u")"_s});
    add("room == 'a' |", {u"&&"_s});
    add("room in ['a'] |", {u"&&"_s});
    add("data.x == data.price |", {u"&&"_s});
    // Members.
    add("data.|",
        {u"at"_s, u"lots"_s, u"[\"odd name\"]"_s, u"price"_s, u"sealed"_s, u"state"_s, u"who"_s, u"x"_s});
    add("data.p|", {u"price"_s});
    add("data.odd|", {u"[\"odd name\"]"_s});
    add("data[|",
        {u"[\"at\"]"_s, u"[\"lots\"]"_s, u"[\"odd name\"]"_s, u"[\"price\"]"_s, u"[\"sealed\"]"_s,
         u"[\"state\"]"_s, u"[\"who\"]"_s, u"[\"x\"]"_s});
    add("data['o|", {u"[\"odd name\"]"_s});
    add("event == 'bid' && data.|",
        {u"lots"_s, u"[\"odd name\"]"_s, u"price"_s, u"sealed"_s, u"state"_s, u"who"_s});
    add("data.| && event in ['move', 'ask']", {u"at"_s, u"x"_s});
    add("event == 'ask' && data.s|", {u"sealed"_s, u"state"_s});
    add("data.who.|", {u"friend"_s, u"name"_s});
    add("data['who'].friend.friend.n|", {u"name"_s});
    add("data.lots[3].|", {u"id"_s, u"no"_s});
    add("data.at[0].|", {u"first"_s});
    add("data.price.|", {});
    add("meta.|", {});
    add("room.|", {});
    add("data.price == data.s|", {u"sealed"_s, u"state"_s});
    // Values.
    add("event == |", {u"\"bid\""_s, u"\"ask\""_s, u"\"move\""_s});
    add("event == 'b|", {u"\"bid\""_s});
    add("event == \"b|\"", {u"\"bid\""_s});
    add("event in ['bid', |", {u"\"bid\""_s, u"\"ask\""_s, u"\"move\""_s});
    add("room ~ |", {u"\"lobby\""_s, u"\"a \\\"b\\\"\""_s});
    add("from == |", {u"\"u-1\""_s});
    add("node == |", {u"\"n1\""_s});
    add("data.state == |", {u"\"open\""_s, u"\"closed\""_s, u"1"_s, u"null"_s});
    add("data.state == \"c|", {u"\"closed\""_s});
    add("data.sealed == |", {u"true"_s, u"false"_s});
    add("data.sealed == t|", {u"true"_s});
    add("data.x == |", {u"7"_s});
    add("data.lots[0].no == |", {u"null"_s});
    add("time > |", {});
    add("room in |", {});
    // Wrong before.
    add("room = |", {});
    add("room == 'a' b |", {});
    add(") |", {});
}

void TestFilterCompletion::suggests()
{
    QFETCH(QString, text);
    QFETCH(QStringList, texts);
    if (texts.contains(u"&&"_s))
        texts.insert(texts.indexOf(u"&&"_s) + 1, u"||"_s);
    QCOMPARE(textsAt(text), texts);
}

void TestFilterCompletion::tellsWhatAMemberIs()
{
    const QList<FilterSuggestion> all = suggestionsAt(u"data.pr|"_s);
    QCOMPARE(all.size(), 1);
    QCOMPARE(all[0].kind, FilterSuggestion::Kind::Member);
    QCOMPARE(all[0].detail, u"number: In cents"_s);
    QCOMPARE(suggestionsAt(u"data.lots[0].n|"_s).first().detail, u"integer, null"_s);
    QVERIFY(suggestionsAt(u"data.x|"_s).first().detail.isEmpty());
}

void TestFilterCompletion::whatIsPutInIsRight_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("result");
    QTest::newRow("a field") << u"ev| == 'a'"_s << u"event == 'a'"_s;
    QTest::newRow("the rest of a word") << u"ev|nt == 'a'"_s << u"event == 'a'"_s;
    QTest::newRow("a member") << u"data.pri|"_s << u"data.price"_s;
    QTest::newRow("an odd member") << u"data.od| == 1"_s << u"data[\"odd name\"] == 1"_s;
    QTest::newRow("an odd member behind a bracket") << u"data[\"o|"_s << u"data[\"odd name\"]"_s;
    QTest::newRow("a text") << u"event == 'b|"_s << u"event == \"bid\""_s;
    QTest::newRow("a text between quotes") << u"event == \"b|\" && room"_s << u"event == \"bid\" && room"_s;
}

void TestFilterCompletion::whatIsPutInIsRight()
{
    QFETCH(QString, text);
    QFETCH(QString, result);
    const FilterSuggestion first = suggestionsAt(text).value(0);
    QString whole = text.remove(u'|');
    whole.replace(first.from, first.to - first.from, first.text);
    QCOMPARE(whole, result);
    QVERIFY(Filter::parse(whole));
}

void TestFilterCompletion::suggestsAHundredAtMost()
{
    FilterVocabulary many;
    for (int i = 0; i < 1000; ++i)
        many.rooms.append(u"room-%1"_s.arg(i));
    QCOMPARE(completions(u"room == ", 8, many).size(), 100);
    QCOMPARE(completions(u"room == 'room-99", 16, many).size(), 11);
    QCOMPARE(completions(u"", 7, many).size(), 10);
}

void TestFilterCompletion::schemasThatReferToThemselvesEnd()
{
    FilterVocabulary turning;
    turning.schemas
        = {{u"a"_s, schema(R"({"$ref":"#"})")},
           {u"b"_s,
            schema(R"({"anyOf":[{"$ref":"#"},{"$ref":"#"}],"properties":{"b":{"$ref":"#/nowhere/0"}}})")},
           {u"c"_s, schema(R"({"$ref":"other.json"})")},
           {u"d"_s, schema(R"({"$ref":"#/$defs/a~1b%25","$defs":{"a/b%":{"properties":{"d":{}}}}})")}};
    QStringList names;
    for (const FilterSuggestion &each : completions(u"data.", 5, turning))
        names.append(each.text);
    QCOMPARE(names, (QStringList{u"b"_s, u"d"_s}));
}

void TestFilterCompletion::endsWhateverIsWritten()
{
    static const QStringList parts{u"data"_s, u"."_s,     u"["_s,   u"]"_s, u"'a"_s, u"'"_s,  u"\""_s,
                                   u"=="_s,   u"in"_s,    u","_s,   u"("_s, u")"_s,  u"&&"_s, u" "_s,
                                   u"1"_s,    u"event"_s, u"who"_s, u"#"_s, u"\\"_s, u"!"_s,  u"~"_s};
    QRandomGenerator random(6);
    for (int i = 0; i < 5000; ++i) {
        QString text;
        for (int k = random.bounded(12); k > 0; --k)
            text += parts[random.bounded(int(parts.size()))];
        const qsizetype cursor = random.bounded(int(text.size()) + 1);
        for (const FilterSuggestion &each : completions(text, cursor, vocabulary())) {
            QVERIFY(each.from >= 0 && each.from <= cursor);
            QVERIFY(each.to >= cursor && each.to <= text.size());
        }
    }
}

DIALOGUE_TEST(TestFilterCompletion, NoApplication)
#include "tst_filtercompletion.moc"
