#include "server/presence/presenceofrooms.h"
#include "testclasses.h"
#include "tests/server/rooms/roomsfixture.h"

#include <QPromise>
#include <QSignalSpy>
#include <QTest>

#include <stdexcept>
#include <utility>

using namespace dialogue;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
namespace names = dialogue::protocol::names;

namespace {

ServerConfig withPresence(Presence presence, const PresenceConfig &own = {})
{
    ServerConfig config;
    config.rooms = {chatRoom()};
    config.rooms[0].presence = presence;
    config.presence = own;
    return config;
}

/** What a room has that tells nothing before its window is over. */
constexpr PresenceConfig Large{.window = 20ms, .atOnce = 0};

class PresenceFixture : public RoomsFixture
{
public:
    explicit PresenceFixture(const ServerConfig &withRoom, const Hooks &userHooks = {})
        : RoomsFixture(withRoom, userHooks)
    { }
    explicit PresenceFixture(Presence mode, const PresenceConfig &own = {}, const Hooks &userHooks = {})
        : PresenceFixture(withPresence(mode, own), userHooks)
    { }

    QJsonObject participants(SocketId socket, QJsonObject request = {})
    {
        request.insert(u"roomId"_s, u"chat"_s);
        QJsonObject ack = ask(socket, names::participants, request);
        take(socket);
        return ack;
    }
    /** In the room, and watching. */
    SocketId watching(const QString &user)
    {
        const SocketId socket = joined(user, u"chat"_s);
        if (!participants(socket)[u"ok"_s].toBool())
            qFatal("could not watch");
        return socket;
    }
    QList<QJsonObject> notices(SocketId socket)
    {
        QList<QJsonObject> notices;
        for (const Received &each : take(socket)) {
            if (each.name == names::presence)
                notices.append(each.payload.toObject());
        }
        return notices;
    }
    void leave(SocketId socket) { hub.socketDisconnected(socket, DisconnectReason::ClientDisconnect); }

    PresenceOfRooms presence{rooms, hub};
};

QMap<QString, int> usersIn(const QJsonValue &array)
{
    QMap<QString, int> users;
    for (const QJsonValue &user : array.toArray())
        users.insert(user[u"userId"_s].toString(), user[u"connections"_s].toInt());
    return users;
}

using Users = QMap<QString, int>;

} // namespace

/** dialogue:participants, and dialogue:presence to who has asked. */
class TestPresence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isToldOfNoRoomWhereItIsOff()
    {
        PresenceFixture f(Presence::Off);
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const QJsonObject ack = f.participants(ann);
        QCOMPARE(ack[u"error"_s][u"code"_s].toString(), u"PERMISSION_DENIED"_s);
        QCOMPARE(f.presence.counters().rooms, 0);
        QCOMPARE(f.presence.counters().changes, 0);
    }

    void joinedSaysWhatIsTold_data()
    {
        QTest::addColumn<Presence>("mode");
        QTest::addColumn<QJsonValue>("said");
        QTest::newRow("off") << Presence::Off << QJsonValue(QJsonValue::Undefined);
        QTest::newRow("counts") << Presence::Counts << QJsonValue(u"counts"_s);
        QTest::newRow("users") << Presence::Users << QJsonValue(u"users"_s);
    }
    void joinedSaysWhatIsTold()
    {
        QFETCH(Presence, mode);
        QFETCH(QJsonValue, said);
        PresenceFixture f(mode);
        const SocketId ann = f.connectAs(u"ann"_s);
        const QJsonObject ack = f.ask(ann, names::join, QJsonObject{{u"roomId"_s, u"chat"_s}});
        QCOMPARE(ack.value(u"presence"_s), said);
        const QJsonObject rooms = f.ask(ann, names::listRooms);
        QCOMPARE(rooms[u"rooms"_s][0].toObject().value(u"presence"_s), said);
    }

    void isWhoIsThereAndThenWhatChanges()
    {
        PresenceFixture f(Presence::Users);
        const SocketId bob = f.joined(u"bob"_s, u"chat"_s);
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const QJsonObject all = f.participants(ann);
        QCOMPARE(usersIn(all[u"participants"_s]), (Users{{u"ann"_s, 1}, {u"bob"_s, 1}}));
        QCOMPARE(all[u"users"_s].toInt(), 2);
        QCOMPARE(all[u"connections"_s].toInt(), 2);
        QVERIFY(!all.contains(u"next"_s));
        const int rev = all[u"rev"_s].toInt(-1);
        QVERIFY(rev >= 0);

        const SocketId again = f.joined(u"bob"_s, u"chat"_s);
        QList<QJsonObject> notices = f.notices(ann);
        QCOMPARE(notices.size(), 1);
        QCOMPARE(notices[0][u"rev"_s].toInt(), rev + 1);
        QCOMPARE(notices[0][u"users"_s].toInt(), 2);
        QCOMPARE(notices[0][u"connections"_s].toInt(), 3);
        QCOMPARE(usersIn(notices[0][u"changes"_s]), (Users{{u"bob"_s, 2}}));

        f.leave(again);
        f.ask(bob, names::leave, QJsonObject{{u"roomId"_s, u"chat"_s}});
        notices = f.notices(ann);
        QCOMPARE(notices.size(), 2);
        QCOMPARE(notices[1][u"rev"_s].toInt(), rev + 3);
        QCOMPARE(usersIn(notices[1][u"changes"_s]), (Users{{u"bob"_s, 0}}));
        QCOMPARE(usersIn(f.participants(ann)[u"participants"_s]), (Users{{u"ann"_s, 1}}));
        QVERIFY(f.notices(bob).isEmpty()); // He never asked.
    }

    void countsAloneNameNobody()
    {
        PresenceFixture f(Presence::Counts);
        const SocketId ann = f.watching(u"ann"_s);
        f.joined(u"bob"_s, u"chat"_s);
        const QList<QJsonObject> notices = f.notices(ann);
        QCOMPARE(notices.size(), 1);
        QCOMPARE(notices[0][u"users"_s].toInt(), 2);
        QVERIFY(!notices[0].contains(u"changes"_s));
        const QJsonObject all = f.participants(ann);
        QCOMPARE(all[u"connections"_s].toInt(), 2);
        QVERIFY(!all.contains(u"participants"_s));
    }

    void isForParticipantsAlone()
    {
        PresenceFixture f(Presence::Users);
        const SocketId ann = f.watching(u"ann"_s);
        const SocketId eve = f.connectAs(u"eve"_s);
        QCOMPARE(f.participants(eve)[u"error"_s][u"code"_s].toString(), u"NOT_IN_ROOM"_s);
        f.ask(ann, names::leave, QJsonObject{{u"roomId"_s, u"chat"_s}});
        f.take(ann);
        f.joined(u"bob"_s, u"chat"_s);
        QVERIFY(f.notices(ann).isEmpty());
    }

    void isRefusedToWhoAsksWrongly_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QString>("path");
        QTest::newRow("no room") << QByteArray("{}") << u"roomId"_s;
        QTest::newRow("a number") << QByteArray(R"({"roomId":7})") << u"roomId"_s;
        QTest::newRow("limit 0") << QByteArray(R"({"roomId":"chat","limit":0})") << u"limit"_s;
        QTest::newRow("a limit that is none") << QByteArray(R"({"roomId":"chat","limit":"1"})") << u"limit"_s;
        QTest::newRow("watch") << QByteArray(R"({"roomId":"chat","watch":"no"})") << u"watch"_s;
        QTest::newRow("after") << QByteArray(R"({"roomId":"chat","after":["ann"]})") << u"after"_s;
        QTest::newRow("after what is too long")
            << QByteArray("{\"roomId\":\"chat\",\"after\":\"" + QByteArray(5000, 'a') + "\"}") << u"after"_s;
    }
    void isRefusedToWhoAsksWrongly()
    {
        QFETCH(QByteArray, payload);
        QFETCH(QString, path);
        PresenceFixture f(Presence::Users);
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const QJsonObject ack = f.ask(ann, names::participants, payload);
        QCOMPARE(ack[u"error"_s][u"code"_s].toString(), u"INVALID_REQUEST"_s);
        QCOMPARE(ack[u"error"_s][u"path"_s].toString(), path);
        QCOMPARE(f.presence.counters().watchers, 0);
    }

    void isNotToldToWhoOnlyLooksOrStops()
    {
        PresenceFixture f(Presence::Users);
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        QVERIFY(f.participants(ann, {{u"watch"_s, false}})[u"ok"_s].toBool());
        f.joined(u"bob"_s, u"chat"_s);
        QVERIFY(f.notices(ann).isEmpty());
        f.participants(ann);
        f.participants(ann); // Twice is once.
        f.joined(u"eve"_s, u"chat"_s);
        QCOMPARE(f.notices(ann).size(), 1);
        QCOMPARE(f.presence.counters().watchers, 1);
        f.participants(ann, {{u"watch"_s, false}});
        f.joined(u"zoe"_s, u"chat"_s);
        QVERIFY(f.notices(ann).isEmpty());
        QCOMPARE(f.presence.counters().watchers, 0);
    }

    void goesOutTogetherInLargeRooms()
    {
        PresenceFixture f(Presence::Users, Large);
        const SocketId ann = f.watching(u"ann"_s);
        const int rev = f.participants(ann)[u"rev"_s].toInt();
        for (int i = 0; i < 300; ++i)
            f.joined(QString::number(i), u"chat"_s);
        QVERIFY(f.notices(ann).isEmpty());
        QTRY_COMPARE(f.peek(ann).size(), 1);
        const QJsonObject notice = f.notices(ann)[0];
        QCOMPARE(notice[u"rev"_s].toInt(), rev + 1);
        QCOMPARE(notice[u"users"_s].toInt(), 301);
        QCOMPARE(usersIn(notice[u"changes"_s]).size(), 300);
        QCOMPARE(f.presence.counters().notices, 1);
    }

    void whoComesAndGoesWithinAWindowIsNotTold()
    {
        PresenceFixture f(Presence::Users, Large);
        const SocketId ann = f.watching(u"ann"_s);
        const int rev = f.participants(ann)[u"rev"_s].toInt();
        f.leave(f.joined(u"bob"_s, u"chat"_s));
        // Who looks meanwhile is told nothing that is never taken back.
        const SocketId eve = f.joined(u"eve"_s, u"chat"_s);
        QCOMPARE(usersIn(f.participants(ann)[u"participants"_s]), (Users{{u"ann"_s, 1}}));
        QTRY_COMPARE(f.peek(ann).size(), 1);
        const QJsonObject notice = f.notices(ann)[0];
        QCOMPARE(usersIn(notice[u"changes"_s]), (Users{{u"eve"_s, 1}}));
        QCOMPARE(notice[u"rev"_s].toInt(), rev + 1);
        f.leave(eve);
        f.joined(u"eve"_s, u"chat"_s);
        f.joined(u"zoe"_s, u"chat"_s);
        QTRY_COMPARE(f.peek(ann).size(), 1);
        QCOMPARE(usersIn(f.notices(ann)[0][u"changes"_s]), (Users{{u"zoe"_s, 1}}));
    }

    void aNoticeHasItsBoundAndTheRestFollows()
    {
        PresenceConfig own = Large;
        own.noticeSize = 1024;
        PresenceFixture f(Presence::Users, own);
        const SocketId ann = f.watching(u"ann"_s);
        for (int i = 0; i < 200; ++i)
            f.joined(QString::number(i), u"chat"_s);
        QMap<QString, int> told;
        int rev = f.participants(ann)[u"rev"_s].toInt();
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                for (const QJsonObject &notice : f.notices(ann)) {
                    if (notice[u"rev"_s].toInt() != ++rev)
                        return false;
                    told.insert(usersIn(notice[u"changes"_s]));
                    if (notice[u"users"_s].toInt() != 201) // How many there are is known at once.
                        return false;
                }
                return told.size() == 200;
            }(),
            10000);
        QVERIFY(f.presence.counters().notices > 4);
    }

    void comesInPages()
    {
        PresenceConfig own;
        own.page = 3;
        PresenceFixture f(Presence::Users, own);
        for (int i = 0; i < 8; ++i)
            f.joined(u"user %1"_s.arg(i), u"chat"_s);
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        QJsonObject page = f.participants(ann, {{u"limit"_s, 2}});
        QCOMPARE(usersIn(page[u"participants"_s]).keys(), (QStringList{u"ann"_s, u"user 0"_s}));
        QCOMPARE(page[u"next"_s].toString(), u"user 0"_s);
        page = f.participants(ann, {{u"limit"_s, 100}, {u"after"_s, page[u"next"_s]}});
        QCOMPARE(usersIn(page[u"participants"_s]).size(), 3);
        page = f.participants(ann, {{u"after"_s, u"user 4"_s}});
        QCOMPARE(usersIn(page[u"participants"_s]).size(), 3);
        QVERIFY(!page.contains(u"next"_s));
    }

    void ofNoticesThatWaitTheNewestStaysAndTheRestIsToldAsMissed()
    {
        PresenceFixture f(Presence::Users);
        const SocketId ann = f.watching(u"ann"_s);
        f.joined(u"bob"_s, u"chat"_s);
        f.joined(u"eve"_s, u"chat"_s);
        const QList<FramePtr> frames = f.gateway.sent.value(ann);
        QCOMPARE(frames.size(), 2);
        QVERIFY(frames[0]->isDroppable());
        QCOMPARE(frames[0]->policy, SlowReaderPolicy::KeepLatest);
        QCOMPARE(frames[0]->stream, frames[1]->stream);
        QCOMPARE(frames[0]->key(), frames[1]->key());
        QCOMPARE(frames[1]->offset, frames[0]->offset + 1);
        const FramePtr missed = frames[0]->stream->gapFrame(1, 2, GapReason::Replaced);
        QVERIFY(missed->bytes().size() <= frames[0]->stream->largestGapFrame());
        QVERIFY(missed->bytes().contains(R"(["dialogue:presence",{"roomId":"chat","rev":2}])"));
    }

    void aRoomDeclaredAnewTellsThatItIsToBeAskedAnew()
    {
        PresenceFixture f(Presence::Users);
        const SocketId ann = f.watching(u"ann"_s);
        RoomConfig config = f.config.rooms[0];
        config.presence = Presence::Counts;
        const int rev = f.participants(ann)[u"rev"_s].toInt();
        QVERIFY(f.rooms.update(config));
        QList<QJsonObject> notices = f.notices(ann);
        QCOMPARE(notices.size(), 1);
        QCOMPARE(notices[0][u"rev"_s].toInt(), rev + 1);
        QVERIFY(!notices[0].contains(u"users"_s));
        QVERIFY(!f.participants(ann).contains(u"participants"_s));

        config.presence = Presence::Off;
        QVERIFY(f.rooms.update(config));
        QCOMPARE(f.notices(ann).size(), 1);
        QVERIFY(!f.participants(ann)[u"ok"_s].toBool());
        f.joined(u"bob"_s, u"chat"_s);
        QVERIFY(f.notices(ann).isEmpty());

        config.presence = Presence::Users;
        QVERIFY(f.rooms.update(config));
        QCOMPARE(usersIn(f.participants(ann)[u"participants"_s]), (Users{{u"ann"_s, 1}, {u"bob"_s, 1}}));
        config.name = u"Another"_s;
        QVERIFY(f.rooms.update(config));
        QVERIFY(f.notices(ann).isEmpty());
    }

    void whatSlotsThrowDoesNotMakeItWrong()
    {
        PresenceFixture f(Presence::Users);
        const SocketId ann = f.watching(u"ann"_s);
        QObject::connect(f.rooms.find(u"chat"_s), &Room::sizeChanged, &f.rooms,
                         [](int) { throw std::runtime_error("of the application"); });
        const SocketId bob = f.connectAs(u"bob"_s);
        f.ask(bob, names::join, QJsonObject{{u"roomId"_s, u"chat"_s}});
        QCOMPARE(usersIn(f.participants(ann)[u"participants"_s]), (Users{{u"ann"_s, 1}, {u"bob"_s, 1}}));
        f.ask(bob, names::leave, QJsonObject{{u"roomId"_s, u"chat"_s}});
        QCOMPARE(usersIn(f.participants(ann)[u"participants"_s]), (Users{{u"ann"_s, 1}}));
    }

    void itsWatchersLeaveNothingBehind()
    {
        PresenceFixture f(Presence::Users, Large);
        const qsizetype topics = f.gateway.topics.size();
        const qint64 used = f.memory.counters().used;
        QList<SocketId> sockets;
        for (int i = 0; i < 20; ++i)
            sockets.append(f.watching(QString::number(i)));
        QCOMPARE(f.presence.counters().watchers, 20);
        QVERIFY(f.presence.counters().bytes > 20 * 100);
        for (const SocketId socket : sockets)
            f.leave(socket);
        QTRY_COMPARE(f.presence.counters().rooms, 0);
        QCOMPARE(f.presence.counters().watchers, 0);
        QCOMPARE(f.presence.counters().bytes, 0);
        QCOMPARE(f.gateway.topics.size(), topics);
        QTRY_COMPARE(f.memory.counters().used, used);
    }

    void aDeletedRoomIsForgotten()
    {
        PresenceFixture f(Presence::Users, Large);
        const SocketId ann = f.watching(u"ann"_s);
        f.joined(u"bob"_s, u"chat"_s);
        QSignalSpy deleted(&f.rooms, &RoomManager::roomDeleted);
        QVERIFY(f.rooms.remove(u"chat"_s));
        QCOMPARE(f.presence.counters().rooms, 0);
        QCOMPARE(f.participants(ann)[u"error"_s][u"code"_s].toString(), u"ROOM_NOT_FOUND"_s);
        QTRY_COMPARE(deleted.count(), 1);
        QVERIFY(f.notices(ann).isEmpty());
        QCOMPARE(f.presence.counters().bytes, 0);
    }

    void keepsItsPlaceBehindAJoinThatSomebodyIsAskedAbout()
    {
        QPromise<Result<void>> promise;
        promise.start();
        PresenceFixture f(Presence::Users, {},
                          {.beforeJoinLater = [&](const auto &...) { return promise.future(); }});
        const SocketId ann = f.connectAs(u"ann"_s);
        const QJsonObject room{{u"roomId"_s, u"chat"_s}};
        f.ask(ann, names::join, room);
        f.take(ann);
        f.ask(ann, names::participants, room);
        QVERIFY(f.peek(ann).isEmpty());
        promise.addResult(Result<void>());
        promise.finish();
        QTRY_COMPARE(f.peek(ann).size(), 3); // Joined, its ack, and this.
        QCOMPARE(usersIn(f.peek(ann)[2].payload[u"participants"_s]), (Users{{u"ann"_s, 1}}));
    }

    void whoIsJoinedByAHookIsThereOnce()
    {
        bool isInside = false;
        PresenceFixture f(Presence::Users, {},
                          {.beforeJoin = [&isInside](ConnectedClient &client, const Room &room) {
                              if (!std::exchange(isInside, true))
                                  (void)client.join(room.id());
                              return Result<void>();
                          }});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        QCOMPARE(usersIn(f.participants(ann)[u"participants"_s]), (Users{{u"ann"_s, 1}}));
    }

    void hasItsRate()
    {
        ServerConfig config = withPresence(Presence::Users);
        config.rateLimit.requests.participants = {2, 10s};
        PresenceFixture f(config);
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        QVERIFY(f.participants(ann)[u"ok"_s].toBool());
        QVERIFY(f.participants(ann)[u"ok"_s].toBool());
        QCOMPARE(f.participants(ann)[u"error"_s][u"code"_s].toString(), u"RATE_LIMITED"_s);
        QCOMPARE(f.budgets.counters().refusedOf(BudgetKind::ListParticipants), 1);
    }
};

DIALOGUE_TEST(TestPresence, QCoreApplication)
#include "tst_presence.moc"
