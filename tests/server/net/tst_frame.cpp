#include "server/net/frame.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;

class TestFrame : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesTheShortestLength_data();
    void writesTheShortestLength();
    void holdsAPacketAndItsBinaries();
    void joinsATextInParts();
    void hasNoTextWhereItIsEmptyBesideBinaries();
};

void TestFrame::writesTheShortestLength_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("empty") << 0 << QByteArray::fromHex("8100");
    QTest::newRow("longest of 7 bits") << 125 << QByteArray::fromHex("817d");
    QTest::newRow("shortest of 16 bits") << 126 << QByteArray::fromHex("817e007e");
    QTest::newRow("longest of 16 bits") << 65535 << QByteArray::fromHex("817effff");
    QTest::newRow("shortest of 64 bits") << 65536 << QByteArray::fromHex("817f0000000000010000");
}

void TestFrame::writesTheShortestLength()
{
    QFETCH(int, size);
    QFETCH(QByteArray, header);
    const QByteArray payload(size, 'p');
    const FramePtr frame = Frame::create(payload);
    QCOMPARE(frame->bytes(), header + payload);
    QCOMPARE(frame->messages().size(), 1U);
    QCOMPARE(frame->payload(frame->messages().front()).toByteArray(), payload);
}

void TestFrame::holdsAPacketAndItsBinaries()
{
    const FramePtr frame = Frame::create("451-[]", {"ab", ""});
    QCOMPARE(frame->bytes(),
             QByteArray("\x81\x06"
                        "451-[]\x82\x02"
                        "ab\x82\x00",
                        14));
    QCOMPARE(frame->messages().size(), 3U);
    QVERIFY(!frame->messages()[0].binary);
    QVERIFY(frame->messages()[1].binary);
    QCOMPARE(frame->payload(frame->messages()[1]).toByteArray(), QByteArray("ab"));
    QCOMPARE(frame->payload(frame->messages()[2]).size(), 0);
}

void TestFrame::joinsATextInParts()
{
    const QByteArray id = "17";
    const FramePtr frame = Frame::create({"43", id, "[", "]"}, {"ab"});
    QCOMPARE(frame->bytes(), Frame::create("4317[]", {"ab"})->bytes());
    QCOMPARE(frame->payload(frame->messages().front()).toByteArray(), QByteArray("4317[]"));
}

void TestFrame::hasNoTextWhereItIsEmptyBesideBinaries()
{
    for (const FramePtr &frame :
         {FramePtr(Frame::create(QByteArray(), {"ab"})), FramePtr(Frame::create({""}, {"ab"}))}) {
        QCOMPARE(frame->messages().size(), 1U);
        QVERIFY(frame->messages().front().binary);
    }
    const FramePtr empty = Frame::create(std::initializer_list<QByteArrayView>{});
    QCOMPARE(empty->messages().size(), 1U);
    QCOMPARE(empty->bytes(), QByteArray("\x81\x00", 2));
}

DIALOGUE_TEST(TestFrame, NoApplication)
#include "tst_frame.moc"
