#include "latebroker.h"
#include "roomsfixture.h"
#include "testclasses.h"

#include <QSignalSpy>
#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
namespace names = dialogue::protocol::names;

namespace {

RoomConfig roomWithTyping()
{
    RoomConfig room = chatRoom();
    room.events[1].ephemeral = true;
    return room;
}

/** A chat over a broker that answers late, with two in it. */
class LateFixture : public RoomsFixture
{
public:
    explicit LateFixture(ServerConfig config = {.rooms = {roomWithTyping()}}, Hooks hooks = {},
                         LateBroker *itsBroker = new LateBroker)
        : RoomsFixture(std::move(config), std::move(hooks), itsBroker)
        , late(itsBroker)
        , ann(joined(u"ann"_s, u"chat"_s))
        , bob(joined(u"bob"_s, u"chat"_s))
    {
        hub.socketEvent(
            bob,
            {.name = names::subscribe,
             .args = QJsonArray{QJsonObject{{u"roomId"_s, u"chat"_s}, {u"eventName"_s, u"typing"_s}}},
             .attachments = {},
             .ackId = {}});
        take(bob);
    }

    /** A trigger of \a socket, of \a text, acknowledged with \a ackId. */
    void say(SocketId socket, const QString &text, quint64 ackId = 1, const QString &id = {})
    {
        QJsonObject payload = trigger(u"message"_s, textData(text));
        if (!id.isEmpty())
            payload[u"id"_s] = id;
        hub.socketEvent(
            socket, {.name = names::trigger, .args = QJsonArray{payload}, .attachments = {}, .ackId = ackId});
    }
    /** What \a socket got: "ok 3" or the code of an error for acks, "3 hello" for events, names for others.
     */
    QStringList heard(SocketId socket)
    {
        QStringList all;
        for (const Received &got : take(socket)) {
            const QJsonObject payload = got.payload.toObject();
            if (got.name == u"ack" && payload[u"ok"_s].toBool())
                all.append(u"ok %1"_s.arg(payload[u"offset"_s].toInt()));
            else if (got.name == u"ack")
                all.append(payload[u"error"_s][u"code"_s].toString());
            else if (got.name == u"dialogue:event"_s)
                all.append(payload[u"event"_s].toString() == u"typing"
                               ? u"typing"_s
                               : QString::number(payload[u"offset"_s].toInt()) + u' '
                                   + payload[u"data"_s][u"text"_s].toString());
            else if (got.name != u"dialogue:error"_s)
                all.append(got.name);
        }
        return all;
    }
    [[nodiscard]] Room &chat() const { return *rooms.find(u"chat"_s); }

    const std::unique_ptr<LateBroker> late; // The rooms in the base class say nothing to it when they go.
    const SocketId ann;
    const SocketId bob;
};

} // namespace

/** What becomes of events while a broker has yet to keep them. */
class TestLateAppends : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nobodyGetsAnEventBeforeItIsKept()
    {
        LateFixture f;
        QSignalSpy triggered(&f.chat(), &Room::eventTriggered);
        f.say(f.ann, u"hello"_s);
        LateBroker::spin();
        QCOMPARE(f.late->submitted, QStringList{u"chat 1"_s});
        QCOMPARE(f.heard(f.ann) + f.heard(f.bob), QStringList());
        QCOMPARE(f.chat().offset(), quint64(0));
        QCOMPARE(triggered.size(), 0);
        QCOMPARE(f.gateway.kept, 1); // It counts as one that waits of its session.
        f.late->keep(0);
        QCOMPARE(f.heard(f.ann), (QStringList{u"1 hello"_s, u"ok 1"_s}));
        QCOMPARE(f.heard(f.bob), QStringList{u"1 hello"_s});
        QCOMPARE(f.chat().offset(), quint64(1));
        QCOMPARE(triggered.size(), 1);
        QCOMPARE(f.gateway.kept, 0);
        QVERIFY(f.appends.isIdle());
    }

    void eventsGoOutInTheOrderOfTheirOffsetsHoweverTheyAreAnswered()
    {
        LateFixture f;
        f.say(f.ann, u"a"_s, 1);
        f.say(f.bob, u"b"_s, 2);
        f.say(f.ann, u"c"_s, 3);
        QCOMPARE(f.late->submitted, (QStringList{u"chat 1"_s, u"chat 2"_s, u"chat 3"_s}));
        f.late->keep(2);
        f.late->keep(1);
        QCOMPARE(f.heard(f.ann) + f.heard(f.bob), QStringList());
        f.late->keep(0);
        QCOMPARE(f.heard(f.ann), (QStringList{u"1 a"_s, u"ok 1"_s, u"2 b"_s, u"3 c"_s, u"ok 3"_s}));
        QCOMPARE(f.heard(f.bob), (QStringList{u"1 a"_s, u"2 b"_s, u"ok 2"_s, u"3 c"_s}));
    }

    void otherRoomsDoNotWait()
    {
        RoomConfig other = chatRoom();
        other.id = u"other"_s;
        LateFixture f({.rooms = {roomWithTyping(), other}});
        QVERIFY(f.client(f.ann)->join(u"other"_s).result());
        f.take(f.ann);
        f.say(f.ann, u"a"_s, 1);
        f.hub.socketEvent(f.ann,
                          {.name = names::trigger,
                           .args = QJsonArray{trigger(u"message"_s, textData(u"b"_s), u"other"_s)},
                           .attachments = {},
                           .ackId = 2});
        f.late->keep(1);
        QCOMPARE(f.heard(f.ann), (QStringList{u"1 b"_s, u"ok 1"_s}));
    }

    void whatFailsTakesAlongWhatWasSubmittedBehindIt()
    {
        LateFixture f;
        for (quint64 i = 1; i <= 4; ++i)
            f.say(f.ann, QString::number(i), i, u"id%1"_s.arg(i));
        f.late->fail(1);
        f.late->keep(2); // So it says, but the group has failed.
        f.say(f.ann, u"5"_s, 5); // After the hub has heard of it.
        f.late->keep(4);
        QCOMPARE(f.heard(f.bob), QStringList());
        f.late->keep(0);
        QCOMPARE(f.heard(f.bob), (QStringList{u"1 1"_s, u"5 5"_s}));
        QCOMPARE(f.heard(f.ann),
                 (QStringList{u"1 1"_s, u"ok 1"_s, u"IO_ERROR"_s, u"IO_ERROR"_s, u"IO_ERROR"_s, u"5 5"_s,
                              u"ok 5"_s}));
        f.late->keep(3);
        QCOMPARE(f.heard(f.bob), QStringList());
        QCOMPARE(f.appends.counters().failed, 3);
        // It was not applied: under the same id it is a new one, and numbers are not used again.
        f.say(f.ann, u"2"_s, 6, u"id2"_s);
        f.late->keep(5);
        QCOMPARE(f.heard(f.bob), QStringList{u"6 2"_s});
        QCOMPARE(f.chat().history(u"message"_s, {.start = 0, .end = 9}).result()->size(), 3);
    }

    void aNumberThatFailedIsNotUsedAgainOnceEverybodyHasLeft()
    {
        LateFixture f;
        f.say(f.ann, u"a"_s);
        f.late->fail(0);
        for (const SocketId socket : {f.ann, f.bob})
            QVERIFY(f.client(socket)->leave(u"chat"_s));
        QVERIFY(f.client(f.ann)->join(u"chat"_s).result());
        f.take(f.ann);
        f.say(f.ann, u"b"_s);
        f.late->keep(1);
        QCOMPARE(f.heard(f.ann), (QStringList{u"2 b"_s, u"ok 2"_s}));
    }

    void anOutcomeThatNobodyKnowsIsUnavailableAndStaysSo()
    {
        LateFixture f;
        f.say(f.ann, u"a"_s, 1, u"x"_s);
        f.say(f.ann, u"b"_s, 2, u"y"_s);
        f.late->forget(0);
        f.late->keep(1);
        QCOMPARE(f.heard(f.ann), (QStringList{u"UNAVAILABLE"_s, u"2 b"_s, u"ok 2"_s}));
        f.say(f.ann, u"a"_s, 3, u"x"_s); // It may be there already.
        QCOMPARE(f.heard(f.ann), QStringList{u"UNAVAILABLE"_s});
        QCOMPARE(f.late->submitted.size(), 2);
        f.say(f.ann, u"a"_s, 4, u"z"_s);
        f.late->keep(2);
        QCOMPARE(f.heard(f.ann), (QStringList{u"3 a"_s, u"ok 3"_s}));
        QCOMPARE(f.appends.counters().unknown, 1);
    }

    void theSameIdMeanwhileGetsTheSameAnswer()
    {
        LateFixture f;
        const SocketId again = f.joined(u"ann"_s, u"chat"_s);
        f.say(f.ann, u"a"_s, 1, u"x"_s);
        f.say(again, u"a"_s, 2, u"x"_s);
        f.say(f.bob, u"b"_s, 3, u"x"_s); // Another's.
        QCOMPARE(f.late->submitted.size(), 2);
        f.late->keep(0);
        QCOMPARE(f.heard(f.ann), (QStringList{u"1 a"_s, u"ok 1"_s}));
        QCOMPARE(f.heard(again), (QStringList{u"1 a"_s, u"ok 1"_s}));
        f.say(again, u"a"_s, 4, u"x"_s);
        QCOMPARE(f.heard(again), QStringList{u"ok 1"_s});
        f.late->keep(1);
        QCOMPARE(f.heard(f.bob), (QStringList{u"1 a"_s, u"2 b"_s, u"ok 2"_s}));
    }

    void whileTheBrokerIsAwayEventsAreUnavailableAndAllElseGoesOn()
    {
        LateFixture f;
        f.late->isQuick = true;
        f.say(f.ann, u"a"_s);
        f.take(f.ann);
        f.late->isAway = true;
        f.say(f.ann, u"b"_s, 2, u"x"_s);
        const QList<Received> got = f.take(f.ann);
        QCOMPARE(got.constLast().payload[u"error"_s][u"code"_s].toString(), u"UNAVAILABLE"_s);
        QCOMPARE(got.constLast().payload[u"error"_s][u"retryAfter"_s].toInt(), 500);
        const QJsonObject asked = f.ask(
            f.bob, names::getHistory, QJsonObject{{u"roomId"_s, u"chat"_s}, {u"eventName"_s, u"message"_s}});
        QVERIFY(asked[u"ok"_s].toBool());
        f.late->isAway = false;
        f.say(f.ann, u"b"_s, 3, u"x"_s);
        QCOMPARE(f.heard(f.ann), (QStringList{u"3 b"_s, u"ok 3"_s}));
    }

    void ephemeralEventsQueueBehindThoseThatWait()
    {
        LateFixture f;
        f.say(f.ann, u"a"_s, 1);
        f.hub.socketEvent(f.ann,
                          {.name = names::trigger,
                           .args = QJsonArray{trigger(u"typing"_s, true)},
                           .attachments = {},
                           .ackId = 2});
        f.say(f.ann, u"b"_s, 3);
        QCOMPARE(f.late->submitted.size(), 2);
        f.late->fail(1);
        QCOMPARE(f.heard(f.bob), QStringList());
        f.late->keep(0);
        QCOMPARE(f.heard(f.bob), (QStringList{u"1 a"_s, u"typing"_s}));
        QCOMPARE(f.heard(f.ann), (QStringList{u"1 a"_s, u"ok 1"_s, u"ok 0"_s, u"IO_ERROR"_s}));
    }

    void whoJoinsMeanwhileGetsEachOnce_data()
    {
        QTest::addColumn<bool>("recovers");
        QTest::newRow("anew") << false;
        QTest::newRow("with since") << true;
    }
    void whoJoinsMeanwhileGetsEachOnce()
    {
        QFETCH(bool, recovers);
        LateFixture f;
        for (quint64 i = 1; i <= 3; ++i)
            f.say(f.ann, QString::number(i), i);
        f.late->keep(0);
        const SocketId eve = f.connectAs(u"eve"_s);
        f.take(eve);
        QJsonObject join{{u"roomId"_s, u"chat"_s}};
        if (recovers) {
            join[u"since"_s]
                = QJsonObject{{u"epoch"_s, QString::fromLatin1(f.chat().epoch())}, {u"offset"_s, 0}};
        }
        QVERIFY(f.ask(eve, names::join, join)[u"ok"_s].toBool());
        const QList<Received> got = f.peek(eve);
        const auto said = std::ranges::find(got, names::joined, &Received::name);
        QVERIFY(said != got.end());
        QCOMPARE(said->payload[u"offset"_s].toInt(), 1); // What is delivered.
        f.late->keep(1);
        f.late->keep(2);
        QStringList events;
        for (const QString &each : f.heard(eve)) {
            if (each.contains(u' ') && !each.startsWith(u"ok"))
                events.append(each);
        }
        QCOMPARE(events,
                 recovers ? (QStringList{u"1 1"_s, u"2 2"_s, u"3 3"_s}) : (QStringList{u"2 2"_s, u"3 3"_s}));
    }

    void whoLeavesLosesItsAckAndItsEventGoesOn()
    {
        LateFixture f;
        f.say(f.ann, u"a"_s, 1, u"x"_s);
        f.hub.socketDisconnected(f.ann, DisconnectReason::TransportClosed);
        f.take(f.ann);
        f.late->keep(0);
        QCOMPARE(f.heard(f.bob), QStringList{u"1 a"_s});
        QCOMPARE(f.gateway.kept, 0);
        // It comes back, and hears that it was applied.
        const SocketId again = f.joined(u"ann"_s, u"chat"_s);
        f.say(again, u"a"_s, 2, u"x"_s);
        QCOMPARE(f.heard(again), QStringList{u"ok 1"_s});
    }

    void whatWaitsInARoomThatIsDeletedIsToldSo()
    {
        LateFixture f;
        f.say(f.ann, u"a"_s);
        const auto own = f.chat().trigger(u"message"_s, textData(u"b"_s)).toFuture();
        QVERIFY(f.rooms.remove(u"chat"_s));
        QCOMPARE(f.late->closed, QStringList{u"chat"_s});
        QVERIFY(f.heard(f.ann).contains(u"ROOM_NOT_FOUND"_s));
        LateBroker::spin();
        QVERIFY(own.isFinished());
        QCOMPARE(own.result().error().code, ErrorCode::RoomNotFound);
        QVERIFY(f.appends.isIdle());
        f.take(f.bob);
        f.late->keep(0);
        QCOMPARE(f.heard(f.bob), QStringList());
    }

    void aHandlerMayDeleteTheRoomInWhichOthersWait()
    {
        LateFixture f;
        QVERIFY(f.chat().on(u"message"_s, &f.hub,
                            [&f](const EventMessage &) { QVERIFY(f.rooms.remove(u"chat"_s)); }));
        f.say(f.ann, u"a"_s, 1);
        f.say(f.ann, u"b"_s, 2);
        f.late->keep(1);
        f.late->keep(0);
        const QStringList got = f.heard(f.ann);
        QVERIFY(got.contains(u"ROOM_NOT_FOUND"_s));
        QVERIFY(!got.contains(u"2 b"_s));
        QVERIFY(f.appends.isIdle());
    }

    void whatAHandlerTriggersComesBehindWhatWaits()
    {
        LateFixture f;
        QVERIFY(f.chat().on(u"message"_s, &f.hub, [&f](const EventMessage &message) {
            if (message.offset == 1)
                f.chat().trigger(u"message"_s, textData(u"reply"_s)).then(&f.hub, [](const auto &) {});
        }));
        f.say(f.ann, u"a"_s, 1);
        f.say(f.ann, u"b"_s, 2);
        f.late->keep(0);
        f.late->keep(2);
        QCOMPARE(f.heard(f.bob), QStringList{u"1 a"_s});
        f.late->keep(1);
        QCOMPARE(f.heard(f.bob), (QStringList{u"2 b"_s, u"3 reply"_s}));
    }

    void theApplicationsOwnEventsAreAnsweredOnceTheyAreKept()
    {
        LateFixture f;
        const Answer<EventMessage> answer = f.chat().trigger(u"message"_s, textData(u"a"_s));
        QVERIFY(!answer.isReady());
        f.late->keep(0);
        QVERIFY(answer.isReady());
        QCOMPARE(answer.result()->offset, quint64(1));
    }

    void hooksThatWaitComeBeforeTheBrokerThatWaits()
    {
        std::vector<std::unique_ptr<QPromise<Result<EventMessage>>>> asked;
        QList<EventMessage> messages;
        LateFixture f({.rooms = {roomWithTyping()}},
                      {.beforeEachLater = [&](EventMessage message, const QString &, const ClientSnapshot &,
                                              const std::stop_token &) {
                          messages.append(message);
                          asked.push_back(std::make_unique<QPromise<Result<EventMessage>>>());
                          asked.back()->start();
                          return asked.back()->future();
                      }});
        const auto pass = [&](std::size_t number) {
            asked[number]->addResult(messages[qsizetype(number)]);
            asked[number]->finish();
            LateBroker::spin();
        };
        const SocketId again = f.joined(u"ann"_s, u"chat"_s);
        f.say(f.ann, u"a"_s, 1, u"x"_s);
        f.say(again, u"a"_s, 2, u"x"_s); // While its hook waits,
        f.say(f.ann, u"b"_s, 3);
        QCOMPARE(asked.size(), 1U);
        pass(0);
        QCOMPARE(f.late->submitted.size(), 1);
        QCOMPARE(asked.size(), 2U); // Appends are not waited for.
        f.say(again, u"a"_s, 4, u"x"_s); // and while it waits to be kept.
        pass(1);
        QCOMPARE(f.late->submitted, (QStringList{u"chat 1"_s, u"chat 2"_s}));
        QCOMPARE(f.heard(f.ann), QStringList());
        f.late->keep(0);
        QCOMPARE(f.heard(f.ann), (QStringList{u"1 a"_s, u"ok 1"_s}));
        f.late->keep(1);
        LateBroker::spin();
        QCOMPARE(f.heard(f.ann), (QStringList{u"2 b"_s, u"ok 2"_s}));
        QCOMPARE(f.heard(again), (QStringList{u"1 a"_s, u"ok 1"_s, u"ok 1"_s, u"2 b"_s}));
        QCOMPARE(asked.size(), 2U);
    }

    void noMoreWaitsThanMay()
    {
        ServerConfig config{.rooms = {roomWithTyping()}};
        config.limits.appends = 1;
        LateFixture f(std::move(config));
        f.say(f.ann, u"a"_s, 1);
        f.say(f.ann, u"b"_s, 2);
        QCOMPARE(f.heard(f.ann), QStringList{u"UNAVAILABLE"_s});
        QCOMPARE(f.appends.counters().refused, 1);
        QVERIFY(f.appends.counters().waitingBytes > 0);
        f.late->keep(0);
        f.say(f.ann, u"c"_s, 3);
        f.late->keep(1);
        QCOMPARE(f.heard(f.ann), (QStringList{u"1 a"_s, u"ok 1"_s, u"2 c"_s, u"ok 2"_s}));
        QCOMPARE(f.appends.counters().waitingBytes, 0);
    }

    void aServerThatDrainsWaitsForThemAndSaysSoToThoseThatAreLate()
    {
        LateFixture f;
        QSignalSpy idle(&f.appends, &AppendBacklog::idle);
        f.say(f.ann, u"a"_s, 1);
        f.say(f.ann, u"b"_s, 2);
        f.hub.drain();
        f.take(f.ann);
        f.late->keep(0);
        QCOMPARE(f.heard(f.ann), (QStringList{u"1 a"_s, u"ok 1"_s}));
        QCOMPARE(idle.size(), 0);
        f.hub.close();
        QCOMPARE(f.heard(f.ann), QStringList{u"SERVER_DRAINING"_s});
        QCOMPARE(idle.size(), 1);
    }

    void theServerMayEndWhileTheyWait()
    {
        auto broker = std::make_unique<LateBroker>();
        QFuture<Result<EventMessage>> own;
        {
            RoomsFixture f({.rooms = {chatRoom()}}, {}, broker.get());
            const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
            f.hub.socketEvent(ann,
                              {.name = names::trigger,
                               .args = QJsonArray{trigger(u"message"_s, textData(u"a"_s))},
                               .attachments = {},
                               .ackId = 1});
            own = f.rooms.find(u"chat"_s)->trigger(u"message"_s, textData(u"b"_s)).toFuture();
        }
        broker->keep(0);
        broker->keep(1);
        QVERIFY(own.isFinished()); // Nobody waits for ever.
        QVERIFY(own.resultCount() == 0 || !own.result());
    }
};

DIALOGUE_TEST(TestLateAppends, QCoreApplication)
#include "tst_lateappends.moc"
