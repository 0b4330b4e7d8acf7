#include "fakestream.h"

#include "server/fanout/sendqueue.h"
#include "testclasses.h"

#include <QRandomGenerator>
#include <QTest>

#include <map>
#include <set>

using namespace dialogue;
using namespace Qt::StringLiterals;
using Kind = EventFate::Kind;

namespace {

FramePtr eventOf(const FrameStreamPtr &stream, quint64 offset, SlowReaderPolicy policy,
                 const QByteArray &key = {}, qsizetype size = 98)
{
    const auto made = Frame::create(QByteArray(size, 'x'));
    made->policy = policy;
    made->stream = stream;
    made->offset = offset;
    made->setKey(key);
    return made;
}

} // namespace

/** What a queue remembers of the events that did not simply go. */
class TestSendJournal : public QObject
{
    Q_OBJECT

    const FrameStreamPtr m_room = std::make_shared<FakeStream>('a');
    const FrameStreamPtr m_other = std::make_shared<FakeStream>('b');

private Q_SLOTS:
    void anEventThatWaitsKnowsHowMuchIsAheadOfIt()
    {
        SendQueue queue(10'000);
        for (quint64 offset = 1; offset <= 3; ++offset)
            queue.add(eventOf(m_room, offset, SlowReaderPolicy::DropOldest));
        QCOMPARE(queue.fateOf(u"a", 1)->bytesAhead, 0);
        QCOMPARE(queue.fateOf(u"a", 3)->bytesAhead, 200);
        queue.consume(150);
        QCOMPARE(queue.fateOf(u"a", 3)->bytesAhead, 50);
        QVERIFY(!queue.fateOf(u"a", 1));
        QVERIFY(!queue.fateOf(u"b", 3));
        QVERIFY(!queue.record());
    }

    void whatWasDroppedIsOneStretchAsLongAsNothingLeaves()
    {
        SendQueue queue(300);
        for (quint64 offset = 1; offset <= 9; offset += 2) // The others are not for this reader.
            queue.add(eventOf(m_room, offset, SlowReaderPolicy::DropOldest));
        QVERIFY(queue.record());
        QCOMPARE(queue.record()->spans.size(), 1U);
        QCOMPARE(queue.fateOf(u"a", 1)->kind, Kind::Dropped);
        QVERIFY(queue.fateOf(u"a", 1)->time > 0);
        QCOMPARE(queue.fateOf(u"a", 9)->kind, Kind::Waits);
    }

    void whatWasReplacedKnowsByWhat()
    {
        SendQueue queue(10'000);
        // Two keys in turn, as prices of two shares come.
        for (quint64 offset = 1; offset <= 40; ++offset)
            queue.add(eventOf(m_room, offset, SlowReaderPolicy::KeepLatest, offset % 2 ? "odd" : "even"));
        for (quint64 offset = 1; offset <= 38; ++offset) {
            QCOMPARE(queue.fateOf(u"a", offset)->kind, Kind::Replaced);
            QCOMPARE(queue.fateOf(u"a", offset)->by, offset + 2);
        }
        QCOMPARE(queue.fateOf(u"a", 39)->kind, Kind::Waits);
        QVERIFY(queue.record()->spans.size() <= 2);
    }

    void whatWaitsForAReaderThatGoesWasNotSent()
    {
        SendQueue queue(10'000);
        queue.add(eventOf(m_room, 7, SlowReaderPolicy::Disconnect));
        queue.add(eventOf(m_other, 1, SlowReaderPolicy::Disconnect));
        queue.add(eventOf(m_room, 8, SlowReaderPolicy::Disconnect));
        queue.abandon();
        QVERIFY(queue.isEmpty());
        QCOMPARE(queue.fateOf(u"a", 7)->kind, Kind::Unsent);
        QCOMPARE(queue.fateOf(u"a", 8)->kind, Kind::Unsent);
        QCOMPARE(queue.fateOf(u"b", 1)->kind, Kind::Unsent);
        QCOMPARE(queue.record()->spans.size(), 2U);
    }

    void theOneThatWasTooMuchWasNotSentEither()
    {
        SendQueue queue(150);
        queue.add(eventOf(m_room, 1, SlowReaderPolicy::Disconnect));
        QCOMPARE(queue.add(eventOf(m_other, 9, SlowReaderPolicy::Disconnect)), SendQueue::Added::Overflow);
        QCOMPARE(queue.fateOf(u"b", 9)->kind, Kind::Unsent);
    }

    void whileItIsTracedEachIsKnownToBeWritten()
    {
        SendQueue queue(10'000);
        queue.add(eventOf(m_room, 1, SlowReaderPolicy::Disconnect));
        queue.setTraced(true);
        queue.add(eventOf(m_room, 2, SlowReaderPolicy::Disconnect));
        queue.consume(150);
        QCOMPARE(queue.fateOf(u"a", 1)->kind, Kind::Written);
        QCOMPARE(queue.fateOf(u"a", 2)->kind, Kind::Waits);
        queue.consume(50);
        QVERIFY(queue.isEmpty());
        QCOMPARE(queue.bytes(), 0);
        queue.add(eventOf(m_room, 3, SlowReaderPolicy::Disconnect));
        QCOMPARE(queue.takeFrame()->offset, 3U);
        QCOMPARE(queue.fateOf(u"a", 3)->kind, Kind::Written);
        queue.setTraced(false);
        queue.add(eventOf(m_room, 4, SlowReaderPolicy::Disconnect));
        QCOMPARE(queue.takeFrame()->offset, 4U);
        QVERIFY(!queue.fateOf(u"a", 4));
        QCOMPARE(queue.fateOf(u"a", 3)->kind, Kind::Written);
    }

    void itIsBoundedAndSaysWhatItHasForgotten()
    {
        SendQueue queue(10'000);
        queue.setTraced(true);
        for (quint64 offset = 1; offset <= 5000; ++offset) {
            queue.add(eventOf(m_room, offset, SlowReaderPolicy::Disconnect));
            (void)queue.takeFrame();
        }
        QVERIFY(queue.record()->spans.size() <= SendJournal::MostTraced);
        QVERIFY(queue.record()->forgottenUntil > 0);
        QVERIFY(!queue.fateOf(u"a", 1));
        QCOMPARE(queue.fateOf(u"a", 5000)->kind, Kind::Written);
    }

    void aStretchEndsWhereTheReaderHasCaughtUp()
    {
        SendQueue queue(220);
        const auto fill = [&] {
            queue.add(eventOf(m_other, 1, SlowReaderPolicy::Disconnect));
            queue.add(eventOf(m_other, 2, SlowReaderPolicy::Disconnect));
        };
        fill();
        QCOMPARE(queue.add(eventOf(m_room, 1, SlowReaderPolicy::DropOldest)), SendQueue::Added::Dropped);
        queue.consume(queue.bytes());
        while (!queue.isEmpty())
            (void)queue.takeFrame(); // Where it is told of the gap.
        queue.add(eventOf(m_room, 2, SlowReaderPolicy::DropOldest));
        queue.consume(queue.bytes());
        fill();
        QCOMPARE(queue.add(eventOf(m_room, 3, SlowReaderPolicy::DropOldest)), SendQueue::Added::Dropped);
        QCOMPARE(queue.fateOf(u"a", 1)->kind, Kind::Dropped);
        QVERIFY(!queue.fateOf(u"a", 2));
        QCOMPARE(queue.fateOf(u"a", 3)->kind, Kind::Dropped);
    }

    void whatWaitsAsItsConnectionIsClosedMayYetLeave()
    {
        SendQueue queue(10'000);
        queue.add(eventOf(m_room, 7, SlowReaderPolicy::Disconnect));
        QVERIFY(!queue.record());
        QCOMPARE(queue.record(true)->find(u"a", 7)->kind, Kind::Waits);
        QCOMPARE(queue.size(), 1U);
        queue.consume(queue.bytes());
        QVERIFY(!queue.record(true));
    }

    /** Whatever comes and leaves in whatever order: nothing that left or waits is said to be lost. */
    void itNeverSaysOfOneWhatBecameOfAnother_data()
    {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 20; ++seed)
            QTest::addRow("%u", seed) << seed;
    }
    void itNeverSaysOfOneWhatBecameOfAnother()
    {
        QFETCH(quint32, seed);
        QRandomGenerator random(seed);
        SendQueue queue(1500);
        std::map<QString, quint64> offsets;
        std::set<std::pair<QString, quint64>> sent;
        std::set<std::pair<QString, quint64>> all;
        for (int step = 0; step < 600; ++step) {
            if (random.bounded(3) == 0 && !queue.isEmpty()) {
                const FramePtr frame = queue.takeFrame();
                if (frame->stream)
                    sent.insert({frame->stream->name(), frame->offset});
                continue;
            }
            const FrameStreamPtr &stream = random.bounded(2) ? m_room : m_other;
            const quint64 offset = offsets[stream->name()] += 1 + random.bounded(2U);
            const auto policy
                = random.bounded(2) ? SlowReaderPolicy::DropOldest : SlowReaderPolicy::KeepLatest;
            all.insert({stream->name(), offset});
            queue.add(eventOf(stream, offset, policy, QByteArray::number(random.bounded(4)),
                              50 + random.bounded(100)));
        }
        const qint64 forgotten = queue.record() ? queue.record()->forgottenUntil : 0;
        int lost = 0;
        for (const auto &[name, offset] : all) {
            const auto fate = queue.fateOf(name, offset);
            if (sent.contains({name, offset})) {
                QVERIFY2(!fate, qPrintable(u"%1 %2 was sent"_s.arg(name).arg(offset)));
            } else if (fate && fate->kind != Kind::Waits) {
                ++lost;
                if (fate->by > 0)
                    QVERIFY(all.contains({name, fate->by}));
            } else if (!fate) {
                QVERIFY2(forgotten > 0, qPrintable(u"%1 %2 is not known"_s.arg(name).arg(offset)));
            }
        }
        QVERIFY(lost > 10);
        // What waits leaves in the end.
        while (!queue.isEmpty()) {
            const FramePtr frame = queue.takeFrame();
            if (frame->stream)
                QVERIFY(!queue.fateOf(frame->stream->name(), frame->offset));
        }
    }
};

DIALOGUE_TEST(TestSendJournal, QCoreApplication)
#include "tst_sendjournal.moc"
