#include "roomsfixture.h"
#include "server/auth/placetext.h"
#include "testclasses.h"

#include <QPromise>
#include <QSignalSpy>
#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;

namespace {

namespace names = protocol::names;

ServerConfig recovering(qint64 bytes = 1'000'000)
{
    ServerConfig config;
    config.recovery = {.connectionState = true, .maxDisconnection = std::chrono::minutes(1), .bytes = bytes};
    for (const QString &id : {u"a"_s, u"b"_s}) {
        config.rooms.append({.id = id,
                             .name = id,
                             .events = {defineEvent(u"said"_s), defineEvent(u"typing"_s)},
                             .defaultSubscriptions = {u"said"_s}});
    }
    return config;
}

using Asked = std::vector<QPromise<Result<void>>>;

/** Each join of a client's is answered when a test says so. */
Hooks joinsAskLater(Asked &asked)
{
    Hooks hooks;
    hooks.beforeJoinLater = [&asked](const ClientSnapshot &, const QString &, const std::stop_token &) {
        asked.emplace_back().start();
        return asked.back().future();
    };
    return hooks;
}

/** The events of a list, as "a1 b1", by their rooms and offsets there. */
QString eventsOf(const QList<Received> &all)
{
    QStringList events;
    for (const Received &each : all) {
        if (each.name == names::event)
            events.append(each.payload[u"roomId"_s].toString()
                          + QString::number(each.payload[u"offset"_s].toInteger()));
    }
    return events.join(u' ');
}

} // namespace

/** Clients of Socket.IO that lose their connection and come back. */
class TestReturns : public QObject
{
    Q_OBJECT

    /** What a client brings with it that has had all up to now. */
    static ConnectRequest returning(const RoomsFixture &f, const QByteArray &pid)
    {
        ConnectRequest request;
        request.auth = {
            {u"pid"_s, QString::fromLatin1(pid)},
            {u"offset"_s,
             QString::fromLatin1(placeText({f.rooms.services().run, f.rooms.services().sequence->last()}))}};
        return request;
    }
    static SocketId comeBack(RoomsFixture &f, ConnectRequest request, const QString &userId = u"ann"_s)
    {
        return f.connectWith(std::move(request), userId, u"192.0.2.1"_s);
    }
    static void say(RoomsFixture &f, const QString &rooms, const QString &event = u"said"_s)
    {
        for (const QChar room : rooms)
            (void)f.rooms.find(QString(room))->trigger(event, u"x"_s);
    }
    static SocketId inBoth(RoomsFixture &f, const QString &userId = u"ann"_s)
    {
        const SocketId socket = f.joined(userId, u"a"_s);
        (void)f.client(socket)->join(u"b"_s).result();
        f.take(socket);
        return socket;
    }
    static void lose(RoomsFixture &f, SocketId socket,
                     DisconnectReason reason = DisconnectReason::ConnectionLost)
    {
        f.hub.socketDisconnected(socket, reason);
    }

private Q_SLOTS:
    void areInTheirRoomsWithWhatTheyWantThere()
    {
        RoomsFixture f(recovering());
        const SocketId first = inBoth(f);
        QVERIFY(f.client(first)->subscribe(u"a"_s, u"typing"_s));
        QVERIFY(f.client(first)->unsubscribe(u"b"_s, u"said"_s));
        const QByteArray pid = f.gateway.pids.value(first);
        QVERIFY(!pid.isEmpty());
        const QString id = f.client(first)->id();
        ConnectRequest request = returning(f, pid);
        lose(f, first);
        say(f, u"ab"_s);
        say(f, u"a"_s, u"typing"_s);
        QSignalSpy recovered(&f.hub, &Hub::clientRecovered);
        const SocketId second = comeBack(f, std::move(request));
        const ConnectedClient *const client = f.client(second);
        QVERIFY(client->isRecovered());
        QCOMPARE(recovered.size(), 1);
        QCOMPARE(client->id(), id);
        QCOMPARE(f.gateway.accepted.value(second), id.toLatin1());
        QCOMPARE(f.gateway.pids.value(second), pid);
        QCOMPARE(client->subscriptions(u"a"_s), QStringList({u"said"_s, u"typing"_s}));
        QCOMPARE(client->subscriptions(u"b"_s), QStringList());
        QCOMPARE(eventsOf(f.take(second)), u"a1 a2"_s);
        f.drain(second);
        say(f, u"ab"_s);
        QCOMPARE(eventsOf(f.take(second)), u"a3"_s);
    }

    void haveWhatTheyMissedBeforeConnectIsAnswered()
    {
        RoomsFixture f(recovering());
        const SocketId first = inBoth(f);
        ConnectRequest request = returning(f, f.gateway.pids.value(first));
        lose(f, first);
        say(f, u"abba"_s);
        const SocketId second = comeBack(f, std::move(request));
        QCOMPARE(f.gateway.sentBeforeAccept.value(second), 4);
        const QList<Received> all = f.take(second);
        QCOMPARE(eventsOf(all), u"a1 b1 b2 a2"_s);
        QCOMPARE(all.constLast().name, QString(names::connected));
    }

    void areSentMoreThanAPortionByAndBy()
    {
        RoomsFixture f(recovering());
        const SocketId first = inBoth(f);
        ConnectRequest request = returning(f, f.gateway.pids.value(first));
        lose(f, first);
        QStringList said;
        for (int i = 1; i <= 150; ++i) {
            say(f, u"ab"_s);
            said += {u"a%1"_s.arg(i), u"b%1"_s.arg(i)};
        }
        const SocketId second = comeBack(f, std::move(request));
        QCOMPARE(f.gateway.sentBeforeAccept.value(second), EventsAPortion);
        QList<Received> all = f.take(second);
        say(f, u"a"_s);
        said += u"a151"_s;
        while (f.drain(second))
            all += f.take(second);
        QCOMPARE(eventsOf(all), said.join(u' '));
    }

    void areNotSentTwiceWhatTheyHaveByTheOffsetThatTheyAskWith()
    {
        ServerConfig config = recovering();
        config.history.requestsPerMinute = 1;
        RoomsFixture f(config);
        const SocketId first = inBoth(f);
        const QString epoch = QString::fromLatin1(f.rooms.find(u"a"_s)->epoch());
        const auto joinSince = [&](SocketId socket, qint64 offset) {
            const QJsonObject since{{u"epoch"_s, epoch}, {u"offset"_s, offset}};
            return f.ask(socket, names::join, QJsonObject{{u"roomId"_s, u"a"_s}, {u"since"_s, since}});
        };
        ConnectRequest request = returning(f, f.gateway.pids.value(first));
        lose(f, first);
        for (int i = 0; i < 100; ++i)
            say(f, u"a"_s);
        const SocketId second = comeBack(f, std::move(request));
        QList<Received> all = f.take(second);
        QCOMPARE(all.constLast().name, QString(names::connected));
        // By then it has had what came first, and is sent the rest once.
        (void)joinSince(second, EventsAPortion);
        all += f.take(second);
        while (f.drain(second))
            all += f.take(second);
        QStringList said;
        for (int i = 1; i <= 100; ++i)
            said += u"a%1"_s.arg(i);
        QCOMPARE(eventsOf(all), said.join(u' '));
        // It costs what a page of history does from the second time on, and is its own wish.
        (void)joinSince(second, 97);
        QCOMPARE(eventsOf(f.take(second)), u"a98 a99 a100"_s);
        QCOMPARE(joinSince(second, 97)[u"error"_s][u"code"_s], QJsonValue(u"RATE_LIMITED"_s));
    }

    void haveWhatTheyWantByNowWhereTheyJoinOnceMore()
    {
        RoomsFixture f(recovering());
        const SocketId first = inBoth(f);
        const QString epoch = QString::fromLatin1(f.rooms.find(u"a"_s)->epoch());
        ConnectRequest request = returning(f, f.gateway.pids.value(first));
        lose(f, first);
        say(f, u"a"_s);
        say(f, u"a"_s, u"typing"_s);
        const SocketId second = comeBack(f, std::move(request));
        QCOMPARE(eventsOf(f.take(second)), u"a1"_s);
        const QJsonObject since{{u"epoch"_s, epoch}, {u"offset"_s, 1}};
        (void)f.ask(second, names::join,
                    QJsonObject{{u"roomId"_s, u"a"_s},
                                {u"since"_s, since},
                                {u"subscriptions"_s, QJsonArray{u"typing"_s}}});
        QCOMPARE(f.client(second)->subscriptions(u"a"_s), QStringList{u"typing"_s});
        QCOMPARE(eventsOf(f.take(second)), u"a2"_s);
        f.drain(second);
        say(f, u"a"_s);
        say(f, u"a"_s, u"typing"_s);
        QCOMPARE(eventsOf(f.take(second)), u"a4"_s);
    }

    void mayJoinOnceMoreWhileTheyAreSentWhatTheyMissed()
    {
        RoomsFixture f(recovering());
        const SocketId first = inBoth(f);
        ConnectRequest request = returning(f, f.gateway.pids.value(first));
        lose(f, first);
        QStringList said;
        for (int i = 1; i <= 100; ++i) {
            say(f, u"a"_s);
            said += u"a%1"_s.arg(i);
        }
        const SocketId second = comeBack(f, std::move(request));
        QList<Received> all = f.take(second);
        (void)f.ask(second, names::join, QJsonObject{{u"roomId"_s, u"a"_s}});
        say(f, u"a"_s);
        said += u"a101"_s;
        all += f.take(second);
        while (f.drain(second))
            all += f.take(second);
        QCOMPARE(eventsOf(all), said.join(u' '));
    }

    void areNewWhereTheyWereNotLost_data()
    {
        QTest::addColumn<DisconnectReason>("reason");
        QTest::addColumn<bool>("comesBack");
        QTest::newRow("said good-bye") << DisconnectReason::ClientDisconnect << false;
        QTest::newRow("thrown out") << DisconnectReason::ServerDisconnect << false;
        QTest::newRow("said nonsense") << DisconnectReason::ProtocolError << false;
        QTest::newRow("too fast") << DisconnectReason::RateLimited << false;
        QTest::newRow("too slow") << DisconnectReason::SlowReader << true;
        QTest::newRow("silent") << DisconnectReason::PingTimeout << true;
        QTest::newRow("closed") << DisconnectReason::TransportClosed << true;
        QTest::newRow("wants a new token") << DisconnectReason::TokenExpired << true;
    }
    void areNewWhereTheyWereNotLost()
    {
        QFETCH(DisconnectReason, reason);
        QFETCH(bool, comesBack);
        RoomsFixture f(recovering());
        const SocketId first = inBoth(f);
        const QByteArray pid = f.gateway.pids.value(first);
        ConnectRequest request = returning(f, pid);
        lose(f, first, reason);
        const SocketId second = comeBack(f, std::move(request));
        QCOMPARE(f.client(second)->isRecovered(), comesBack);
        QCOMPARE(f.gateway.pids.value(second) == pid, comesBack);
        QCOMPARE(f.client(second)->rooms().size(), comesBack ? 2 : 0);
        QCOMPARE(f.hub.recoveryCounters().recovered, comesBack ? 1 : 0);
        QCOMPARE(f.hub.recoveryCounters().anew, comesBack ? 0 : 1);
    }

    void comeBackOnceByOnePid()
    {
        RoomsFixture f(recovering());
        const SocketId first = inBoth(f);
        const ConnectRequest request = returning(f, f.gateway.pids.value(first));
        lose(f, first);
        const SocketId second = comeBack(f, request);
        lose(f, second, DisconnectReason::ClientDisconnect);
        QVERIFY(!f.client(comeBack(f, request))->isRecovered());
    }

    void takeThePlaceOfAConnectionThatIsNotKnownToBeLost()
    {
        ServerConfig config = recovering();
        config.rooms[0].maxSize = 1;
        RoomsFixture f(config);
        const SocketId first = inBoth(f);
        ConnectRequest request = returning(f, f.gateway.pids.value(first));
        say(f, u"a"_s);
        const SocketId second = comeBack(f, std::move(request));
        QVERIFY(!f.client(first));
        QVERIFY(f.gateway.disconnected.contains(first));
        QVERIFY(f.client(second)->isRecovered());
        QCOMPARE(f.rooms.find(u"a"_s)->size(), 1);
        QCOMPARE(eventsOf(f.take(second)), u"a1"_s);
    }

    void takeItInAsManyRoomsAsThereAre()
    {
        constexpr int Rooms = 1500;
        ServerConfig config = recovering();
        config.limits.roomsPerClient = Rooms;
        config.rateLimit.requests.join = {10 * Rooms, std::chrono::minutes(1)};
        config.rooms.clear();
        for (int i = 0; i < Rooms; ++i)
            config.rooms.append({.id = QString::number(i), .name = u"x"_s, .maxSize = 1});
        RoomsFixture f(config);
        const SocketId first = f.connectAs(u"ann"_s);
        for (int i = 0; i < Rooms; ++i)
            QVERIFY(f.client(first)->join(QString::number(i)).result());
        const SocketId second = comeBack(f, returning(f, f.gateway.pids.value(first)));
        QVERIFY(f.client(second)->isRecovered());
        QCOMPARE(f.client(second)->rooms().size(), Rooms);
    }

    void areNotSomebodyElse()
    {
        RoomsFixture f(recovering());
        const SocketId first = inBoth(f);
        const QByteArray pid = f.gateway.pids.value(first);
        const ConnectRequest request = returning(f, pid);
        // The connection stands: nobody else ends it.
        const SocketId thief = comeBack(f, request, u"bob"_s);
        QVERIFY(!f.client(thief)->isRecovered());
        QVERIFY(f.client(first));
        QCOMPARE(f.client(thief)->userId(), u"bob"_s);
        QVERIFY(f.client(thief)->rooms().isEmpty());
        QVERIFY(f.gateway.pids.value(thief) != pid);
        // Nor does anybody come in its place when it is lost, or take from it what it comes back with.
        lose(f, first);
        const SocketId second = comeBack(f, request, u"bob"_s);
        QVERIFY(!f.client(second)->isRecovered());
        QCOMPARE(f.client(second)->userId(), u"bob"_s);
        const SocketId nameless = f.connectWith(request, QString(), u"192.0.2.1"_s);
        QVERIFY(!f.client(nameless) || !f.client(nameless)->isRecovered());
        QVERIFY(f.client(comeBack(f, request))->isRecovered());
    }

    void areNotWhoTheyWereWhereThatOneIsBannedMeanwhile()
    {
        RoomsFixture f(recovering());
        const SocketId first = f.connectAs({});
        const QString id = f.client(first)->id();
        QCOMPARE(f.client(first)->userId(), id); // It has no name.
        const ConnectRequest request = returning(f, f.gateway.pids.value(first));
        lose(f, first);
        QVERIFY(f.moderation.impose(SanctionKind::Ban, id, {}));
        const SocketId second = f.connectWith(request, {}, u"192.0.2.1"_s);
        QVERIFY(f.client(second));
        QVERIFY(!f.client(second)->isRecovered());
        QVERIFY(f.client(second)->userId() != id);
    }

    void areAskedAboutAgain()
    {
        bool isOpen = true;
        Hooks hooks;
        hooks.beforeJoin = [&isOpen](const ConnectedClient &, const Room &room) -> Result<void> {
            if (isOpen || room.id() == u"a"_s)
                return {};
            return Error{ErrorCode::JoinDenied, u"not any more"_s};
        };
        RoomsFixture f(recovering(), hooks);
        const SocketId first = inBoth(f);
        const QByteArray pid = f.gateway.pids.value(first);
        ConnectRequest request = returning(f, pid);
        lose(f, first);
        say(f, u"a"_s);
        isOpen = false;
        const SocketId second = comeBack(f, std::move(request));
        // All rooms or none: it hears that it is a new client, and is nowhere.
        QVERIFY(!f.client(second)->isRecovered());
        QVERIFY(f.client(second)->rooms().isEmpty());
        QVERIFY(!f.gateway.pids.value(second).isEmpty());
        QVERIFY(f.gateway.pids.value(second) != pid);
        QCOMPARE(eventsOf(f.take(second)), QString());
        say(f, u"a"_s);
        QCOMPARE(eventsOf(f.take(second)), QString());
    }

    void waitForWhoAnswersLater()
    {
        Asked asked;
        RoomsFixture f(recovering(), joinsAskLater(asked));
        const SocketId first = f.connectAs(u"ann"_s);
        (void)f.client(first)->join(u"a"_s).result();
        (void)f.client(first)->join(u"b"_s).result();
        ConnectRequest request = returning(f, f.gateway.pids.value(first));
        lose(f, first);
        say(f, u"ab"_s);
        const SocketId second = comeBack(f, std::move(request));
        QCOMPARE(asked.size(), std::size_t(1));
        QVERIFY(!f.gateway.accepted.contains(second));
        for (std::size_t i = 0; i < 2; ++i) {
            asked[i].addResult(Result<void>());
            asked[i].finish();
            say(f, u"a"_s);
            QTRY_COMPARE(asked.size(), std::size_t(2));
        }
        QTRY_VERIFY(f.gateway.accepted.contains(second));
        QList<Received> all = f.take(second);
        while (f.drain(second))
            all += f.take(second);
        QCOMPARE(eventsOf(all), u"a1 b1 a2 a3"_s);
    }

    void sayNothingBeforeConnectIsAnswered()
    {
        Asked asked;
        RoomsFixture f(recovering(), joinsAskLater(asked));
        const SocketId first = f.connectAs(u"ann"_s);
        (void)f.client(first)->join(u"a"_s).result();
        ConnectRequest request = returning(f, f.gateway.pids.value(first));
        lose(f, first);
        const SocketId second = comeBack(f, std::move(request));
        f.hub.socketEvent(second,
                          {.name = names::listRooms, .args = QJsonArray(), .attachments = {}, .ackId = 1});
        QVERIFY(f.gateway.disconnected.contains(second));
    }

    void areInWhatTheApplicationHasThemJoinAsTheyCome()
    {
        RoomsFixture f(recovering());
        connect(&f.hub, &Hub::clientConnected, &f.hub, [&](ConnectedClient *client) {
            (void)client->join(u"b"_s).result();
            say(f, u"b"_s);
        });
        const SocketId first = f.joined(u"ann"_s, u"a"_s);
        ConnectRequest request = returning(f, f.gateway.pids.value(first));
        lose(f, first);
        say(f, u"ba"_s);
        const SocketId second = comeBack(f, std::move(request));
        QVERIFY(f.client(second)->isRecovered());
        // What was said in b while it was away, and as it came, once each.
        QCOMPARE(eventsOf(f.take(second)), u"b2 a1 b3"_s);
        say(f, u"ba"_s);
        QCOMPARE(eventsOf(f.take(second)), u"b4 a2"_s);
    }

    void haveTheMetaThatTheApplicationSet()
    {
        RoomsFixture f(recovering());
        const SocketId first = inBoth(f);
        QVERIFY(f.client(first)->meta().isEmpty());
        f.client(first)->setMeta({{u"seat"_s, 4}});
        ConnectRequest request = returning(f, f.gateway.pids.value(first));
        lose(f, first);
        const SocketId second = comeBack(f, std::move(request));
        QCOMPARE(f.client(second)->meta(), QJsonObject({{u"seat"_s, 4}}));
    }

    void tellNobodyByWhatTheyComeBack()
    {
        RoomsFixture f(recovering());
        const SocketId first = inBoth(f);
        ConnectRequest request = returning(f, f.gateway.pids.value(first));
        lose(f, first);
        const SocketId second = comeBack(f, std::move(request));
        QVERIFY(f.client(second)->isRecovered());
        QVERIFY(f.client(second)->meta().isEmpty());
        QVERIFY(!f.client(second)->handshakeAuth().contains(u"pid"_s));
    }

    void areForgottenWhenTheyTakeTooMuch()
    {
        RoomsFixture f(recovering(3000));
        std::vector<ConnectRequest> requests;
        for (int i = 0; i < 20; ++i) {
            const SocketId socket = inBoth(f, u"user%1"_s.arg(i));
            requests.push_back(returning(f, f.gateway.pids.value(socket)));
            lose(f, socket);
        }
        const RecoveryCounters counters = f.hub.recoveryCounters();
        QVERIFY(counters.bytes > 0 && counters.bytes <= 3000);
        QVERIFY(counters.away > 0);
        QCOMPARE(counters.away + counters.forgotten, 20);
        QVERIFY(!f.client(comeBack(f, requests.front(), u"user0"_s))->isRecovered());
        QVERIFY(f.client(comeBack(f, requests.back(), u"user19"_s))->isRecovered());
        QCOMPARE(f.hub.recoveryCounters().away, counters.away - 1);
    }

    void leaveNothingBehindWhenTheirTimeIsUp()
    {
        ServerConfig config = recovering();
        config.recovery.maxDisconnection = std::chrono::milliseconds(1);
        RoomsFixture f(config);
        for (int i = 0; i < 5; ++i)
            lose(f, inBoth(f, u"user%1"_s.arg(i)));
        QTRY_COMPARE(f.hub.recoveryCounters().away, 0);
        QCOMPARE(f.hub.recoveryCounters().bytes, 0);
        QCOMPARE(f.hub.recoveryCounters().forgotten, 0);
    }

    void areNotKeptWhereItIsOff()
    {
        ServerConfig config = recovering();
        config.recovery.connectionState = false;
        RoomsFixture f(config);
        const SocketId first = inBoth(f);
        QVERIFY(f.gateway.pids.value(first).isEmpty());
        ConnectRequest request = returning(f, "a");
        lose(f, first);
        QCOMPARE(f.hub.recoveryCounters().away, 0);
        const SocketId second = comeBack(f, std::move(request));
        QVERIFY(!f.client(second)->isRecovered());
        QCOMPARE(f.hub.recoveryCounters().anew, 0);
    }

    void areNewWhereTheyMayNotReadThePast()
    {
        ServerConfig config = recovering();
        RoomsFixture f(config);
        const SocketId first = inBoth(f);
        ConnectRequest request = returning(f, f.gateway.pids.value(first));
        request.auth.insert(u"offset"_s, u"1-0"_s); // Of another run.
        lose(f, first);
        const SocketId second = comeBack(f, std::move(request));
        QVERIFY(f.client(second)->isRecovered()); // There was nothing to miss.
        lose(f, second);
        say(f, u"a"_s);
        ConnectRequest again = returning(f, f.gateway.pids.value(second));
        again.auth.insert(u"offset"_s, u"1-0"_s);
        QVERIFY(!f.client(comeBack(f, std::move(again)))->isRecovered());
    }
};

DIALOGUE_TEST(TestReturns, QCoreApplication)
#include "tst_returns.moc"
