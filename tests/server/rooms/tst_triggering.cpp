#include "roomsfixture.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
namespace names = dialogue::protocol::names;

/** Whom a trigger reaches, and with what. */
class TestTriggering : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reachesEverySubscriberTheSenderIncluded()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const SocketId bob = f.joined(u"bob"_s, u"chat"_s);
        const SocketId stranger = f.connectAs(u"stranger"_s);
        f.take(stranger);
        const QJsonObject ack = f.ask(ann, names::trigger, trigger(u"message"_s, textData(u"hi"_s)));
        QVERIFY(ack[u"ok"_s].toBool());
        QCOMPARE(ack[u"offset"_s].toInt(), 1);
        QCOMPARE(f.takeNames(ann), (QStringList{u"dialogue:event"_s, u"ack"_s}));
        QVERIFY(f.take(stranger).isEmpty());

        const auto received = f.take(bob);
        QCOMPARE(received.size(), 1);
        const QJsonObject message = received[0].payload.toObject();
        QCOMPARE(message[u"event"_s].toString(), u"message"_s);
        QCOMPARE(message[u"roomId"_s].toString(), u"chat"_s);
        QCOMPARE(message[u"data"_s].toObject(), textData(u"hi"_s));
        QCOMPARE(message[u"from"_s].toString(), u"ann"_s);
        QCOMPARE(message[u"offset"_s].toInt(), 1);
        QVERIFY(message[u"timestamp"_s].toInteger() > 0);
    }

    void passesTheDataOnAsTheTextItCameAs()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const SocketId bob = f.joined(u"bob"_s, u"chat"_s);
        const QByteArray data = R"({ "text" : "h\u00e9y", "precise":0.10000000000000000001 })";
        const auto ack
            = f.ask(ann, names::trigger, R"({"roomId":"chat","event":"message","data":)" + data + '}');
        QVERIFY(ack[u"ok"_s].toBool());
        QVERIFY(f.gateway.sent.value(bob).constLast()->bytes().contains(R"("data":)" + data));
        f.ask(
            ann, names::trigger,
            QByteArray(R"({"roomId":"chat","event":"message","data":{"text":"far too long","text":"ok"}})"));
        QVERIFY(f.gateway.sent.value(bob).constLast()->bytes().contains(R"("data":{"text":"ok"})"));
    }

    void doesNotReachWhoDidNotAskForIt()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const SocketId bob = f.joined(u"bob"_s, u"chat"_s);
        f.ask(bob, names::subscribe, QJsonObject{{u"roomId"_s, u"chat"_s}, {u"eventName"_s, u"typing"_s}});
        f.take(bob);
        f.ask(ann, names::trigger, trigger(u"typing"_s, QJsonValue::Null));
        QCOMPARE(f.takeNames(ann), QStringList{u"ack"_s});
        QCOMPARE(f.takeNames(bob), QStringList{u"dialogue:event"_s});
        f.ask(bob, names::unsubscribe, QJsonObject{{u"roomId"_s, u"chat"_s}, {u"eventName"_s, u"typing"_s}});
        f.take(bob);
        f.ask(ann, names::trigger, trigger(u"typing"_s, QJsonValue::Null));
        QVERIFY(f.take(bob).isEmpty());
    }

    void carriesMetaAndIdAlong()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        QJsonObject payload = trigger(u"message"_s, textData(u"hi"_s));
        payload[u"meta"_s] = QJsonObject{{u"colour"_s, u"red"_s}};
        payload[u"id"_s] = u"m-1"_s;
        QCOMPARE(f.ask(ann, names::trigger, payload)[u"id"_s].toString(), u"m-1"_s);
        const QJsonObject message = f.take(ann)[0].payload.toObject();
        QCOMPARE(message[u"meta"_s].toObject()[u"colour"_s].toString(), u"red"_s);
        QCOMPARE(message[u"id"_s].toString(), u"m-1"_s);
    }

    void carriesBinaryAttachments()
    {
        RoomConfig open{.id = u"open"_s, .name = u"Open"_s, .defaultSubscriptions = {u"*"_s}};
        RoomsFixture f({.rooms = {open}});
        const SocketId ann = f.joined(u"ann"_s, u"open"_s);
        const QByteArray picture("\x00\xff\x7f", 3);
        const QJsonObject data{{u"picture"_s, socketio::placeholder(0)}};
        QVERIFY(
            f.ask(ann, names::trigger, trigger(u"image"_s, data, u"open"_s), {picture})[u"ok"_s].toBool());
        const auto received = f.take(ann);
        QCOMPARE(received[0].name, u"dialogue:event"_s);
        QCOMPARE(received[0].attachments, QList<QByteArray>{picture});
    }

    void givesOneOrderToAll()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const SocketId bob = f.joined(u"bob"_s, u"chat"_s);
        for (int i = 0; i < 10; ++i)
            f.ask(i % 2 ? ann : bob, names::trigger, trigger(u"message"_s, textData(QString::number(i))));
        for (const SocketId socket : {ann, bob}) {
            int expected = 0;
            for (const Received &received : f.take(socket)) {
                if (received.name == u"dialogue:event")
                    QCOMPARE(received.payload[u"offset"_s].toInt(), ++expected);
            }
            QCOMPARE(expected, 10);
        }
    }

    void sparesTheExceptedParticipants()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const SocketId bob = f.joined(u"bob"_s, u"chat"_s);
        QVERIFY(f.rooms.find(u"chat"_s)
                    ->trigger(u"message"_s, textData(u"hi"_s), {.except = {f.client(ann)}})
                    .result());
        QVERIFY(f.take(ann).isEmpty());
        const auto received = f.take(bob);
        QCOMPARE(received.size(), 1);
        QCOMPARE(received[0].payload[u"from"_s].toString(), u"system"_s);
    }

    void encodesOncePerEvent()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const SocketId bob = f.joined(u"bob"_s, u"chat"_s);
        QVERIFY(f.rooms.find(u"chat"_s)->trigger(u"message"_s, textData(u"hi"_s)).result());
        QCOMPARE(f.gateway.sent[ann][0].get(), f.gateway.sent[bob][0].get());
    }

    void tellsHandlersAndSignalsInOrder()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        Room *const room = f.rooms.find(u"chat"_s);
        QStringList told;
        connect(room, &Room::eventTriggered, room, [&] { told.append(u"triggered"_s); });
        connect(room, &Room::eventCompleted, room, [&] { told.append(u"completed"_s); });
        room->on(u"*"_s, this, [&](const EventMessage &) { told.append(u"any"_s); });
        room->on(u"message"_s, this, [&](const EventMessage &) { told.append(u"message"_s); });
        room->on(u"typing"_s, this, [&](const EventMessage &) { told.append(u"typing"_s); });
        QVERIFY(room->trigger(u"message"_s, textData(u"hi"_s)).result());
        QCOMPARE(told, (QStringList{u"triggered"_s, u"message"_s, u"any"_s, u"completed"_s}));
    }

    void saysHowManySubscribersItWentTo()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        Room *const room = f.rooms.find(u"chat"_s);
        QList<int> subscribers;
        connect(room, &Room::eventCompleted, this,
                [&](const EventMessage &, int count) { subscribers.append(count); });
        const auto say = [&](const TriggerOptions &options = {}) {
            QVERIFY(room->trigger(u"message"_s, textData(u"hi"_s), options).result());
        };
        say();
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const SocketId bob = f.joined(u"bob"_s, u"chat"_s);
        const SocketId deaf = f.joined(u"deaf"_s, u"chat"_s);
        say();
        QVERIFY(f.client(bob)->subscribeAll(u"chat"_s)); // Besides the event, but it gets each once.
        QVERIFY(f.client(deaf)->unsubscribe(u"chat"_s, u"message"_s));
        say();
        say({.except = {f.client(ann), f.client(ann), f.client(deaf)}});
        QVERIFY(room->trigger(u"typing"_s, 1).result());
        QCOMPARE(subscribers, (QList<int>{0, 3, 2, 1, 1}));
    }

    void stopsCallingAHandlerWhoseContextIsGone()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        Room *const room = f.rooms.find(u"chat"_s);
        int calls = 0;
        auto context = std::make_unique<QObject>();
        room->on(u"message"_s, context.get(), [&](const EventMessage &) { ++calls; });
        QVERIFY(room->trigger(u"message"_s, textData(u"hi"_s)).result());
        context.reset();
        QVERIFY(room->trigger(u"message"_s, textData(u"hi"_s)).result());
        QCOMPARE(calls, 1);
    }

    void marksTheEventsOfARoomThatMayBeDropped()
    {
        RoomConfig lossy = chatRoom();
        lossy.slowReader = SlowReaderPolicy::KeepLatest;
        lossy.latestKey = u"text"_s;
        RoomConfig other = chatRoom();
        other.id = u"other"_s;
        RoomsFixture f({.rooms = {lossy, other}});
        const SocketId ann = f.connectAs(u"ann"_s);
        for (const QString &room : {u"chat"_s, u"other"_s}) {
            QVERIFY(f.client(ann)->join(room).result());
            f.take(ann);
            for (int i = 0; i < 2; ++i)
                QVERIFY(f.rooms.find(room)->trigger(u"message"_s, textData(QString::number(i))).result());
            const QList<FramePtr> frames = f.gateway.sent.value(ann);
            QCOMPARE(frames.size(), 2);
            QCOMPARE(frames[0]->isDroppable(), room == u"chat");
            QCOMPARE(frames[0]->stream, frames[1]->stream);
            QCOMPARE(frames[0]->offset, quint64(1));
            QCOMPARE(frames[1]->offset, quint64(2));
            QCOMPARE(frames[0]->key() == frames[1]->key(), room != u"chat");
        }
    }
};

DIALOGUE_TEST(TestTriggering, QCoreApplication)
#include "tst_triggering.moc"
