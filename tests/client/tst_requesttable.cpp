#include "client/connection/requesttable.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace dialogue::client;
using namespace Qt::StringLiterals;

class TestRequestTable : public QObject
{
    Q_OBJECT

    static Request request(const QString &event, const QString &room = {})
    {
        return {.event = event, .roomId = room};
    }
    static QStringList events(const std::list<Request> &requests)
    {
        QStringList found;
        for (const Request &each : requests)
            found.append(each.event);
        return found;
    }
    static bool anywhere(const QString &) { return true; }
    static bool nowhere(const QString &) { return false; }
    static void sendAll(RequestTable &table)
    {
        while (table.send(&anywhere)) { }
    }

private Q_SLOTS:
    void waitsForTheRoom()
    {
        RequestTable table;
        Request inside = request(u"dialogue:subscribe"_s, u"chat"_s);
        inside.fromInside = true;
        QVERIFY(table.add(inside));
        QVERIFY(table.add(request(u"dialogue:listRooms"_s)));
        QCOMPARE(table.send(&nowhere)->request.event, u"dialogue:listRooms"_s);
        QCOMPARE(table.send(&nowhere), nullptr);
        QCOMPARE(table.send(&anywhere)->request.event, u"dialogue:subscribe"_s);
    }

    void asksAgainOnlyWhatMayBe()
    {
        RequestTable table;
        Request list = request(u"dialogue:listRooms"_s);
        list.repeatable = true;
        QVERIFY(table.add(list));
        QVERIFY(table.add(request(u"dialogue:createRoom"_s)));
        sendAll(table);
        QVERIFY(table.add(request(u"dialogue:deleteRoom"_s))); // not sent yet, so it may wait
        QCOMPARE(events(table.connectionLost()), QStringList{u"dialogue:createRoom"_s});
        QVERIFY(!table.hasSent());
        QCOMPARE(table.send(&anywhere)->request.event, u"dialogue:listRooms"_s);
        QCOMPARE(table.send(&anywhere)->request.event, u"dialogue:deleteRoom"_s);
    }

    void anAnswerGoesToTheOldestItFits()
    {
        RequestTable table;
        for (const QString &room : {u"a"_s, u"b"_s}) {
            Request join = request(u"dialogue:join"_s, room);
            join.replyEvent = u"dialogue:joined"_s;
            join.isReply = [room](const QJsonObject &reply) { return reply[u"roomId"_s].toString() == room; };
            QVERIFY(table.add(join));
        }
        const QJsonObject aboutB{{u"roomId"_s, u"b"_s}};
        QVERIFY(!table.takeAnswered(u"dialogue:joined"_s, aboutB)); // nothing was asked yet
        sendAll(table);
        QVERIFY(!table.takeAnswered(u"dialogue:left"_s, aboutB));
        QCOMPARE(table.takeAnswered(u"dialogue:joined"_s, aboutB)->roomId, u"b"_s);
        QVERIFY(!table.takeAnswered(u"dialogue:joined"_s, aboutB));
    }

    void anErrorGoesToTheOneItIsAbout_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QString>("room");
        QTest::addColumn<QString>("event");
        QTest::newRow("names the room") << QByteArray("ANYTHING") << u"b"_s << u"dialogue:join"_s;
        QTest::newRow("full") << QByteArray("ROOM_FULL") << QString() << u"dialogue:join"_s;
        QTest::newRow("exists") << QByteArray("ROOM_EXISTS") << QString() << u"dialogue:createRoom"_s;
        QTest::newRow("of no request") << QByteArray("VALIDATION_FAILED") << QString() << QString();
        QTest::newRow("of another room") << QByteArray("ROOM_FULL") << u"z"_s << QString();
    }
    void anErrorGoesToTheOneItIsAbout()
    {
        QFETCH(QByteArray, code);
        QFETCH(QString, room);
        RequestTable table;
        QVERIFY(table.add(request(u"dialogue:createRoom"_s, u"a"_s)));
        QVERIFY(table.add(request(u"dialogue:join"_s, u"b"_s)));
        sendAll(table);
        const auto failed = table.takeFailed({.code = code, .message = {}, .roomId = room});
        QTEST(failed ? failed->event : QString(), "event");
    }

    void anErrorIsAboutNothingThatWasNotSent()
    {
        RequestTable table;
        Request inside = request(u"dialogue:subscribe"_s, u"chat"_s);
        inside.fromInside = true;
        QVERIFY(table.add(inside));
        QVERIFY(table.add(request(u"dialogue:createRoom"_s, u"den"_s)));
        QVERIFY(!table.takeFailed({.code = "ROOM_EXISTS", .message = {}}));
        QVERIFY(!table.takeFailed({.code = "ANYTHING", .message = {}, .roomId = u"den"_s}));
        while (table.send(&nowhere)) { }
        QVERIFY(!table.takeFailed({.code = "NOT_IN_ROOM", .message = {}, .roomId = u"chat"_s}));
        QVERIFY(table.takeFailed({.code = "ROOM_EXISTS", .message = {}}));
    }

    void isBounded()
    {
        RequestTable table;
        int added = 0;
        while (added < 100000 && table.add(request(u"dialogue:listRooms"_s)))
            ++added;
        QCOMPARE(added, 10000);
    }
};

DIALOGUE_TEST(TestRequestTable, NoApplication)
#include "tst_requesttable.moc"
