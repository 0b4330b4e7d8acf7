#include "console/model/eventmodel.h"
#include "console/model/eventsearch.h"
#include "randomevents.h"

#include "testclasses.h"

#include <QSignalSpy>
#include <QTest>

using namespace dialogue;
using namespace dialogue::console;
using namespace Qt::StringLiterals;

class TestEventSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesFromOneToTheNext();
    void staysWithinWhatIsShown();
    void findsInWhatComes();
    void anEmptyTextIsNowhere();
};

namespace {

EventBatch batchOf(const QStringList &texts)
{
    EventBatch batch{.names = {u"message"_s}};
    batch.dropped.rate = 1;
    for (const QString &text : texts) {
        const QByteArray data = '"' + text.toUtf8() + '"';
        batch.records.push_back(
            {.event = 0, .place = batch.payloads.size(), .length = quint32(data.size()), .flags = HasData});
        batch.payloads += data;
    }
    return batch;
}

void put(EventModel &model, const QStringList &texts)
{
    model.append(batchOf(texts));
    model.flush();
}

} // namespace

void TestEventSearch::goesFromOneToTheNext()
{
    EventModel model({.segmentRows = 3});
    put(model, {u"apple"_s, u"pear"_s, u"Pineapple"_s, u"plum"_s, u"apple pie"_s}); // 1 to 5, behind a gap.
    EventSearch search(model);
    search.start({}, u"apple"_s);
    QTRY_VERIFY(!search.isSearching());
    QCOMPARE(search.count(), 3);
    QCOMPARE(search.next(0), 1U);
    QCOMPARE(search.next(1), 3U);
    QCOMPARE(search.next(4), 5U);
    QCOMPARE(search.next(5), 1U);
    QCOMPARE(search.previous(5), 3U);
    QCOMPARE(search.previous(1), 5U);
    QCOMPARE(search.previous(2), 1U);
    QCOMPARE(search.number(3), 2);
    QCOMPARE(search.number(2), 0);
}

void TestEventSearch::staysWithinWhatIsShown()
{
    EventModel model;
    put(model, {u"apple"_s, u"red apple"_s, u"red pear"_s});
    EventSearch search(model);
    search.start({.texts = {TextSearch(u"red"_s)}}, u"apple"_s);
    QTRY_VERIFY(!search.isSearching());
    QCOMPARE(search.count(), 1);
    QCOMPARE(search.next(0), 2U);
    search.start({.filter = *Filter::parse(u"event == 'none'")}, u"apple"_s);
    QTRY_VERIFY(!search.isSearching());
    QCOMPARE(search.count(), 0);
    QVERIFY(!search.next(0) && !search.previous(9));
}

void TestEventSearch::findsInWhatComes()
{
    EventModel model({.rows = 4, .segmentRows = 2});
    EventSearch search(model);
    search.start({}, u"apple"_s);
    QSignalSpy changed(&search, &EventSearch::changed);
    put(model, {u"apple"_s});
    QTRY_COMPARE(search.count(), 1);
    QVERIFY(!changed.isEmpty());
    put(model, {u"pear"_s, u"plum"_s, u"apple"_s, u"fig"_s, u"fig"_s}); // The first is forgotten.
    QTRY_VERIFY(!search.isSearching());
    QCOMPARE(search.count(), 1);
    QCOMPARE(search.next(0), 5U);
}

void TestEventSearch::anEmptyTextIsNowhere()
{
    EventModel model;
    put(model, {u"apple"_s});
    EventSearch search(model);
    QCOMPARE(search.count(), 0);
    search.start({}, u"apple"_s);
    QTRY_COMPARE(search.count(), 1);
    search.stop();
    QCOMPARE(search.count(), 0);
    QCOMPARE(search.number(1), 0);
    QVERIFY(!search.next(0));
}

DIALOGUE_TEST(TestEventSearch, QCoreApplication)
#include "tst_eventsearch.moc"
