#include "core/json/jsondata.h"
#include "core/json/parsed.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;

class TestJsonData : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsItsTypeAndValueFromEitherForm_data();
    void knowsItsTypeAndValueFromEitherForm();
    void keepsEachMarkInFrontOfUtf8();
    void keepsTheTextItCameAs();
    void writesTheTextOfAValue();
    void comparesByValue();
    void isNullByDefault();
    void whatIsNoNumberStaysNone_data();
    void whatIsNoNumberStaysNone();
};

void TestJsonData::whatIsNoNumberStaysNone_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"[1e-400,1e400]", "[1e-400,0.01e999]", "[1e-400,.1e-400]", "[1e-400-]",
                             "[--1e-400]", "[1e-400,\"1e-400]"})
        QTest::newRow(text) << QByteArray(text);
}

void TestJsonData::whatIsNoNumberStaysNone()
{
    QFETCH(QByteArray, text);
    QJsonParseError failure;
    (void)json::parsed(text, &failure);
    QVERIFY(failure.error != QJsonParseError::NoError);
}

void TestJsonData::knowsItsTypeAndValueFromEitherForm_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("null") << QByteArray("null") << QJsonValue(QJsonValue::Null);
    QTest::newRow("true") << QByteArray("true") << QJsonValue(true);
    QTest::newRow("false") << QByteArray("false") << QJsonValue(false);
    QTest::newRow("number") << QByteArray("-2.5") << QJsonValue(-2.5);
    QTest::newRow("string") << QByteArray(R"("\u00e9")") << QJsonValue(QStringLiteral("\u00e9"));
    const QByteArray mark = "\xef\xbb\xbf"; // U+FEFF, which is a character like any other.
    QTest::newRow("U+FEFF in front") << '"' + mark + mark + "a\"" << QJsonValue(u"\ufeff\ufeffa"_s);
    QTest::newRow("U+FEFF in names") << "{\"" + mark + R"(a":["\")" + mark + "\",\"" + mark
            + "\"]}" << QJsonValue(QJsonObject{{u"\ufeffa"_s, QJsonArray{u"\"\ufeff"_s, u"\ufeff"_s}}});
    QTest::newRow("smaller than any double")
        << QByteArray(R"({"1e-400":["1e-400\"",-1e-400,[0.5,1E-4000]]})")
        << QJsonValue(QJsonObject{{u"1e-400"_s, QJsonArray{u"1e-400\""_s, 0, QJsonArray{0.5, 0}}}});
    QTest::newRow("smaller than any double, alone") << QByteArray("2e-400") << QJsonValue(0);
    QTest::newRow("array") << QByteArray("[1,[]]") << QJsonValue(QJsonArray{1, QJsonArray()});
    QTest::newRow("object") << QByteArray(R"({"a":{"b":1}})")
                            << QJsonValue(QJsonObject{{u"a"_s, QJsonObject{{u"b"_s, 1}}}});
}

void TestJsonData::knowsItsTypeAndValueFromEitherForm()
{
    QFETCH(QByteArray, text);
    QFETCH(QJsonValue, value);
    JsonData read = JsonData::fromText(text);
    QCOMPARE(read.type(), value.type());
    QCOMPARE(read.value(), value);
    const JsonData given = value;
    QCOMPARE(given.type(), value.type());
    QCOMPARE(given.value(), value);
    QVERIFY(given.ownText().isNull());
    read.keepValue();
    QCOMPARE(read.value(), value);
    QCOMPARE(read.text(), text);
    read.dropValue();
    QCOMPARE(read.value(), value);
    JsonData alone = value;
    alone.dropValue();
    QCOMPARE(alone.value(), value);
}

void TestJsonData::keepsEachMarkInFrontOfUtf8()
{
    const QByteArray mark = "\xef\xbb\xbf";
    QCOMPARE(json::fromUtf8(mark), u"\ufeff"_s);
    QCOMPARE(json::fromUtf8(mark + mark + 'a' + mark), u"\ufeff\ufeffa\ufeff"_s);
    QCOMPARE(json::fromUtf8("a"), u"a"_s);
    QCOMPARE(json::fromUtf8(""), QString());
}

void TestJsonData::keepsTheTextItCameAs()
{
    const QByteArray text = R"({ "b" : 1.50, "a" : 12345678901234567890 })";
    const JsonData data = JsonData::fromText(text);
    QCOMPARE(data.text(), text);
    QCOMPARE(data.ownText(), text);
    QByteArray out = "[";
    data.appendTo(out);
    QCOMPARE(out, '[' + text);
    QCOMPARE(data[u"b"].toDouble(), 1.5);
}

void TestJsonData::writesTheTextOfAValue()
{
    QCOMPARE(JsonData(QJsonObject{{u"b"_s, 1}, {u"a"_s, QJsonArray{u"x"_s}}}).text(), R"({"a":["x"],"b":1})");
    QCOMPARE(JsonData(QJsonValue::Undefined).text(), "null");
    QVERIFY(JsonData(QJsonValue::Undefined).isUndefined());
}

void TestJsonData::comparesByValue()
{
    QVERIFY(JsonData::fromText("[1, 2]") == JsonData::fromText("[1.0,2]"));
    QVERIFY(JsonData::fromText("[1]") == QJsonArray{1});
    QVERIFY(JsonData::fromText("1") != JsonData::fromText("2"));
}

void TestJsonData::isNullByDefault()
{
    QVERIFY(JsonData().isNull());
    QCOMPARE(JsonData().text(), "null");
    QCOMPARE(JsonData().value(), QJsonValue(QJsonValue::Null));
}

DIALOGUE_TEST(TestJsonData, NoApplication)
#include "tst_jsondata.moc"
