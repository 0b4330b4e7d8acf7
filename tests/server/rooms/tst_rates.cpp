#include "roomsfixture.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
namespace names = dialogue::protocol::names;

/** How often clients may ask, and what becomes of those who go on. */
class TestRates : public QObject
{
    Q_OBJECT

    static QString code(const QJsonObject &ack) { return ack[u"error"_s].toObject()[u"code"_s].toString(); }
    static int retryAfter(const QJsonObject &ack)
    {
        return ack[u"error"_s].toObject()[u"retryAfter"_s].toInt();
    }
    static QJsonObject in(const QString &room) { return {{u"roomId"_s, room}}; }
    static QJsonObject say(const QString &text, const QString &id = {})
    {
        QJsonObject request = trigger(u"message"_s, textData(text));
        if (!id.isEmpty())
            request.insert(u"id"_s, id);
        return request;
    }

    static ServerConfig chat()
    {
        ServerConfig config{.rooms = {chatRoom()}};
        config.roomCreation.create = {Permission::Anyone};
        return config;
    }
    /** An authenticator that vouches for whatever is claimed. */
    static Hooks vouching()
    {
        return {.authenticate = [](const ConnectRequest &request) -> Result<Identity> {
            return Identity{.userId = request.auth[u"userId"_s].toString()};
        }};
    }
    static RateLimit &rateOf(RateLimitConfig &rates, const QString &kind)
    {
        static const QHash<QString, RateLimit RequestRates::*> kinds{
            {u"join"_s, &RequestRates::join},
            {u"leave"_s, &RequestRates::leave},
            {u"subscribe"_s, &RequestRates::subscribe},
            {u"listRooms"_s, &RequestRates::listRooms},
            {u"createRoom"_s, &RequestRates::createRoom},
            {u"deleteRoom"_s, &RequestRates::deleteRoom},
            {u"failed"_s, &RequestRates::failed}};
        return kind == u"global" ? rates.global : rates.requests.*kinds.value(kind);
    }

private Q_SLOTS:
    void eachRequestHasItsRate_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<BudgetKind>("counted");
        QTest::addColumn<QString>("request");
        QTest::addColumn<QByteArray>("payload");
        const auto row
            = [](const char *kind, BudgetKind counted, QLatin1StringView name, const char *payload) {
                  QTest::addRow("%s by %s", name.data(), kind)
                      << QString::fromLatin1(kind) << counted << QString(name) << QByteArray(payload);
              };
        row("global", BudgetKind::Event, names::trigger,
            R"({"roomId":"chat","event":"message","data":{"text":"a"}})");
        row("global", BudgetKind::Event, names::trigger,
            R"({"roomId":"chat","event":"message","data":{"text":""}})"); // Against the schema.
        row("global", BudgetKind::Event, names::trigger, R"({"roomId":"chat","event":"other","data":1})");
        row("global", BudgetKind::Event, names::trigger,
            R"({"roomId":"chat","event":"message","data":{"text":"a"},"id":"again"})");
        row("join", BudgetKind::Join, names::join, R"({"roomId":"chat"})");
        row("join", BudgetKind::Join, names::join, R"({"roomId":"nowhere"})");
        row("leave", BudgetKind::Leave, names::leave, R"({"roomId":"nowhere"})");
        row("subscribe", BudgetKind::Subscribe, names::subscribe,
            R"({"roomId":"chat","eventName":"typing"})");
        row("subscribe", BudgetKind::Subscribe, names::unsubscribe,
            R"({"roomId":"chat","eventName":"typing"})");
        row("subscribe", BudgetKind::Subscribe, names::subscribeAll, R"({"roomId":"chat"})");
        row("listRooms", BudgetKind::ListRooms, names::listRooms, "{}");
        row("createRoom", BudgetKind::CreateRoom, names::createRoom, R"({"id":"chat","name":"Again"})");
        row("deleteRoom", BudgetKind::DeleteRoom, names::deleteRoom, R"({"roomId":"chat"})");
        row("failed", BudgetKind::Failed, QLatin1StringView("dialogue:nonsense"), "{}");
        row("failed", BudgetKind::Failed, names::trigger, R"({"roomId":"nowhere","event":"e"})");
        row("failed", BudgetKind::Failed, names::trigger, R"({"roomId":7})");
        row("failed", BudgetKind::Failed, names::trigger,
            R"({"roomId":"chat","event":"message","data":{"text":""}})");
        row("failed", BudgetKind::Failed, names::join, R"({"roomId":"nowhere"})");
        row("failed", BudgetKind::Failed, names::leave, R"({"roomId":"nowhere"})");
        row("failed", BudgetKind::Failed, names::subscribe, R"({"roomId":"chat"})");
        row("failed", BudgetKind::Failed, names::getHistory, R"({"roomId":"nowhere"})");
        row("failed", BudgetKind::Failed, names::createRoom, R"({"id":"chat","name":"Again"})");
        row("failed", BudgetKind::Failed, names::deleteRoom, R"({"roomId":"chat"})");
    }
    void eachRequestHasItsRate()
    {
        QFETCH(QString, kind);
        QFETCH(BudgetKind, counted);
        QFETCH(QString, request);
        QFETCH(QByteArray, payload);
        ServerConfig config = chat();
        rateOf(config.rateLimit, kind) = {2, 10s};
        RoomsFixture f(config);
        const QByteArray requestName = request.toLatin1();
        const QLatin1StringView name(requestName.data());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        for (int i = 0; i < 2; ++i) {
            QVERIFY(code(f.ask(ann, name, payload)) != u"RATE_LIMITED");
            f.time += 4s;
        }
        f.take(ann);
        const QJsonObject third = f.ask(ann, name, payload);
        QCOMPARE(code(third), u"RATE_LIMITED"_s);
        QCOMPARE(retryAfter(third), 2000);
        const QList<Received> got = f.take(ann);
        QCOMPARE(got.size(), 2);
        QCOMPARE(got[0].name, u"dialogue:error"_s);
        QCOMPARE(got[0].payload[u"code"_s].toString(), u"RATE_LIMITED"_s);
        QCOMPARE(got[0].payload[u"retryAfter"_s].toInt(), 2000);
        QCOMPARE(f.budgets.counters().refusedOf(counted), 1);
        f.time += 2s;
        QVERIFY(code(f.ask(ann, name, payload)) != u"RATE_LIMITED");
    }

    void whatIsRefusedIsNotDone()
    {
        ServerConfig config = chat();
        config.rateLimit.global = {1, 1min};
        config.rateLimit.requests.createRoom = {1, 1min};
        RoomsFixture f(config);
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        f.ask(ann, names::trigger, say(u"a"_s));
        f.ask(ann, names::trigger, say(u"b"_s));
        QCOMPARE(f.rooms.find(u"chat"_s)->offset(), 1u);
        f.ask(ann, names::createRoom, QJsonObject{{u"id"_s, u"one"_s}, {u"name"_s, u"One"_s}});
        f.ask(ann, names::createRoom, QJsonObject{{u"id"_s, u"two"_s}, {u"name"_s, u"Two"_s}});
        QVERIFY(f.rooms.find(u"one"_s));
        QVERIFY(!f.rooms.find(u"two"_s));
    }

    void aRoomMayHaveARateOfItsOwn()
    {
        ServerConfig config = chat();
        config.rooms.append({.id = u"open"_s, .name = u"Open"_s});
        config.rateLimit.perRoom = {{u"chat"_s, {1, 1min}}};
        RoomsFixture f(config);
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        f.ask(ann, names::join, in(u"open"_s));
        QVERIFY(f.ask(ann, names::trigger, say(u"a"_s))[u"ok"_s].toBool());
        QCOMPARE(code(f.ask(ann, names::trigger, say(u"b"_s))), u"RATE_LIMITED"_s);
        QVERIFY(f.ask(ann, names::trigger, trigger(u"e"_s, 1, u"open"_s))[u"ok"_s].toBool());
        QCOMPARE(f.budgets.counters().refusedOf(BudgetKind::RoomEvent), 1);
    }

    void whatIsNotInTheRoomIsNoEvent()
    {
        ServerConfig config = chat();
        config.rateLimit.global = {1, 1min};
        RoomsFixture f(config);
        const SocketId ann = f.connectAs(u"ann"_s);
        for (int i = 0; i < 3; ++i)
            QCOMPARE(code(f.ask(ann, names::trigger, say(u"a"_s))), u"NOT_IN_ROOM"_s);
        f.ask(ann, names::join, in(u"chat"_s));
        QVERIFY(f.ask(ann, names::trigger, say(u"a"_s))[u"ok"_s].toBool());
    }

    void aUserIsOneHoweverOftenHeConnects_data()
    {
        QTest::addColumn<bool>("vouched");
        QTest::addColumn<QString>("firstUser");
        QTest::addColumn<QString>("secondUser");
        QTest::addColumn<QString>("secondAddress");
        QTest::addColumn<bool>("one");
        QTest::newRow("vouched for, the same user") << true << u"ann"_s << u"ann"_s << u"192.0.2.9"_s << true;
        QTest::newRow("vouched for, another user") << true << u"ann"_s << u"bob"_s << u"192.0.2.1"_s << false;
        QTest::newRow("claimed, the same address") << false << u"ann"_s << u"bob"_s << u"192.0.2.1"_s << true;
        QTest::newRow("claimed, another address") << false << u"ann"_s << u"ann"_s << u"192.0.2.9"_s << false;
    }
    void aUserIsOneHoweverOftenHeConnects()
    {
        QFETCH(bool, vouched);
        QFETCH(QString, firstUser);
        QFETCH(QString, secondUser);
        QFETCH(QString, secondAddress);
        QFETCH(bool, one);
        for (const bool reconnects : {false, true}) {
            ServerConfig config = chat();
            config.rateLimit.global = {2, 1min};
            config.history.requestsPerMinute = 1;
            RoomsFixture f(config, vouched ? vouching() : Hooks());
            const SocketId first = f.connectAs(firstUser, u"192.0.2.1"_s);
            f.ask(first, names::join, in(u"chat"_s));
            for (int i = 0; i < 2; ++i)
                QVERIFY(f.ask(first, names::trigger, say(u"a"_s))[u"ok"_s].toBool());
            QVERIFY(f.ask(first, names::getHistory, in(u"chat"_s))[u"ok"_s].toBool());
            if (reconnects)
                f.hub.socketDisconnected(first, DisconnectReason::ClientDisconnect);
            const SocketId second = f.connectAs(secondUser, secondAddress);
            f.ask(second, names::join, in(u"chat"_s));
            QCOMPARE(code(f.ask(second, names::trigger, say(u"a"_s))), one ? u"RATE_LIMITED"_s : QString());
            QCOMPARE(code(f.ask(second, names::getHistory, in(u"chat"_s))),
                     one ? u"RATE_LIMITED"_s : QString());
        }
    }

    void theServersOwnDoingsDoNotCount()
    {
        ServerConfig config = chat();
        config.rateLimit.requests.join = config.rateLimit.requests.leave = {1, 1min};
        config.rateLimit.global = {1, 1min};
        RoomsFixture f(config);
        const SocketId ann = f.connectAs(u"ann"_s);
        for (int i = 0; i < 5; ++i) {
            QVERIFY(f.client(ann)->join(u"chat"_s).result());
            QVERIFY(f.rooms.find(u"chat"_s)->trigger(u"message"_s, textData(u"a"_s)).result());
            QVERIFY(f.client(ann)->leave(u"chat"_s));
        }
        QVERIFY(f.ask(ann, names::join, in(u"chat"_s))[u"ok"_s].toBool());
        QVERIFY(f.ask(ann, names::trigger, say(u"a"_s))[u"ok"_s].toBool());
    }

    void whoGoesOnIsHeldBack()
    {
        ServerConfig config = chat();
        config.rateLimit.global = {1, 10s};
        config.rateLimit.refusals = 3;
        RoomsFixture f(config);
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        f.ask(ann, names::trigger, say(u"a"_s));
        for (int i = 0; i < 2; ++i)
            f.ask(ann, names::trigger, say(u"b"_s));
        QVERIFY(f.gateway.holds.isEmpty());
        f.time += 1s;
        f.ask(ann, names::trigger, say(u"b"_s));
        QCOMPARE(f.gateway.holds.size(), 1);
        QVERIFY(f.gateway.holds.first() == 1s); // And not 9, in which it might ask for other things.
        f.time += 8500ms;
        f.ask(ann, names::trigger, say(u"b"_s));
        QVERIFY(f.gateway.holds.last() == 500ms);
        QVERIFY(f.gateway.disconnected.isEmpty());
    }

    void whoGoesOnForLongIsDisconnectedAndTold()
    {
        ServerConfig config = chat();
        config.rateLimit.global = {1, 10s};
        config.rateLimit.refusals = 1;
        config.rateLimit.patience = 1min;
        RoomsFixture f(config);
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        int asked = 0;
        while (f.gateway.disconnected.isEmpty()) {
            f.ask(ann, names::trigger, say(u"a"_s));
            ++asked;
            f.time += 5s;
            QVERIFY(asked < 100);
        }
        // One in two was done, and from the first refusal to the last it was a minute.
        QCOMPARE(asked, 14);
        const QList<Received> got = f.take(ann);
        QCOMPARE(got.constLast().name, u"dialogue:error"_s);
        QCOMPARE(got.constLast().payload[u"code"_s].toString(), u"RATE_LIMITED"_s);
        QCOMPARE(f.gateway.reasons.value(ann), DisconnectReason::RateLimited);
        QCOMPARE(f.budgets.counters().disconnected, 1);
    }

    void whatAHookRefusesHoldsNobodyBack()
    {
        ServerConfig config = chat();
        config.rateLimit.refusals = 1;
        RoomsFixture f(config,
                       {.beforeEach = [](EventMessage &, const Room &, ConnectedClient *) -> Result<void> {
                           return Error{ErrorCode::RateLimited, u"Too fast"_s, {}, 1000ms};
                       }});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        for (int i = 0; i < 5; ++i)
            QCOMPARE(code(f.ask(ann, names::trigger, say(u"a"_s))), u"RATE_LIMITED"_s);
        QVERIFY(f.gateway.holds.isEmpty());
    }

    void connectsAreBoundedByAddress()
    {
        ServerConfig config = chat();
        config.rateLimit.requests.connect = {2, 10s};
        RoomsFixture f(config, vouching());
        for (const auto *user : {"ann", "bob"})
            QVERIFY(f.client(f.connectAs(QString::fromLatin1(user), u"192.0.2.1"_s)));
        const SocketId third = f.connectAs(u"cid"_s, u"192.0.2.1"_s);
        QVERIFY(!f.client(third));
        const auto [message, data] = f.gateway.refused.value(third);
        QVERIFY(message.contains(u"connects"_s));
        QCOMPARE(data[u"code"_s].toString(), u"RATE_LIMITED"_s);
        QCOMPARE(data[u"retryAfter"_s].toInt(), 10'000);
        QVERIFY(f.client(f.connectAs(u"dan"_s, u"192.0.2.2"_s)));
        f.time += 10s;
        QVERIFY(f.client(f.connectAs(u"cid"_s, u"192.0.2.1"_s)));
        QCOMPARE(f.budgets.counters().refusedOf(BudgetKind::Connect), 1);
    }
};

DIALOGUE_TEST(TestRates, QCoreApplication)
#include "tst_rates.moc"
