#include "roomsfixture.h"
#include "testclasses.h"

#include <QSignalSpy>
#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
namespace names = dialogue::protocol::names;

/** Events for the moment only. */
class TestEphemeral : public QObject
{
    Q_OBJECT

    static RoomConfig room()
    {
        RoomConfig room = chatRoom();
        room.events[1] = defineEvent(u"typing"_s, {}, ephemeral);
        room.defaultSubscriptions = {u"*"_s};
        return room;
    }
    static QJsonObject typing()
    {
        QJsonObject payload = trigger(u"typing"_s, QJsonValue::Null);
        payload[u"id"_s] = u"t-1"_s;
        return payload;
    }

private Q_SLOTS:
    void moveNobodysPosition()
    {
        RoomsFixture f({.rooms = {room()}});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const SocketId bob = f.joined(u"bob"_s, u"chat"_s);
        f.ask(ann, names::trigger, trigger(u"message"_s, textData(u"1"_s)));
        const QJsonObject ack = f.ask(ann, names::trigger, typing());
        f.ask(ann, names::trigger, trigger(u"message"_s, textData(u"2"_s)));

        QVERIFY(ack[u"ok"_s].toBool());
        QVERIFY(!ack.contains(u"offset"_s));
        QCOMPARE(ack[u"id"_s].toString(), u"t-1"_s);
        QVERIFY(ack[u"timestamp"_s].toInteger() > 0);
        const QList<Received> received = f.take(bob); // In the order its sender sent them.
        QCOMPARE(received.size(), 3);
        QCOMPARE(received[0].payload[u"offset"_s].toInt(), 1);
        QCOMPARE(received[1].payload[u"event"_s].toString(), u"typing"_s);
        QVERIFY(!received[1].payload.toObject().contains(u"offset"_s));
        QCOMPARE(received[2].payload[u"offset"_s].toInt(), 2);
        QCOMPARE(f.rooms.find(u"chat"_s)->offset(), 2U);
    }

    void leaveNothingBehind()
    {
        ServerConfig config{.rooms = {room()}};
        config.history.recoveryEvents = 3;
        RoomsFixture f(config);
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        Room *const chat = f.rooms.find(u"chat"_s);
        QSignalSpy evicted(chat, &Room::eventsEvicted);
        f.ask(ann, names::trigger, trigger(u"message"_s, textData(u"1"_s)));
        for (int i = 0; i < 40; ++i)
            f.ask(ann, names::trigger, typing());
        QCOMPARE(f.sentTriggers.size(), 0);
        QCOMPARE(chat->history().result()->size(), 1);
        QCOMPARE(chat->history(u"typing"_s).result()->size(), 0);
        QCOMPARE(evicted.size(), 0);

        const SocketId back = f.connectAs(u"bob"_s);
        f.take(back);
        f.ask(back, names::join,
              QJsonObject{{u"roomId"_s, u"chat"_s},
                          {u"since"_s,
                           QJsonObject{{u"epoch"_s, QString::fromLatin1(chat->epoch())}, {u"offset"_s, 0}}}});
        const QList<Received> received = f.take(back);
        QVERIFY(received[0].payload[u"recovered"_s].toBool());
        QCOMPARE(received[0].payload[u"offset"_s].toInt(), 1);
        QCOMPARE(received[1].payload[u"event"_s].toString(), u"message"_s);
        QCOMPARE(received.size(), 3); // And the ack.
    }

    void areToldToHandlersAsAnyOther()
    {
        RoomsFixture f({.rooms = {room()}});
        Room *const chat = f.rooms.find(u"chat"_s);
        QSignalSpy triggered(chat, &Room::eventTriggered);
        QList<quint64> handled;
        chat->on(u"typing"_s, chat, [&handled](const EventMessage &m) { handled.append(m.offset); });
        const Result<EventMessage> message = chat->trigger(u"typing"_s, QJsonValue::Null).result();
        QVERIFY(message);
        QCOMPARE(message->offset, 0U);
        QCOMPARE(handled, QList<quint64>{0});
        QCOMPARE(triggered.size(), 1);
    }
};

DIALOGUE_TEST(TestEphemeral, QCoreApplication)
#include "tst_ephemeral.moc"
