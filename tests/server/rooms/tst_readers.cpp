#include "latebroker.h"
#include "roomsfixture.h"
#include "server/rooms/room_p.h"
#include "testclasses.h"

#include <QPromise>
#include <QRandomGenerator>
#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;

namespace {

namespace names = protocol::names;

RoomConfig room(const QString &id, SlowReaderPolicy slowReader = SlowReaderPolicy::DropOldest)
{
    return {.id = id,
            .name = id,
            .events = {defineEvent(u"said"_s), defineEvent(u"typing"_s)},
            .defaultSubscriptions = {u"said"_s},
            .slowReader = slowReader};
}

ServerConfig roomsAandB(int recoveryEvents = 1000)
{
    ServerConfig config;
    config.rooms = {room(u"a"_s), room(u"b"_s)};
    config.history.recoveryEvents = recoveryEvents;
    return config;
}

/** "a1", where it is the first of room a; of a gap "a1-3". */
QString nameOf(const Received &received)
{
    const QString roomId = received.payload[u"roomId"_s].toString();
    if (received.name == names::gap) {
        return u"%1%2-%3"_s.arg(roomId)
            .arg(received.payload[u"from"_s].toInteger())
            .arg(received.payload[u"to"_s].toInteger());
    }
    return received.name == names::event ? roomId + QString::number(received.payload[u"offset"_s].toInteger())
                                         : received.name;
}

} // namespace

/** Clients that come to read some rooms and can ask for nothing. */
class TestReaders : public QObject
{
    Q_OBJECT

    static void say(RoomsFixture &f, const QString &room, const QString &event = u"said"_s)
    {
        (void)f.rooms.find(room)->trigger(event, u"x"_s);
    }
    /** "aab": twice in a, and then in b. */
    static void sayIn(RoomsFixture &f, const QString &rooms)
    {
        for (const QChar room : rooms)
            say(f, room);
    }
    /** What a reader has by now that has had all. */
    static RoomsWanted::Place here(const RoomsFixture &f)
    {
        return {f.rooms.services().run, f.rooms.services().sequence->last()};
    }
    static QString taken(RoomsFixture &f, SocketId socket)
    {
        QStringList all;
        do {
            for (const Received &each : f.take(socket)) {
                if (each.name == names::event || each.name == names::gap)
                    all.append(nameOf(each));
            }
        } while (f.drain(socket));
        return all.join(u' ');
    }

private Q_SLOTS:
    void comeInOnceTheyAreInAllTheirRooms()
    {
        RoomsFixture f(roomsAandB());
        const SocketId reader = f.read({.rooms = {u"a"_s, u"b"_s}});
        QVERIFY(f.gateway.accepted.contains(reader));
        QCOMPARE(f.client(reader)->rooms(), QStringList({u"a"_s, u"b"_s}));
        sayIn(f, u"aba"_s);
        QCOMPARE(taken(f, reader), u"a1 b1 a2"_s);
    }

    void areRefusedWhereOneRoomIsNotToBeHad_data()
    {
        QTest::addColumn<QString>("code");
        QTest::newRow("it does not exist") << u"ROOM_NOT_FOUND"_s;
        QTest::newRow("it is full") << u"ROOM_FULL"_s;
        QTest::newRow("its rules do not let them") << u"PERMISSION_DENIED"_s;
        QTest::newRow("it is for another channel") << u"PERMISSION_DENIED"_s;
    }
    void areRefusedWhereOneRoomIsNotToBeHad()
    {
        QFETCH(QString, code);
        ServerConfig with = roomsAandB();
        const QByteArray why = QTest::currentDataTag();
        if (why == "it does not exist")
            with.rooms.removeLast();
        else if (why == "it is full")
            with.rooms[1].maxSize = 1;
        else if (why == "it is for another channel")
            with.rooms[1].channels = {u"websocket"_s};
        else
            with.rooms[1].rules.join = {{.roles = {u"member"_s}}};
        RoomsFixture f(with);
        if (why == "it is full")
            f.joined(u"ann"_s, u"b"_s);
        const SocketId reader = f.read({.rooms = {u"a"_s, u"b"_s}});
        QVERIFY(!f.gateway.accepted.contains(reader));
        QCOMPARE(f.gateway.refused.value(reader).second[u"code"_s].toString(), code);
        f.hub.socketDisconnected(reader, DisconnectReason::ServerDisconnect);
        QCOMPARE(f.rooms.find(u"a"_s)->size(), 0);
    }

    void areWhereSocketsAreNot()
    {
        ServerConfig with = roomsAandB();
        with.rooms[0].channels = {u"sse"_s};
        RoomsFixture f(with);
        QVERIFY(f.gateway.accepted.contains(f.read({.rooms = {u"a"_s}})));
        const SocketId ann = f.connectAs(u"ann"_s);
        QCOMPARE(
            f.ask(ann, names::join, QJsonObject{{u"roomId"_s, u"a"_s}})[u"error"_s][u"code"_s].toString(),
            u"PERMISSION_DENIED"_s);
    }

    void areHeldToWhatTheirKeyIsFor_data()
    {
        QTest::addColumn<Grant>("grant");
        QTest::addColumn<bool>("isEnough");
        QTest::newRow("all of it") << Grant{.scopes = {Grant::Join}, .rooms = {u"a"_s, u"b"_s}} << true;
        QTest::newRow("for one room") << Grant{.scopes = {Grant::Join}, .rooms = {u"a"_s}} << false;
        QTest::newRow("not for joining") << Grant{.scopes = {Grant::Trigger}, .rooms = {u"*"_s}} << false;
    }
    void areHeldToWhatTheirKeyIsFor()
    {
        QFETCH(Grant, grant);
        Hooks hooks;
        int asked = 0;
        hooks.authenticate = [&](const ConnectRequest &) -> Result<Identity> {
            Identity identity;
            identity.userId = u"key"_s;
            identity.grant = std::make_shared<const Grant>(grant);
            return identity;
        };
        hooks.beforeJoin = [&](ConnectedClient &, const Room &room) -> Result<void> {
            asked += room.id() == u"b" ? 1 : 0;
            return {};
        };
        RoomsFixture f(roomsAandB(), hooks);
        const SocketId reader = f.read({.rooms = {u"a"_s, u"b"_s}});
        QTEST(f.gateway.accepted.contains(reader), "isEnough");
        QTEST(asked == 1, "isEnough");
        QCOMPARE(f.gateway.refused.value(reader).second[u"code"_s].toString(),
                 f.gateway.accepted.contains(reader) ? QString() : u"PERMISSION_DENIED"_s);
    }

    void areHeldToWhatJoiningTakes()
    {
        ServerConfig with = roomsAandB();
        with.rateLimit.requests.join = {.maxEvents = 3, .window = std::chrono::seconds(10)};
        RoomsFixture f(with);
        const RoomsWanted wanted{.rooms = {u"a"_s, u"b"_s}};
        QVERIFY(f.gateway.accepted.contains(f.read(wanted)));
        const SocketId again = f.read(wanted);
        QCOMPARE(f.gateway.refused.value(again).second[u"code"_s].toString(), u"RATE_LIMITED"_s);
        QVERIFY(f.gateway.refused.value(again).second[u"retryAfter"_s].toInt() > 0);
    }

    void getTheEventsThatTheyName()
    {
        RoomsFixture f(roomsAandB());
        const SocketId reader = f.read({.rooms = {u"a"_s}, .events = QStringList{u"typing"_s}});
        say(f, u"a"_s);
        say(f, u"a"_s, u"typing"_s);
        QCOMPARE(taken(f, reader), u"a2"_s);
        const SocketId other = f.read({.rooms = {u"a"_s}, .events = QStringList{u"unheard"_s}});
        QCOMPARE(f.gateway.refused.value(other).second[u"code"_s].toString(), u"EVENT_NOT_ALLOWED"_s);
    }

    void getNothingOfThePastWhereTheyDoNotSayWhatTheyHave()
    {
        RoomsFixture f(roomsAandB());
        sayIn(f, u"ab"_s);
        const SocketId reader = f.read({.rooms = {u"a"_s, u"b"_s}});
        QCOMPARE(taken(f, reader), QString());
        sayIn(f, u"b"_s);
        QCOMPARE(taken(f, reader), u"b2"_s);
    }

    void getWhatTheyMissedInTheOrderItWentOut()
    {
        RoomsFixture f(roomsAandB());
        sayIn(f, u"ab"_s);
        const RoomsWanted::Place place = here(f);
        sayIn(f, u"abbabaab"_s);
        const SocketId reader = f.read({.rooms = {u"b"_s, u"a"_s}, .after = place});
        QCOMPARE(taken(f, reader), u"a2 b2 b3 a3 b4 a4 a5 b5"_s);
        sayIn(f, u"ba"_s);
        QCOMPARE(taken(f, reader), u"b6 a6"_s);
    }

    void getItPieceByPieceWithWhatComesMeanwhile()
    {
        RoomsFixture f(roomsAandB());
        const RoomsWanted::Place place = here(f);
        QStringList expected;
        int a = 0;
        int b = 0;
        const auto sayMany = [&](int count) {
            for (int i = 0; i < count; ++i) {
                const bool inA = QRandomGenerator::global()->bounded(3) > 0;
                sayIn(f, inA ? u"a"_s : u"b"_s);
                expected.append(inA ? u"a%1"_s.arg(++a) : u"b%1"_s.arg(++b));
            }
        };
        sayMany(300);
        const SocketId reader = f.read({.rooms = {u"a"_s, u"b"_s}, .after = place});
        QVERIFY(f.peek(reader).size() < 300);
        QStringList got;
        for (int round = 0; round < 100; ++round) {
            for (const Received &each : f.take(reader)) {
                if (each.name == names::event)
                    got.append(nameOf(each));
            }
            if (round < 10)
                sayMany(5);
            (void)f.drain(reader);
        }
        QCOMPARE(got, expected);
    }

    void areToldOfWhatIsNotToBeHad_data()
    {
        QTest::addColumn<QString>("expected");
        QTest::newRow("the place is of another run") << u"a1-5 b1-2 a6"_s;
        QTest::newRow("the place is yet to come") << u"a1-5 b1-2 a6"_s;
        QTest::newRow("it was forgotten") << u"a1-3 a4 b1 a5 b2 a6"_s;
    }
    void areToldOfWhatIsNotToBeHad()
    {
        QFETCH(QString, expected);
        RoomsFixture f(roomsAandB(2));
        const QByteArray why = QTest::currentDataTag();
        RoomsWanted::Place place = here(f);
        sayIn(f, u"aaaabab"_s);
        if (why == "the place is of another run")
            ++place.run;
        else if (why == "the place is yet to come")
            place.seq = here(f).seq + 1;
        const SocketId reader = f.read({.rooms = {u"a"_s, u"b"_s}, .after = place});
        sayIn(f, u"a"_s);
        QCOMPARE(taken(f, reader), expected);
    }

    void areToldOfNoGapWhereAllOfItIsThere()
    {
        RoomsFixture f(roomsAandB(2));
        sayIn(f, u"aaaa"_s); // Two of which are forgotten,
        const RoomsWanted::Place place{here(f).run, here(f).seq - 2}; // which it has had.
        sayIn(f, u"bb"_s);
        const SocketId reader = f.read({.rooms = {u"a"_s, u"b"_s}, .after = place});
        QCOMPARE(taken(f, reader), u"a3 a4 b1 b2"_s);
        // And where all that is left has been had, or all that was had is gone.
        const SocketId other = f.read({.rooms = {u"a"_s, u"b"_s}, .after = here(f)});
        QCOMPARE(taken(f, other), QString());
        const RoomsWanted::Place between{here(f).run, 2};
        const SocketId third = f.read({.rooms = {u"a"_s}, .after = between});
        QCOMPARE(taken(f, third), u"a3 a4"_s);
    }

    void areNotToldThePastWhereHistoryIsNotTheirs()
    {
        ServerConfig with = roomsAandB();
        with.rooms[0].rules.history = {{.roles = {u"member"_s}}};
        RoomsFixture f(with);
        const RoomsWanted::Place place = here(f);
        sayIn(f, u"aab"_s);
        const SocketId reader = f.read({.rooms = {u"a"_s, u"b"_s}, .after = place});
        QCOMPARE(taken(f, reader), u"a1-2 b1"_s);
    }

    void waitForWhoIsAskedAboutThem()
    {
        std::vector<std::unique_ptr<QPromise<Result<void>>>> asked;
        QStringList questions;
        const auto ask = [&](const QString &what) {
            questions.append(what);
            asked.push_back(std::make_unique<QPromise<Result<void>>>());
            asked.back()->start();
            return asked.back()->future();
        };
        Hooks hooks;
        hooks.beforeJoinLater = [&](const ClientSnapshot &, const QString &roomId, std::stop_token) {
            return ask(u"join "_s + roomId);
        };
        hooks.beforeSubscribeLater
            = [&](const ClientSnapshot &, const QString &roomId, const QStringList &events, std::stop_token) {
                  return ask(u"subscribe "_s + roomId + u' ' + events.join(u','));
              };
        RoomsFixture f(roomsAandB(), hooks);
        const auto answer = [&](const Result<void> &said) {
            asked.back()->addResult(said);
            asked.back()->finish();
            LateBroker::spin();
        };
        const RoomsWanted wanted{.rooms = {u"a"_s, u"b"_s}, .events = QStringList{u"said"_s}};
        const SocketId reader = f.read(wanted);
        for (int i = 0; i < 4; ++i) {
            QVERIFY(!f.gateway.accepted.contains(reader));
            sayIn(f, u"a"_s);
            answer({});
        }
        QCOMPARE(questions,
                 QStringList({u"join a"_s, u"subscribe a said"_s, u"join b"_s, u"subscribe b said"_s}));
        QVERIFY(f.gateway.accepted.contains(reader));
        QCOMPARE(taken(f, reader), u"a3 a4"_s); // It was in room a by then.

        const SocketId refused = f.read(wanted);
        answer({});
        answer(Error{ErrorCode::PermissionDenied, u"no"_s});
        QCOMPARE(f.gateway.refused.value(refused).first, u"no"_s);
        QCOMPARE(questions.size(), 6);

        const SocketId gone = f.read(wanted);
        f.hub.socketDisconnected(gone, DisconnectReason::TransportClosed);
        answer({});
        QVERIFY(!f.client(gone));
        QVERIFY(!f.gateway.accepted.contains(gone));

        const SocketId late = f.read(wanted);
        f.hub.close();
        QCOMPARE(f.gateway.refused.value(late).second[u"code"_s].toString(), u"SERVER_DRAINING"_s);
    }

    void areRefusedByWhoAnswersAtOnce()
    {
        Hooks hooks;
        hooks.beforeJoinLater = [](const ClientSnapshot &, const QString &roomId, std::stop_token) {
            return QtFuture::makeReadyFuture(roomId == u"a" ? Result<void>()
                                                            : Error{ErrorCode::PermissionDenied, u"not b"_s});
        };
        RoomsFixture f(roomsAandB(), hooks);
        QVERIFY(f.gateway.accepted.contains(f.read({.rooms = {u"a"_s}})));
        const SocketId refused = f.read({.rooms = {u"a"_s, u"b"_s}});
        QCOMPARE(f.gateway.refused.value(refused).first, u"not b"_s);
    }

    void goWithTheFirstRoomThatTheyAreNoLongerIn()
    {
        RoomsFixture f(roomsAandB());
        const SocketId reader = f.read({.rooms = {u"a"_s, u"b"_s}});
        const SocketId thrownOut = f.read({.rooms = {u"a"_s}});
        const SocketId stays = f.read({.rooms = {u"a"_s}});
        QVERIFY(f.rooms.leave(*f.client(thrownOut), u"a"_s));
        QVERIFY(f.gateway.closed.contains(thrownOut));
        QVERIFY(f.rooms.remove(u"b"_s));
        QTRY_VERIFY(f.gateway.closed.contains(reader));
        QVERIFY(!f.gateway.closed.contains(stays));
    }

    // Two rooms of which one waits for its store and the other does not: what goes out is in another order
    // than its numbers. Whoever is cut off, wherever, and comes back with the last id, lacks nothing.
    void lackNothingWhereverTheyAreCutOff()
    {
        for (int run = 0; run < 8; ++run) {
            LateBroker broker;
            RoomsFixture f(roomsAandB(), {}, &broker);
            const SocketId reader = f.read({.rooms = {u"a"_s, u"b"_s}});
            std::size_t submitted = 0;
            std::size_t answered = 0;
            const auto chance = [](int of) { return QRandomGenerator::global()->bounded(of) == 0; };
            for (int i = 0; i < 40; ++i) {
                broker.isQuick = chance(2);
                say(f, broker.isQuick ? u"b"_s : u"a"_s);
                submitted += broker.isQuick ? 0 : 1;
                while (answered < submitted && chance(2)) {
                    if (chance(6)) {
                        broker.fail(answered);
                        answered = submitted; // And all behind it.
                    } else {
                        broker.keep(answered++);
                    }
                }
            }
            while (answered < submitted)
                broker.keep(answered++);
            const QStringList live = taken(f, reader).split(u' ', Qt::SkipEmptyParts);
            QMap<QString, quint64> ids;
            for (const QString &id : {u"a"_s, u"b"_s}) {
                OffsetMerge all = RoomPrivate::of(*f.rooms.find(id)).log().forward(0);
                while (const PublicationPtr *const each = all.next())
                    ids.insert(id + QString::number((*each)->offset()),
                               (*each)->departure().nothingMissingUpTo);
            }
            QCOMPARE(QSet<QString>(live.begin(), live.end()).size(), ids.size());
            for (qsizetype cut = 0; cut < live.size(); ++cut) {
                const SocketId back = f.read(
                    {.rooms = {u"a"_s, u"b"_s}, .after = RoomsWanted::Place{here(f).run, ids[live[cut]]}});
                const QStringList more = taken(f, back).split(u' ', Qt::SkipEmptyParts);
                QSet<QString> had(live.begin(), live.begin() + cut + 1);
                had.unite(QSet<QString>(more.begin(), more.end()));
                QCOMPARE(had.size(), ids.size());
                // And once more while it is told what it missed.
                for (qsizetype again = 0; again < more.size(); ++again) {
                    const SocketId third
                        = f.read({.rooms = {u"a"_s, u"b"_s},
                                  .after = RoomsWanted::Place{here(f).run, ids[more[again]]}});
                    QSet<QString> all(live.begin(), live.begin() + cut + 1);
                    all.unite(QSet<QString>(more.begin(), more.begin() + again + 1));
                    const QStringList rest = taken(f, third).split(u' ', Qt::SkipEmptyParts);
                    all.unite(QSet<QString>(rest.begin(), rest.end()));
                    QCOMPARE(all.size(), ids.size());
                    f.hub.socketDisconnected(third, DisconnectReason::TransportClosed);
                }
                f.hub.socketDisconnected(back, DisconnectReason::TransportClosed);
            }
        }
    }
};

DIALOGUE_TEST(TestReaders, QCoreApplication)
#include "tst_readers.moc"
