#include "roomsfixture.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
namespace names = dialogue::protocol::names;

/** What is kept for users, within their budget of bytes. */
class TestUserMemory : public QObject
{
    Q_OBJECT

    static constexpr qint64 KiB = 1024;

    static ServerConfig config(qint64 perUser = 16 * KiB)
    {
        ServerConfig config{.rooms = {{.id = u"open"_s, .name = u"Open"_s}, chatRoom()}};
        config.memory.perUser = perUser;
        return config;
    }
    static QJsonObject subscribe(RoomsFixture &f, SocketId socket, const QString &event)
    {
        return f.ask(socket, names::subscribe,
                     QJsonObject{{u"roomId"_s, u"open"_s}, {u"eventName"_s, event}});
    }
    static QString code(const QJsonObject &ack) { return ack[u"error"_s][u"code"_s].toString(); }
    static QString message(const QJsonObject &ack) { return ack[u"error"_s][u"message"_s].toString(); }
    /** How many subscriptions of that length are granted. */
    static int fill(RoomsFixture &f, SocketId socket, qsizetype length)
    {
        int granted = 0;
        while (
            granted < 1000
            && subscribe(f, socket, QString::number(granted).leftJustified(length, u'n'))[u"ok"_s].toBool())
            ++granted;
        return granted;
    }
    static SocketId connectFrom(RoomsFixture &f, SocketId socket, const char *address,
                                const QJsonObject &auth)
    {
        ConnectRequest request{.nsp = "/", .auth = auth, .handshake = {}};
        request.handshake.address = QHostAddress(QLatin1String(address));
        f.hub.socketConnecting(socket, std::move(request));
        return socket;
    }

private Q_SLOTS:
    void subscriptionsAreBoundedInBytes()
    {
        RoomsFixture f(config());
        const SocketId ann = f.joined(u"ann"_s, u"open"_s);
        const qint64 before = f.memory.counters().used;
        const int long256 = fill(f, ann, 256);
        QVERIFY(long256 > 10);
        QVERIFY(long256 < 30);
        QVERIFY(f.memory.counters().used <= before + 16 * KiB);
        const QJsonObject refused = subscribe(f, ann, QString(256, u'm'));
        QCOMPARE(code(refused), u"LIMIT_REACHED"_s);
        QVERIFY2(message(refused).contains(u"memory.perUser"), qPrintable(message(refused)));
        QVERIFY(subscribe(f, ann, u"0"_s.leftJustified(256, u'n'))[u"ok"_s].toBool()); // It has that one.

        // Another user has a share of his own.
        const SocketId bob = f.joined(u"bob"_s, u"open"_s);
        QVERIFY(subscribe(f, bob, QString(256, u'm'))[u"ok"_s].toBool());

        f.ask(ann, names::unsubscribe,
              QJsonObject{{u"roomId"_s, u"open"_s}, {u"eventName"_s, u"0"_s.leftJustified(256, u'n')}});
        QVERIFY(subscribe(f, ann, QString(256, u'm'))[u"ok"_s].toBool());
    }

    void allConnectionsOfAUserShare()
    {
        RoomsFixture f(config(), {.authenticate = [](const ConnectRequest &request) -> Result<Identity> {
                           return Identity{.userId = request.auth[u"userId"_s].toString()};
                       }});
        const SocketId tab = f.joined(u"ann"_s, u"open"_s);
        const SocketId other = f.joined(u"ann"_s, u"open"_s);
        fill(f, tab, 100);
        QCOMPARE(code(subscribe(f, other, QString(200, u'm'))), u"LIMIT_REACHED"_s);
        QCOMPARE(code(f.ask(other, names::join,
                            QJsonObject{{u"roomId"_s, u"chat"_s},
                                        {u"subscriptions"_s, QJsonArray{u"message"_s, u"typing"_s}}})),
                 u"LIMIT_REACHED"_s);
        QCOMPARE(f.rooms.find(u"chat"_s)->size(), 0);
        QVERIFY(f.client(tab)->leave(u"open"_s));
        QVERIFY(subscribe(f, other, QString(200, u'm'))[u"ok"_s].toBool());
    }

    void aClaimedNameIsNoKeyToTheShareOfAnother()
    {
        RoomsFixture f(config());
        const SocketId thief = connectFrom(f, 101, "10.0.0.1", {{u"userId"_s, u"ann"_s}});
        const SocketId ann = connectFrom(f, 102, "10.0.0.2", {{u"userId"_s, u"ann"_s}});
        for (const SocketId socket : {thief, ann})
            QVERIFY(f.client(socket)->join(u"open"_s).result());
        fill(f, thief, 256);
        QVERIFY(subscribe(f, ann, QString(256, u'm'))[u"ok"_s].toBool());
    }

    void whoIsGoneIsCountedNoMore()
    {
        RoomsFixture f(config());
        const qint64 before = f.memory.counters().used;
        const SocketId ann = f.joined(u"ann"_s, u"open"_s);
        fill(f, ann, 100);
        QVERIFY(f.memory.counters().used > before + 10 * KiB);
        f.hub.socketDisconnected(ann, DisconnectReason::TransportClosed);
        QCOMPARE(f.memory.counters().used, before);
        QVERIFY(f.rooms.remove(u"open"_s));
        QCOMPARE(f.memory.counters().used, before);
    }

    void aDeletedRoomGivesItsSubscriptionsBack()
    {
        RoomsFixture f(config());
        const SocketId ann = f.joined(u"ann"_s, u"open"_s);
        const qint64 before = f.memory.counters().used;
        fill(f, ann, 100);
        QVERIFY(f.rooms.remove(u"open"_s));
        QCOMPARE(f.memory.counters().used, before);
        f.hub.socketDisconnected(ann, DisconnectReason::TransportClosed);
    }

    void whatAClientSaysOfItselfIsKeptAsTextAndCounted()
    {
        // Where nobody vouches for users it would be their meta besides.
        RoomsFixture f(config(), {.authenticate = [](const ConnectRequest &request) -> Result<Identity> {
                           return Identity{.userId = request.auth[u"userId"_s].toString()};
                       }});
        const qint64 before = f.memory.counters().used;
        const QJsonObject auth{{u"userId"_s, u"ann"_s},
                               {u"list"_s, QJsonArray::fromStringList(QStringList(1200, u"x"_s))}};
        connectFrom(f, 101, "10.0.0.1", auth);
        QCOMPARE(f.client(101)->handshakeAuth(), auth);
        QVERIFY(f.memory.counters().used - before > 4800); // "x", 1,200 times
        QVERIFY(f.memory.counters().used - before < 5800);
        connectFrom(f, 102, "10.0.0.1", auth);
        connectFrom(f, 103, "10.0.0.1", auth);
        QVERIFY(f.client(103));
        connectFrom(f, 104, "10.0.0.1", auth);
        QVERIFY(!f.client(104));
        QCOMPARE(f.gateway.refused.value(104).second[u"code"_s].toString(), u"LIMIT_REACHED"_s);
        QVERIFY(f.gateway.refused.value(104).first.contains(u"memory.perUser"));
        f.hub.socketDisconnected(103, DisconnectReason::TransportClosed);
        connectFrom(f, 105, "10.0.0.1", auth);
        QVERIFY(f.client(105));
    }

    void metaCountsAsTheTreeThatItIs()
    {
        RoomsFixture f(config());
        const SocketId ann = f.joined(u"ann"_s, u"open"_s);
        const qint64 before = f.memory.counters().used;
        QJsonArray zeros;
        for (int i = 0; i < 1000; ++i)
            zeros.append(0);
        f.client(ann)->setMeta({{u"x"_s, zeros}});
        QVERIFY(f.memory.counters().used - before > 16'000);
        f.client(ann)->setMeta({});
        QCOMPARE(f.memory.counters().used, before);
    }

    void roomsGiveWayForUsers()
    {
        ServerConfig small = config(1000 * KiB);
        small.memory.total = 100 * KiB;
        RoomsFixture f(small);
        const SocketId ann = f.joined(u"ann"_s, u"open"_s);
        while (f.memory.counters().used < 95 * KiB)
            QVERIFY(f.rooms.find(u"open"_s)->trigger(u"e"_s, QString(KiB, u'x')).result());
        QVERIFY(fill(f, ann, 256) > 30);
        QVERIFY(!f.memory.isOverdrawn() || f.memory.counters().rooms > 0);
        QCoreApplication::processEvents();
        QVERIFY(!f.memory.isOverdrawn());
        QVERIFY(f.memory.counters().eventsGivenUp > 0);
        const QJsonObject refused = subscribe(f, ann, QString(255, u'm'));
        QCOMPARE(code(refused), u"LIMIT_REACHED"_s);
        QVERIFY2(message(refused).contains(u"memory.total"), qPrintable(message(refused)));
    }

    void theMetaOfAnEventIsBounded()
    {
        ServerConfig config{.rooms = {chatRoom()}};
        config.limits.eventMetaSize = 20;
        RoomsFixture f(config);
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const auto say = [&](const QByteArray &meta) {
            return f.ask(ann, names::trigger,
                         R"({"roomId":"chat","event":"message","data":{"text":"hi"},"meta":)" + meta + '}');
        };
        QVERIFY(say(R"({"x":"12345678901"})")[u"ok"_s].toBool()); // 19 bytes
        QVERIFY(say(R"({"x":"123456789012"})")[u"ok"_s].toBool());
        const QJsonObject refused = say(R"({"x":"1234567890123"})");
        QCOMPARE(code(refused), u"PAYLOAD_TOO_LARGE"_s);
        QCOMPARE(refused[u"error"_s][u"path"_s].toString(), u"meta"_s);
        QVERIFY(message(refused).contains(u"limits.eventMetaSize"));
        // However it comes.
        QCOMPARE(code(say(R"({"x":"1234567890123"},"unknown":1,"id":null)")), u"PAYLOAD_TOO_LARGE"_s);
    }
};

DIALOGUE_TEST(TestUserMemory, QCoreApplication)
#include "tst_usermemory.moc"
