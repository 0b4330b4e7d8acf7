#include "core/json/cursor.h"
#include "core/json/parsed.h"

#include "testclasses.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;

class TestJsonCursor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void passes_data();
    void passes();
    void refuses_data();
    void refuses();
    void boundsTheDepth();
    void saysWhere();
    void readsMembersInTheirOrder();
    void readsItems();
    void findsEachSpecialCharacterAtEachPlace_data();
    void findsEachSpecialCharacterAtEachPlace();
    void countsCodePoints_data();
    void countsCodePoints();
    void readsNothingAfterAFault();
};

void TestJsonCursor::passes_data()
{
    QTest::addColumn<QByteArray>("json");

    QTest::newRow("smaller than any double") << QByteArray("[1e-400,-1.5E-4000]");
    QTest::newRow("smaller than any double, in digits") << "[0." + QByteArray(400, '0') + "1]";
    for (const char *json : {R"([])",
                             R"({})",
                             R"("a")",
                             R"(["a", 1.5, -0.25e-3, true, null])",
                             R"([1 , 2 ])",
                             R"(["\"\\\/\b\f\n\r\t\u00e9"])",
                             R"([".5", "1.", "[[", "\\"])",
                             "[\n\t1\r]",
                             R"(["\\u"])",
                             "[\"\x7f\xc3\xa9\"]",
                             "0",
                             "-0",
                             "-0.5E+10",
                             "null",
                             "true",
                             "false",
                             R"({"":{"a" :[ ]}, "a":1,"a":2})",
                             "[] \n",
                             "9007199254740993",
                             "123456789012345678901234567890",
                             "1e308",
                             R"("\ud83d\ude00\ud800")",
                             "\"plain for more than eight \xf0\x9f\x98\x80 characters\""})
        QTest::newRow(json) << QByteArray(json);
}

void TestJsonCursor::passes()
{
    QFETCH(QByteArray, json);
    const Result<void> checked = json::check(json);
    QVERIFY2(checked, checked ? "" : qPrintable(checked.error().text()));
    QJsonParseError failure;
    (void)json::parsed('[' + json + ']', &failure);
    QCOMPARE(failure.error, QJsonParseError::NoError);
}

void TestJsonCursor::refuses_data()
{
    QTest::addColumn<QByteArray>("json");

    QTest::newRow("empty") << QByteArray();
    QTest::newRow("blank in front") << QByteArray(" []");
    QTest::newRow("line feed in front") << QByteArray("\n[]");
    QTest::newRow("tab in a string") << QByteArray("[\"\t\"]");
    QTest::newRow("line feed in a string") << QByteArray("[\"\n\"]");
    QTest::newRow("zero in a string") << QByteArray("[\"\0\"]", 5);
    QTest::newRow("unknown escape") << QByteArray(R"(["\x"])");
    QTest::newRow("upper-case u") << QByteArray(R"(["\U0041"])");
    QTest::newRow("escaped line feed") << QByteArray("[\"\\\n\"]");
    QTest::newRow("open string") << QByteArray(R"(["a)");
    QTest::newRow("open escape") << QByteArray(R"(["\)");
    QTest::newRow("string ended by an escape") << QByteArray(R"(["\"])");
    QTest::newRow("no digit behind the point") << QByteArray("[1.]");
    QTest::newRow("no digit before the point") << QByteArray("[.5]");
    QTest::newRow("sign before the point") << QByteArray("[-.5]");
    QTest::newRow("exponent behind the point") << QByteArray("[1.e5]");
    QTest::newRow("point at the end") << QByteArray("1.");
    QTest::newRow("point alone") << QByteArray(".");
    QTest::newRow("zero in front") << QByteArray("[01]");
    QTest::newRow("sign alone") << QByteArray("[-]");
    QTest::newRow("plus in front") << QByteArray("[+1]");
    QTest::newRow("exponent without digits") << QByteArray("[1e]");
    QTest::newRow("exponent with a sign alone") << QByteArray("[1e-]");
    QTest::newRow("larger than any double") << QByteArray("[1e309]");
    QTest::newRow("larger than any double, in digits") << '1' + QByteArray(309, '0');
    QTest::newRow("comma at the end of an array") << QByteArray("[1,]");
    QTest::newRow("comma at the end of an object") << QByteArray(R"({"a":1,})");
    QTest::newRow("comma alone") << QByteArray("[,]");
    QTest::newRow("no comma") << QByteArray("[1 2]");
    QTest::newRow("no comma between members") << QByteArray(R"({"a":1 "b":2})");
    QTest::newRow("no colon") << QByteArray(R"({"a" 1})");
    QTest::newRow("no value") << QByteArray(R"({"a":})");
    QTest::newRow("key that is no string") << QByteArray("{1:2}");
    QTest::newRow("key without quotes") << QByteArray("{a:2}");
    QTest::newRow("open array") << QByteArray("[1");
    QTest::newRow("open object") << QByteArray(R"({"a":1)");
    QTest::newRow("closed twice") << QByteArray("[]]");
    QTest::newRow("closed by the other bracket") << QByteArray("[}");
    QTest::newRow("two values") << QByteArray("1 2");
    QTest::newRow("half a word") << QByteArray("[tru]");
    QTest::newRow("word that goes on") << QByteArray("nullx");
    QTest::newRow("word in capitals") << QByteArray("TRUE");
    QTest::newRow("word of JavaScript") << QByteArray("[NaN]");
    QTest::newRow("single quotes") << QByteArray("['a']");
    QTest::newRow("three hex digits") << QByteArray(R"(["\u00e"])");
    QTest::newRow("hex digits cut off") << QByteArray(R"("\u00)");
    QTest::newRow("letter for a hex digit") << QByteArray(R"(["\u00eg"])");
    QTest::newRow("zero as an escape") << QByteArray("\"\\\0\"", 4);
    QTest::newRow("UTF-8 cut off") << QByteArray("\"\xc3\"");
    QTest::newRow("UTF-8 of a surrogate") << QByteArray("\"\xed\xa0\x80\"");
    QTest::newRow("UTF-8 longer than need be") << QByteArray("\"\xc0\x80\"");
    QTest::newRow("UTF-8 beyond Unicode") << QByteArray("\"\xf4\x90\x80\x80\"");
    QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbf[]");
}

void TestJsonCursor::refuses()
{
    QFETCH(QByteArray, json);
    const Result<void> checked = json::check(json);
    QVERIFY(!checked);
    QCOMPARE(checked.error().code, ErrorCode::ParseError);
}

void TestJsonCursor::boundsTheDepth()
{
    const auto nested = [](int depth) { return QByteArray(depth, '[') + QByteArray(depth, ']'); };
    QVERIFY(json::check(nested(json::MaxDepth)));
    QVERIFY(!json::check(nested(json::MaxDepth + 1)));
    QVERIFY(json::check("[[],[],{},[]]", 2));
    QVERIFY(!json::check(R"([{"a":[]}])", 2));
    QVERIFY(json::check(R"(["[[[[{{{{"])", 1));
}

void TestJsonCursor::saysWhere()
{
    const Result<void> checked = json::check("[\"ab\\x\"]");
    QVERIFY(!checked);
    QVERIFY(checked.error().message.contains(QStringLiteral("byte 5")));
}

void TestJsonCursor::readsMembersInTheirOrder()
{
    json::Cursor cursor(R"( {"name" : "a\\b", "size":2.5 ,"rest":[1,{"x":[]}],"flag":true} )");
    QStringList keys;
    QByteArrayList values;
    QCOMPARE(cursor.type(), json::Cursor::Type::Object);
    for (bool more = cursor.enterObject(); more; more = cursor.nextMember()) {
        keys.append(cursor.key().decoded());
        values.append(cursor.skip().toByteArray());
    }
    QVERIFY(cursor.atEnd());
    QCOMPARE(keys, (QStringList{u"name"_s, u"size"_s, u"rest"_s, u"flag"_s}));
    QCOMPARE(values, (QByteArrayList{R"("a\\b")", "2.5", R"([1,{"x":[]}])", "true"}));
}

void TestJsonCursor::readsItems()
{
    json::Cursor cursor(R"([ "a\u00e9", -12e1, null])");
    QVERIFY(cursor.enterArray());
    QCOMPARE(cursor.string()->decoded(), QStringLiteral("a\u00e9"));
    QVERIFY(cursor.nextItem());
    QCOMPARE(cursor.number(), -120.0);
    QVERIFY(cursor.nextItem());
    QCOMPARE(cursor.type(), json::Cursor::Type::Null);
    QCOMPARE(cursor.skip(), QByteArrayView("null"));
    QVERIFY(!cursor.nextItem());
    QVERIFY(cursor.atEnd());
    json::Cursor empty("[ ]");
    QVERIFY(!empty.enterArray());
    QVERIFY(empty.atEnd());
}

// Strings are read sixteen characters at a time.
void TestJsonCursor::findsEachSpecialCharacterAtEachPlace_data()
{
    QTest::addColumn<QByteArray>("special");
    QTest::addColumn<bool>("valid");
    QTest::newRow("quote") << QByteArray("\"") << false;
    QTest::newRow("escape") << QByteArray("\\n") << true;
    QTest::newRow("backslash") << QByteArray("\\") << false;
    QTest::newRow("control character") << QByteArray("\x1f") << false;
    QTest::newRow("zero") << QByteArray(1, '\0') << false;
    QTest::newRow("two bytes") << QByteArray("\xc3\xa9") << true;
    QTest::newRow("many of two bytes") << QByteArray("\xc3\xa9").repeated(20) << true;
    QTest::newRow("quote behind two bytes") << QByteArray("\xc3\xa9\"") << false;
    QTest::newRow("control character behind two bytes") << QByteArray("\xc3\xa9\x1f") << false;
    QTest::newRow("half of two bytes") << QByteArray("\xc3") << false;
    QTest::newRow("plain neighbours") << QByteArray("!#[] \x7f") << true;
}

void TestJsonCursor::findsEachSpecialCharacterAtEachPlace()
{
    QFETCH(QByteArray, special);
    QFETCH(bool, valid);
    for (int before = 0; before < 36; ++before) {
        for (int after = 0; after < 36; ++after) {
            const QByteArray text = '"' + QByteArray(before, 'a') + special + QByteArray(after, 'x') + '"';
            QVERIFY2(json::check(text).has_value() == valid, text.constData());
        }
    }
}

void TestJsonCursor::countsCodePoints_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<qsizetype>("length");
    QTest::newRow("none") << QByteArray(R"("")") << qsizetype(0);
    QTest::newRow("plain") << QByteArray(R"("abc")") << qsizetype(3);
    QTest::newRow("of several bytes")
        << QByteArray("\"a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"") << qsizetype(4);
    QTest::newRow("escapes") << QByteArray(R"("\n\"\\\u00e9")") << qsizetype(4);
    QTest::newRow("pair of escapes") << QByteArray(R"("\ud83d\ude00")") << qsizetype(1);
    QTest::newRow("lone high surrogate") << QByteArray(R"("\ud83d")") << qsizetype(1);
    QTest::newRow("lone low surrogate") << QByteArray(R"("\ude00\ud83d")") << qsizetype(2);
    QTest::newRow("high, then a pair") << QByteArray(R"("\ud83d\ud83d\ude00")") << qsizetype(2);
}

void TestJsonCursor::countsCodePoints()
{
    QFETCH(QByteArray, json);
    QFETCH(qsizetype, length);
    json::Cursor cursor(json);
    QCOMPARE(cursor.string()->length(), length);
    QVERIFY(cursor.atEnd());
}

void TestJsonCursor::readsNothingAfterAFault()
{
    json::Cursor cursor(R"({"a":"x","b":2})");
    QVERIFY(cursor.enterObject());
    QVERIFY(!cursor.number());
    QVERIFY(cursor.failed());
    QVERIFY(!cursor.nextMember());
    QVERIFY(!cursor.enterObject());
    QVERIFY(cursor.skip().isEmpty());
    QVERIFY(!cursor.string());
    QVERIFY(!cursor.atEnd());
    QCOMPARE(cursor.error().message, QStringLiteral("Expected a number at byte 5 of the JSON"));
}

DIALOGUE_TEST(TestJsonCursor, NoApplication)
#include "tst_jsoncursor.moc"
