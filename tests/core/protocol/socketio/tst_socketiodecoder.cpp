#include "core/json/cursor.h"
#include "core/protocol/socketio/packet.h"

#include "testclasses.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace dialogue;
using namespace dialogue::socketio;

class TestSocketIoDecoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void keepsThePayload_data();
    void keepsThePayload();
    void refuses_data();
    void refuses();
    void saysWhichNumbersItCannotTake_data();
    void saysWhichNumbersItCannotTake();
    void boundsTheDepth();
    void readsABinaryHeadInTheMiddleOfABuffer();
};

void TestSocketIoDecoder::reads_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<char>("type");
    QTest::addColumn<QByteArray>("nsp");
    QTest::addColumn<qint64>("id"); // -1: none
    QTest::addColumn<QByteArray>("payload"); // empty: none

    const auto row
        = [](const char *text, char type, const char *nsp = "/", qint64 id = -1, const char *payload = "") {
              QTest::newRow(text) << QByteArray(text) << type << QByteArray(nsp) << id << QByteArray(payload);
          };
    row("0", '0');
    row(R"(0{"token":"a"})", '0', "/", -1, R"({"token":"a"})");
    row("0\n", '0');
    row("0\r\n", '0');
    row("0{\"token\":\"a\"} \t\n", '0', "/", -1, R"({"token":"a"})");
    row("0/admin\n", '0', "/admin");
    row("0/admin,\n", '0', "/admin");
    row("1\n", '1');
    row("212[\"a\"]\r\n", '2', "/", 12, R"(["a"])");
    row("0/admin", '0', "/admin");
    row("0/admin,", '0', "/admin");
    row(R"(0/admin,{"a":1})", '0', "/admin", -1, R"({"a":1})");
    row("0/,{}", '0', "/", -1, "{}");
    row("0/admin?token=1,", '0', "/admin?token=1");
    row("0/admin{}", '0', "/admin{}"); // The reference too ends a namespace at a comma only.
    row("1", '1');
    row("1/admin", '1', "/admin");
    row("1/admin,", '1', "/admin");
    row(R"(2["a"])", '2', "/", -1, R"(["a"])");
    row(R"(2[1,2])", '2', "/", -1, R"([1,2])");
    row(R"(212["a",{}])", '2', "/", 12, R"(["a",{}])");
    row(R"(2007["a"])", '2', "/", 7, R"(["a"])");
    row(R"(20["a"])", '2', "/", 0, R"(["a"])");
    row(R"(29007199254740993["a"])", '2', "/", 9007199254740993, R"(["a"])");
    row(R"(2/admin,["a"])", '2', "/admin", -1, R"(["a"])");
    row(R"(2/admin,12["a"])", '2', "/admin", 12, R"(["a"])");
    row("2/\xc3\xa9,[\"a\"]", '2', "/\xc3\xa9", -1, R"(["a"])");
    row(R"(2["reconnect"])", '2', "/", -1, R"(["reconnect"])");
    row(R"(2["Connect"])", '2', "/", -1, R"(["Connect"])");
    row(R"(2["a",{"_placeholder":false,"num":9}])", '2', "/", -1, R"(["a",{"_placeholder":false,"num":9}])");
    // Without attachments it is data like any other.
    row(R"(2["a",{"_placeholder":true,"num":0}])", '2', "/", -1, R"(["a",{"_placeholder":true,"num":0}])");
    row(R"(2["a",{"_placeholder":"yes"}])", '2', "/", -1, R"(["a",{"_placeholder":"yes"}])");
    row(R"(2["a","_placeholder"])", '2', "/", -1, R"(["a","_placeholder"])");
    row("3[]", '3', "/", -1, "[]");
    row("312[1]", '3', "/", 12, "[1]");
    row("3/admin,0[]", '3', "/admin", 0, "[]");
    row("312", '3', "/", 12);
    row(R"(4{"message":"x"})", '4', "/", -1, R"({"message":"x"})");
    row(R"(4/x,{"message":"Invalid namespace"})", '4', "/x", -1, R"({"message":"Invalid namespace"})");
}

void TestSocketIoDecoder::reads()
{
    QFETCH(QByteArray, text);
    QFETCH(char, type);
    QFETCH(QByteArray, nsp);
    QFETCH(qint64, id);
    QFETCH(QByteArray, payload);

    const auto packet = Decoder().text(text);
    QVERIFY2(packet, packet ? "" : qPrintable(packet.error().text()));
    QVERIFY(packet->has_value());
    QCOMPARE(static_cast<char>((*packet)->type), type);
    QCOMPARE((*packet)->nsp, nsp);
    QCOMPARE((*packet)->id.has_value(), id >= 0);
    if (id >= 0)
        QCOMPARE(*(*packet)->id, static_cast<quint64>(id));
    const QJsonDocument expected = QJsonDocument::fromJson(payload);
    QCOMPARE((*packet)->data.isUndefined(), payload.isEmpty());
    if (expected.isArray())
        QCOMPARE((*packet)->data, QJsonValue(expected.array()));
    else if (expected.isObject())
        QCOMPARE((*packet)->data, QJsonValue(expected.object()));
}

void TestSocketIoDecoder::keepsThePayload_data()
{
    QTest::addColumn<QByteArray>("payload");

    QTest::newRow("escapes") << QByteArray(R"(["a","\b\f\n\r\t\"\\"])");
    QTest::newRow("zero character") << QByteArray(R"(["a","\u0000"])");
    QTest::newRow("lone surrogates") << QByteArray(R"(["a","\ud800","\udc00\ud800"])");
    QTest::newRow("large integers") << QByteArray(R"(["a",-9223372036854775808,9223372036854775807])");
    QTest::newRow("fractions") << QByteArray(R"(["a",0.1,-1.5])");
    QTest::newRow("empty key") << QByteArray(R"(["a",{"":1}])");
    QTest::newRow("prototype key") << QByteArray(R"(["a",{"__proto__":1}])");
    QTest::newRow("all types") << QByteArray(R"(["a",null,true,false,[],{},""])");
    QTest::newRow("non-ASCII") << QByteArray("[\"\xc3\xa9\",\"\xf0\x9f\x98\x80\"]");
}

void TestSocketIoDecoder::keepsThePayload()
{
    QFETCH(QByteArray, payload);
    const auto packet = Decoder().text('2' + payload);
    QVERIFY2(packet, packet ? "" : qPrintable(packet.error().text()));
    QCOMPARE(encode(**packet), '2' + payload);
}

void TestSocketIoDecoder::refuses_data()
{
    QTest::addColumn<QByteArray>("text");

    const auto rows = [](const char *group, std::initializer_list<const char *> texts) {
        for (const char *text : texts)
            QTest::addRow("%s: %s", group, text) << QByteArray(text);
    };
    rows("unknown type", {"", "7", "8[]", "a", "/", " 0", "\xff"});
    rows("CONNECT payload", {"0[]", R"(0"x")", "0null", "0{", "0{} x", "0x", "0/admin,[]", "0,"});
    rows("DISCONNECT payload", {"1{}", "1[]", "1null", R"(1"a")", "1/admin,{}", "1 {}"});
    rows("EVENT payload",
         {"2", "212", "2[]", "2[null]", "2[true]", "2[{}]", R"(2[["a"]])", R"(2{"a":1})", R"(2"a")", "2null",
          R"(2/admin["a"])", "2/admin,", "2,"});
    rows("reserved name",
         {R"(2["connect"])", R"(2["connect_error"])", R"(2["disconnect"])", R"(2["disconnecting"])",
          R"(2["newListener"])", R"(2["removeListener"])", R"(2["\u0063onnect"])",
          R"(2/admin,12["connect",1])", R"(51-["connect"])"});
    rows("id",
         {R"(2-1["a"])", R"(2+1["a"])", R"(21.5["a"])", R"(21e3["a"])", R"(20x1["a"])", R"(2 1["a"])",
          R"(21 ["a"])", R"(2 ["a"])", R"(2abc["a"])", R"(218446744073709551616["a"])",
          R"(299999999999999999999999999["a"])", "2\xd9\xa1[\"a\"]"});
    rows("ACK payload", {"312{}", R"(312"a")", "312null", "312[", "3{}"});
    rows("CONNECT_ERROR payload", {"4[]", "4null", "4true", R"(4"a","b")", R"(4"a"]["b")"});
    rows("attachments",
         {R"(5["a"])", R"(5-["a"])", R"(50-["a"])", R"(511-["a"])", R"(51["a"])", R"(51.0-["a"])",
          R"(5+1-["a"])", R"(51e0-["a"])", R"(5 1-["a"])", R"(5-1-["a"])", R"(5184467440737095516170-["a"])",
          R"(5999999999999999999999-["a"])", "51-", "5", "6", R"(6["a"])", "60-[]"});
    rows("placeholder",
         {R"(51-["a",{"_placeholder":true,"num":1}])", R"(51-["a",{"_placeholder":true,"num":-1}])",
          R"(51-["a",{"_placeholder":true,"num":0.5}])", R"(51-["a",{"_placeholder":true,"num":"0"}])",
          R"(51-["a",{"_placeholder":true}])", R"(51-["a",{"_placeholder":true,"num":1e300}])",
          R"(51-["a",[[{"b":{"_placeholder":true,"num":7}}]]])",
          R"(51-["a",{"\u005fplaceholder":true,"num":7}])", R"(61-3[{"_placeholder":true,"num":2}])"});
    rows("JSON",
         {"2[",
          R"(2["a")",
          R"(2["a"}])",
          R"(2["a",])",
          R"(2[,"a"])",
          R"(2["a",,1])",
          R"(2["a"]x)",
          R"(2["a"][])",
          R"(2["a" "b"])",
          R"(2["a","b])",
          R"(2["a",01])",
          R"(2["a",-])",
          R"(2["a",+1])",
          R"(2["a",1.])",
          R"(2["a",.5])",
          R"(2["a",1e])",
          R"(2["a",0x10])",
          R"(2["a",1-1])",
          R"(2["a",NaN])",
          R"(2["a",tru])",
          R"(2["a",nulll])",
          R"(2["a",'b'])",
          R"(2["a",{a:1}])",
          R"(2["a",{"a"}])",
          R"(2["a",{"a":1,}])",
          R"(2["a",/*c*/1])",
          R"(2["a","\x"])",
          R"(2["a","\u12"])",
          "2[\"a\",\"\t\"]",
          "2[\"a\",\"\n\"]",
          "2\xef\xbb\xbf[\"a\"]",
          "2[\"\xff\"]",
          "2[\"\xc0\x80\"]",
          "2[\"\xed\xa0\x80\"]",
          R"(2["a",1e999)",
          R"(2["a",1e999,01])",
          R"(2[1e999])",
          R"(2["connect",1e999])"});
    QTest::newRow("JSON: zero byte behind it") << QByteArray("2[\"a\"]\0", 7);
}

void TestSocketIoDecoder::refuses()
{
    QFETCH(QByteArray, text);
    const auto packet = Decoder().text(text);
    QVERIFY(!packet);
    QCOMPARE(packet.error().code, ErrorCode::ProtocolViolation);
    QVERIFY(!packet.error().message.isEmpty());
}

void TestSocketIoDecoder::saysWhichNumbersItCannotTake_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("left"); // of the payload; empty: none

    const auto row = [](const char *name, const QByteArray &text, const char *left = "") {
        QTest::newRow(name) << text << QByteArray(left);
    };
    row("EVENT", R"(27["a",{"b":[1e999]}])", R"(["a"])");
    row("EVENT, negative", R"(27["a",-1E+400,"c"])", R"(["a"])");
    row("EVENT, by its digits", "27[\"a\"," + QByteArray(400, '9') + ']', R"(["a"])");
    row("EVENT, its name escaped", R"(27[ "\u0061" ,1e999])", R"(["\u0061"])");
    row("EVENT in a namespace", R"(2/admin,7["a",1e999])", R"(["a"])");
    row("ACK", R"(37[1e999])");
    row("CONNECT", R"(07{"a":1e999})");
}

void TestSocketIoDecoder::saysWhichNumbersItCannotTake()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, left);
    const auto packet = Decoder().text(text);
    QVERIFY2(packet && *packet, packet ? "" : qPrintable(packet.error().text()));
    QVERIFY2((*packet)->fault.contains(QStringLiteral("A number must be one that a double holds")),
             qPrintable((*packet)->fault));
    QCOMPARE((*packet)->id, std::optional<quint64>(7));
    QCOMPARE((*packet)->data.isUndefined() ? QByteArray() : (*packet)->data.text(), left);
}

void TestSocketIoDecoder::boundsTheDepth()
{
    const auto nested = [](int depth) {
        return "2[\"a\"," + QByteArray(depth - 1, '[') + QByteArray(depth - 1, ']') + ']';
    };
    QVERIFY(Decoder().text(nested(json::MaxDepth)));
    QVERIFY(!Decoder().text(nested(json::MaxDepth + 1)));
    QVERIFY(!Decoder().text(nested(500000)));
    QVERIFY(Decoder(10, json::MaxWrappedDepth).text(nested(json::MaxWrappedDepth)));
    QVERIFY(!Decoder(10, json::MaxWrappedDepth).text(nested(json::MaxWrappedDepth + 1)));
}

void TestSocketIoDecoder::readsABinaryHeadInTheMiddleOfABuffer()
{
    // A piece of a larger message: nothing behind its end may be looked at.
    const QByteArray buffer = "xx212[\"a\"]34";
    const auto whole = Decoder().text(QByteArray::fromRawData(buffer.constData() + 2, 8));
    QVERIFY(whole && *whole);
    QCOMPARE((*whole)->id, std::optional<quint64>(12));
    const auto id = Decoder().text(QByteArray::fromRawData("3123456", 3));
    QVERIFY(id && *id);
    QCOMPARE((*id)->id, std::optional<quint64>(12));
}

DIALOGUE_TEST(TestSocketIoDecoder, NoApplication)
#include "tst_socketiodecoder.moc"
