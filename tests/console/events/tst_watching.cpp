#include "console/connection/eventwatch.h"
#include "watchedserver.h"

#include "testclasses.h"

#include <QCoreApplication>
#include <QSignalSpy>
#include <QTest>

using namespace dialogue;
using namespace dialogue::console;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

/** The watch of events, against a server. */
class TestWatching : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beginsAndEnds();
    void canBeChangedBeforeTheAnswer();
    void canBeEndedBeforeTheAnswer();
    void saysWhatTheServerWillNot();
};

namespace {

/** Names of rooms that batches are of. */
QStringList roomsIn(const QSignalSpy &batches)
{
    QStringList rooms;
    for (const QList<QVariant> &each : batches) {
        const auto batch = each.first().value<EventBatch>();
        for (const EventRecord &record : batch.records)
            rooms.append(batch.names.at(record.room));
    }
    return rooms;
}

} // namespace

void TestWatching::beginsAndEnds()
{
    WatchedServer server;
    AdminConnection connection(server.as(u"owner"_s));
    EventWatch watch(connection, u"w"_s);
    QSignalSpy batches(&watch, &EventWatch::batch);
    connection.open();
    QTRY_VERIFY(connection.isIn());
    QVERIFY(!watch.isOn());
    watch.start({});
    QTRY_VERIFY(watch.isOn());
    server.bid(1);
    QTRY_COMPARE(roomsIn(batches), QStringList{u"auction"_s});
    watch.start({.rooms = {u"lobby"_s}});
    QSignalSpy changed(&watch, &EventWatch::changed);
    QVERIFY(changed.wait());
    server.bid(2);
    server.publish(u"lobby"_s, u"message"_s, {});
    QTRY_COMPARE(roomsIn(batches), (QStringList{u"auction"_s, u"lobby"_s}));
    watch.stop();
    QVERIFY(!watch.isOn());
}

void TestWatching::canBeChangedBeforeTheAnswer()
{
    WatchedServer server;
    AdminConnection connection(server.as(u"owner"_s));
    EventWatch watch(connection, u"w"_s);
    QSignalSpy batches(&watch, &EventWatch::batch);
    QSignalSpy failed(&watch, &EventWatch::failed);
    connection.open();
    QTRY_VERIFY(connection.isIn());
    QSignalSpy changed(&watch, &EventWatch::changed);
    watch.start({.rooms = {u"auction"_s}});
    watch.start({.rooms = {u"lobby"_s}});
    QTRY_COMPARE(changed.size(), 4); // Two that were wanted, and two answers.
    QVERIFY(watch.isOn());
    server.bid(1);
    server.publish(u"lobby"_s, u"message"_s, {});
    QTRY_VERIFY(!batches.isEmpty());
    QCOMPARE(roomsIn(batches), QStringList{u"lobby"_s});
    QCOMPARE(failed.size(), 0);
}

void TestWatching::canBeEndedBeforeTheAnswer()
{
    WatchedServer server;
    AdminConnection connection(server.as(u"owner"_s));
    EventWatch watch(connection, u"w"_s);
    QSignalSpy failed(&watch, &EventWatch::failed);
    connection.open();
    QTRY_VERIFY(connection.isIn());
    watch.start({});
    watch.stop();
    watch.start({});
    watch.stop();
    watch.start({.rooms = {u"lobby"_s}});
    QTRY_VERIFY(watch.isOn());
    QCOMPARE(failed.size(), 0);
}

void TestWatching::saysWhatTheServerWillNot()
{
    WatchedServer server;
    AdminConnection connection(server.as(u"viewer"_s));
    EventWatch watch(connection, u"w"_s);
    QSignalSpy failed(&watch, &EventWatch::failed);
    connection.open();
    QTRY_VERIFY(connection.isIn());
    watch.start({.filter = u"event = 3"_s});
    QVERIFY(failed.wait());
    const auto first = failed.takeFirst().first().value<Error>();
    QCOMPARE(first.path, u"filter"_s);
    QVERIFY2(first.message.startsWith(u"column 7"_s), qPrintable(first.message));
    QVERIFY(!watch.isWanted());
    watch.start({.payload = true});
    QVERIFY(failed.wait());
    QCOMPARE(failed.takeFirst().first().value<Error>().code, ErrorCode::PermissionDenied);
    watch.start({});
    QTRY_VERIFY(watch.isOn());
    // Of another scope that it will not: the one before goes on.
    watch.start({.payload = true});
    QVERIFY(failed.wait());
    QCOMPARE(watch.scope(), EventScope());
    QVERIFY(watch.isOn());
}

DIALOGUE_TEST(TestWatching, QCoreApplication)
#include "tst_watching.moc"
