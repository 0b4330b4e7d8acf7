#include "server/history/eventlog.h"

#include "core/protocol/dialogue/eventmessage.h"
#include "core/protocol/dialogue/names.h"
#include "heap.h"
#include "server/socketio/eventencoding.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;

namespace {

PublicationPtr publication(const QString &event, quint64 offset, qsizetype size = 0)
{
    const EventMessage message{.event = event,
                               .roomId = u"room"_s,
                               .data = QString(size, u'x'),
                               .from = u"ann"_s,
                               .timestamp = 1700000000123,
                               .offset = offset};
    static const Encodings encodings{.kept = socketio::eventEncoding()};
    return Publication::create(encodings, {.offset = offset}, message, protocol::encodeEventMessage(message),
                               {});
}

QList<quint64> offsets(OffsetMerge merge)
{
    QList<quint64> offsets;
    while (const PublicationPtr *const each = merge.next())
        offsets.append((*each)->offset());
    return offsets;
}

/** A log and what a room does with it. */
class Log
{
public:
    explicit Log(RecoveryLimits recovery = {.events = 500, .bytes = 1'000'000})
        : limits(recovery)
    { }

    /** Gives back the offsets of what is evicted. */
    QList<quint64> append(const QString &event, int history = 3, qsizetype size = 0)
    {
        QList<PublicationPtr> evicted;
        log.append(publication(event, log.offset() + 1, size),
                   {.history = {.enabled = history > 0, .limit = history}, .recovery = limits}, &evicted);
        QList<quint64> offsets;
        for (const PublicationPtr &each : std::as_const(evicted))
            offsets.append(each->offset());
        return offsets;
    }
    /** An event for each letter: capital ones have a history of 3. */
    void appendAll(const QString &letters)
    {
        for (const QChar letter : letters)
            append(letter, letter.isUpper() ? 3 : 0);
    }

    RecoveryLimits limits;
    EventLog log;
};

class Reader : public LogReader
{
public:
    void fellBehind() override { ++timesFallenBehind; }

    int timesFallenBehind = 0;
};

} // namespace

class TestEventLog : public QObject
{
    Q_OBJECT

    static std::unique_ptr<Log> append(int events, int history, int size)
    {
        auto log = std::make_unique<Log>(RecoveryLimits{.events = history + 100, .bytes = 100'000'000});
        const QString event = u"message"_s;
        for (int i = 0; i < events; ++i)
            log->append(event, history, size);
        return log;
    }

private Q_SLOTS:
    void givesWhatCameAfter()
    {
        Log log;
        log.appendAll(u"aBaB"_s);
        QCOMPARE(log.log.offset(), 4);
        QCOMPARE(offsets(log.log.forward(1)), (QList<quint64>{2, 3, 4}));
        QCOMPARE(offsets(log.log.forward(4)), QList<quint64>());
        QCOMPARE(offsets(log.log.forward(9)), QList<quint64>());
        QCOMPARE(offsets(Log().log.forward(0)), QList<quint64>());
    }

    void sharesThePublicationThatWentOut()
    {
        Log log;
        PublicationPtr sent = publication(u"A"_s, 1);
        log.log.append(sent, {.history = {.enabled = true, .limit = 3}, .recovery = log.limits});
        QCOMPARE(log.log.forward(0).next()->get(), sent.get());
        QCOMPARE(log.log.history(u"A"_s, 0).next()->get(), sent.get());
        QCOMPARE(sent.use_count(), 3); // Here, and in each window.
    }

    void forgetsByCountAndByBytes_data()
    {
        QTest::addColumn<int>("events");
        QTest::addColumn<int>("fit"); ///< By bytes.
        QTest::addColumn<quint64>("completeAfter");
        QTest::newRow("all fit") << 10 << 10 << quint64(0);
        QTest::newRow("count") << 2 << 10 << quint64(3);
        QTest::newRow("bytes") << 10 << 3 << quint64(2);
        QTest::newRow("nothing kept") << 10 << 0 << quint64(5);
        QTest::newRow("none of any size") << 0 << 10 << quint64(5);
    }
    void forgetsByCountAndByBytes()
    {
        QFETCH(int, events);
        QFETCH(int, fit);
        QFETCH(quint64, completeAfter);
        const qint64 size = publication(u"a"_s, 1, 100)->size();
        Log log({.events = events, .bytes = fit * size + size - 1});
        for (int i = 0; i < 5; ++i)
            log.append(u"a"_s, 0, 100);
        QCOMPARE(log.log.completeAfter(u"*"_s, false), completeAfter);
        QCOMPARE(offsets(log.log.forward(0)).size(), static_cast<qsizetype>(5 - completeAfter));
    }

    void keepsExactlyAsManyBytesAsItMay()
    {
        const qint64 size = publication(u"a"_s, 1, 100)->size();
        Log log({.events = 10, .bytes = 2 * size});
        for (int i = 0; i < 3; ++i)
            log.append(u"a"_s, 0, 100);
        QCOMPARE(offsets(log.log.forward(0)), (QList<quint64>{2, 3}));
    }

    void keepsForAReaderWhatItHasToReadYet()
    {
        Log log({.events = 4, .bytes = 1'000'000});
        Reader reader;
        Reader behindIt;
        log.appendAll(u"aaaa"_s);
        behindIt.readUpTo(log.log, 3);
        reader.readUpTo(log.log, 1);
        log.appendAll(u"aaa"_s); // 1 is no longer needed; 2 and 3 are.
        QCOMPARE(offsets(log.log.forward(0)), (QList<quint64>{2, 3, 4, 5, 6, 7}));
        QCOMPARE(log.log.completeAfter(u"*"_s, false), 1);
        reader.readUpTo(log.log, 5);
        log.appendAll(u"a"_s);
        QCOMPARE(offsets(log.log.forward(0)), (QList<quint64>{4, 5, 6, 7, 8}));
        behindIt.stopReading();
        log.appendAll(u"a"_s);
        QCOMPARE(offsets(log.log.forward(0)), (QList<quint64>{6, 7, 8, 9}));
        QCOMPARE(reader.timesFallenBehind + behindIt.timesFallenBehind, 0);
    }

    void keepsNoMoreThanTwiceForAReader_data()
    {
        QTest::addColumn<int>("events");
        QTest::addColumn<int>("bytes");
        QTest::newRow("events") << 4 << 1'000'000;
        QTest::newRow("bytes") << 1000 << static_cast<int>(4 * publication(u"a"_s, 1, 100)->size() + 10);
    }
    void keepsNoMoreThanTwiceForAReader()
    {
        QFETCH(int, events);
        QFETCH(int, bytes);
        Log log({.events = events, .bytes = bytes});
        for (int i = 0; i < 4; ++i)
            log.append(u"a"_s, 0, 100);
        Reader slow;
        Reader quick;
        slow.readUpTo(log.log, 0);
        quick.readUpTo(log.log, 4);
        for (int i = 0; i < 4; ++i)
            log.append(u"a"_s, 0, 100);
        QCOMPARE(offsets(log.log.forward(0)).size(), 8);
        QCOMPARE(slow.timesFallenBehind, 0);
        log.append(u"a"_s, 0, 100);
        QCOMPARE(slow.timesFallenBehind, 1);
        // Now it is the quick one for whom it is kept.
        QCOMPARE(offsets(log.log.forward(0)).constFirst(), 5U);
        log.append(u"a"_s, 0, 100);
        QCOMPARE(offsets(log.log.forward(0)).constFirst(), 5U);
        QCOMPARE(slow.timesFallenBehind, 1);
        QCOMPARE(quick.timesFallenBehind, 0);
        quick.stopReading();
        log.append(u"a"_s, 0, 100);
        QCOMPARE(offsets(log.log.forward(0)).constFirst(), 8U);
    }

    void keepsHistoryForAReaderAndCountsItNoMore()
    {
        Log log({.events = 2, .bytes = 1'000'000});
        log.appendAll(u"AAA"_s);
        Reader reader;
        reader.readUpTo(log.log, 0);
        QCOMPARE(log.append(u"A"_s), QList<quint64>{1});
        QCOMPARE(log.append(u"A"_s), QList<quint64>{2});
        QCOMPARE(log.log.completeAfter(u"A"_s, true), 0);
        QCOMPARE(offsets(log.log.forward(0)), (QList<quint64>{1, 2, 3, 4, 5}));
        QCOMPARE(log.log.kept(u"A"_s), 3);
        QCOMPARE(offsets(log.log.history(u"A"_s, 0)), (QList<quint64>{5, 4, 3}));
        QCOMPARE(offsets(log.log.history({}, 0)), (QList<quint64>{5, 4, 3}));
        QCOMPARE(offsets(log.log.history({}, 2)), QList<quint64>{3});
        QCOMPARE(log.append(u"A"_s), QList<quint64>{3});
        QCOMPARE(log.log.completeAfter(u"A"_s, true), 0);
        QCOMPARE(log.append(u"A"_s),
                 QList<quint64>{4}); // It would be more than twice: it reads for nobody now.
        QCOMPARE(log.log.completeAfter(u"A"_s, true), 4);
        QCOMPARE(reader.timesFallenBehind, 1);
        QCOMPARE(log.append(u"A"_s), QList<quint64>{5});
        QCOMPARE(offsets(log.log.forward(0)), (QList<quint64>{6, 7, 8}));
    }

    void comesBackToItsLimitsLittleByLittle_data()
    {
        QTest::addColumn<int>("history");
        QTest::addColumn<int>("recovery");
        QTest::newRow("the window of all") << 0 << 100;
        QTest::newRow("a history") << 100 << 0;
    }
    void comesBackToItsLimitsLittleByLittle()
    {
        QFETCH(int, history);
        QFETCH(int, recovery);
        Log log({.events = recovery, .bytes = 1'000'000});
        Reader reader;
        log.append(u"a"_s, history);
        reader.readUpTo(log.log, 0);
        for (int i = 0; i < 199; ++i)
            log.append(u"a"_s, history);
        QCOMPARE(offsets(log.log.forward(0)).size(), 200);
        reader.stopReading();
        int events = 0;
        for (qsizetype before = 200, now = 0; before != 100; before = now, ++events) {
            log.append(u"a"_s, history);
            now = offsets(log.log.forward(0)).size();
            QVERIFY(now < before);
            QVERIFY(before + 1 - now <= EventLog::mostForgottenFor(publication(u"a"_s, 1)->size()));
        }
        QVERIFY(events > 3);
    }

    void memoryIsShortForReadersToo()
    {
        Log log;
        log.appendAll(u"AA"_s);
        Reader reader;
        reader.readUpTo(log.log, 0);
        log.log.forgetOldest();
        QCOMPARE(reader.timesFallenBehind, 1);
        QCOMPARE(offsets(log.log.forward(0)), QList<quint64>{2});
    }

    void readersAndLogsEndInAnyOrder()
    {
        Reader outlives;
        {
            Log log;
            log.appendAll(u"A"_s);
            Reader reader;
            reader.readUpTo(log.log, 0);
            outlives.readUpTo(log.log, 0);
        }
        Log other;
        outlives.readUpTo(other.log, 0);
        outlives.stopReading();
        outlives.stopReading();
    }

    void countsWhatItTakes_data()
    {
        QTest::addColumn<int>("events");
        QTest::addColumn<int>("history");
        QTest::addColumn<int>("size");
        QTest::newRow("small ones, in both windows") << 1000 << 1000 << 10;
        QTest::newRow("in one") << 1000 << 0 << 200;
        QTest::newRow("large ones") << 100 << 100 << 10'000;
        QTest::newRow("most of them forgotten") << 5000 << 100 << 200;
    }
    void countsWhatItTakes()
    {
        QFETCH(int, events);
        QFETCH(int, history);
        QFETCH(int, size);
        append(1, history, size); // What is allocated once.
        const qint64 before = heapBytes();
        const std::unique_ptr<Log> log = append(events, history, size);
        const qint64 taken = heapBytes() - before;
        QVERIFY2(log->log.bytes() > taken * 9 / 10 && log->log.bytes() < taken * 13 / 10,
                 qPrintable(u"%1 of %2"_s.arg(log->log.bytes()).arg(taken)));
    }

    void forgetsTheOldestFirstUntilNothingIsLeft()
    {
        Log log;
        log.appendAll(u"AbBbA"_s);
        QList<PublicationPtr> evicted;
        for (quint64 offset = 1; offset <= 5; ++offset) {
            QVERIFY(log.log.bytes() > 0);
            QCOMPARE(offsets(log.log.forward(0)).constFirst(), offset);
            log.log.forgetOldest(&evicted);
            QCOMPARE(log.log.completeAfter(u"*"_s, false), offset);
        }
        QCOMPARE(log.log.bytes(), 0);
        QCOMPARE(evicted.size(), 3);
        QCOMPARE(evicted[1]->offset(), 3U);
        QCOMPARE(log.log.completeAfter(u"B"_s, true), 3);
        log.appendAll(u"A"_s);
        QCOMPARE(offsets(log.log.forward(0)), QList<quint64>{6});
    }

    void pagesNewestFirst()
    {
        Log log;
        log.appendAll(u"AAAAABx"_s);
        QCOMPARE(log.log.kept(u"A"_s), 3);
        QCOMPARE(log.log.kept({}), 4);
        QCOMPARE(log.log.kept(u"x"_s), 0);
        QCOMPARE(offsets(log.log.history(u"A"_s, 0)), (QList<quint64>{5, 4, 3}));
        QCOMPARE(offsets(log.log.history(u"A"_s, 1)), (QList<quint64>{4, 3}));
        QCOMPARE(offsets(log.log.history(u"A"_s, 3)), QList<quint64>());
        QCOMPARE(offsets(log.log.history(u"A"_s, 7)), QList<quint64>());
        QCOMPARE(offsets(log.log.history(u"x"_s, 0)), QList<quint64>());
        QCOMPARE(offsets(log.log.history({}, 0)), (QList<quint64>{6, 5, 4, 3}));
        QCOMPARE(offsets(log.log.history({}, 1)), (QList<quint64>{5, 4, 3}));
        QCOMPARE(offsets(log.log.history({}, 3)), QList<quint64>{3});
        QCOMPARE(offsets(log.log.history({}, 4)), QList<quint64>());
        QCOMPARE(offsets(Log().log.history({}, 0)), QList<quint64>());
    }

    void pagesOverManyEventsAsOverOne()
    {
        Log log;
        QList<quint64> expected;
        for (int i = 0; i < 200; ++i) {
            log.append(QString(QLatin1Char(static_cast<char>('A' + i % 7))), i % 7 == 3 ? 0 : 1000);
            if (i % 7 != 3)
                expected.prepend(log.log.offset());
        }
        for (int newer = 0; newer <= expected.size(); ++newer)
            QCOMPARE(offsets(log.log.history({}, newer)), expected.sliced(newer));
    }

    void handsOutWhatLeavesTheHistory()
    {
        Log log;
        for (int i = 0; i < 3; ++i)
            QCOMPARE(log.append(u"A"_s), QList<quint64>());
        QCOMPARE(log.append(u"B"_s), QList<quint64>());
        QCOMPARE(log.append(u"A"_s), QList<quint64>{1});
        QCOMPARE(log.append(u"A"_s, 1), (QList<quint64>{2, 3, 5})); // The room was changed.
        QCOMPARE(log.append(u"A"_s, 0), QList<quint64>{6});
        QCOMPARE(log.log.kept(u"A"_s), 0);
    }

    void givesAStretchNewestFirstFromBothWindows()
    {
        Log log({.events = 4, .bytes = 1'000'000});
        log.appendAll(u"AaBaAaAa"_s); // 5 to 8 are in the recovery window, besides 1, 3, 5 and 7.
        QCOMPARE(offsets(log.log.backward(1, 8)), (QList<quint64>{8, 7, 6, 5, 3, 1}));
        QCOMPARE(offsets(log.log.backward(2, 6)), (QList<quint64>{6, 5, 3}));
        QCOMPARE(offsets(log.log.backward(9, 20)), QList<quint64>());
        // The recovery window is searched for that event by who walks it.
        QCOMPARE(offsets(log.log.backward(1, 8, u"B"_s)), (QList<quint64>{8, 7, 6, 5, 3}));
    }

    void aHistoryReachesFurtherBackThanWhatChatterHasPushedOut()
    {
        Log log({.events = 5, .bytes = 1'000'000});
        log.appendAll(u"AB"_s + QString(40, u't'));
        QCOMPARE(log.log.completeAfter(u"A"_s, true), 0);
        QCOMPARE(log.log.completeAfter(u"B"_s, true), 0);
        QCOMPARE(log.log.completeAfter(u"C"_s, true), 0); // It has a history, in which nothing is yet.
        QCOMPARE(log.log.completeAfter(u"t"_s, false), 37);
        QCOMPARE(log.log.completeAfter(u"*"_s, false), 37);
        QCOMPARE(offsets(log.log.forward(0)), (QList<quint64>{1, 2, 38, 39, 40, 41, 42}));
        QCOMPARE(offsets(log.log.forward(1)), (QList<quint64>{2, 38, 39, 40, 41, 42}));
        QCOMPARE(offsets(log.log.forward(36)), (QList<quint64>{38, 39, 40, 41, 42}));
        QCOMPARE(offsets(log.log.forward(37)), (QList<quint64>{38, 39, 40, 41, 42}));
        QCOMPARE(offsets(log.log.forward(38)), (QList<quint64>{39, 40, 41, 42}));

        log.appendAll(u"AAA"_s); // The first leaves its history as well, and it is not in the other window.
        QCOMPARE(log.log.completeAfter(u"A"_s, true), 1);
        QCOMPARE(log.log.completeAfter(u"B"_s, true), 0);
    }

    void isCompleteAsLongAsOneOfTheWindowsIs()
    {
        Log log({.events = 4, .bytes = 1'000'000});
        log.appendAll(u"AAAA"_s); // The first has left its history, and is in the other window still.
        QCOMPARE(log.log.completeAfter(u"A"_s, true), 0);
        QCOMPARE(log.log.completeAfter(u"*"_s, false), 0);
        log.appendAll(u"B"_s);
        QCOMPARE(log.log.completeAfter(u"A"_s, true), 1);
        QCOMPARE(log.log.completeAfter(u"*"_s, false), 1);
        log.appendAll(u"B"_s);
        QCOMPARE(log.log.completeAfter(u"A"_s, true), 1);
        QCOMPARE(offsets(log.log.forward(1)), (QList<quint64>{2, 3, 4, 5, 6}));
    }

    void knowsNothingOfBeforeAHistoryWasDeclared()
    {
        Log log({.events = 2, .bytes = 1'000'000});
        log.appendAll(u"aaaa"_s);
        QCOMPARE(log.log.completeAfter(u"a"_s, false), 2);
        log.log.policiesChanged();
        QCOMPARE(log.log.completeAfter(u"a"_s, true), 2);
        log.append(u"a"_s, 3); // Now it has one; 4 is in the recovery window still.
        QCOMPARE(log.log.completeAfter(u"a"_s, true), 3);
        log.append(u"b"_s, 0);
        QCOMPARE(log.log.completeAfter(u"a"_s, true), 4);
        log.append(u"b"_s, 0);
        log.append(u"b"_s, 0);
        QCOMPARE(log.log.completeAfter(u"a"_s, true), 4);
        QCOMPARE(log.log.completeAfter(u"b"_s, false), 6);
    }

    void knowsWhatAHistoryHadLostThatIsNoLongerKept()
    {
        Log log({.events = 500, .bytes = 2000});
        log.append(u"a"_s, 3, 300);
        log.append(u"b"_s, 0, 1600); // The first is in the history of its event alone, ...
        log.log.policiesChanged();
        log.append(u"a"_s, 0); // ... which ends. And the one before is kept as before.
        QCOMPARE(log.log.kept(u"a"_s), 0);
        QCOMPARE(offsets(log.log.forward(0)), (QList<quint64>{2, 3}));
        QCOMPARE(log.log.completeAfter(u"a"_s, false), 1);
        QCOMPARE(log.log.completeAfter(u"*"_s, false), 1);
    }

    void isNotTakenInByAHistoryThatIsNoLongerKept()
    {
        Log log({.events = 2, .bytes = 1'000'000});
        log.append(u"a"_s, 3);
        log.append(u"a"_s, 3);
        log.log.policiesChanged();
        log.append(u"a"_s, 0);
        QCOMPARE(log.log.kept(u"a"_s), 0);
        QCOMPARE(log.log.completeAfter(u"a"_s, false), 1);
        log.append(u"a"_s, 0);
        QCOMPARE(log.log.completeAfter(u"a"_s, false), 2);
        QCOMPARE(offsets(log.log.forward(0)), (QList<quint64>{3, 4}));
    }

    void whatIsErasedIsNotMissed()
    {
        Log log({.events = 4, .bytes = 1'000'000});
        log.appendAll(u"AbAcAdA"_s); // All but the first four are recent; of A three are in its history.
        const quint64 complete = log.log.completeAfter(u"*"_s, true);
        QVERIFY(log.log.erase(5));
        QVERIFY(!log.log.erase(5));
        QVERIFY(!log.log.erase(2)); // Forgotten already.
        QVERIFY(!log.log.erase(99));
        QVERIFY(log.log.erase(3)); // Of the history alone.
        QVERIFY(log.log.erase(7)); // The newest.
        QCOMPARE(log.log.completeAfter(u"*"_s, true), complete);
        QCOMPARE(log.log.kept(u"A"_s), 0);
        QCOMPARE(offsets(log.log.forward(complete)), (QList<quint64>{4, 6}));
        QCOMPARE(log.log.next(), 8U); // Its place is not given to another.
        log.appendAll(u"A"_s);
        QCOMPARE(offsets(log.log.history(u"A"_s, 0)), QList<quint64>{8});
    }

    void whatIsErasedTakesNoMemory()
    {
        Log log;
        log.appendAll(u"AbAbA"_s);
        for (quint64 offset = 1; offset <= 5; ++offset)
            QVERIFY(log.log.erase(offset));
        QCOMPARE(log.log.bytes(), 0);
        log.appendAll(u"AbAbAbA"_s);
        for (QList<PublicationPtr> evicted; log.log.bytes() > 0;)
            log.log.forgetOldest(&evicted);
        QCOMPARE(offsets(log.log.forward(0)), QList<quint64>());
    }
};

DIALOGUE_TEST(TestEventLog, QCoreApplication)
#include "tst_eventlog.moc"
