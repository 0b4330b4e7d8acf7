#include "roomsfixture.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
namespace names = dialogue::protocol::names;

/** What clients missed, sent as fast as they read. */
class TestReplay : public QObject
{
    Q_OBJECT

    static constexpr qsizetype Large = 10'000; ///< Six go into a portion.

    static RoomConfig room(const QString &id, SlowReaderPolicy policy = SlowReaderPolicy::DropOldest)
    {
        return {.id = id,
                .name = id,
                .events = {defineEvent(u"message"_s, {}, {.enabled = true, .limit = 10}),
                           defineEvent(u"chatter"_s), defineEvent(u"typing"_s, {}, ephemeral)},
                .defaultSubscriptions = {u"message"_s},
                .slowReader = policy};
    }
    static ServerConfig config(QList<RoomConfig> rooms = {room(u"a"_s)})
    {
        ServerConfig config{.rooms = std::move(rooms)};
        config.limits.inboundPerClient = 1;
        return config;
    }
    static void say(RoomsFixture &f, int count, const QString &room = u"a"_s,
                    const QString &event = u"message"_s, qsizetype size = Large)
    {
        for (int i = 0; i < count; ++i)
            QVERIFY(f.rooms.find(room)->trigger(event, QString(size, u'x')).result());
    }
    static QJsonObject request(RoomsFixture &f, quint64 since = 0, const QString &room = u"a"_s)
    {
        return {{u"roomId"_s, room},
                {u"since"_s,
                 QJsonObject{{u"epoch"_s, QString::fromLatin1(f.rooms.find(room)->epoch())},
                             {u"offset"_s, static_cast<qint64>(since)}}}};
    }
    static SocketId comeBack(RoomsFixture &f, const QString &user = u"ann"_s)
    {
        const SocketId socket = f.connectAs(user);
        f.take(socket);
        return socket;
    }
    /** Events by room and offset, and the names of all else, in order. */
    static QStringList take(RoomsFixture &f, SocketId socket)
    {
        QStringList texts;
        for (const Received &received : f.take(socket)) {
            if (received.name == u"dialogue:event")
                texts.append(received.payload[u"roomId"_s].toString()
                             + QString::number(received.payload[u"offset"_s].toInt()));
            else if (received.name == u"dialogue:gap")
                texts.append(u"gap %1..%2"_s.arg(received.payload[u"from"_s].toInt())
                                 .arg(received.payload[u"to"_s].toInt()));
            else
                texts.append(received.name.section(u':', -1));
        }
        return texts;
    }
    static QStringList events(int from, int to, const QString &room = u"a"_s)
    {
        QStringList texts;
        for (int offset = from; offset <= to; ++offset)
            texts.append(room + QString::number(offset));
        return texts;
    }
    /** What comes until nobody waits for it any more. */
    static QStringList takeAll(RoomsFixture &f, SocketId socket)
    {
        QStringList texts = take(f, socket);
        while (f.drain(socket))
            texts += take(f, socket);
        return texts;
    }

private Q_SLOTS:
    void sendsAPortionWhenTheLastWasTaken()
    {
        RoomsFixture f(config());
        say(f, 20, u"a"_s, u"message"_s);
        const SocketId ann = comeBack(f);
        f.ask(ann, names::join, request(f, 5));
        QCOMPARE(take(f, ann), QStringList{u"joined"_s} + events(6, 11));
        QVERIFY(f.drain(ann));
        QCOMPARE(take(f, ann), events(12, 17));
        QVERIFY(f.drain(ann));
        QCOMPARE(take(f, ann), events(18, 20) + QStringList{u"ack"_s});
        QCOMPARE(f.rooms.replayCounters().running, 0);
        QCOMPARE(f.rooms.replayCounters().events, 15);
        f.drain(ann);
        QVERIFY(!f.drain(ann)); // Nothing is left to be asked for.
        say(f, 1);
        QCOMPARE(take(f, ann), events(21, 21));
    }

    void anAnswerToAnotherQuestionBringsNothing()
    {
        RoomsFixture f(config());
        say(f, 20, u"a"_s, u"message"_s);
        const SocketId ann = comeBack(f);
        f.ask(ann, names::join, request(f, 5));
        take(f, ann);
        f.hub.socketDrained(ann, 4711);
        QCOMPARE(take(f, ann), QStringList());
        QVERIFY(f.drain(ann));
        QCOMPARE(take(f, ann), events(12, 17));
    }

    void whatComesMeanwhileQueuesBehind()
    {
        RoomsFixture f(config());
        say(f, 10);
        const SocketId ann = comeBack(f);
        f.ask(ann, names::join, request(f));
        QCOMPARE(take(f, ann), QStringList{u"joined"_s} + events(1, 6));
        say(f, 5);
        QVERIFY(f.rooms.find(u"a"_s)->trigger(u"typing"_s, QJsonValue::Null).result());
        QCOMPARE(take(f, ann), QStringList());
        f.drain(ann);
        // What was missed, and then what is live.
        QCOMPARE(take(f, ann), events(7, 10) + QStringList{u"ack"_s} + events(11, 12));
        f.drain(ann);
        QCOMPARE(take(f, ann), events(13, 15));
        say(f, 1);
        QCOMPARE(take(f, ann), events(16, 16));
    }

    void sendsFewInOneGo()
    {
        RoomsFixture f(config());
        say(f, 200, u"a"_s, u"message"_s, 1);
        const SocketId ann = comeBack(f);
        f.ask(ann, names::join, request(f));
        QCOMPARE(take(f, ann).size(), 1 + EventsAPortion);
    }

    void anEventThatIsLargerThanAPortionGoesAlone()
    {
        RoomsFixture f(config());
        for (const qsizetype size : {1, 200'000, 1})
            say(f, 1, u"a"_s, u"message"_s, size);
        const SocketId ann = comeBack(f);
        f.ask(ann, names::join, request(f));
        QCOMPARE(take(f, ann), QStringList({u"joined"_s, u"a1"_s}));
        f.drain(ann);
        QCOMPARE(take(f, ann), QStringList{u"a2"_s});
        f.drain(ann);
        QCOMPARE(take(f, ann), QStringList({u"a3"_s, u"ack"_s}));
    }

    void takesNoMoreOfASmallQueueThanThereIs()
    {
        ServerConfig small = config();
        small.limits.sendQueue = 16'384;
        RoomsFixture f(small);
        say(f, 10, u"a"_s, u"message"_s, 1000);
        const SocketId ann = comeBack(f);
        f.ask(ann, names::join, request(f));
        QCOMPARE(take(f, ann), QStringList{u"joined"_s} + events(1, 3));
    }

    void severalRoomsTakeTurnsAndShareOnePortion()
    {
        RoomsFixture f(config({room(u"a"_s), room(u"b"_s), room(u"c"_s)}));
        for (const QString &id : {u"a"_s, u"b"_s, u"c"_s})
            say(f, 8, id);
        const SocketId ann = comeBack(f);
        f.ask(ann, names::join, request(f));
        f.ask(ann, names::join, request(f, 0, u"b"_s));
        f.ask(ann, names::join, request(f, 6, u"c"_s));
        QCOMPARE(take(f, ann),
                 QStringList{u"joined"_s} + events(1, 6) + QStringList({u"joined"_s, u"joined"_s}));
        f.drain(ann);
        QCOMPARE(take(f, ann), events(7, 8) + QStringList{u"ack"_s} + events(1, 4, u"b"_s));
        f.drain(ann);
        QCOMPARE(take(f, ann),
                 events(7, 8, u"c"_s) + QStringList{u"ack"_s} + events(5, 8, u"b"_s) + QStringList{u"ack"_s});
        for (const QString &id : {u"c"_s, u"b"_s, u"a"_s})
            say(f, 1, id);
        QCOMPARE(take(f, ann), QStringList({u"c9"_s, u"b9"_s, u"a9"_s}));
    }

    void looksAtManyThatAreNotWantedInSeveralTurns()
    {
        ServerConfig config = TestReplay::config();
        config.history.recoveryEvents = 10'000;
        RoomsFixture f(config);
        say(f, 5000, u"a"_s, u"chatter"_s, 1);
        say(f, 1);
        const SocketId ann = comeBack(f);
        f.ask(ann, names::join, request(f));
        QCOMPARE(take(f, ann), QStringList{u"joined"_s});
        int turns = 0;
        while (take(f, ann).isEmpty() && f.drain(ann))
            ++turns;
        QCOMPARE(turns, 5000 / LooksAPortion);
    }

    void keepsItsPromiseThoughTheWindowMovesOn()
    {
        ServerConfig config = TestReplay::config();
        config.history.recoveryEvents = 20;
        RoomsFixture f(config);
        say(f, 20, u"a"_s, u"chatter"_s);
        const SocketId ann = comeBack(f);
        QJsonObject join = request(f);
        join[u"subscriptions"_s] = QJsonArray{u"*"_s};
        f.ask(ann, names::join, join);
        say(f, 20, u"a"_s, u"chatter"_s);
        QCOMPARE(takeAll(f, ann),
                 QStringList{u"joined"_s} + events(1, 20) + QStringList{u"ack"_s} + events(21, 40));
        QCOMPARE(f.rooms.replayCounters().gaps, 0);
    }

    void tellsTheGapToWhoIsTooSlowForTwiceTheWindow()
    {
        ServerConfig config = TestReplay::config();
        config.history.recoveryEvents = 20;
        RoomsFixture f(config);
        say(f, 20, u"a"_s, u"chatter"_s);
        const SocketId ann = comeBack(f);
        QJsonObject join = request(f);
        join[u"subscriptions"_s] = QJsonArray{u"*"_s};
        f.ask(ann, names::join, join);
        say(f, 40, u"a"_s, u"chatter"_s);
        QCOMPARE(takeAll(f, ann),
                 QStringList{u"joined"_s} + events(1, 6) + QStringList({u"gap 7..40"_s})
                     + QStringList{u"ack"_s} + events(41, 60));
        QCOMPARE(f.rooms.replayCounters().gaps, 1);
        QVERIFY(f.gateway.disconnected.isEmpty());
    }

    void whatItDoesNotWantIsNoGap()
    {
        ServerConfig config = TestReplay::config({room(u"a"_s, SlowReaderPolicy::Disconnect)});
        config.history.recoveryEvents = 5;
        RoomsFixture f(config);
        say(f, 8);
        const SocketId ann = comeBack(f);
        f.ask(ann, names::join, request(f));
        say(f, 100, u"a"_s, u"chatter"_s, 1);
        QCOMPARE(takeAll(f, ann), QStringList{u"joined"_s} + events(1, 8) + QStringList{u"ack"_s});
        QVERIFY(f.gateway.disconnected.isEmpty());
    }

    void disconnectsWhoIsTooSlowWhereTheRoomDoesSo()
    {
        ServerConfig config = TestReplay::config({room(u"a"_s, SlowReaderPolicy::Disconnect)});
        config.history.recoveryEvents = 20;
        RoomsFixture f(config);
        say(f, 20, u"a"_s, u"chatter"_s);
        const SocketId ann = comeBack(f);
        QJsonObject join = request(f);
        join[u"subscriptions"_s] = QJsonArray{u"*"_s};
        f.ask(ann, names::join, join);
        QCOMPARE(take(f, ann), QStringList{u"joined"_s} + events(1, 6));
        say(f, 26, u"a"_s, u"chatter"_s);
        QVERIFY(f.gateway.disconnected.isEmpty());
        say(f, 1, u"a"_s, u"chatter"_s);
        QVERIFY(f.gateway.disconnected.contains(ann)); // At once, whether it reads or not.
        f.drain(ann);
        QCOMPARE(take(f, ann), QStringList());
        QCOMPARE(f.rooms.replayCounters().tooSlow, 1);
        f.hub.socketDisconnected(ann, DisconnectReason::SlowReader);
        QCOMPARE(f.rooms.replayCounters().running, 0);
    }

    void noPolicyDropsWhatWasAskedFor()
    {
        for (const SlowReaderPolicy policy :
             {SlowReaderPolicy::Disconnect, SlowReaderPolicy::DropOldest, SlowReaderPolicy::KeepLatest}) {
            RoomsFixture f(config({room(u"a"_s, policy)}));
            const SocketId witness = f.joined(u"witness"_s, u"a"_s);
            say(f, 3);
            const QList<FramePtr> live = f.gateway.sent.take(witness);
            const SocketId ann = comeBack(f);
            f.ask(ann, names::join, request(f));
            for (int i = 0; i < 3; ++i) {
                const FramePtr frame = f.gateway.sent.value(ann)[1 + i];
                QVERIFY(!frame->isDroppable());
                QCOMPARE(frame->bytes().constData(), live[i]->bytes().constData());
            }
        }
    }

    void whatIsSubscribedToMeanwhileBeginsThere()
    {
        RoomsFixture f(config());
        say(f, 7);
        say(f, 1, u"a"_s, u"chatter"_s, 1);
        const SocketId ann = comeBack(f);
        f.ask(ann, names::join, request(f));
        f.take(ann);
        f.ask(ann, names::subscribe, QJsonObject{{u"roomId"_s, u"a"_s}, {u"eventName"_s, u"chatter"_s}});
        say(f, 1, u"a"_s, u"chatter"_s, 1);
        QCOMPARE(takeAll(f, ann), QStringList({u"ack"_s, u"a7"_s, u"ack"_s, u"a9"_s}));
        say(f, 1, u"a"_s, u"chatter"_s, 1);
        QCOMPARE(take(f, ann), QStringList{u"a10"_s});
    }

    void allThatIsSubscribedToMeanwhileBeginsThere()
    {
        RoomsFixture f(config());
        say(f, 7);
        say(f, 1, u"a"_s, u"chatter"_s, 1);
        const SocketId ann = comeBack(f);
        f.ask(ann, names::join, request(f));
        f.take(ann);
        f.ask(ann, names::subscribeAll, QJsonObject{{u"roomId"_s, u"a"_s}});
        say(f, 1, u"a"_s, u"chatter"_s, 1);
        QCOMPARE(takeAll(f, ann), QStringList({u"ack"_s, u"a7"_s, u"ack"_s, u"a9"_s}));
    }

    void whatIsUnsubscribedMeanwhileComesNoMore()
    {
        RoomsFixture f(config());
        say(f, 10);
        const SocketId ann = comeBack(f);
        f.ask(ann, names::join, request(f));
        f.take(ann);
        f.ask(ann, names::unsubscribe, QJsonObject{{u"roomId"_s, u"a"_s}, {u"eventName"_s, u"message"_s}});
        QCOMPARE(takeAll(f, ann), QStringList({u"ack"_s, u"ack"_s}));
        say(f, 1);
        QCOMPARE(take(f, ann), QStringList());
    }

    void whoLeavesIsAnsweredAndGetsNoMore()
    {
        RoomsFixture f(config());
        say(f, 10);
        const SocketId ann = comeBack(f);
        f.ask(ann, names::join, request(f));
        f.take(ann);
        f.ask(ann, names::leave, QJsonObject{{u"roomId"_s, u"a"_s}});
        QCOMPARE(take(f, ann), QStringList({u"left"_s, u"ack"_s, u"ack"_s}));
        f.drain(ann);
        say(f, 1);
        QCOMPARE(take(f, ann), QStringList());
        QCOMPARE(f.rooms.replayCounters().running, 0);

        f.ask(ann, names::join, request(f, 10));
        QCOMPARE(take(f, ann), QStringList({u"joined"_s, u"a11"_s, u"ack"_s}));
        say(f, 1);
        QCOMPARE(take(f, ann), QStringList{u"a12"_s});
    }

    void whoJoinsAgainBeginsAnew()
    {
        RoomsFixture f(config());
        say(f, 10);
        const SocketId ann = comeBack(f);
        f.ask(ann, names::join, request(f));
        f.take(ann);
        f.ask(ann, names::join, request(f, 8));
        QStringList got = takeAll(f, ann);
        QCOMPARE(got, QStringList({u"joined"_s, u"ack"_s, u"a9"_s, u"a10"_s, u"ack"_s}));
        f.ask(ann, names::join, request(f, 9)); // Live already.
        QCOMPARE(takeAll(f, ann), QStringList({u"joined"_s, u"a10"_s, u"ack"_s}));
        say(f, 1);
        QCOMPARE(take(f, ann), QStringList{u"a11"_s});
    }

    void aRoomMayBeDeletedMeanwhile()
    {
        RoomsFixture f(config({room(u"a"_s), room(u"b"_s)}));
        say(f, 10);
        say(f, 2, u"b"_s);
        const SocketId ann = comeBack(f);
        f.ask(ann, names::join, request(f));
        f.ask(ann, names::join, request(f, 0, u"b"_s));
        f.take(ann);
        QVERIFY(f.rooms.remove(u"a"_s));
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCOMPARE(takeAll(f, ann), QStringList({u"ack"_s, u"roomDeleted"_s, u"b1"_s, u"b2"_s, u"ack"_s}));
    }

    void aClientMayGoMeanwhile()
    {
        RoomsFixture f(config());
        say(f, 10);
        const SocketId ann = comeBack(f);
        f.ask(ann, names::join, request(f));
        f.hub.socketDisconnected(ann, DisconnectReason::TransportClosed);
        QCOMPARE(f.rooms.replayCounters().running, 0);
        f.drain(ann);
        say(f, 30);
        QCOMPARE(f.gateway.topics.size(), 1); // Only the one for everyone.
    }

    void theServerMayEndMeanwhile()
    {
        RoomsFixture f(config());
        say(f, 10);
        f.ask(comeBack(f), names::join, request(f));
        QCOMPARE(f.rooms.replayCounters().running, 1);
    }

    void saysTheSubscriptionsInForceWhenAllIsSent()
    {
        RoomsFixture f(config());
        say(f, 7);
        const SocketId ann = comeBack(f);
        f.ask(ann, names::join, request(f));
        f.ask(ann, names::subscribe, QJsonObject{{u"roomId"_s, u"a"_s}, {u"eventName"_s, u"chatter"_s}});
        f.take(ann);
        f.drain(ann);
        const QJsonObject ack = f.take(ann)[1].payload.toObject();
        QVERIFY(ack[u"ok"_s].toBool());
        QVERIFY(ack[u"recovered"_s].toBool());
        QCOMPARE(ack[u"offset"_s].toInt(), 7);
        QCOMPARE(ack[u"subscriptions"_s].toArray(), (QJsonArray{u"chatter"_s, u"message"_s}));
    }

    void ephemeralEventsDoNotReachWhoIsCatchingUp()
    {
        RoomConfig all = room(u"a"_s);
        all.defaultSubscriptions = {u"*"_s};
        RoomsFixture f(config({all}));
        say(f, 7);
        const SocketId ann = comeBack(f);
        f.ask(ann, names::join, request(f));
        f.take(ann);
        QVERIFY(f.rooms.find(u"a"_s)->trigger(u"typing"_s, QJsonValue::Null).result());
        QCOMPARE(takeAll(f, ann), QStringList({u"a7"_s, u"ack"_s}));
        QVERIFY(f.rooms.find(u"a"_s)->trigger(u"typing"_s, QJsonValue::Null).result());
        QCOMPARE(take(f, ann), QStringList{u"a0"_s});
    }
};

DIALOGUE_TEST(TestReplay, QCoreApplication)
#include "tst_replay.moc"
