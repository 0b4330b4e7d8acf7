#include "roomsfixture.h"

#include <QSignalSpy>
#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
namespace names = dialogue::protocol::names;

class TestTriggering : public QObject
{
    Q_OBJECT

    static QJsonObject trigger(const QString &event, const QJsonValue &data, const QString &room = u"chat"_s)
    {
        return {{u"roomId"_s, room}, {u"event"_s, event}, {u"data"_s, data}};
    }
    static QJsonObject error(const QJsonObject &ack) { return ack[u"error"_s].toObject(); }

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

    void refusesBadTextWithTheSameWordsAsAValue()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        for (const char *payload :
             {R"({"roomId":"chat","event":"message","data":{"text":""}})",
              R"({"roomId":1,"event":"message"})", R"({"roomId":"chat"})", R"(["chat"])",
              R"({"roomId":"chat","event":"dance","data":{}})",
              R"({"roomId":"chat","event":"message","data":{"_placeholder":true,"num":0}})",
              R"({"roomId":"chat","event":"typing","meta":{"x":{"_placeholder":true,"num":0}}})"}) {
            const QJsonObject fromText = error(f.ask(ann, names::trigger, QByteArray(payload)));
            const QJsonObject fromValue
                = error(f.ask(ann, names::trigger, JsonData::fromText(payload).value()));
            QVERIFY2(!fromText[u"code"_s].toString().isEmpty(), payload);
            QCOMPARE(fromText, fromValue);
        }
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

    void refusesWhatMayNotPass_data()
    {
        QTest::addColumn<QJsonObject>("payload");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("path");
        QTest::newRow("no such room")
            << trigger(u"message"_s, textData(u"hi"_s), u"nowhere"_s) << u"ROOM_NOT_FOUND"_s << QString();
        QTest::newRow("not in the room")
            << trigger(u"message"_s, textData(u"hi"_s), u"other"_s) << u"NOT_IN_ROOM"_s << QString();
        QTest::newRow("not carried") << trigger(u"dance"_s, textData(u"hi"_s)) << u"EVENT_NOT_ALLOWED"_s
                                     << QString();
        QTest::newRow("too short") << trigger(u"message"_s, textData({})) << u"VALIDATION_FAILED"_s
                                   << u"data.text"_s;
        QTest::newRow("too long") << trigger(u"message"_s, textData(u"more than ten"_s))
                                  << u"VALIDATION_FAILED"_s << u"data.text"_s;
        QTest::newRow("missing") << trigger(u"message"_s, QJsonObject{}) << u"VALIDATION_FAILED"_s
                                 << u"data.text"_s;
        QTest::newRow("no event") << QJsonObject{{u"roomId"_s, u"chat"_s}} << u"INVALID_REQUEST"_s
                                  << u"event"_s;
        QTest::newRow("no room") << QJsonObject{{u"event"_s, u"message"_s}} << u"INVALID_REQUEST"_s
                                 << u"roomId"_s;
        QTest::newRow("wrong type") << QJsonObject{{u"roomId"_s, 3}, {u"event"_s, u"message"_s}}
                                    << u"INVALID_REQUEST"_s << u"roomId"_s;
    }
    void refusesWhatMayNotPass()
    {
        QFETCH(QJsonObject, payload);
        QFETCH(QString, path);
        RoomConfig other = chatRoom();
        other.id = u"other"_s;
        RoomsFixture f({.rooms = {chatRoom(), other}});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const QJsonObject ack = f.ask(ann, names::trigger, payload);
        QVERIFY(!ack[u"ok"_s].toBool());
        QTEST(error(ack)[u"code"_s].toString(), "code");
        QCOMPARE(error(ack)[u"path"_s].toString(), path);
        QVERIFY(error(ack)[u"message"_s].toString().startsWith(path.isEmpty() ? QString() : path + u": "_s));
        QVERIFY(error(ack)[u"message"_s].toString().size() > 10);
        QCOMPARE(f.takeNames(ann), (QStringList{u"dialogue:error"_s, u"ack"_s}));
        QCOMPARE(f.rooms.find(u"chat"_s)->offset(), 0);
    }

    void toleratesAnyPayload_data()
    {
        QTest::addColumn<QString>("name");
        for (const auto name :
             {names::join, names::leave, names::subscribe, names::unsubscribe, names::subscribeAll,
              names::trigger, names::getHistory, names::createRoom, names::deleteRoom})
            QTest::newRow(name.data()) << QString(name);
        QTest::newRow("unknown") << u"dialogue:nothing"_s;
    }
    void toleratesAnyPayload()
    {
        QFETCH(QString, name);
        RoomsFixture f({.rooms = {chatRoom()}});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        for (const QJsonValue &payload :
             {QJsonValue(), QJsonValue(QJsonValue::Undefined), QJsonValue(1), QJsonValue(u"x"_s),
              QJsonValue(QJsonArray{1, 2}), QJsonValue(QJsonObject{{u"roomId"_s, QJsonArray{}}})}) {
            const QJsonObject ack = f.ask(ann, QLatin1String(name.toLatin1()), payload);
            QCOMPARE(error(ack)[u"code"_s].toString(), u"INVALID_REQUEST"_s);
        }
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

    void appliesOnceWhatIsSentAgainUnderTheSameId()
    {
        // Whatever the room itself still keeps of it.
        RoomsFixture f({.rooms = {chatRoom()}, .history = {.recoveryEvents = 0}});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        QJsonObject payload = trigger(u"message"_s, textData(u"hi"_s));
        payload[u"id"_s] = u"m-1"_s;
        const QJsonObject first = f.ask(ann, names::trigger, payload);
        QCOMPARE(f.takeNames(ann), QStringList({u"dialogue:event"_s, u"ack"_s}));
        QCOMPARE(f.ask(ann, names::trigger, payload), first);
        QCOMPARE(f.takeNames(ann), QStringList({u"ack"_s}));

        const SocketId ben = f.joined(u"ben"_s, u"chat"_s);
        QVERIFY2(f.ask(ben, names::trigger, payload)[u"offset"_s] != first[u"offset"_s],
                 "an id is its sender's own");
    }

    void remembersNoIdOfARoomThatWasDeleted()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        QJsonObject payload = trigger(u"message"_s, textData(u"hi"_s));
        payload[u"id"_s] = u"m-1"_s;
        f.ask(f.joined(u"ann"_s, u"chat"_s), names::trigger, payload);
        QVERIFY(f.rooms.remove(u"chat"_s));
        QVERIFY(f.rooms.create(chatRoom()));
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        f.ask(ann, names::trigger, payload);
        QCOMPARE(f.takeNames(ann), QStringList({u"dialogue:event"_s, u"ack"_s}));
    }

    void refusesAnEventTooLargeToDeliver()
    {
        ServerConfig config{.rooms
                            = {{.id = u"open"_s, .name = u"Open"_s, .defaultSubscriptions = {u"*"_s}}}};
        config.engine.maxPayload = 1000;
        RoomsFixture f(config);
        const SocketId ann = f.joined(u"ann"_s, u"open"_s);
        const SocketId bob = f.joined(u"bob"_s, u"open"_s);
        // Each message is within the limit, but not all that stands in one event.
        const QJsonObject ack = f.ask(ann, names::trigger, trigger(u"image"_s, QJsonValue::Null, u"open"_s),
                                      {QByteArray(600, 'x'), QByteArray(600, 'x')});
        QCOMPARE(error(ack)[u"code"_s].toString(), u"PAYLOAD_TOO_LARGE"_s);
        QVERIFY(f.take(bob).isEmpty());
        QCOMPARE(f.rooms.find(u"open"_s)->offset(), 0);
        QVERIFY(f.ask(ann, names::trigger, trigger(u"image"_s, QJsonValue::Null, u"open"_s),
                      {QByteArray(600, 'x')})[u"ok"_s]
                    .toBool());
    }

    void refusesAPlaceholderWithoutItsAttachment()
    {
        RoomsFixture f({.rooms = {{.id = u"open"_s, .name = u"Open"_s}}});
        const SocketId ann = f.joined(u"ann"_s, u"open"_s);
        const QJsonObject ack = f.ask(ann, names::trigger,
                                      trigger(u"image"_s, QJsonArray{socketio::placeholder(0)}, u"open"_s));
        QCOMPARE(error(ack)[u"code"_s].toString(), u"INVALID_REQUEST"_s);
        QCOMPARE(error(ack)[u"path"_s].toString(), u"data"_s);
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
        QVERIFY(
            f.rooms.find(u"chat"_s)->trigger(u"message"_s, textData(u"hi"_s), {.except = {f.client(ann)}}));
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
        QVERIFY(f.rooms.find(u"chat"_s)->trigger(u"message"_s, textData(u"hi"_s)));
        QCOMPARE(f.gateway.sent[ann][0].get(), f.gateway.sent[bob][0].get());
    }

    void tellsHandlersAndSignalsInOrder()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        Room *const room = f.rooms.find(u"chat"_s);
        QStringList told;
        connect(room, &Room::eventTriggered, room, [&] { told.append(u"triggered"_s); });
        connect(room, &Room::eventCompleted, room, [&] { told.append(u"completed"_s); });
        room->on(u"message"_s, this, [&](const EventMessage &) { told.append(u"message"_s); });
        room->on(u"typing"_s, this, [&](const EventMessage &) { told.append(u"typing"_s); });
        room->on(u"*"_s, this, [&](const EventMessage &) { told.append(u"any"_s); });
        QVERIFY(room->trigger(u"message"_s, textData(u"hi"_s)));
        QCOMPARE(told, (QStringList{u"triggered"_s, u"message"_s, u"any"_s, u"completed"_s}));
    }

    void stopsCallingAHandlerWhoseContextIsGone()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        Room *const room = f.rooms.find(u"chat"_s);
        int calls = 0;
        auto context = std::make_unique<QObject>();
        room->on(u"message"_s, context.get(), [&](const EventMessage &) { ++calls; });
        QVERIFY(room->trigger(u"message"_s, textData(u"hi"_s)));
        context.reset();
        QVERIFY(room->trigger(u"message"_s, textData(u"hi"_s)));
        QCOMPARE(calls, 1);
    }
};

QTEST_GUILESS_MAIN(TestTriggering)
#include "tst_triggering.moc"
