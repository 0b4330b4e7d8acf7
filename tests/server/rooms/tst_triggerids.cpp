#include "roomsfixture.h"
#include "testclasses.h"

#include <QDateTime>
#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
namespace names = dialogue::protocol::names;

/** Triggers that are sent again under the same id. */
class TestTriggerIds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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

    void anotherEventUnderTheSameIdIsAnotherEvent()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        QJsonObject message = trigger(u"message"_s, textData(u"hi"_s));
        message[u"id"_s] = u"m-1"_s;
        QJsonObject typing = trigger(u"typing"_s, QJsonValue());
        typing[u"id"_s] = u"m-1"_s;
        const QJsonObject first = f.ask(ann, names::trigger, message);
        const QJsonObject second = f.ask(ann, names::trigger, typing);
        QVERIFY(second[u"ok"_s].toBool());
        QVERIFY(second[u"offset"_s] != first[u"offset"_s]);
    }

    void whatIsSentAgainHasTheTimeItHad()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        QJsonObject payload = trigger(u"message"_s, textData(u"hi"_s));
        payload[u"id"_s] = u"m-1"_s;
        const QJsonObject first = f.ask(ann, names::trigger, payload);
        QTRY_VERIFY(QDateTime::currentMSecsSinceEpoch() > first[u"timestamp"_s].toInteger());
        QCOMPARE(f.ask(ann, names::trigger, payload)[u"timestamp"_s], first[u"timestamp"_s]);
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
};

DIALOGUE_TEST(TestTriggerIds, QCoreApplication)
#include "tst_triggerids.moc"
