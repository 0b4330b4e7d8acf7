#include "roomsfixture.h"
#include "testclasses.h"

#include <QPromise>
#include <QTest>

#include <limits>

using namespace dialogue;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
namespace names = dialogue::protocol::names;

namespace {

RoomConfig other()
{
    RoomConfig room = chatRoom();
    room.id = u"other"_s;
    return room;
}

const QJsonObject InChat{{u"roomId"_s, u"chat"_s}};
const QJsonObject InOther{{u"roomId"_s, u"other"_s}};

QString sanctionCode(const QJsonValue &ack) { return ack[u"error"_s][u"code"_s].toString(); }

} // namespace

class TestModeration : public QObject
{
    Q_OBJECT

    static Result<void> ban(RoomsFixture &f, const QString &user, const SanctionOptions &options = {})
    {
        return f.moderation.impose(SanctionKind::Ban, user, options);
    }
    static Result<void> mute(RoomsFixture &f, const QString &user, const SanctionOptions &options = {})
    {
        return f.moderation.impose(SanctionKind::Mute, user, options);
    }

private Q_SLOTS:
    void whoIsBannedFromARoomLeavesItAndIsTold()
    {
        RoomsFixture f({.rooms = {chatRoom(), other()}});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        QVERIFY(f.client(ann)->join(u"other"_s).result());
        const SocketId elsewhere = f.joined(u"ann"_s, u"other"_s);
        const SocketId bob = f.joined(u"bob"_s, u"chat"_s);
        f.take(ann);
        QVERIFY(ban(f, u"ann"_s, {.roomId = u"chat"_s, .duration = 60s, .reason = u"spam"_s}));
        const QList<Received> told = f.take(ann);
        QCOMPARE(told.size(), 2);
        QCOMPARE(told[0].name, u"dialogue:error"_s);
        QCOMPARE(told[0].payload[u"code"_s].toString(), u"PERMISSION_DENIED"_s);
        QCOMPARE(told[0].payload[u"message"_s].toString(),
                 u"You are banned from room 'chat' for another 60 s: spam"_s);
        QCOMPARE(told[0].payload[u"roomId"_s].toString(), u"chat"_s);
        const int left = told[0].payload[u"retryAfter"_s].toInt();
        QVERIFY(left > 0 && left <= 60000);
        QCOMPARE(told[1].name, u"dialogue:left"_s);
        QCOMPARE(f.client(ann)->rooms(), QStringList{u"other"_s});
        QCOMPARE(f.takeNames(elsewhere), QStringList());
        QCOMPARE(f.takeNames(bob), QStringList());

        const QJsonObject refused = f.ask(ann, names::join, QJsonValue(InChat));
        QCOMPARE(sanctionCode(refused), u"PERMISSION_DENIED"_s);
        QVERIFY(refused[u"error"_s][u"message"_s].toString().startsWith(
            u"You are banned from room 'chat' for another "_s));
        QVERIFY(!f.client(elsewhere)->join(u"chat"_s).result());
        QCOMPARE(f.ruleCounters.banned, 2);
        QCOMPARE(f.ruleCounters.joins, 0);
    }

    void whoWantedItIsKeptAndNotTold()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        f.take(ann);
        const auto before = Sanctions::Clock::now();
        QVERIFY(mute(f, u"ann"_s, {.by = u"mod"_s}));
        const auto byOf
            = [&f](const QString &user) { return f.sanctions.find(SanctionKind::Mute, user, {})->by; };
        QCOMPARE(byOf(u"ann"_s), u"user:mod"_s);
        const auto since = f.sanctions.find(SanctionKind::Mute, u"ann"_s, {})->since;
        QVERIFY(since >= before && since <= Sanctions::Clock::now());
        const QList<Received> told = f.take(ann);
        QCOMPARE(told[0].payload[u"message"_s].toString(), u"You are muted"_s);
        QVERIFY(mute(f, u"bob"_s));
        QCOMPARE(byOf(u"bob"_s), u"application"_s);
        // An account is what acts, whatever user it acts as.
        QVERIFY(f.moderation.impose(SanctionKind::Mute, u"cat"_s, {.by = u"system"_s}, u"olga"_s));
        QCOMPARE(byOf(u"cat"_s), u"admin:olga"_s);
        // It is kept as long as the sanction is, and so has a bound: of bytes.
        QVERIFY(mute(f, u"dan"_s, {.by = QString(1024, u'm')}));
        const Result<void> tooLong = mute(f, u"eve"_s, {.by = QString(513, QChar(0xe9))});
        QVERIFY(!tooLong);
        QCOMPARE(tooLong.error().path, u"by"_s);
        QVERIFY(!f.sanctions.find(SanctionKind::Mute, u"eve"_s, {}));
    }

    void whoIsBannedFromTheServerGoesAndDoesNotComeBack()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const SocketId again = f.connectAs(u"ann"_s);
        const SocketId bob = f.joined(u"bob"_s, u"chat"_s);
        f.take(again);
        QVERIFY(ban(f, u"ann"_s));
        for (const SocketId socket : {ann, again}) {
            QCOMPARE(f.takeNames(socket), QStringList{u"dialogue:error"_s});
            QVERIFY(f.gateway.closed.contains(socket));
            f.hub.socketDisconnected(socket, DisconnectReason::ServerDisconnect);
        }
        QVERIFY(!f.gateway.disconnected.contains(bob));
        const SocketId third = f.connectAs(u"ann"_s);
        QVERIFY(!f.client(third));
        QCOMPARE(f.gateway.refused[third].first, u"You are banned"_s);
        QCOMPARE(f.gateway.refused[third].second[u"code"_s].toString(), u"PERMISSION_DENIED"_s);
        QCOMPARE(f.ruleCounters.banned, 1);

        QVERIFY(f.sanctions.lift(SanctionKind::Ban, u"ann"_s, {}));
        QVERIFY(f.client(f.connectAs(u"ann"_s)));
    }

    void whoIsMutedHearsAndSaysNothing()
    {
        RoomsFixture f({.rooms = {chatRoom(), other()}});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        QVERIFY(f.client(ann)->join(u"other"_s).result());
        const SocketId bob = f.joined(u"bob"_s, u"chat"_s);
        f.take(ann);
        QVERIFY(mute(f, u"ann"_s, {.roomId = u"chat"_s, .duration = 3h, .reason = u"be quiet"_s}));
        const QList<Received> told = f.take(ann);
        QCOMPARE(told.size(), 1);
        QCOMPARE(told[0].payload[u"message"_s].toString(),
                 u"You are muted in room 'chat' for another 3 h: be quiet"_s);
        QCOMPARE(
            sanctionCode(f.ask(ann, names::trigger, QJsonValue(trigger(u"message"_s, textData(u"hi"_s))))),
            u"PERMISSION_DENIED"_s);
        QCOMPARE(f.takeNames(bob), QStringList());
        QVERIFY(f.ask(ann, names::trigger,
                      QJsonValue(trigger(u"message"_s, textData(u"hi"_s), u"other"_s)))[u"ok"_s]
                    .toBool());
        f.take(ann);
        QVERIFY(f.ask(bob, names::trigger, QJsonValue(trigger(u"message"_s, textData(u"hi"_s))))[u"ok"_s]
                    .toBool());
        QCOMPARE(f.takeNames(ann), QStringList{u"dialogue:event"_s});
        QCOMPARE(f.ruleCounters.muted, 1);

        QVERIFY(f.sanctions.lift(SanctionKind::Mute, u"ann"_s, u"chat"_s));
        QVERIFY(f.ask(ann, names::trigger, QJsonValue(trigger(u"message"_s, textData(u"hi"_s))))[u"ok"_s]
                    .toBool());
    }

    void whoIsMutedEverywhereIsSoInEachRoom()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        QVERIFY(mute(f, u"ann"_s));
        QCOMPARE(f.takeNames(ann), QStringList{u"dialogue:error"_s});
        QCOMPARE(
            sanctionCode(f.ask(ann, names::trigger, QJsonValue(trigger(u"message"_s, textData(u"hi"_s))))),
            u"PERMISSION_DENIED"_s);
        QVERIFY(f.ask(ann, names::leave, QJsonValue(InChat))[u"ok"_s].toBool());
        QVERIFY(f.ask(ann, names::join, QJsonValue(InChat))[u"ok"_s].toBool()); // To hear.
    }

    void aMuteHoldsForWhatWaitsForAHook()
    {
        QPromise<Result<EventMessage>> said;
        said.start();
        RoomsFixture f({.rooms = {chatRoom()}},
                       {.beforeEachLater = [&](const EventMessage &, const QString &, const ClientSnapshot &,
                                               const std::stop_token &) { return said.future(); }});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        f.ask(ann, names::trigger, QJsonValue(trigger(u"message"_s, textData(u"hi"_s))));
        QVERIFY(mute(f, u"ann"_s));
        f.take(ann);
        EventMessage passed;
        passed.data = textData(u"hi"_s);
        said.addResult(passed);
        said.finish();
        QTRY_COMPARE(f.peek(ann).size(), 2);
        QCOMPARE(sanctionCode(f.peek(ann).constLast().payload), u"PERMISSION_DENIED"_s);
        QCOMPARE(f.rooms.find(u"chat"_s)->offset(), 0U);
    }

    void refusesWhatIsNone_data()
    {
        QTest::addColumn<QString>("user");
        QTest::addColumn<qint64>("duration");
        QTest::newRow("nobody") << QString() << qint64(1000);
        QTest::newRow("no time") << u"ann"_s << qint64(0);
        QTest::newRow("less than no time") << u"ann"_s << qint64(-1);
        QTest::newRow("longer than clocks count") << u"ann"_s << std::numeric_limits<qint64>::max();
    }
    void refusesWhatIsNone()
    {
        QFETCH(QString, user);
        QFETCH(qint64, duration);
        RoomsFixture f;
        const auto refused = ban(f, user, {.duration = std::chrono::milliseconds(duration)});
        QCOMPARE(refused.error().code, ErrorCode::InvalidRequest);
        QVERIFY(f.sanctions.all().isEmpty());
    }

    void areBoundedByTheConfiguration()
    {
        ServerConfig config;
        config.limits.sanctions = 1;
        RoomsFixture f(config);
        QVERIFY(ban(f, u"ann"_s));
        QCOMPARE(ban(f, u"bob"_s).error().code, ErrorCode::LimitReached);
    }

    void aSlotMayEndWhoIsBanned()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const SocketId again = f.joined(u"ann"_s, u"chat"_s);
        connect(&f.rooms, &RoomManager::clientLeft, &f.rooms, [&f, ann, again](ConnectedClient *client) {
            if (client == f.client(ann))
                f.hub.socketDisconnected(again, DisconnectReason::TransportClosed);
        });
        QVERIFY(ban(f, u"ann"_s, {.roomId = u"chat"_s}));
        QCOMPARE(f.rooms.find(u"chat"_s)->size(), 0);
    }
};

DIALOGUE_TEST(TestModeration, QCoreApplication)
#include "tst_moderation.moc"
