#include "console/model/eventexport.h"
#include "console/model/eventlog.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue::console;
using namespace Qt::StringLiterals;

class TestEventExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesNdjson();
    void aGapOfUnknownSizeHasNoCount();
    void aLineIsALine_data();
    void aLineIsALine();
    void writesCsv();
    void formulasAreTexts_data();
    void formulasAreTexts();
};

namespace {

/** A gap, an event with everything, and one with nothing. */
EventLog sample()
{
    EventBatch batch{.names = {u"lobby"_s, u"bid"_s, u"ann, \"A\""_s, u"k"_s, u"n1"_s},
                     .payloads = R"({"price": 12.5, "big":9007199254740993}{"m":1})",
                     .dropped = {.ring = 3},
                     .time = 1'796'026'499'999};
    batch.records.push_back({.time = 1'796'026'500'000,
                             .offset = 7,
                             .room = 0,
                             .event = 1,
                             .from = 2,
                             .key = 3,
                             .node = 4,
                             .length = 39,
                             .metaLength = 7,
                             .flags = HasData});
    batch.records.push_back({});
    EventLog log;
    log.append(batch);
    return log;
}

EventLog logOf(const QByteArray &data, const QString &from = {})
{
    EventBatch batch{.names = {from}, .payloads = data};
    batch.records.push_back({.from = 0, .length = quint32(data.size()), .flags = HasData});
    EventLog log;
    log.append(batch);
    return log;
}

} // namespace

void TestEventExport::writesNdjson()
{
    const EventLog log = sample();
    const EventSegment &segment = *log.segments().front();
    QCOMPARE(ndjsonLine(segment, 0), "{\"time\":1796026499999,\"gap\":\"ring\",\"count\":3}\n");
    QCOMPARE(
        ndjsonLine(segment, 1),
        R"({"time":1796026500000,"room":"lobby","event":"bid","from":"ann, \"A\"","key":"k","node":"n1",)"
        R"("offset":7,"size":39,"data":{"price":12.5,"big":9007199254740993},"meta":{"m":1}})"
        "\n");
    QCOMPARE(ndjsonLine(segment, 2), "{\"size\":0}\n");
}

void TestEventExport::aGapOfUnknownSizeHasNoCount()
{
    EventLog log;
    log.append({.afterLoss = true, .time = 5});
    const EventSegment &segment = *log.segments().front();
    QCOMPARE(ndjsonLine(segment, 0), "{\"time\":5,\"gap\":\"connection\"}\n");
    QCOMPARE(csvLine(segment, 0, {}), "1970-01-01T00:00:00.005Z,,,,,,,,,,connection,\r\n");
}

void TestEventExport::aLineIsALine_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("blanks") << QByteArray(" {\n\"a\" :\t[1,\r\n2] }\n")
                            << QByteArray(R"({"size":19,"data":{"a":[1,2]}})");
    QTest::newRow("no JSON") << QByteArray("{\n") << QByteArray(R"({"size":2,"dataText":"{\n"})");
}

void TestEventExport::aLineIsALine()
{
    QFETCH(QByteArray, data);
    QFETCH(QByteArray, line);
    const EventLog log = logOf(data);
    QCOMPARE(ndjsonLine(*log.segments().front(), 0), line + '\n');
}

void TestEventExport::writesCsv()
{
    const EventLog log = sample();
    const EventSegment &segment = *log.segments().front();
    const QList<PointerColumn> pointers{{u"/price"_s, {u"price"_s}}, {u"/none"_s, {u"none"_s}}};
    QCOMPARE(csvHeader(pointers),
             "time,room,event,from,key,node,offset,size,data,meta,gap,count,/price,/none\r\n");
    QCOMPARE(csvLine(segment, 0, pointers), "2026-11-30T08:14:59.999Z,,,,,,,,,,ring,3,,\r\n");
    QCOMPARE(csvLine(segment, 1, pointers),
             "2026-11-30T08:15:00.000Z,lobby,bid,\"ann, \"\"A\"\"\",k,n1,7,39,"
             "\"{\"\"price\"\": 12.5, \"\"big\"\":9007199254740993}\",\"{\"\"m\"\":1}\",,,12.5,\r\n");
    QCOMPARE(csvLine(segment, 2, {}), ",,,,,,,0,,,,\r\n");
}

void TestEventExport::formulasAreTexts_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QByteArray>("cell");
    QTest::newRow("plain") << u"ann"_s << QByteArray("ann");
    QTest::newRow("equals") << u"=1+1"_s << QByteArray("'=1+1");
    QTest::newRow("plus") << u"+1"_s << QByteArray("'+1");
    QTest::newRow("minus") << u"-1"_s << QByteArray("'-1");
    QTest::newRow("at") << u"@SUM(A1,B1)"_s << QByteArray("\"'@SUM(A1,B1)\"");
    QTest::newRow("tab") << u"\t=1"_s << QByteArray("'\t=1");
    QTest::newRow("carriage return") << u"\r=1"_s << QByteArray("\"'\r=1\"");
    QTest::newRow("inside") << u"a=1"_s << QByteArray("a=1");
}

void TestEventExport::formulasAreTexts()
{
    QFETCH(QString, from);
    QFETCH(QByteArray, cell);
    const EventLog log = logOf("{\"t\":-5,\"f\":\"=A1\"}", from);
    const QByteArray line = csvLine(*log.segments().front(), 0, {{u"/t"_s, {u"t"_s}}, {u"/f"_s, {u"f"_s}}});
    QVERIFY(line.startsWith(",,," + cell + ",,,,18,"));
    QVERIFY(line.endsWith(",-5,'=A1\r\n"));
}

DIALOGUE_TEST(TestEventExport, NoApplication)
#include "tst_eventexport.moc"
