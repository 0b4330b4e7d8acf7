#include "server/net/sendqueue.h"

#include "testclasses.h"

#include <QTest>

#include <array>

using namespace dialogue;
using Added = SendQueue::Added;

/** Frames of 10 bytes on the wire; the limit is three of them. */
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
    void showsTheFirstThatStillWaits();
    void clears();
};

namespace {

constexpr qint64 Limit = 30;

/** "a1k": stream 'a' is 1 and so on ('-' is 0), the number is its text, the last letter its key. */
FramePtr frame(const QByteArray &spec, SlowReaderPolicy policy, qsizetype size = 10)
{
    const auto frame = Frame::create(spec.leftJustified(size - 2, '.'));
    frame->policy = policy;
    frame->stream = spec.at(0) == '-' ? 0 : quint64(spec.at(0) - 'a' + 1);
    frame->key = spec.mid(2);
    return frame;
}

QByteArray contents(const SendQueue &queue)
{
    std::array<iovec, 16> vectors{};
    QByteArray text;
    for (std::size_t i = 0; i < queue.gather(vectors); ++i)
        text += QByteArray(static_cast<const char *>(vectors[i].iov_base), qsizetype(vectors[i].iov_len))
                    .mid(2, 3)
            + ' ';
    return text.trimmed().replace(".", "");
}

} // namespace

void TestSendQueue::addsByPolicy_data()
{
    constexpr auto Disconnect = SlowReaderPolicy::Disconnect;
    constexpr auto DropOldest = SlowReaderPolicy::DropOldest;
    constexpr auto KeepLatest = SlowReaderPolicy::KeepLatest;
    QTest::addColumn<QByteArrayList>("waiting");
    QTest::addColumn<QByteArray>("added");
    QTest::addColumn<SlowReaderPolicy>("policy");
    QTest::addColumn<Added>("result");
    QTest::addColumn<QByteArray>("left");
    QTest::addColumn<int>("dropped");
    const auto row = [](const char *name, const char *waiting, const char *added, SlowReaderPolicy policy,
                        Added result, const char *left, int dropped) {
        QTest::newRow(name) << QByteArray(waiting).split(' ') << QByteArray(added) << policy << result
                            << QByteArray(left) << dropped;
    };
    row("fits", "a1k b2k", "a3k", Disconnect, Added::Queued, "a1k b2k a3k", 0);
    row("disconnect", "a1k b2k a3k", "a4k", Disconnect, Added::Overflow, "a1k b2k a3k", 0);
    row("drop oldest of the stream", "b1k a2k a3k", "a4k", DropOldest, Added::Queued, "b1k a3k a4k", 1);
    row("drop oldest, none of the stream", "b1k b2k b3k", "a4k", DropOldest, Added::Dropped, "b1k b2k b3k",
        1);
    row("drop oldest, without a stream", "-1k -2k -3k", "-4k", DropOldest, Added::Overflow, "-1k -2k -3k", 0);
    row("keep latest replaces", "a1k b2k", "a3k", KeepLatest, Added::Queued, "b2k a3k", 1);
    row("keep latest, another key", "a1k b2k", "a3m", KeepLatest, Added::Queued, "a1k b2k a3m", 0);
    row("keep latest, another stream", "a1k", "b2k", KeepLatest, Added::Queued, "a1k b2k", 0);
    row("keep latest, full", "a1k a2m b3k", "a4n", KeepLatest, Added::Queued, "a2m b3k a4n", 1);
    row("keep latest, full of others", "b1k b2k b3k", "a4k", KeepLatest, Added::Dropped, "b1k b2k b3k", 1);
}

void TestSendQueue::addsByPolicy()
{
    QFETCH(QByteArrayList, waiting);
    QFETCH(QByteArray, added);
    QFETCH(SlowReaderPolicy, policy);
    quint64 counted = 0;
    SendQueue queue(Limit, &counted);
    for (const QByteArray &spec : waiting)
        QCOMPARE(queue.add(frame(spec, SlowReaderPolicy::Disconnect)), Added::Queued);
    QTEST(queue.add(frame(added, policy)), "result");
    QTEST(contents(queue), "left");
    QFETCH(int, dropped);
    QCOMPARE(counted, quint64(dropped));
    QCOMPARE(queue.bytes(), qint64(queue.size()) * 10);
}

void TestSendQueue::countsWhatWaitsElsewhere()
{
    SendQueue queue(Limit);
    QCOMPARE(queue.add(frame("a1k", SlowReaderPolicy::Disconnect), 21), Added::Overflow);
    QCOMPARE(queue.add(frame("a1k", SlowReaderPolicy::Disconnect), 20), Added::Queued);
}

void TestSendQueue::gathersFromWhereItStopped()
{
    SendQueue queue(1000);
    QByteArray all;
    for (int i = 0; i < 5; ++i) {
        const FramePtr each = frame("a" + QByteArray::number(i) + "k", SlowReaderPolicy::Disconnect, 10 + i);
        QCOMPARE(queue.add(each), Added::Queued);
        all += each->bytes();
    }
    // However much is written at a time, what is left is what was not.
    for (const qint64 step : {1, 9, 10, 15, 25}) {
        queue.consume(step);
        all.remove(0, step);
        std::array<iovec, 3> vectors{};
        QByteArray gathered;
        for (std::size_t i = 0; i < queue.gather(vectors); ++i)
            gathered.append(static_cast<const char *>(vectors[i].iov_base), qsizetype(vectors[i].iov_len));
        QVERIFY(all.startsWith(gathered));
        QVERIFY(all.isEmpty() || !gathered.isEmpty());
        QCOMPARE(queue.bytes(), qint64(all.size()));
    }
    QVERIFY(queue.isEmpty());
}

void TestSendQueue::neverDropsAFramePartlyWritten()
{
    for (const auto policy : {SlowReaderPolicy::DropOldest, SlowReaderPolicy::KeepLatest}) {
        SendQueue queue(Limit);
        for (const char *spec : {"a1k", "a2k", "a3k"})
            QCOMPARE(queue.add(frame(spec, SlowReaderPolicy::Disconnect)), Added::Queued);
        queue.consume(3);
        QCOMPARE(queue.add(frame("a4k", policy)), Added::Queued);
        QCOMPARE(queue.takeFront(), frame("a1k", policy)->bytes().sliced(3));
    }
}

void TestSendQueue::takesTheRestOfTheFront()
{
    SendQueue queue(Limit);
    const FramePtr first = frame("a1k", SlowReaderPolicy::Disconnect);
    const FramePtr second = frame("a2k", SlowReaderPolicy::Disconnect);
    QCOMPARE(queue.add(first), Added::Queued);
    QCOMPARE(queue.add(second), Added::Queued);
    queue.consume(4);
    QCOMPARE(queue.takeFront(), first->bytes().sliced(4));
    QCOMPARE(queue.bytes(), 10);
    QCOMPARE(queue.takeFront(), second->bytes());
    QVERIFY(queue.isEmpty());
}

void TestSendQueue::showsTheFirstThatStillWaits()
{
    SendQueue queue(Limit);
    const FramePtr first = frame("-1", SlowReaderPolicy::Disconnect);
    const FramePtr second = frame("-2", SlowReaderPolicy::Disconnect);
    QCOMPARE(queue.add(first), Added::Queued);
    QCOMPARE(queue.add(second), Added::Queued);
    QCOMPARE(queue.front(), first);
    queue.consume(first->bytes().size());
    QCOMPARE(queue.front(), second);
}

void TestSendQueue::clears()
{
    SendQueue queue(Limit);
    QCOMPARE(queue.add(frame("a1k", SlowReaderPolicy::Disconnect)), Added::Queued);
    queue.consume(4);
    queue.clear();
    QCOMPARE(queue.bytes(), 0);
    QCOMPARE(queue.add(frame("a2k", SlowReaderPolicy::Disconnect)), Added::Queued);
    QCOMPARE(queue.bytes(), 10);
}

DIALOGUE_TEST(TestSendQueue, NoApplication)
#include "tst_sendqueue.moc"
