#include "roomsfixture.h"
#include "testclasses.h"

#include <QPromise>
#include <QSignalSpy>
#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
namespace names = dialogue::protocol::names;

/** Events that are for some of a room, for all but some, or not for their sender. */
class TestDirected : public QObject
{
    Q_OBJECT

    static ServerConfig withChat()
    {
        ServerConfig config;
        config.rooms = {chatRoom()};
        return config;
    }
    static QStringList textsOf(RoomsFixture &f, SocketId socket)
    {
        QStringList texts;
        for (const Received &each : f.take(socket)) {
            if (each.name == names::event)
                texts.append(each.payload[u"data"_s][u"text"_s].toString());
        }
        return texts;
    }
    static Result<EventMessage> say(RoomsFixture &f, const QString &text, const TriggerOptions &options)
    {
        return f.rooms.find(u"chat"_s)->trigger(u"message"_s, textData(text), options).result();
    }
    static QJsonObject without(QJsonObject request)
    {
        request[u"echo"_s] = false;
        return request;
    }

private Q_SLOTS:
    void reachClientsAndAllConnectionsOfUsers()
    {
        RoomsFixture f(withChat());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const SocketId annAgain = f.joined(u"ann"_s, u"chat"_s);
        const SocketId annElsewhere = f.connectAs(u"ann"_s);
        const SocketId bob = f.joined(u"bob"_s, u"chat"_s);
        const SocketId eve = f.joined(u"eve"_s, u"chat"_s);
        f.take(annElsewhere);
        QVERIFY(say(f, u"users"_s, {.to = Recipients{.users = {u"ann"_s, u"nobody"_s}}}));
        QVERIFY(say(f, u"clients"_s,
                    {.to = Recipients{.clients = {f.client(bob), f.client(annElsewhere), nullptr}}}));
        QVERIFY(say(f, u"both"_s, {.to = Recipients{.clients = {f.client(ann)}, .users = {u"ann"_s}}}));
        QCOMPARE(textsOf(f, ann), (QStringList{u"users"_s, u"both"_s}));
        QCOMPARE(textsOf(f, annAgain), (QStringList{u"users"_s, u"both"_s}));
        QCOMPARE(textsOf(f, bob), QStringList{u"clients"_s});
        QVERIFY(f.take(annElsewhere).isEmpty());
        QVERIFY(f.take(eve).isEmpty());
    }

    void reachNobodyWhereNobodyIsNamed()
    {
        RoomsFixture f(withChat());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        QVERIFY(say(f, u"for none"_s, {.to = Recipients{}}));
        QVERIFY(f.take(ann).isEmpty());
    }

    void reachWhoIsSubscribedAlone()
    {
        RoomsFixture f(withChat());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        QVERIFY(f.client(ann)->unsubscribe(u"chat"_s, u"message"_s));
        QVERIFY(say(f, u"unheard"_s, {.to = Recipients{.users = {u"ann"_s}}}));
        QVERIFY(f.take(ann).isEmpty());
    }

    void areEphemeral_data()
    {
        QTest::addColumn<bool>("isVolatile");
        QTest::newRow("directed") << false;
        QTest::newRow("volatile") << true;
    }
    void areEphemeral()
    {
        QFETCH(bool, isVolatile);
        RoomsFixture f(withChat());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        Room *const room = f.rooms.find(u"chat"_s);
        TriggerOptions options{.id = u"m-1"_s, .isVolatile = isVolatile};
        if (!isVolatile)
            options.to = Recipients{.users = {u"ann"_s}};
        QVERIFY(say(f, u"before"_s, {}));
        const auto triggered = say(f, u"now"_s, options);
        QVERIFY(say(f, u"after"_s, {}));
        QCOMPARE(triggered->offset, 0U);
        QCOMPARE(room->offset(), 2U);
        QCOMPARE(room->history(u"message"_s).result()->size(), 2);
        QCOMPARE(f.sentTriggers.size(), 0);
        const QList<Received> got = f.take(ann); // In the order in which they were triggered.
        QCOMPARE(got.size(), 3);
        QCOMPARE(got[1].payload[u"data"_s][u"text"_s].toString(), u"now"_s);
        QVERIFY(!got[1].payload.toObject().contains(u"offset"_s));
    }

    void doNotOvertakeWhatIsStillMissed()
    {
        RoomsFixture f(withChat());
        Room *const room = f.rooms.find(u"chat"_s);
        for (int i = 0; i < 100; ++i)
            QVERIFY(say(f, QString::number(i), {}));
        const SocketId ann = f.connectAs(u"ann"_s);
        f.ask(ann, names::join,
              QJsonObject{{u"roomId"_s, u"chat"_s},
                          {u"since"_s,
                           QJsonObject{{u"epoch"_s, QString::fromLatin1(room->epoch())}, {u"offset"_s, 0}}}});
        QVERIFY(say(f, u"directed"_s, {.to = Recipients{.users = {u"ann"_s}}}));
        while (f.drain(ann)) { }
        QVERIFY(say(f, u"later"_s, {.to = Recipients{.users = {u"ann"_s}}}));
        const QStringList texts = textsOf(f, ann);
        QCOMPARE(texts.size(), 101); // It is for the moment, in which she was not there yet.
        QCOMPARE(texts.last(), u"later"_s);
    }

    void spareUsersAsTheyHappenButNotInReplay()
    {
        RoomsFixture f(withChat());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const SocketId annAgain = f.joined(u"ann"_s, u"chat"_s);
        const SocketId bob = f.joined(u"bob"_s, u"chat"_s);
        const SocketId eve = f.joined(u"eve"_s, u"chat"_s);
        Room *const room = f.rooms.find(u"chat"_s);
        QVERIFY(say(f, u"secret"_s, {.except = {f.client(bob)}, .exceptUsers = {u"ann"_s}}));
        QVERIFY(f.take(ann).isEmpty());
        QVERIFY(f.take(annAgain).isEmpty());
        QVERIFY(f.take(bob).isEmpty());
        QCOMPARE(textsOf(f, eve), QStringList{u"secret"_s});
        const SocketId back = f.connectAs(u"ann"_s);
        f.ask(back, names::join,
              QJsonObject{{u"roomId"_s, u"chat"_s},
                          {u"since"_s,
                           QJsonObject{{u"epoch"_s, QString::fromLatin1(room->epoch())}, {u"offset"_s, 0}}}});
        QCOMPARE(textsOf(f, back), QStringList{u"secret"_s});
    }

    void spareSomeOfThoseTheyAreFor()
    {
        RoomsFixture f(withChat());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const SocketId annAgain = f.joined(u"ann"_s, u"chat"_s);
        QSignalSpy completed(f.rooms.find(u"chat"_s), &Room::eventCompleted);
        QVERIFY(say(f, u"other"_s, {.except = {f.client(ann)}, .to = Recipients{.users = {u"ann"_s}}}));
        QVERIFY(f.take(ann).isEmpty());
        QCOMPARE(textsOf(f, annAgain), QStringList{u"other"_s});
        QCOMPARE(completed.at(0).at(1).toInt(), 1);
    }

    void doNotComeBackToWhoAsksForThat()
    {
        RoomsFixture f(withChat());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const SocketId annAgain = f.joined(u"ann"_s, u"chat"_s);
        const SocketId bob = f.joined(u"bob"_s, u"chat"_s);
        const QJsonObject ack
            = f.ask(ann, names::trigger, without(trigger(u"message"_s, textData(u"mine"_s))));
        QVERIFY(ack[u"ok"_s].toBool());
        QCOMPARE(ack[u"offset"_s].toInt(), 1); // It is kept as any other.
        QCOMPARE(f.takeNames(ann), QStringList{u"ack"_s});
        QCOMPARE(textsOf(f, annAgain), QStringList{u"mine"_s});
        QCOMPARE(textsOf(f, bob), QStringList{u"mine"_s});
        f.ask(ann, names::trigger, trigger(u"message"_s, textData(u"again"_s)));
        QCOMPARE(textsOf(f, ann), QStringList{u"again"_s});
    }

    void doNotComeBackEitherWhereSomebodyIsAskedFirst()
    {
        QPromise<Result<EventMessage>> promise;
        promise.start();
        EventMessage asked;
        RoomsFixture f(withChat(),
                       {.beforeEachLater = [&](const EventMessage &message, const QString &,
                                               const ClientSnapshot &, const std::stop_token &) {
                           asked = message;
                           return promise.future();
                       }});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const SocketId bob = f.joined(u"bob"_s, u"chat"_s);
        f.ask(ann, names::trigger, without(trigger(u"message"_s, textData(u"mine"_s))));
        promise.addResult(Result<EventMessage>(asked));
        promise.finish();
        QTRY_COMPARE(f.peek(bob).size(), 1);
        QCOMPARE(f.takeNames(ann), QStringList{u"ack"_s});
    }

    void areForAllWhoHaveARole()
    {
        RoomsFixture f(withChat(), {.authenticate = [](const ConnectRequest &request) {
                           const QString user = request.auth[u"userId"_s].toString();
                           return Identity{
                               .userId = user, .verified = user != u"eve", .roles = {user.left(1)}};
                       }});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const SocketId annAgain = f.joined(u"ann"_s, u"chat"_s);
        const SocketId alf = f.joined(u"alf"_s, u"chat"_s);
        const SocketId bob = f.joined(u"bob"_s, u"chat"_s);
        const SocketId eve = f.joined(u"eve"_s, u"chat"_s); // Nobody vouches for her.
        QVERIFY(say(f, u"to a"_s, {.exceptUsers = {u"alf"_s}, .to = Recipients{.roles = {u"a"_s, u"e"_s}}}));
        QCOMPARE(textsOf(f, ann), QStringList{u"to a"_s});
        QCOMPARE(textsOf(f, annAgain), QStringList{u"to a"_s});
        for (const SocketId other : {alf, bob, eve})
            QVERIFY(f.take(other).isEmpty());
        QVERIFY(say(f, u"to b"_s, {.to = Recipients{.users = {u"ann"_s}, .roles = {u"b"_s, u"a"_s}}}));
        for (const SocketId each : {ann, annAgain, alf, bob})
            QCOMPARE(textsOf(f, each), QStringList{u"to b"_s}); // Once.
    }

    void areMarkedWhereTheyAreVolatile()
    {
        RoomsFixture f(withChat());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        QVERIFY(say(f, u"1"_s, {.isVolatile = true}));
        QVERIFY(say(f, u"2"_s, {.to = Recipients{.users = {u"ann"_s}}, .isVolatile = true}));
        QVERIFY(say(f, u"3"_s, {}));
        const QList<FramePtr> frames = f.gateway.sent.value(ann);
        QCOMPARE(frames.size(), 3);
        QVERIFY(frames[0]->isVolatile);
        QVERIFY(frames[1]->isVolatile);
        QVERIFY(!frames[2]->isVolatile);
    }
};

DIALOGUE_TEST(TestDirected, QCoreApplication)
#include "tst_directed.moc"
