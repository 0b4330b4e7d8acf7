#include "server/history/eventlog.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;

class TestEventLog : public QObject
{
    Q_OBJECT

    static constexpr RecoveryLimits Plenty{.events = 500, .bytes = 1'000'000};

    static QList<EventLog::Entry> append(EventLog &log, const QString &event, qsizetype size = 10,
                                         int limit = 3)
    {
        EventMessage message{.event = event, .roomId = u"room"_s, .data = {}, .from = u"ann"_s};
        QList<EventLog::Entry> evicted;
        log.append(message, size, {.enabled = limit > 0, .limit = limit}, &evicted);
        return evicted;
    }
    static QList<quint64> offsets(const std::optional<QList<EventLog::Entry>> &entries)
    {
        QList<quint64> offsets;
        for (const auto &entry : entries.value_or(QList<EventLog::Entry>()))
            offsets.append(entry->offset);
        return offsets;
    }

private Q_SLOTS:
    void countsOffsetsFromOne()
    {
        EventLog log(Plenty);
        QCOMPARE(log.offset(), 0);
        EventMessage message{.event = u"a"_s, .roomId = u"room"_s, .data = {}, .from = u"ann"_s};
        log.append(message, 1, {});
        QCOMPARE(message.offset, 1);
        QCOMPARE(log.offset(), 1);
    }

    void hasAnEpochOfItsOwn() { QVERIFY(EventLog(Plenty).epoch() != EventLog(Plenty).epoch()); }

    void givesWhatCameAfter()
    {
        EventLog log(Plenty);
        for (int i = 0; i < 4; ++i)
            append(log, i % 2 ? u"a"_s : u"b"_s);
        QCOMPARE(offsets(log.since(log.epoch(), 1)), (QList<quint64>{2, 3, 4}));
        QVERIFY(log.since(log.epoch(), 4)->isEmpty());
        QVERIFY(!log.since(log.epoch(), 5));
        QVERIFY(!log.since("other", 1));
    }

    void forgetsByCountAndByBytes_data()
    {
        QTest::addColumn<int>("events");
        QTest::addColumn<qint64>("bytes");
        QTest::addColumn<quint64>("oldestRecoverable");
        QTest::newRow("all fit") << 10 << qint64(1000) << quint64(0);
        QTest::newRow("count") << 2 << qint64(1000) << quint64(3);
        QTest::newRow("bytes") << 10 << qint64(35) << quint64(2);
        QTest::newRow("nothing kept") << 10 << qint64(5) << quint64(5);
    }
    void forgetsByCountAndByBytes()
    {
        QFETCH(int, events);
        QFETCH(qint64, bytes);
        QFETCH(quint64, oldestRecoverable);
        EventLog log({.events = events, .bytes = bytes});
        for (int i = 0; i < 5; ++i)
            append(log, u"a"_s, 10, 0);
        for (quint64 offset = 0; offset <= 5; ++offset)
            QCOMPARE(log.since(log.epoch(), offset).has_value(), offset >= oldestRecoverable);
    }

    void pagesNewestFirst()
    {
        EventLog log(Plenty);
        for (int i = 0; i < 5; ++i)
            append(log, u"a"_s);
        append(log, u"b"_s);
        QCOMPARE(log.kept(u"a"_s), 3);
        QCOMPARE(log.kept({}), 4);
        const auto page = log.page(u"a"_s, 1, 3);
        QCOMPARE(page.size(), 2);
        QCOMPARE(page[0].offset, 4);
        QCOMPARE(page[1].offset, 3);
        QCOMPARE(log.page({}, 0, 2)[0].event, u"b"_s);
        QVERIFY(log.page(u"c"_s, 0, 9).isEmpty());
        QVERIFY(log.page(u"a"_s, 7, 9).isEmpty());
    }

    void handsOutWhatLeavesTheHistory()
    {
        EventLog log(Plenty);
        for (int i = 0; i < 3; ++i)
            QVERIFY(append(log, u"a"_s).isEmpty());
        const auto evicted = append(log, u"a"_s);
        QCOMPARE(evicted.size(), 1);
        QCOMPARE(evicted[0]->offset, 1);
    }

    void keepsNothingOfAnEventWithoutHistory()
    {
        EventLog log(Plenty);
        append(log, u"a"_s, 10, 0);
        QCOMPARE(log.kept(u"a"_s), 0);
        QCOMPARE(log.since(log.epoch(), 0)->size(), 1);
    }
};

DIALOGUE_TEST(TestEventLog, QCoreApplication)
#include "tst_eventlog.moc"
