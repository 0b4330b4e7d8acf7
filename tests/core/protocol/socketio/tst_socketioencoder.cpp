#include "core/protocol/socketio/packet.h"

#include "testclasses.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace dialogue::socketio;

class TestSocketIoEncoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writes_data();
    void writes();
    void takesTheTypeFromTheAttachments();
    void makesPlaceholders();
};

void TestSocketIoEncoder::writes_data()
{
    QTest::addColumn<char>("type");
    QTest::addColumn<QByteArray>("nsp");
    QTest::addColumn<qint64>("id"); // -1: none
    QTest::addColumn<QJsonValue>("data");
    QTest::addColumn<QByteArray>("text");

    const QByteArray root("/");
    const QByteArray admin("/admin");
    const QJsonValue none(QJsonValue::Undefined);
    const QString a = QStringLiteral("a");
    QTest::newRow("connect") << '0' << root << qint64(-1) << none << QByteArray("0");
    QTest::newRow("connect with sid")
        << '0' << root << qint64(-1) << QJsonValue(QJsonObject{{QStringLiteral("sid"), a}})
        << QByteArray(R"(0{"sid":"a"})");
    QTest::newRow("connect to a namespace") << '0' << admin << qint64(-1) << none << QByteArray("0/admin,");
    QTest::newRow("disconnect") << '1' << root << qint64(-1) << none << QByteArray("1");
    QTest::newRow("disconnect a namespace") << '1' << admin << qint64(-1) << none << QByteArray("1/admin,");
    QTest::newRow("event") << '2' << root << qint64(-1) << QJsonValue(QJsonArray{a, 1, true})
                           << QByteArray(R"(2["a",1,true])");
    QTest::newRow("event with id 0") << '2' << root << qint64(0) << QJsonValue(QJsonArray{a})
                                     << QByteArray(R"(20["a"])");
    QTest::newRow("event with all") << '2' << admin << qint64(12) << QJsonValue(QJsonArray{a})
                                    << QByteArray(R"(2/admin,12["a"])");
    QTest::newRow("ack") << '3' << root << qint64(7) << QJsonValue(QJsonArray()) << QByteArray("37[]");
    QTest::newRow("connect error") << '4' << QByteArray("/x") << qint64(-1)
                                   << QJsonValue(QJsonObject{{QStringLiteral("message"), a}})
                                   << QByteArray(R"(4/x,{"message":"a"})");
    QTest::newRow("connect error of old")
        << '4' << root << qint64(-1) << QJsonValue(a) << QByteArray(R"(4"a")");
    QTest::newRow("binary without attachments")
        << '5' << root << qint64(-1) << QJsonValue(QJsonArray{a}) << QByteArray(R"(2["a"])");
}

void TestSocketIoEncoder::writes()
{
    QFETCH(char, type);
    QFETCH(QByteArray, nsp);
    QFETCH(qint64, id);
    QFETCH(QJsonValue, data);
    QFETCH(QByteArray, text);

    Packet packet{.type = static_cast<PacketType>(type), .nsp = nsp, .data = data};
    if (id >= 0)
        packet.id = static_cast<quint64>(id);
    QCOMPARE(encode(packet), text);
}

void TestSocketIoEncoder::takesTheTypeFromTheAttachments()
{
    Packet packet{.type = PacketType::Event,
                  .nsp = "/admin",
                  .id = 3,
                  .data = QJsonArray{QStringLiteral("a"), placeholder(0), placeholder(1)},
                  .attachments = {"x", "y"}};
    QCOMPARE(encode(packet),
             QByteArray(R"(52-/admin,3["a",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}])"));
    packet.type = PacketType::Ack;
    QVERIFY(encode(packet).startsWith("62-/admin,3["));
    packet.attachments.clear();
    packet.type = PacketType::BinaryAck;
    packet.data = QJsonArray();
    QCOMPARE(encode(packet), QByteArray("3/admin,3[]"));
}

void TestSocketIoEncoder::makesPlaceholders()
{
    const QJsonObject object = placeholder(4).toObject();
    QCOMPARE(object.value(QStringLiteral("_placeholder")), QJsonValue(true));
    QCOMPARE(object.value(QStringLiteral("num")), QJsonValue(4));
    QCOMPARE(object.size(), 2);
}

DIALOGUE_TEST(TestSocketIoEncoder, NoApplication)
#include "tst_socketioencoder.moc"
