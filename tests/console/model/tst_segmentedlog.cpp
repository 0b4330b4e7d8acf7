#include "console/model/eventlog.h"
#include "randomevents.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace dialogue::console;
using namespace Qt::StringLiterals;

class TestSegmentedLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatCame();
    void aSegmentThatIsFullIsFollowedByAnother();
    void theOldestSegmentsGoBeyondTheLimitOfRows();
    void theOldestSegmentsGoBeyondTheLimitOfBytes();
    void keepsTextsOfAnyLength();
    void whatIsLargerThanASegmentLosesItsData();
    void aBatchThatRefersBeyondItselfIsRead();
    void manyNamesFillASegment();
};

namespace {

void compareRow(const EventSegment &segment, int row, const NaiveEvent &expected)
{
    QCOMPARE(segment.firstSeq() + quint64(row), expected.seq);
    QCOMPARE(segment.kind(row), expected.kind);
    QCOMPARE(segment.time(row), expected.time);
    QCOMPARE(segment.offset(row), expected.offset);
    QCOMPARE(segment.name(EventSegment::Room, row), expected.room);
    QCOMPARE(segment.name(EventSegment::Event, row), expected.event);
    QCOMPARE(segment.name(EventSegment::From, row), expected.from);
    QCOMPARE(segment.name(EventSegment::Key, row), expected.key);
    QCOMPARE(segment.data(row), expected.data);
    QCOMPARE(segment.meta(row), expected.meta);
    QCOMPARE(segment.gapCount(row), expected.gap);
    if (expected.kind == RowKind::Gap)
        QCOMPARE(segment.gapReason(row), expected.reason);
}

void compareLog(const EventLog &log, const std::vector<NaiveEvent> &all)
{
    QCOMPARE(log.endSeq(), quint64(all.size()));
    for (quint64 seq = log.firstSeq(); seq < log.endSeq(); ++seq) {
        const EventSegment &segment = *log.segmentOf(seq);
        compareRow(segment, int(seq - segment.firstSeq()), all[seq]);
        if (QTest::currentTestFailed())
            return;
    }
}

EventBatch batchOf(const QByteArray &data)
{
    EventBatch batch{.payloads = data};
    batch.records.push_back({.length = quint32(data.size()), .flags = HasData});
    return batch;
}

} // namespace

void TestSegmentedLog::keepsWhatCame()
{
    RandomEvents events(1);
    EventLog log;
    for (int i = 0; i < 100; ++i)
        log.append(events.random.bounded(5) ? events.batch(events.random.bounded(20)) : events.gap());
    QCOMPARE(log.segments().size(), 1U);
    compareLog(log, events.all);
}

void TestSegmentedLog::aSegmentThatIsFullIsFollowedByAnother()
{
    RandomEvents events(2);
    EventLog log({.segmentRows = 7});
    for (int i = 0; i < 50; ++i)
        log.append(events.random.bounded(5) ? events.batch(events.random.bounded(20)) : events.gap());
    compareLog(log, events.all);
    for (std::size_t i = 0; i + 1 < log.segments().size(); ++i)
        QCOMPARE(log.segments()[i]->rows(), 7);
}

void TestSegmentedLog::theOldestSegmentsGoBeyondTheLimitOfRows()
{
    RandomEvents events(3);
    EventLog log({.rows = 100, .segmentRows = 10});
    log.append(events.batch(109));
    QCOMPARE(log.rowsToEvict(), 0);
    log.append(events.batch(1));
    QCOMPARE(log.rowsToEvict(), 10);
    log.evict(10);
    QCOMPARE(log.firstSeq(), 10U);
    log.append(events.batch(1000));
    QCOMPARE(log.rowsToEvict(), 1000);
    log.evict(1000);
    compareLog(log, events.all);
    log.clear();
    QCOMPARE(log.firstSeq(), log.endSeq());
    log.append(events.batch(1));
    compareLog(log, events.all);
}

void TestSegmentedLog::theOldestSegmentsGoBeyondTheLimitOfBytes()
{
    EventLog log({.rows = 1'000'000, .bytes = 20 * SegmentBytes::BlockSize, .segmentRows = 4});
    for (int i = 0; i < 40; ++i) {
        log.append(batchOf(QByteArray(SegmentBytes::BlockSize - 1, char('a' + i % 26))));
        log.evict(log.rowsToEvict());
        QVERIFY(log.bytes() <= 20 * SegmentBytes::BlockSize);
    }
    QCOMPARE(log.firstSeq(), 24U);
    QCOMPARE(log.segmentOf(39)->data(3).front(), char('a' + 39 % 26));
}

void TestSegmentedLog::keepsTextsOfAnyLength()
{
    EventLog log({.segmentRows = 100});
    QByteArrayList texts;
    for (const qsizetype size :
         {1, 1'048'575, 1'048'576, 1'048'577, 3, 5'000'000, 7, 0, 2'000'000, 1'000'000, 48'576, 1})
        texts.append(QByteArray(size, char('a' + texts.size())));
    for (const QByteArray &text : texts)
        log.append(batchOf(text));
    QCOMPARE(log.segments().size(), 1U);
    for (int row = 0; row < texts.size(); ++row)
        QVERIFY(log.segments().front()->data(row) == texts[row]);
}

void TestSegmentedLog::whatIsLargerThanASegmentLosesItsData()
{
    EventLog log;
    log.append(batchOf(QByteArray(SegmentBytes::Capacity + 1, 'x')));
    log.append(batchOf(QByteArray(SegmentBytes::Capacity, 'y')));
    log.append(batchOf("z"));
    QCOMPARE(log.segments().size(), 2U);
    const EventSegment &first = *log.segments()[0];
    QVERIFY(first.data(0).isEmpty());
    QCOMPARE(first.length(0), quint32(SegmentBytes::Capacity) + 1);
    QCOMPARE(int(first.flags(0)), int(DataTooLarge));
    QCOMPARE(first.data(1).size(), SegmentBytes::Capacity);
    QCOMPARE(log.segments()[1]->data(0), "z");
}

void TestSegmentedLog::aBatchThatRefersBeyondItselfIsRead()
{
    EventBatch batch{.names = {u"a"_s}, .payloads = "{}"};
    batch.records.push_back(
        {.room = 1, .event = -7, .place = 1, .length = 2, .metaLength = 5, .flags = HasData});
    batch.records.push_back({.place = -1, .length = 1, .metaLength = 1, .flags = HasData});
    EventLog log;
    log.append(batch);
    const EventSegment &segment = *log.segments().front();
    for (int row = 0; row < 2; ++row) {
        QVERIFY(segment.name(EventSegment::Room, row).isEmpty());
        QVERIFY(segment.data(row).isEmpty());
        QVERIFY(segment.meta(row).isEmpty());
        QCOMPARE(int(segment.flags(row)), 0);
    }
}

void TestSegmentedLog::manyNamesFillASegment()
{
    EventLog log({.segmentRows = 100'000});
    for (int i = 0; i < SegmentNames::Capacity + 10; ++i) {
        EventBatch batch{.names = {u"user-%1"_s.arg(i)}};
        batch.records.push_back({.from = 0});
        log.append(batch);
    }
    QCOMPARE(log.segments().size(), 2U);
    QCOMPARE(log.segments()[0]->rows(), SegmentNames::Capacity);
    QCOMPARE(log.segments()[0]->name(EventSegment::From, 65'534), u"user-65534"_s);
    QCOMPARE(log.segments()[1]->name(EventSegment::From, 0), u"user-65535"_s);
}

DIALOGUE_TEST(TestSegmentedLog, NoApplication)
#include "tst_segmentedlog.moc"
