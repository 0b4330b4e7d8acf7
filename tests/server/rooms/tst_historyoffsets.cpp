#include "roomsfixture.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
namespace names = dialogue::protocol::names;

/** dialogue:getHistory by offsets: what was missed, and is kept. */
class TestHistoryOffsets : public QObject
{
    Q_OBJECT

    /** Of ten events 7, 9 and 10 are kept: three of `message`, and the last two of any. */
    static ServerConfig config()
    {
        ServerConfig config{.rooms = {chatRoom()}};
        config.history.recoveryEvents = 2;
        return config;
    }
    static void say(RoomsFixture &f)
    {
        for (int i = 1; i <= 10; ++i) {
            QVERIFY(f.rooms.find(u"chat"_s)
                        ->trigger(i % 4 ? u"message"_s : u"typing"_s, textData(QString::number(i)))
                        .result());
        }
    }
    static QJsonObject ask(RoomsFixture &f, SocketId socket, int from, int to, const QString &event = {})
    {
        f.take(socket);
        QJsonObject request{{u"roomId"_s, u"chat"_s}, {u"from"_s, from}, {u"to"_s, to}};
        if (!event.isEmpty())
            request.insert(u"eventName"_s, event);
        const QJsonObject ack = f.ask(socket, names::getHistory, request);
        if (!ack[u"ok"_s].toBool())
            return ack;
        const QJsonObject response = f.take(socket)[0].payload.toObject();
        if (ack[u"count"_s].toInt() != response[u"events"_s].toArray().size())
            return {};
        return response;
    }
    static QList<int> offsets(const QJsonObject &response)
    {
        QList<int> offsets;
        for (const QJsonValue &event : response[u"events"_s].toArray())
            offsets.append(event[u"offset"_s].toInt());
        return offsets;
    }

private Q_SLOTS:
    void givesWhatIsKeptOfTheStretch_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("to");
        QTest::addColumn<QString>("event");
        QTest::addColumn<QList<int>>("given");
        QTest::addColumn<int>("coveredTo");
        QTest::newRow("all") << 1 << 10 << QString() << QList<int>{10, 9, 7} << 10;
        QTest::newRow("both ends included") << 7 << 9 << QString() << QList<int>{9, 7} << 9;
        QTest::newRow("a single one") << 9 << 9 << QString() << QList<int>{9} << 9;
        QTest::newRow("the oldest that is kept") << 1 << 7 << QString() << QList<int>{7} << 7;
        QTest::newRow("evicted from between others") << 8 << 8 << QString() << QList<int>() << 8;
        QTest::newRow("evicted") << 1 << 6 << QString() << QList<int>() << 6;
        QTest::newRow("further than the newest") << 9 << 100 << QString() << QList<int>{10, 9} << 10;
        QTest::newRow("behind the newest") << 50 << 60 << QString() << QList<int>() << 50;
        QTest::newRow("of one event") << 8 << 10 << u"message"_s << QList<int>{10, 9} << 10;
        QTest::newRow("of an event of which none is kept") << 1 << 10 << u"typing"_s << QList<int>() << 10;
    }
    void givesWhatIsKeptOfTheStretch()
    {
        QFETCH(int, from);
        QFETCH(int, to);
        QFETCH(QString, event);
        RoomsFixture f(config());
        say(f);
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const QJsonObject response = ask(f, ann, from, to, event);
        QTEST(offsets(response), "given");
        QCOMPARE(response[u"from"_s].toInt(), from);
        QTEST(response[u"to"_s].toInt(), "coveredTo");
        QVERIFY(!response.contains(u"more"_s));
        QVERIFY(!response.contains(u"start"_s));
    }

    void goesOnWhereThePageEnded_data()
    {
        QTest::addColumn<int>("maxPage");
        QTest::addColumn<qint64>("sendQueue");
        QTest::newRow("by events") << 2 << qint64(4'194'304);
        QTest::newRow("by bytes") << 500 << qint64(1200);
    }
    void goesOnWhereThePageEnded()
    {
        QFETCH(int, maxPage);
        QFETCH(qint64, sendQueue);
        ServerConfig pages = config();
        pages.history.maxPage = maxPage;
        pages.history.recoveryEvents = 10;
        pages.limits.sendQueue = sendQueue;
        RoomsFixture f(pages);
        say(f);
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        QList<int> all;
        int asked = 0;
        for (int to = 9; to >= 2; ++asked) {
            const QJsonObject response = ask(f, ann, 2, to);
            QCOMPARE(response[u"to"_s].toInt(), to);
            QVERIFY(!offsets(response).isEmpty());
            all += offsets(response);
            const int from = response[u"from"_s].toInt();
            QCOMPARE(from, all.constLast());
            QCOMPARE(response[u"more"_s].toBool(), from > 2);
            to = from - 1;
        }
        QVERIFY(asked > 1);
        QCOMPARE(all, (QList<int>{9, 8, 7, 6, 5, 4, 3, 2}));
    }

    void looksAtNoMoreThanItMay()
    {
        ServerConfig many = config();
        many.history.recoveryEvents = 10'000;
        RoomsFixture f(many);
        QVERIFY(f.rooms.find(u"chat"_s)->trigger(u"message"_s, textData(u"1"_s)).result());
        for (int i = 0; i < 9000; ++i)
            QVERIFY(f.rooms.find(u"chat"_s)->trigger(u"typing"_s, QJsonValue::Null).result());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        int to = 9001;
        int asked = 0;
        QList<int> all;
        for (bool more = true; more; ++asked) {
            const QJsonObject response = ask(f, ann, 1, to, u"message"_s);
            all += offsets(response);
            more = response[u"more"_s].toBool();
            QVERIFY(!more || response[u"from"_s].toInt() <= to);
            to = response[u"from"_s].toInt() - 1;
        }
        QCOMPARE(asked, 3);
        QCOMPARE(all, QList<int>{1});
    }

    void isRefused_data()
    {
        QTest::addColumn<QJsonObject>("request");
        QTest::addColumn<QString>("code");
        const auto request = [](const QJsonObject &members, const QString &room = u"chat"_s) {
            QJsonObject all = members;
            all.insert(u"roomId"_s, room);
            return all;
        };
        const QJsonObject stretch{{u"from"_s, 1}, {u"to"_s, 10}};
        QTest::newRow("from 0") << request({{u"from"_s, 0}, {u"to"_s, 10}}) << u"INVALID_REQUEST"_s;
        QTest::newRow("backwards") << request({{u"from"_s, 3}, {u"to"_s, 2}}) << u"INVALID_REQUEST"_s;
        QTest::newRow("one end") << request({{u"from"_s, 3}}) << u"INVALID_REQUEST"_s;
        QTest::newRow("beside start")
            << request({{u"from"_s, 1}, {u"to"_s, 2}, {u"start"_s, 0}}) << u"INVALID_REQUEST"_s;
        QTest::newRow("not in it") << request(stretch, u"other"_s) << u"NOT_IN_ROOM"_s;
        QTest::newRow("deleted") << request(stretch, u"deleted"_s) << u"ROOM_NOT_FOUND"_s;
    }
    void isRefused()
    {
        QFETCH(QJsonObject, request);
        ServerConfig more = config();
        for (const QString &id : {u"other"_s, u"deleted"_s})
            more.rooms.append({.id = id, .name = id});
        RoomsFixture f(more);
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        QVERIFY(f.client(ann)->join(u"deleted"_s).result());
        QVERIFY(f.rooms.remove(u"deleted"_s));
        f.take(ann);
        const QJsonObject ack = f.ask(ann, names::getHistory, request);
        QTEST(ack[u"error"_s][u"code"_s].toString(), "code");
    }

    void isCountedAsAnyPageOfHistory()
    {
        ServerConfig once = config();
        once.history.requestsPerMinute = 1;
        RoomsFixture f(once);
        say(f);
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        QCOMPARE(offsets(ask(f, ann, 1, 10)).size(), 3);
        QCOMPARE(ask(f, ann, 1, 10)[u"error"_s][u"code"_s].toString(), u"RATE_LIMITED"_s);
    }
};

DIALOGUE_TEST(TestHistoryOffsets, QCoreApplication)
#include "tst_historyoffsets.moc"
