#include "server/websocket/deflater.h"

#include "core/protocol/websocket/websocketreader.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;

namespace {

constexpr qint64 Most = 100'000;

QByteArray fromHex(const char *text) { return QByteArray::fromHex(text); }

/** What a client makes of a frame's bytes: its messages, decompressed. */
QList<QByteArray> readOf(const Frame &frame, Deflater &deflater, int *compressed = nullptr)
{
    WebSocketReader reader(Most, WebSocketReader::From::Server);
    reader.takeCompressed();
    QList<QByteArray> messages;
    QByteArrayView bytes(frame.bytes());
    while (const auto message = reader.take(bytes)) {
        messages.append(message->isCompressed ? deflater.inflated(message->data, Most).data : message->data);
        if (compressed && message->isCompressed)
            ++*compressed;
    }
    return reader.error() == 0 ? messages : QList<QByteArray>();
}

} // namespace

class TestDeflater : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatTheRfcShows_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QByteArray>("data");
        // RFC 7692, section 7.2.3
        QTest::newRow("one block") << fromHex("f248cdc9c90700") << QByteArray("Hello");
        QTest::newRow("no compression") << fromHex("000500faff48656c6c6f00") << QByteArray("Hello");
        QTest::newRow("the last block of a stream") << fromHex("f348cdc9c9070000") << QByteArray("Hello");
        QTest::newRow("two blocks") << fromHex("f248050000 00ffffcac9c90700") << QByteArray("Hello");
        QTest::newRow("nothing") << fromHex("00") << QByteArray();
    }
    void readsWhatTheRfcShows()
    {
        QFETCH(QByteArray, message);
        Deflater deflater({});
        const Deflater::Inflated inflated = deflater.inflated(message, Most);
        QCOMPARE(inflated.error, 0);
        QTEST(inflated.data, "data");
    }

    void refusesWhatIsNone_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::newRow("a block of no kind") << fromHex("07");
        QTest::newRow("a length that is not one") << fromHex("0005000000");
        QTest::newRow("cut within a block") << fromHex("f248cd");
        QTest::newRow("further back than there is anything") << fromHex("4b040200");
    }
    void refusesWhatIsNone()
    {
        QFETCH(QByteArray, message);
        Deflater deflater({});
        const Deflater::Inflated inflated = deflater.inflated(message, Most);
        QCOMPARE(inflated.error, 1007);
        QVERIFY(inflated.data.isEmpty());
        QCOMPARE(deflater.counters().refused, 1);
        QCOMPARE(deflater.inflated(fromHex("f248cdc9c90700"), Most).data, QByteArray("Hello"));
    }

    void makesNoMoreOfItThanIsAllowed()
    {
        const FramePtr frame = Frame::create(QByteArray(Most + 1, 'a'));
        Deflater deflater({.threshold = 64});
        const FramePtr small = deflater.deflated(frame);
        QVERIFY(small->bytes().size() < 1000);
        WebSocketReader reader(Most, WebSocketReader::From::Server);
        reader.takeCompressed();
        QByteArrayView bytes(small->bytes());
        const auto message = reader.take(bytes);
        QVERIFY(message);
        QCOMPARE(deflater.inflated(message->data, Most).error, 1009);
        QCOMPARE(deflater.inflated(message->data, Most + 1).data.size(), Most + 1);
    }

    void makesAllOfItUpToThere()
    {
        Deflater deflater({.threshold = 64});
        for (const qsizetype size : {100, 4099, 4100, 5000, 5119, 5120}) {
            const FramePtr small = deflater.deflated(Frame::create(QByteArray(size, 'a')));
            WebSocketReader reader(Most, WebSocketReader::From::Server);
            reader.takeCompressed();
            QByteArrayView bytes(small->bytes());
            const auto message = reader.take(bytes);
            QVERIFY(message);
            QCOMPARE(deflater.inflated(message->data, size).data.size(), size);
            for (const qint64 most : {qint64(1), qint64(size) - 1})
                QCOMPARE(deflater.inflated(message->data, most).error, 1009);
        }
    }

    void compressesWhatIsLargeEnough()
    {
        Deflater deflater({.threshold = 100});
        const QByteArray large(5000, 'x');
        const FramePtr frame = Frame::create(large, {QByteArray(50, 'y'), QByteArray(3000, 'z')});
        const FramePtr deflated = deflater.deflated(frame);
        int compressed = 0;
        QCOMPARE(readOf(*deflated, deflater, &compressed),
                 (QList<QByteArray>{large, QByteArray(50, 'y'), QByteArray(3000, 'z')}));
        QCOMPARE(compressed, 2);
        QVERIFY(deflated->bytes().size() < frame->bytes().size() / 10);
        QCOMPARE(deflater.counters().bytesBefore, 8000);
        QVERIFY(deflater.counters().bytesAfter < 100);
        const FramePtr small = Frame::create(QByteArray(80, 'x'));
        QCOMPARE(deflater.deflated(small), small);
    }

    void leavesWhatWouldTakeTooLong()
    {
        Deflater deflater({.threshold = 100, .largest = 5000});
        const FramePtr large = Frame::create(QByteArray(5000, 'x'));
        QCOMPARE(deflater.deflated(large), large);
        QCOMPARE(deflater.deflated(large), large); // counted once for all who get it
        // Together they take as long.
        const FramePtr many
            = Frame::create(QByteArray(2000, 'x'), {QByteArray(2000, 'y'), QByteArray(2000, 'z')});
        QCOMPARE(deflater.deflated(many), many);
        QCOMPARE(deflater.counters().tooLarge, 2);
        QCOMPARE(deflater.counters().bytesBefore, 0);
        const FramePtr small = Frame::create(QByteArray(4900, 'x'));
        QVERIFY(deflater.deflated(small) != small);
        QCOMPARE(deflater.counters().tooLarge, 2);
    }

    void leavesWhatGrowsNoSmaller()
    {
        Deflater deflater({.threshold = 100});
        QByteArray noise;
        quint32 state = 1;
        while (noise.size() < 4000)
            noise += char((state = state * 1664525 + 1013904223) >> 24);
        const FramePtr frame = Frame::create(QByteArray(), {noise});
        QCOMPARE(deflater.deflated(frame), frame);
        QCOMPARE(deflater.deflated(frame), frame);
        QCOMPARE(deflater.counters().bytesBefore, 0);
        const FramePtr control = Frame::raw(QByteArray(4000, 'x'));
        QCOMPARE(deflater.deflated(control), control);
    }

    void compressesOnceForAll()
    {
        Deflater deflater({.threshold = 100});
        const FramePtr frame = Frame::create(QByteArray(5000, 'x'));
        const FramePtr deflated = deflater.deflated(frame);
        QCOMPARE(deflater.deflated(frame), deflated);
        QCOMPARE(deflater.counters().bytesBefore, 5000);
    }

    void keepsTheFateOfAFrame()
    {
        Deflater deflater({.threshold = 100});
        const auto frame = Frame::create(QByteArray(5000, 'x'));
        frame->policy = SlowReaderPolicy::KeepLatest;
        frame->offset = 17;
        frame->isVolatile = true;
        frame->setKey("key");
        const FramePtr deflated = deflater.deflated(frame);
        QVERIFY(deflated != frame);
        QCOMPARE(deflated->policy, SlowReaderPolicy::KeepLatest);
        QCOMPARE(deflated->offset, quint64(17));
        QVERIFY(deflated->isVolatile);
        QCOMPARE(deflated->key(), QByteArray("key"));
    }

    void isReadAsItWasWrittenAtAnyLevel_data()
    {
        QTest::addColumn<int>("level");
        for (const int level : {1, 5, 9})
            QTest::addRow("%d", level) << level;
    }
    void isReadAsItWasWrittenAtAnyLevel()
    {
        QFETCH(int, level);
        Deflater deflater({.threshold = 64, .level = level});
        for (const int size : {64, 65, 1000, 65535, 65536, 99'999}) {
            QByteArray text;
            for (int i = 0; text.size() < size; ++i)
                text += QByteArray::number(i * i) + ' ';
            text.truncate(size);
            QCOMPARE(readOf(*deflater.deflated(Frame::create(text)), deflater), QList<QByteArray>{text});
        }
    }
};

DIALOGUE_TEST(TestDeflater, NoApplication)
#include "tst_deflater.moc"
