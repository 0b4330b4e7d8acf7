#include "fakestream.h"

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
    void keepsItsFateAsTexts();
    void isDroppedByNoPolicyAsReplay();
    void keepsLittleOfALongKey();
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

namespace {

std::shared_ptr<Frame> roomFrame()
{
    const auto frame = Frame::create("451-[]", {"ab"});
    frame->policy = SlowReaderPolicy::KeepLatest;
    frame->stream = std::make_shared<FakeStream>('a');
    frame->offset = 7;
    frame->setKey("key");
    return frame;
}

} // namespace

void TestFrame::keepsItsFateAsTexts()
{
    const FramePtr frame = roomFrame();
    const FramePtr texts = frame->asTexts({"451-[]", "bYWI="});
    QCOMPARE(texts->bytes(), Frame::create("451-[]")->bytes() + Frame::create("bYWI=")->bytes());
    QCOMPARE(texts->messages().size(), 2U);
    QCOMPARE(texts->payload(texts->messages().back()).toByteArray(), QByteArray("bYWI="));
    QVERIFY(texts->isDroppable());
    QCOMPARE(texts->policy, frame->policy);
    QCOMPARE(texts->stream, frame->stream);
    QCOMPARE(texts->offset, frame->offset);
    QCOMPARE(texts->key(), frame->key());
    QCOMPARE(texts->keyHash(), frame->keyHash());
}

void TestFrame::isDroppedByNoPolicyAsReplay()
{
    const FramePtr frame = roomFrame();
    const FramePtr replay = frame->asReplay();
    QVERIFY(frame->isDroppable());
    QVERIFY(!replay->isDroppable());
    QCOMPARE(replay->messages().size(), 2U);
    QCOMPARE(replay->bytes().constData(), frame->bytes().constData()); // Shared, and not copied
}

void TestFrame::keepsLittleOfALongKey()
{
    const auto keyOf = [](const QByteArray &text) {
        Frame frame;
        frame.setKey(text);
        return frame.key();
    };
    const QByteArray longKey(1000, 'k');
    QVERIFY(keyOf(longKey).size() <= 64);
    QCOMPARE(keyOf(longKey), keyOf(longKey));
    QVERIFY(keyOf(longKey) != keyOf(longKey + 'k'));
    QCOMPARE(keyOf("short"), QByteArray("short"));
}

DIALOGUE_TEST(TestFrame, NoApplication)
#include "tst_frame.moc"
