#include "roomsfixture.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
namespace names = dialogue::protocol::names;

class TestRecovery : public QObject
{
    Q_OBJECT

    static QJsonObject since(const Room &room, quint64 offset)
    {
        return {{u"epoch"_s, QString::fromLatin1(room.epoch())}, {u"offset"_s, static_cast<qint64>(offset)}};
    }
    static QList<int> offsets(const QList<Received> &received)
    {
        QList<int> offsets;
        for (const Received &one : received) {
            if (one.name == u"dialogue:event")
                offsets.append(one.payload[u"offset"_s].toInt());
        }
        return offsets;
    }

private Q_SLOTS:
    void sendsExactlyWhatWasMissedInOrder()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        Room &room = *f.rooms.find(u"chat"_s);
        for (int i = 1; i <= 8; ++i)
            QVERIFY(room.trigger(i % 4 ? u"message"_s : u"typing"_s,
                                 i % 4 ? textData(QString::number(i)) : QJsonObject())
                        .result());
        const SocketId ann = f.connectAs(u"ann"_s);
        f.take(ann);
        f.ask(ann, names::join, QJsonObject{{u"roomId"_s, u"chat"_s}, {u"since"_s, since(room, 2)}});
        const auto received = f.take(ann);
        QCOMPARE(received[0].name, u"dialogue:joined"_s);
        QVERIFY(received[0].payload[u"recovered"_s].toBool());
        QCOMPARE(offsets(received), (QList<int>{3, 5, 6, 7})); // 4 and 8 were "typing", which it does not get
        QVERIFY(room.trigger(u"message"_s, textData(u"live"_s)).result());
        QCOMPARE(offsets(f.take(ann)), QList<int>{9});
    }

    void sendsWhatWasMissedOfTheSubscriptionsItCameBackWith()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        Room &room = *f.rooms.find(u"chat"_s);
        QVERIFY(room.trigger(u"message"_s, textData(u"1"_s)).result());
        QVERIFY(room.trigger(u"typing"_s, QJsonValue::Null).result());
        const SocketId ann = f.connectAs(u"ann"_s);
        f.take(ann);
        f.ask(ann, names::join,
              QJsonObject{{u"roomId"_s, u"chat"_s},
                          {u"since"_s, since(room, 0)},
                          {u"subscriptions"_s, QJsonArray{u"typing"_s}}});
        QCOMPARE(offsets(f.take(ann)), QList<int>{2});
        QCOMPARE(f.client(ann)->subscriptions(u"chat"_s), QStringList{u"typing"_s});
    }

    void refusesToComeBackWithASubscriptionTheRoomDoesNotCarry()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        const SocketId ann = f.connectAs(u"ann"_s);
        const QJsonObject ack
            = f.ask(ann, names::join,
                    QJsonObject{{u"roomId"_s, u"chat"_s}, {u"subscriptions"_s, QJsonArray{u"dance"_s}}});
        QCOMPARE(ack[u"error"_s][u"code"_s].toString(), u"EVENT_NOT_ALLOWED"_s);
        QCOMPARE(f.rooms.find(u"chat"_s)->size(), 0);
    }

    void saysSoWhenItCannot_data()
    {
        QTest::addColumn<bool>("sameEpoch");
        QTest::addColumn<int>("offset");
        QTest::newRow("another log") << false << 9;
        QTest::newRow("too long ago") << true << 1;
        QTest::newRow("from the future") << true << 11;
    }
    void saysSoWhenItCannot()
    {
        QFETCH(bool, sameEpoch);
        QFETCH(int, offset);
        ServerConfig config{.rooms = {chatRoom()}};
        config.rooms[0].syncHistoryOnJoin = -1;
        config.history.recoveryEvents = 5;
        RoomsFixture f(config);
        Room &room = *f.rooms.find(u"chat"_s);
        for (int i = 1; i <= 10; ++i)
            QVERIFY(room.trigger(u"message"_s, textData(QString::number(i))).result());
        QJsonObject position = since(room, static_cast<quint64>(offset));
        if (!sameEpoch)
            position[u"epoch"_s] = u"elsewhere"_s;
        const SocketId ann = f.connectAs(u"ann"_s);
        f.take(ann);
        f.ask(ann, names::join, QJsonObject{{u"roomId"_s, u"chat"_s}, {u"since"_s, position}});
        const auto received = f.take(ann);
        QVERIFY(received[0].payload.toObject().contains(u"recovered"_s));
        QVERIFY(!received[0].payload[u"recovered"_s].toBool(true));
        QCOMPARE(received[1].name, u"dialogue:history"_s);
        QVERIFY(offsets(received).isEmpty());
    }

    void recoversNothingWhenNothingWasMissed()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        Room &room = *f.rooms.find(u"chat"_s);
        const SocketId ann = f.connectAs(u"ann"_s);
        f.take(ann);
        f.ask(ann, names::join, QJsonObject{{u"roomId"_s, u"chat"_s}, {u"since"_s, since(room, 0)}});
        const auto received = f.take(ann);
        QVERIFY(received[0].payload[u"recovered"_s].toBool());
        QVERIFY(offsets(received).isEmpty());
    }

    void sharesWhatWentOutWithAllWhoComeBack()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        const SocketId witness = f.joined(u"witness"_s, u"chat"_s);
        Room &room = *f.rooms.find(u"chat"_s);
        for (int i = 1; i <= 3; ++i)
            QVERIFY(room.trigger(u"message"_s, textData(QString::number(i))).result());
        const QList<FramePtr> sent = f.gateway.sent.take(witness);
        QCOMPARE(sent.size(), 3);
        for (int i = 0; i < 3; ++i) {
            const SocketId back = f.connectAs(u"ann"_s);
            f.ask(back, names::join, QJsonObject{{u"roomId"_s, u"chat"_s}, {u"since"_s, since(room, 0)}});
            for (const FramePtr &frame : sent)
                QCOMPARE(f.gateway.sent.value(back).count(frame), 1);
        }
    }

    void chatterTakesAwayNothingThatHistoryHolds()
    {
        ServerConfig config{.rooms = {chatRoom()}};
        config.history.recoveryEvents = 5;
        RoomsFixture f(config);
        Room &room = *f.rooms.find(u"chat"_s);
        QVERIFY(room.trigger(u"message"_s, textData(u"1"_s)).result());
        for (int i = 0; i < 40; ++i)
            QVERIFY(room.trigger(u"typing"_s, QJsonValue::Null).result());
        QVERIFY(room.trigger(u"message"_s, textData(u"2"_s)).result());

        const auto comeBack = [&](const QJsonArray &subscriptions) {
            const SocketId back = f.connectAs(u"ann"_s);
            f.take(back);
            f.ask(back, names::join,
                  QJsonObject{{u"roomId"_s, u"chat"_s},
                              {u"since"_s, since(room, 0)},
                              {u"subscriptions"_s, subscriptions}});
            return f.take(back);
        };
        const QList<Received> toMessages = comeBack({u"message"_s});
        QVERIFY(toMessages[0].payload[u"recovered"_s].toBool());
        QCOMPARE(offsets(toMessages), (QList<int>{1, 42}));
        for (const QJsonArray &wanted :
             {QJsonArray{u"message"_s, u"typing"_s}, QJsonArray{u"*"_s}, QJsonArray()}) {
            const QList<Received> received = comeBack(wanted);
            QVERIFY(!received[0].payload[u"recovered"_s].toBool(true));
            QCOMPARE(offsets(received), QList<int>());
        }
    }

    void givesUserCodeTheMessagesThatTheLogKeeps()
    {
        RoomConfig config = chatRoom();
        config.events.append(defineEvent(u"image"_s, {}, {.enabled = true, .limit = 1}));
        RoomsFixture f({.rooms = {config}});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        Room &room = *f.rooms.find(u"chat"_s);
        QList<EventMessage> evicted;
        QObject::connect(
            &room, &Room::eventsEvicted, &f.hub,
            [&evicted](const QString &, const QList<EventMessage> &events) { evicted += events; });
        const QJsonObject request{{u"roomId"_s, u"chat"_s},
                                  {u"event"_s, u"image"_s},
                                  {u"data"_s, QJsonObject{{u"of"_s, socketio::placeholder(0)}}},
                                  {u"meta"_s, QJsonObject{{u"\u00e9"_s, u"\"\n"_s}}},
                                  {u"id"_s, u"m-1"_s}};
        f.ask(ann, names::trigger, request, {QByteArray("\0\xff", 2)});
        const Result<QList<EventMessage>> history = room.history(u"image"_s).result();
        QVERIFY(room.trigger(u"image"_s, QJsonValue::Null).result());
        QVERIFY(history);
        for (const QList<EventMessage> &kept : {*history, evicted}) {
            QCOMPARE(kept.size(), 1);
            QCOMPARE(kept[0].event, u"image"_s);
            QCOMPARE(kept[0].roomId, u"chat"_s);
            QCOMPARE(kept[0].data, request[u"data"_s]);
            QCOMPARE(kept[0].from, u"ann"_s);
            QVERIFY(kept[0].timestamp > 1'700'000'000'000);
            QCOMPARE(kept[0].meta, request[u"meta"_s].toObject());
            QCOMPARE(kept[0].id, u"m-1"_s);
            QCOMPARE(kept[0].offset, 1U);
            QCOMPARE(kept[0].attachments, (QList<QByteArray>{QByteArray("\0\xff", 2)}));
        }
    }

    void packsBinaryHistoryWithEachPlaceholderInItsPlace()
    {
        RoomConfig room = chatRoom();
        room.events.append(defineEvent(u"image"_s, {}, {.enabled = true, .limit = 5}));
        room.syncHistoryOnJoin = -1;
        RoomsFixture f({.rooms = {room}});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        for (const QByteArray &bytes : {QByteArray("one"), QByteArray("two")}) {
            f.ask(ann, names::trigger,
                  QJsonObject{{u"roomId"_s, u"chat"_s},
                              {u"event"_s, u"image"_s},
                              {u"data"_s, socketio::placeholder(0)}},
                  {bytes});
        }
        const SocketId bob = f.connectAs(u"bob"_s);
        f.take(bob);
        f.ask(bob, names::join, QJsonObject{{u"roomId"_s, u"chat"_s}});
        const Received history = f.take(bob)[1];
        QCOMPARE(history.name, u"dialogue:history"_s);
        QCOMPARE(history.attachments, (QList<QByteArray>{"two", "one"}));
        QCOMPARE(history.payload[u"events"_s][0][u"data"_s], socketio::placeholder(0));
        QCOMPARE(history.payload[u"events"_s][1][u"data"_s], socketio::placeholder(1));
    }
};

DIALOGUE_TEST(TestRecovery, QCoreApplication)
#include "tst_recovery.moc"
