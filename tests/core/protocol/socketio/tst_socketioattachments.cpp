#include "core/protocol/socketio/packet.h"

#include "testclasses.h"

#include <QJsonArray>
#include <QTest>

using namespace dialogue;
using namespace dialogue::socketio;

/** Packets that come in several messages: a head, and its attachments behind it. */
class TestSocketIoAttachments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void waitsForTheAttachments();
    void readsBinaryAcks();
    void refusesTextWhileAttachmentsAreDue();
    void refusesBinaryWithoutAHead();
    void refusesOneAttachmentTooMany();
    void startsAfreshAfterABinaryPacket();
    void boundsTheAttachments();
};

void TestSocketIoAttachments::waitsForTheAttachments()
{
    Decoder decoder;
    const auto head = decoder.text(
        R"(52-/admin,7["a",{"_placeholder":true,"num":1},{"b":[{"_placeholder":true,"num":0}]}])");
    QVERIFY(head);
    QVERIFY(!head->has_value());
    const auto first = decoder.binary("one");
    QVERIFY(first);
    QVERIFY(!first->has_value());
    const auto last = decoder.binary(QByteArray());
    QVERIFY(last);
    QVERIFY(last->has_value());
    const Packet &packet = **last;
    QCOMPARE(packet.type, PacketType::BinaryEvent);
    QVERIFY(packet.isEvent());
    QCOMPARE(packet.nsp, QByteArray("/admin"));
    QCOMPARE(packet.id, std::optional<quint64>(7));
    QCOMPARE(packet.attachments, QList<QByteArray>({"one", QByteArray()}));
    QCOMPARE(packet.data.toArray().at(1), placeholder(1));
}

void TestSocketIoAttachments::readsBinaryAcks()
{
    Decoder decoder;
    QVERIFY(decoder.text(R"(61-3[{"_placeholder":true,"num":0},{"_placeholder":true,"num":0}])"));
    const auto packet = decoder.binary("x");
    QVERIFY(packet && *packet);
    QVERIFY((*packet)->isAck());
    QCOMPARE((*packet)->id, std::optional<quint64>(3));
    QCOMPARE((*packet)->attachments.size(), 1);
}

void TestSocketIoAttachments::refusesTextWhileAttachmentsAreDue()
{
    Decoder decoder;
    QVERIFY(decoder.text(R"(52-["a"])"));
    QVERIFY(decoder.binary("x"));
    QVERIFY(!decoder.text(R"(2["a"])"));
}

void TestSocketIoAttachments::refusesBinaryWithoutAHead()
{
    QVERIFY(!Decoder().binary("x"));
    Decoder decoder;
    QVERIFY(decoder.text(R"(2["a"])"));
    QVERIFY(!decoder.binary("x"));
}

void TestSocketIoAttachments::refusesOneAttachmentTooMany()
{
    Decoder decoder;
    QVERIFY(decoder.text(R"(51-["a"])"));
    QVERIFY(decoder.binary("x"));
    QVERIFY(!decoder.binary("x"));
}

void TestSocketIoAttachments::startsAfreshAfterABinaryPacket()
{
    Decoder decoder;
    for (int round = 0; round < 3; ++round) {
        QVERIFY(decoder.text(R"(51-["a",{"_placeholder":true,"num":0}])"));
        const auto packet = decoder.binary("x");
        QVERIFY(packet && *packet);
        QCOMPARE((*packet)->attachments.size(), 1);
        const auto plain = decoder.text(R"(2["a"])");
        QVERIFY(plain && *plain);
        QVERIFY((*plain)->attachments.isEmpty());
    }
}

void TestSocketIoAttachments::boundsTheAttachments()
{
    QVERIFY(Decoder().text(R"(510-["a"])"));
    QVERIFY(!Decoder().text(R"(511-["a"])"));
    QVERIFY(Decoder(2).text(R"(52-["a"])"));
    QVERIFY(!Decoder(2).text(R"(53-["a"])"));
    QVERIFY(!Decoder(0).text(R"(51-["a"])"));
}

DIALOGUE_TEST(TestSocketIoAttachments, NoApplication)
#include "tst_socketioattachments.moc"
