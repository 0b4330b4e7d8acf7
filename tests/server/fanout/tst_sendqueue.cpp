#include "fakestream.h"
#include "naivesendqueue.h"

#include "testclasses.h"

#include <QRandomGenerator>
#include <QTest>

#include <array>

using namespace dialogue;
using Added = SendQueue::Added;

/** Frames of 30 bytes on the wire; three of them fit, and what says a gap. */
class TestSendQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addsByPolicy_data();
    void addsByPolicy();
    void countsWhatWaitsElsewhere();
    void gathersFromWhereItStopped();
    void neverDropsAFramePartlyWritten();
    void takesTheRestOfTheFront();
    void takesFramesWhole();
    void clears();
    void makesRoomForWhatMayNotBeDropped();
    void growsOneGapForAStream();
    void tellsAGapBeforeWhatCameAfterItsFirst();
    void beginsAnotherGapOnceOneIsWritten();
    void growsAGapThatWasOnlyOffered();
    void tellsOfNoGapWithoutOffsets();
    void tellsAReaderOfAllItMissed();
    void doesAsANaiveQueueDoes_data();
    void doesAsANaiveQueueDoes();
    void looksAtFewFramesHoweverManyWait_data();
    void looksAtFewFramesHoweverManyWait();
};

namespace {

constexpr auto Disconnect = SlowReaderPolicy::Disconnect;
constexpr auto DropOldest = SlowReaderPolicy::DropOldest;
constexpr auto KeepLatest = SlowReaderPolicy::KeepLatest;

constexpr qint64 Limit = 110;

FrameStreamPtr stream(char name)
{
    static QHash<char, FrameStreamPtr> streams;
    FrameStreamPtr &found = streams[name];
    if (!found)
        found = std::make_shared<FakeStream>(name);
    return found;
}

/** "a1k": the stream ('-': none), the offset and the key. */
FramePtr frame(const QByteArray &spec, SlowReaderPolicy policy, qsizetype size = 30)
{
    const auto frame = Frame::create(spec.leftJustified(size - 2, '.'));
    frame->policy = policy;
    if (spec.at(0) != '-') {
        frame->stream = stream(spec.at(0));
        frame->offset = spec.mid(1, spec.size() - 2).toULongLong();
    }
    frame->setKey(spec.last(1));
    return frame;
}

QByteArray gathered(SendQueue &queue, std::size_t most = 64)
{
    std::vector<iovec> vectors(most);
    QByteArray bytes;
    for (std::size_t i = 0, count = queue.gather(vectors); i < count; ++i)
        bytes.append(static_cast<const char *>(vectors[i].iov_base), qsizetype(vectors[i].iov_len));
    return bytes;
}

/** The texts of the frames in \a wire, without what fills them up. */
QByteArrayList texts(QByteArrayView wire)
{
    QByteArrayList all;
    while (!wire.isEmpty()) {
        const qsizetype size = quint8(wire.at(1));
        all.append(wire.sliced(2, size).toByteArray().replace(".", ""));
        wire = wire.sliced(2 + size);
    }
    return all;
}

QByteArray contents(SendQueue &queue) { return texts(gathered(queue)).join(' '); }

void fill(SendQueue &queue, const QByteArray &specs, SlowReaderPolicy policy)
{
    for (const QByteArray &spec : specs.split(' '))
        QCOMPARE(queue.add(frame(spec, policy)), Added::Queued);
}

} // namespace

void TestSendQueue::addsByPolicy_data()
{
    QTest::addColumn<QByteArray>("waiting");
    QTest::addColumn<SlowReaderPolicy>("policy");
    QTest::addColumn<QByteArray>("added");
    QTest::addColumn<SlowReaderPolicy>("itsPolicy");
    QTest::addColumn<Added>("result");
    QTest::addColumn<QByteArray>("left");
    QTest::addColumn<int>("dropped");
    QTest::addColumn<int>("replaced");
    QTest::addColumn<qint64>("elsewhere");
    const auto row = [](const char *name, const char *waiting, SlowReaderPolicy policy, const char *added,
                        SlowReaderPolicy itsPolicy, Added result, const char *left, int dropped,
                        int replaced = 0, qint64 elsewhere = 0) {
        QTest::newRow(name) << QByteArray(waiting) << policy << QByteArray(added) << itsPolicy << result
                            << QByteArray(left) << dropped << replaced << elsewhere;
    };
    row("fits", "a1k b2k", DropOldest, "a3k", DropOldest, Added::Queued, "a1k b2k a3k", 0);
    row("disconnect", "a1k a2k a3k", Disconnect, "a4k", Disconnect, Added::Overflow, "a1k a2k a3k", 0);
    row("what may not be dropped makes no place", "a1k a2k a3k", Disconnect, "a4k", DropOldest,
        Added::Dropped, "a1k a2k a3k a!4-4d", 1);
    row("drop oldest of the stream", "b1k a2k a3k", DropOldest, "a4k", DropOldest, Added::Queued,
        "b1k a!2-2d a3k a4k", 1);
    row("drop oldest, none of the stream", "b1k b2k b3k", DropOldest, "a4k", DropOldest, Added::Dropped,
        "b1k b2k b3k a!4-4d", 1);
    row("drop oldest, without a stream", "-1k -2k -3k", DropOldest, "-4k", DropOldest, Added::Overflow,
        "-1k -2k -3k", 0);
    row("keep latest replaces", "a1k b2k", KeepLatest, "a3k", KeepLatest, Added::Queued, "a!1-1r b2k a3k", 0,
        1);
    row("keep latest, another key", "a1k b2k", KeepLatest, "a3m", KeepLatest, Added::Queued, "a1k b2k a3m",
        0);
    row("keep latest, another stream", "a1k", KeepLatest, "b2k", KeepLatest, Added::Queued, "a1k b2k", 0);
    row("keep latest, full", "a1k a2m b3k", KeepLatest, "a4n", KeepLatest, Added::Queued,
        "a!1-1d a2m b3k a4n", 1);
    row("keep latest replaces, and is full still", "a1k a2m b3k", KeepLatest, "a4m", KeepLatest,
        Added::Queued, "a!1-2d b3k a4m", 1, 1, 20);
    row("keep latest, full of others", "b1k b2l b3m", KeepLatest, "a4k", KeepLatest, Added::Dropped,
        "b1k b2l b3m a!4-4d", 1);
    row("keep latest among others", "a1k a2k", DropOldest, "a3k", KeepLatest, Added::Queued, "a1k a2k a3k",
        0);
}

void TestSendQueue::addsByPolicy()
{
    QFETCH(QByteArray, waiting);
    QFETCH(SlowReaderPolicy, policy);
    QFETCH(QByteArray, added);
    QFETCH(SlowReaderPolicy, itsPolicy);
    SendQueueCounters counted;
    SendQueue queue(Limit, &counted);
    fill(queue, waiting, policy);
    QFETCH(qint64, elsewhere);
    QTEST(queue.add(frame(added, itsPolicy), elsewhere), "result");
    QTEST(contents(queue), "left");
    QTEST(int(counted.dropped), "dropped");
    QTEST(int(counted.replaced), "replaced");
    QCOMPARE(queue.bytes(), gathered(queue).size());
    QCOMPARE(queue.size(), std::size_t(texts(gathered(queue)).size()));
}

void TestSendQueue::countsWhatWaitsElsewhere()
{
    SendQueue queue(Limit);
    QCOMPARE(queue.add(frame("a1k", Disconnect), 81), Added::Overflow);
    QCOMPARE(queue.add(frame("a1k", Disconnect), 80), Added::Queued);
}

void TestSendQueue::gathersFromWhereItStopped()
{
    SendQueue queue(1000);
    QByteArray all;
    for (int i = 0; i < 5; ++i) {
        const FramePtr each = frame("a" + QByteArray::number(i) + "k", Disconnect, 10 + i);
        QCOMPARE(queue.add(each), Added::Queued);
        all += each->bytes();
    }
    // However much is written at a time, what is left is what was not.
    for (const qint64 step : {1, 9, 10, 15, 25}) {
        queue.consume(step);
        all.remove(0, step);
        const QByteArray front = gathered(queue, 3);
        QVERIFY(all.startsWith(front));
        QVERIFY(all.isEmpty() || !front.isEmpty());
        QCOMPARE(queue.bytes(), qint64(all.size()));
    }
    QVERIFY(queue.isEmpty());
}

void TestSendQueue::neverDropsAFramePartlyWritten()
{
    for (const auto policy : {DropOldest, KeepLatest}) {
        SendQueue queue(Limit);
        fill(queue, policy == KeepLatest ? "a1k a2l a3m" : "a1k a2k a3k", policy);
        queue.consume(3);
        QCOMPARE(queue.add(frame("a4k", policy)), Added::Queued); // Of the key of the first
        QCOMPARE(queue.takeFront(), frame("a1k", policy)->bytes().sliced(3));
        QCOMPARE(contents(queue).first(6), QByteArray("a!2-2d"));
    }
    SendQueue queue(Limit);
    fill(queue, "a1k", KeepLatest);
    queue.consume(3);
    fill(queue, "a2k a3k", KeepLatest);
    QCOMPARE(queue.takeFront(), frame("a1k", KeepLatest)->bytes().sliced(3));
    QCOMPARE(contents(queue), QByteArray("a!2-2r a3k"));
}

void TestSendQueue::takesTheRestOfTheFront()
{
    SendQueue queue(Limit);
    const FramePtr first = frame("a1k", Disconnect);
    const FramePtr second = frame("a2k", Disconnect);
    QCOMPARE(queue.add(first), Added::Queued);
    QCOMPARE(queue.add(second), Added::Queued);
    queue.consume(4);
    QCOMPARE(queue.takeFront(), first->bytes().sliced(4));
    QCOMPARE(queue.bytes(), 30);
    QCOMPARE(queue.takeFront(), second->bytes());
    QVERIFY(queue.isEmpty());
}

void TestSendQueue::takesFramesWhole()
{
    SendQueue queue(Limit);
    fill(queue, "-1k a2k a3k", DropOldest);
    QCOMPARE(queue.add(frame("a4k", DropOldest)), Added::Queued);
    QByteArray taken;
    while (!queue.isEmpty())
        taken += queue.takeFrame()->bytes();
    QCOMPARE(texts(taken).join(' '), QByteArray("-1k a!2-2d a3k a4k"));
    QCOMPARE(queue.bytes(), 0);
}

void TestSendQueue::clears()
{
    SendQueue queue(Limit);
    fill(queue, "a1k a2k a3k", DropOldest);
    queue.consume(4);
    QCOMPARE(queue.add(frame("a4k", DropOldest)), Added::Queued);
    queue.abandon();
    QCOMPARE(queue.bytes(), 0);
    QVERIFY(queue.isEmpty());
    fill(queue, "a5k", DropOldest);
    QCOMPARE(queue.bytes(), 30);
    QCOMPARE(contents(queue), QByteArray("a5k"));
}

// A reader whom its rooms keep although it is slow is not thrown out because of a heartbeat.
void TestSendQueue::makesRoomForWhatMayNotBeDropped()
{
    SendQueueCounters counted;
    SendQueue queue(Limit, &counted);
    fill(queue, "c1k", Disconnect);
    fill(queue, "a2k", DropOldest);
    fill(queue, "b3k", KeepLatest);
    for (const char *spec : {"-4k", "c5k"})
        QCOMPARE(queue.add(frame(spec, Disconnect, 20)), Added::Queued);
    QCOMPARE(contents(queue), QByteArray("c1k a!2-2d b!3-3d -4k c5k"));
    QCOMPARE(counted.dropped, 2);
    QCOMPARE(queue.add(frame("-6k", Disconnect)), Added::Overflow);
}

void TestSendQueue::growsOneGapForAStream()
{
    SendQueue queue(Limit);
    fill(queue, "b1k a2k a3k", DropOldest);
    for (int offset = 4; offset < 50; ++offset)
        QCOMPARE(queue.add(frame("a" + QByteArray::number(offset) + "k", DropOldest)), Added::Queued);
    QCOMPARE(contents(queue), QByteArray("b1k a!2-47d a48k a49k"));
    QVERIFY(queue.bytes() <= Limit);
}

void TestSendQueue::tellsAGapBeforeWhatCameAfterItsFirst()
{
    SendQueue queue(1000);
    fill(queue, "a1k a2l a3m a4l", KeepLatest);
    QCOMPARE(contents(queue), QByteArray("a1k a!2-2r a3m a4l"));
    // Now one goes that stands before: 3 must not come before it is said that 1 will not.
    fill(queue, "a5k", KeepLatest);
    QCOMPARE(contents(queue), QByteArray("a!1-2r a3m a4l a5k"));
    fill(queue, "a6m", KeepLatest);
    QCOMPARE(contents(queue), QByteArray("a!1-3r a4l a5k a6m"));
}

void TestSendQueue::beginsAnotherGapOnceOneIsWritten()
{
    SendQueueCounters counted;
    SendQueue queue(1000, &counted);
    fill(queue, "a1k a2k a3m", KeepLatest);
    QCOMPARE(contents(queue), QByteArray("a!1-1r a2k a3m"));
    queue.consume(3); // Of the gap.
    QCOMPARE(counted.gaps, 1);
    fill(queue, "a4k", KeepLatest);
    const QByteArray rest = gathered(queue);
    QCOMPARE(rest.first(5), stream('a')->gapFrame(1, 1, GapReason::Replaced)->bytes().sliced(3));
    queue.consume(5);
    QCOMPARE(contents(queue), QByteArray("a!2-2r a3m a4k"));
}

void TestSendQueue::growsAGapThatWasOnlyOffered()
{
    SendQueueCounters counted;
    SendQueue queue(1000, &counted);
    fill(queue, "a1k a2k", KeepLatest);
    const qint64 before = queue.bytes();
    QCOMPARE(contents(queue), QByteArray("a!1-1r a2k"));
    QVERIFY(queue.bytes() < before); // It is as long as it is now, and not as it may become.
    queue.consume(0);
    fill(queue, "a300k", KeepLatest);
    QCOMPARE(queue.bytes(), before);
    QCOMPARE(contents(queue), QByteArray("a!1-2r a300k"));
    QCOMPARE(counted.gaps, 0);
    queue.consume(queue.bytes());
    QVERIFY(queue.isEmpty());
    QCOMPARE(counted.gaps, 1);
}

void TestSendQueue::tellsOfNoGapWithoutOffsets()
{
    SendQueueCounters counted;
    SendQueue queue(Limit, &counted);
    fill(queue, "a0k a0l a0m", KeepLatest);
    fill(queue, "a0m a0n", KeepLatest);
    QCOMPARE(contents(queue), QByteArray("a0l a0m a0n"));
    QCOMPARE(counted.replaced, 1);
    QCOMPARE(counted.dropped, 1);
    QCOMPARE(queue.add(frame("a0k", DropOldest, 111)), Added::Dropped);
    QVERIFY(queue.isEmpty());
    QCOMPARE(queue.bytes(), 0);
}

// Whatever a reader takes at a time, it passes no event that was neither delivered nor told of before.
void TestSendQueue::tellsAReaderOfAllItMissed()
{
    QRandomGenerator random(1);
    SendQueue queue(2000);
    std::array<quint64, 3> last{};
    std::array<quint64, 3> position{};
    int gaps = 0;
    QByteArray wire;
    const auto read = [&](qint64 most) {
        const QByteArray front = gathered(queue).left(most);
        queue.consume(front.size());
        wire += front;
    };
    for (int i = 0; i < 30000; ++i) {
        const auto room = std::size_t(random.bounded(3));
        const QByteArray spec = QByteArray(1, char('a' + room)) + QByteArray::number(++last[room])
            + QByteArray(1, char('k' + random.bounded(10)));
        queue.add(frame(spec, room == 0 ? DropOldest : KeepLatest));
        if (random.bounded(4) == 0)
            read(random.bounded(120));
    }
    read(queue.bytes());
    std::array<QSet<quint64>, 3> known;
    for (const QByteArray &text : texts(wire)) {
        const auto room = std::size_t(text.at(0) - 'a');
        quint64 to = text.mid(1, text.size() - 2).toULongLong();
        quint64 from = to;
        if (text.at(1) == '!') {
            ++gaps;
            const QByteArrayList range = text.mid(2, text.size() - 3).split('-');
            from = range.at(0).toULongLong();
            to = range.at(1).toULongLong();
        }
        for (quint64 offset = from; offset <= to; ++offset)
            known[room].insert(offset);
        while (known[room].contains(position[room] + 1))
            ++position[room];
        QVERIFY2(text.at(1) == '!' || position[room] >= to, text.constData());
    }
    QCOMPARE(position, last);
    QVERIFY(gaps > 1000);
}

void TestSendQueue::doesAsANaiveQueueDoes_data()
{
    QTest::addColumn<qint64>("limit");
    QTest::addColumn<int>("readEvery");
    QTest::newRow("few wait") << qint64(300) << 4;
    QTest::newRow("many wait") << qint64(6000) << 12;
    QTest::newRow("nothing is dropped but by key") << qint64(1000000) << 30;
    QTest::newRow("thousands wait") << qint64(60000) << 3000;
}

void TestSendQueue::doesAsANaiveQueueDoes()
{
    QFETCH(qint64, limit);
    QFETCH(int, readEvery);
    QRandomGenerator random(2);
    SendQueueCounters counted;
    SendQueue queue(limit, &counted);
    NaiveSendQueue naive(limit);
    for (int i = 1; i < 10000; ++i) {
        const QByteArray spec = QByteArray(1, "abc-"[random.bounded(4)])
            + QByteArray::number(random.bounded(3) == 0 ? 0 : i)
            + QByteArray(1, char('k' + random.bounded(6)));
        const FramePtr each = frame(spec, SlowReaderPolicy(random.bounded(3)), 20 + random.bounded(30));
        const qint64 elsewhere = random.bounded(3) == 0 ? random.bounded(200) : 0;
        QCOMPARE(queue.add(each, elsewhere), naive.add(each, elsewhere));
        if (random.bounded(readEvery) == 0) {
            const auto most = std::size_t(1 + random.bounded(readEvery));
            const QByteArray front = gathered(queue, most);
            QCOMPARE(front, naive.size() > 0 ? naive.gather(most) : QByteArray());
            const qint64 taken
                = random.bounded(2) == 0 ? front.size() : random.bounded(int(front.size()) + 1);
            queue.consume(taken);
            naive.consume(taken);
            if (!queue.isEmpty() && random.bounded(5) == 0)
                QCOMPARE(queue.takeFront(), naive.takeFront());
        }
        QCOMPARE(queue.bytes(), naive.bytes());
        QCOMPARE(queue.size(), naive.size());
        QCOMPARE(counted.dropped, naive.counters.dropped);
        QCOMPARE(counted.replaced, naive.counters.replaced);
        QCOMPARE(counted.gaps, naive.counters.gaps);
    }
    while (!queue.isEmpty())
        QCOMPARE(queue.takeFront(), naive.takeFront());
    QCOMPARE(naive.size(), 0);
}

void TestSendQueue::looksAtFewFramesHoweverManyWait_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<SlowReaderPolicy>("policy");
    QTest::addColumn<int>("keys");
    QTest::newRow("the oldest") << QByteArray("a") << DropOldest << 1;
    QTest::newRow("the oldest behind those of another room") << QByteArray("b") << DropOldest << 1;
    QTest::newRow("the one of a key") << QByteArray("a") << KeepLatest << 5000;
    QTest::newRow("none, for clients choose ever new keys") << QByteArray("a") << KeepLatest << 1000000;
    QTest::newRow("those of all rooms, for one that may not be dropped")
        << QByteArray("b") << Disconnect << 1;
}

void TestSendQueue::looksAtFewFramesHoweverManyWait()
{
    QFETCH(QByteArray, before);
    QFETCH(SlowReaderPolicy, policy);
    QFETCH(int, keys);
    constexpr int waiting = 20000;
    constexpr int added = 1000;
    constexpr qint64 size = 30;
    SendQueue queue(waiting * size + 100);
    const auto waitingPolicy = policy == Disconnect ? DropOldest : policy;
    for (int i = 0; i < waiting; ++i) {
        const bool other = i < waiting / 2;
        const auto each
            = std::make_shared<Frame>(*frame((other ? before : "a") + QByteArray::number(i + 1) + 'k',
                                             other && before == "b" ? Disconnect : waitingPolicy, size));
        each->setKey(QByteArray::number(i % keys));
        QVERIFY(queue.add(each) == Added::Queued);
    }
    const quint64 lookedBefore = queue.looks();
    for (int i = 0; i < added; ++i) {
        const auto each
            = std::make_shared<Frame>(*frame("a" + QByteArray::number(waiting + i + 1) + 'k', policy, size));
        each->setKey(QByteArray::number(i % keys));
        QVERIFY(queue.add(each) == Added::Queued);
    }
    // What stands before the first that may be dropped is passed once.
    const quint64 once = policy == Disconnect ? waiting / 2 : 0;
    const quint64 looks = queue.looks() - lookedBefore;
    QVERIFY2(looks <= once + 3 * added, qPrintable(QString::number(looks)));
    QVERIFY(looks > 0);
}

DIALOGUE_TEST(TestSendQueue, NoApplication)
#include "tst_sendqueue.moc"
