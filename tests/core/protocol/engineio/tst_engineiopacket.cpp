#include "core/protocol/engineio/packet.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace dialogue::engineio;

class TestEngineIoPacket : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatItWrites_data();
    void readsWhatItWrites();
    void readsTextPackets_data();
    void readsTextPackets();
    void refusesTextPackets_data();
    void refusesTextPackets();
    void writesBase64();
    void writesAPayload();
    void readsAPayload();
    void refusesPayloads_data();
    void refusesPayloads();
    void namesThePacketThatIsWrong();
    void writesTheHandshakeWithItsFiveKeysInOrder();
    void readsTheHandshakeItWrites();
    void readsTheReferencesHandshake();
    void refusesHandshakes_data();
    void refusesHandshakes();
};

void TestEngineIoPacket::readsWhatItWrites_data()
{
    QTest::addColumn<char>("type");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<bool>("binary");
    QTest::addColumn<QByteArray>("text");

    QTest::newRow("open") << '0' << QByteArray("{}") << false << QByteArray("0{}");
    QTest::newRow("close") << '1' << QByteArray() << false << QByteArray("1");
    QTest::newRow("ping") << '2' << QByteArray() << false << QByteArray("2");
    QTest::newRow("probe") << '2' << QByteArray("probe") << false << QByteArray("2probe");
    QTest::newRow("pong") << '3' << QByteArray("probe") << false << QByteArray("3probe");
    QTest::newRow("message") << '4' << QByteArray("2[\"a\"]") << false << QByteArray("42[\"a\"]");
    QTest::newRow("empty message") << '4' << QByteArray() << false << QByteArray("4");
    QTest::newRow("upgrade") << '5' << QByteArray() << false << QByteArray("5");
    QTest::newRow("noop") << '6' << QByteArray() << false << QByteArray("6");
    QTest::newRow("text of several bytes") << '4' << QByteArray("h\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80")
                                           << false << QByteArray("4h\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80");
    QTest::newRow("binary") << '4' << QByteArray("\x01\x02\x03\x04") << true << QByteArray("bAQIDBA==");
    QTest::newRow("empty binary") << '4' << QByteArray() << true << QByteArray("b");
    QTest::newRow("binary zero") << '4' << QByteArray(1, '\0') << true << QByteArray("bAA==");
}

void TestEngineIoPacket::readsWhatItWrites()
{
    QFETCH(char, type);
    QFETCH(QByteArray, data);
    QFETCH(bool, binary);
    QFETCH(QByteArray, text);

    const Packet packet{.type = static_cast<PacketType>(type), .data = data, .binary = binary};
    QCOMPARE(encodeText(packet), text);
    const Result<Packet> read = decodeText(text);
    QVERIFY2(read, "a packet of ours is read");
    QCOMPARE(*read, packet);
}

void TestEngineIoPacket::readsTextPackets_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("data");

    QTest::newRow("a type digit as data") << QByteArray("44") << QByteArray("4");
    QTest::newRow("b as data") << QByteArray("4bAQID") << QByteArray("bAQID");
    QTest::newRow("a record separator, which only a payload splits at")
        << QByteArray("4a\x1e") << QByteArray("a\x1e");
    QTest::newRow("a zero byte") << QByteArray("4a\0b", 4) << QByteArray("a\0b", 3);
}

void TestEngineIoPacket::readsTextPackets()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, data);

    const Result<Packet> read = decodeText(text);
    QVERIFY(read);
    QCOMPARE(read->data, data);
    QVERIFY(!read->binary);
}

void TestEngineIoPacket::refusesTextPackets_data()
{
    QTest::addColumn<QByteArray>("text");

    QTest::newRow("empty") << QByteArray();
    QTest::newRow("type 7") << QByteArray("7");
    QTest::newRow("type a") << QByteArray("abc");
    QTest::newRow("type /") << QByteArray("/");
    QTest::newRow("type B") << QByteArray("BAQID");
    QTest::newRow("zero byte") << QByteArray(1, '\0');
    QTest::newRow("byte above ASCII") << QByteArray("\xff");
    QTest::newRow("blank in front") << QByteArray(" 4a");
    QTest::newRow("cut character") << QByteArray("4\xc3");
    QTest::newRow("overlong character") << QByteArray("4\xc0\x80");
    QTest::newRow("surrogate in UTF-8") << QByteArray("4\xed\xa0\x80");
    QTest::newRow("beyond Unicode") << QByteArray("4\xf4\x90\x80\x80");
    QTest::newRow("base64 without padding") << QByteArray("bAQ");
    QTest::newRow("base64 of one character") << QByteArray("bA");
    QTest::newRow("base64 with a blank") << QByteArray("bAQ D");
    QTest::newRow("base64 with a line break") << QByteArray("bAQID\n");
    QTest::newRow("base64 of another alphabet") << QByteArray("b-_-_");
    QTest::newRow("base64 with padding inside") << QByteArray("bAA==AQID");
    QTest::newRow("base64 of padding only") << QByteArray("b====");
    QTest::newRow("base64 with three paddings") << QByteArray("bA===");
    QTest::newRow("base64 with a type digit") << QByteArray("b4AQID");
}

void TestEngineIoPacket::refusesTextPackets()
{
    QFETCH(QByteArray, text);
    const Result<Packet> read = decodeRecord(text);
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::ParseError);
    QVERIFY(!read.error().message.isEmpty());
}

void TestEngineIoPacket::writesBase64()
{
    QCOMPARE(encodeBase64("\x01\x02\x03"), QByteArray("bAQID"));
    QCOMPARE(encodeBase64(QByteArrayView()), QByteArray("b"));
}

void TestEngineIoPacket::writesAPayload()
{
    const QList<Packet> packets{{.type = PacketType::Message, .data = "a"},
                                {.type = PacketType::Message, .data = "\x01\x02\x03\x04", .binary = true},
                                {.type = PacketType::Ping}};
    QCOMPARE(encodePayload(packets),
             QByteArray("4a\x1e"
                        "bAQIDBA==\x1e"
                        "2"));
    QCOMPARE(encodePayload({}), QByteArray());
}

void TestEngineIoPacket::readsAPayload()
{
    const QList<Packet> packets{{.type = PacketType::Message, .data = "hell\xc3\xb6"},
                                {.type = PacketType::Pong},
                                {.type = PacketType::Message, .data = "\xff", .binary = true},
                                {.type = PacketType::Message, .data = {}, .binary = true}};
    const Result<QList<Packet>> read = decodePayload(encodePayload(packets));
    QVERIFY(read);
    QCOMPARE(*read, packets);
}

void TestEngineIoPacket::refusesPayloads_data()
{
    QTest::addColumn<QByteArray>("body");

    QTest::newRow("empty body") << QByteArray();
    QTest::newRow("only a separator") << QByteArray("\x1e");
    QTest::newRow("separator in front") << QByteArray("\x1e"
                                                      "4a");
    QTest::newRow("separator at the end") << QByteArray("4a\x1e");
    QTest::newRow("two separators") << QByteArray("4a\x1e\x1e"
                                                  "4b");
    QTest::newRow("unknown type in the middle") << QByteArray("4a\x1e"
                                                              "9\x1e"
                                                              "4b");
    QTest::newRow("Engine.IO 3 with lengths") << QByteArray("72:4a");
    QTest::newRow("bad base64 at the end") << QByteArray("4a\x1e"
                                                         "b!!!!");
}

void TestEngineIoPacket::refusesPayloads()
{
    QFETCH(QByteArray, body);
    QVERIFY(!decodePayload(body));
}

void TestEngineIoPacket::namesThePacketThatIsWrong()
{
    const Result<QList<Packet>> read = decodePayload("4a\x1e"
                                                     "4b\x1e"
                                                     "x");
    QVERIFY(!read);
    QCOMPARE(read.error().path, QStringLiteral("packet[2]"));
}

void TestEngineIoPacket::writesTheHandshakeWithItsFiveKeysInOrder()
{
    const Handshake handshake{.sid = "abc", .upgrades = {"websocket"}};
    QCOMPARE(encodeHandshake(handshake),
             QByteArray(R"({"sid":"abc","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,)"
                        R"("maxPayload":1000000})"));
    QVERIFY(encodeHandshake({.sid = "abc", .upgrades = {}}).contains(R"("upgrades":[],)"));
    QVERIFY(encodeHandshake({.sid = "abc", .upgrades = {"a", "b"}}).contains(R"("upgrades":["a","b"],)"));
}

void TestEngineIoPacket::readsTheHandshakeItWrites()
{
    const Handshake handshake{.sid = "abc-_1",
                              .upgrades = {"websocket", "webtransport"},
                              .pingInterval = 300,
                              .pingTimeout = 200,
                              .maxPayload = 9007199254740992};
    const Result<Handshake> read = decodeHandshake(encodeHandshake(handshake));
    QVERIFY(read);
    QCOMPARE(read->sid, handshake.sid);
    QCOMPARE(read->upgrades, handshake.upgrades);
    QCOMPARE(read->pingInterval, handshake.pingInterval);
    QCOMPARE(read->pingTimeout, handshake.pingTimeout);
    QCOMPARE(read->maxPayload, handshake.maxPayload);
}

void TestEngineIoPacket::readsTheReferencesHandshake()
{
    const Result<Handshake> read = decodeHandshake(
        R"({"sid":"lv_VI97HAXpY6yYWAAAC","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,)"
        R"("maxPayload":1000000,"unknown":true})");
    QVERIFY(read);
    QCOMPARE(read->sid, QByteArray("lv_VI97HAXpY6yYWAAAC"));
}

void TestEngineIoPacket::refusesHandshakes_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("path");

    const auto with = [](const char *sid, const char *upgrades, const char *interval, const char *most) {
        return QByteArray(R"({"sid":)") + sid + R"(,"upgrades":)" + upgrades + R"(,"pingInterval":)"
            + interval + R"(,"pingTimeout":20000,"maxPayload":)" + most + '}';
    };
    QTest::newRow("empty") << QByteArray() << QString();
    QTest::newRow("array") << QByteArray("[]") << QString();
    QTest::newRow("cut") << QByteArray(R"({"sid":"a")") << QString();
    QTest::newRow("no sid") << with("null", "[]", "1", "1") << QStringLiteral("sid");
    QTest::newRow("empty sid") << with(R"("")", "[]", "1", "1") << QStringLiteral("sid");
    QTest::newRow("upgrades a string")
        << with(R"("a")", R"("websocket")", "1", "1") << QStringLiteral("upgrades");
    QTest::newRow("upgrades of numbers") << with(R"("a")", "[1]", "1", "1") << QStringLiteral("upgrades");
    QTest::newRow("interval 0") << with(R"("a")", "[]", "0", "1") << QStringLiteral("pingInterval");
    QTest::newRow("interval negative") << with(R"("a")", "[]", "-5", "1") << QStringLiteral("pingInterval");
    QTest::newRow("interval a fraction")
        << with(R"("a")", "[]", "1.5", "1") << QStringLiteral("pingInterval");
    QTest::newRow("interval huge") << with(R"("a")", "[]", "1e300", "1") << QStringLiteral("pingInterval");
    QTest::newRow("maxPayload a string")
        << with(R"("a")", "[]", "1", R"("1")") << QStringLiteral("maxPayload");
}

void TestEngineIoPacket::refusesHandshakes()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, path);
    const Result<Handshake> read = decodeHandshake(json);
    QVERIFY(!read);
    QCOMPARE(read.error().path, path);
}

DIALOGUE_TEST(TestEngineIoPacket, NoApplication)
#include "tst_engineiopacket.moc"
