#include "heap.h"
#include "roomsfixture.h"
#include "testclasses.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QPromise>
#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>

#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

using namespace dialogue;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/** Somebody who is asked about events, and answers when a test says so. */
class Moderator
{
public:
    struct Question
    {
        EventMessage message;
        QString roomId;
        ClientSnapshot sender;
        std::stop_token stop;
        QPromise<Result<EventMessage>> promise = {};
    };

    Hooks hooks()
    {
        return {.beforeEachLater = [this](EventMessage message, QString roomId, ClientSnapshot sender,
                                          std::stop_token stop) {
            asked.push_back(std::make_unique<Question>(
                Question{std::move(message), std::move(roomId), std::move(sender), std::move(stop)}));
            asked.back()->promise.start();
            return asked.back()->promise.future();
        }};
    }

    void answer(std::size_t which, const Result<EventMessage> &answer)
    {
        asked[which]->promise.addResult(answer);
        asked[which]->promise.finish();
    }
    void pass(std::size_t which) { answer(which, asked[which]->message); }

    std::vector<std::unique_ptr<Question>> asked;
};

Error blocked() { return {ErrorCode::EventBlocked, u"not that"_s}; }

QString codeIn(const QJsonValue &ack) { return ack[u"error"_s][u"code"_s].toString(); }

ServerConfig twoRooms()
{
    RoomConfig other = chatRoom();
    other.id = u"other"_s;
    other.name = u"Other"_s;
    ServerConfig config;
    config.rooms = {chatRoom(), other};
    return config;
}

} // namespace

class TestLaterEvents : public QObject
{
    Q_OBJECT

    static void turn()
    {
        for (int i = 0; i < 8; ++i)
            QCoreApplication::processEvents();
    }
    static void request(RoomsFixture &f, SocketId socket, QLatin1String name, const QJsonObject &payload,
                        quint64 ackId = 7)
    {
        f.hub.socketEvent(socket,
                          {.name = name, .args = QJsonArray{payload}, .attachments = {}, .ackId = ackId});
    }
    static void say(RoomsFixture &f, SocketId socket, const QString &text, const QString &room = u"chat"_s,
                    const QString &id = {})
    {
        QJsonObject payload = trigger(u"message"_s, textData(text), room);
        if (!id.isEmpty())
            payload.insert(u"id"_s, id);
        request(f, socket, protocol::names::trigger, payload);
    }
    /** In short what \a socket got: the text of an event, "ok" or a code of an ack, or the name. */
    static QString seen(const RoomsFixture &f, SocketId socket)
    {
        QStringList all;
        for (const Received &got : f.peek(socket)) {
            if (got.name == u"dialogue:event")
                all.append(got.payload[u"data"_s][u"text"_s].toString());
            else if (got.name == u"ack")
                all.append(got.payload[u"ok"_s].toBool() ? u"ok"_s : codeIn(got.payload));
            else if (got.name != u"dialogue:error")
                all.append(got.name);
        }
        return all.join(u' ');
    }
    /** The same since the last time. */
    static QString heard(RoomsFixture &f, SocketId socket)
    {
        const QString all = seen(f, socket);
        f.take(socket);
        return all;
    }

private Q_SLOTS:
    void theEventGoesOutOnceTheAnswerIsThere()
    {
        Moderator moderator;
        RoomsFixture f(twoRooms(), moderator.hooks());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const SocketId bob = f.joined(u"bob"_s, u"chat"_s);
        say(f, ann, u"hi"_s);
        turn();
        QCOMPARE(heard(f, ann), QString());
        QCOMPARE(f.gateway.kept, 1);
        QCOMPARE(moderator.asked.at(0)->roomId, u"chat"_s);
        QCOMPARE(moderator.asked[0]->message.data, textData(u"hi"_s));
        QCOMPARE(moderator.asked[0]->message.from, u"ann"_s);
        QCOMPARE(moderator.asked[0]->sender.userId, u"ann"_s);
        QCOMPARE(moderator.asked[0]->sender.id, f.client(ann)->id());

        EventMessage changed = moderator.asked[0]->message;
        changed.data = textData(u"***"_s);
        changed.meta = {{u"checked"_s, true}};
        changed.from = u"somebody else"_s; // Which is not its to say.
        moderator.answer(0, changed);
        QCOMPARE(heard(f, bob), QString()); // Not within somebody else's call.
        QTRY_COMPARE(f.peek(bob).size(), 1);
        const QJsonValue event = f.peek(bob)[0].payload;
        QCOMPARE(event[u"from"_s], QJsonValue(u"ann"_s));
        QCOMPARE(event[u"meta"_s][u"checked"_s], QJsonValue(true));
        QCOMPARE(heard(f, bob), u"***"_s);
        QCOMPARE(heard(f, ann), u"*** ok"_s);
        QCOMPARE(f.rooms.find(u"chat"_s)->offset(), 1U);
        QCOMPARE(f.gateway.kept, 0);
        QCOMPARE(f.answers.counters().waiting, 0);
    }

    void anAnswerThatIsThereIsTakenAtOnce()
    {
        RoomsFixture f(twoRooms(),
                       {.beforeEachLater = [](const EventMessage &message, const QString &,
                                              const ClientSnapshot &, const std::stop_token &) {
                           return later::ended<EventMessage>(message.data == textData(u"bad"_s)
                                                                 ? Result<EventMessage>(blocked())
                                                                 : message);
                       }});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        say(f, ann, u"hi"_s);
        say(f, ann, u"bad"_s);
        QCOMPARE(heard(f, ann), u"hi ok EVENT_BLOCKED"_s);
        QCOMPARE(f.answers.counters().mostWaiting, 0);
        QCOMPARE(f.gateway.kept, 0);
    }

    void whatOneSaysInOneRoomKeepsItsOrder()
    {
        Moderator moderator;
        RoomsFixture f(twoRooms(), moderator.hooks());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        QVERIFY(f.client(ann)->join(u"other"_s).result());
        const SocketId bob = f.joined(u"bob"_s, u"chat"_s);
        f.take(ann);
        say(f, ann, u"1"_s);
        say(f, ann, u"2"_s);
        request(f, ann, protocol::names::leave, {{u"roomId"_s, u"chat"_s}});
        QCOMPARE(moderator.asked.size(), std::size_t(1)); // The second is not even asked about.
        QCOMPARE(f.hub.orderCounters().waiting, 2);
        QCOMPARE(f.gateway.kept, 3);
        say(f, ann, u"3"_s, u"other"_s); // Another room.
        say(f, bob, u"4"_s); // Another client.
        QCOMPARE(moderator.asked.size(), std::size_t(3));
        moderator.pass(1);
        moderator.pass(2);
        QTRY_COMPARE(seen(f, bob), u"4 ok"_s);
        f.take(bob);
        QCOMPARE(heard(f, ann), u"3 ok 4"_s);

        moderator.answer(0, blocked());
        QTRY_COMPARE(moderator.asked.size(), std::size_t(4));
        QCOMPARE(heard(f, ann), u"EVENT_BLOCKED"_s);
        QVERIFY(f.rooms.find(u"chat"_s)->contains(f.client(ann)));
        moderator.pass(3);
        QTRY_VERIFY(!f.rooms.find(u"chat"_s)->contains(f.client(ann)));
        QCOMPARE(heard(f, bob), u"2"_s);
        QCOMPARE(heard(f, ann), u"2 ok dialogue:left ok"_s);
        QCOMPARE(f.hub.orderCounters().waiting, 0);
        QCOMPARE(f.hub.orderCounters().mostWaiting, 2);
        QCOMPARE(f.gateway.kept, 0);
        // And nothing is kept of who waits for nothing.
        say(f, bob, u"5"_s);
        QCOMPARE(f.hub.orderCounters().mostWaiting, 2);
    }

    void theServersOwnEventsDoNotWait()
    {
        Moderator moderator;
        RoomsFixture f(twoRooms(), moderator.hooks());
        QVERIFY(f.rooms.find(u"chat"_s)->trigger(u"message"_s, textData(u"hi"_s)).result());
        QVERIFY(moderator.asked.empty());
    }

    void anAnswerMayComeFromAnyThread()
    {
        QThreadPool pool;
        RoomsFixture f(twoRooms(),
                       {.beforeEachLater = [&](const EventMessage &message, const QString &,
                                               const ClientSnapshot &, const std::stop_token &) {
                           const auto promise = std::make_shared<QPromise<Result<EventMessage>>>();
                           promise->start();
                           pool.start([promise, message] {
                               promise->addResult(message);
                               promise->finish();
                           });
                           return promise->future();
                       }});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        for (int i = 1; i <= 20; ++i)
            say(f, ann, QString::number(i));
        QTRY_COMPARE(f.rooms.find(u"chat"_s)->offset(), 20U);
        pool.waitForDone();
        QStringList texts;
        for (const Received &got : f.take(ann)) {
            if (got.name == u"dialogue:event")
                texts.append(got.payload[u"data"_s][u"text"_s].toString());
        }
        QCOMPARE(texts.join(u' '), u"1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20"_s);
    }

    void noAnswerIsNoEvent_data()
    {
        QTest::addColumn<int>("how");
        QTest::newRow("cancelled") << 0;
        QTest::newRow("finished without a result") << 1;
        QTest::newRow("the promise is dropped") << 2;
        QTest::newRow("an exception") << 3;
        QTest::newRow("none in time") << 4;
    }
    void noAnswerIsNoEvent()
    {
        QFETCH(int, how);
        Moderator moderator;
        ServerConfig config = twoRooms();
        if (how == 4)
            config.hooks.timeout = 10ms;
        RoomsFixture f(config, moderator.hooks());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        say(f, ann, u"hi"_s);
        const std::stop_token stop = moderator.asked.at(0)->stop;
        QPromise<Result<EventMessage>> &promise = moderator.asked[0]->promise;
        if (how == 0)
            promise.future().cancel();
        if (how == 3)
            promise.setException(std::make_exception_ptr(std::runtime_error("no service")));
        if (how == 2)
            moderator.asked.clear();
        else if (how != 4)
            promise.finish();
        QTRY_COMPARE(f.peek(ann).size(), 2);
        QCOMPARE(heard(f, ann), u"UNAVAILABLE"_s);
        QVERIFY(stop.stop_requested());
        QCOMPARE(f.rooms.find(u"chat"_s)->offset(), 0U);
        say(f, ann, u"hi"_s); // It is not stuck.
        moderator.pass(moderator.asked.size() - 1);
        QTRY_COMPARE(f.rooms.find(u"chat"_s)->offset(), 1U);
    }

    void soManyAreAskedAboutAtATime()
    {
        Moderator moderator;
        ServerConfig config = twoRooms();
        config.hooks.maxPending = 1;
        RoomsFixture f(config, moderator.hooks());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const SocketId bob = f.joined(u"bob"_s, u"chat"_s);
        say(f, ann, u"1"_s);
        say(f, bob, u"2"_s);
        QCOMPARE(heard(f, bob), u"UNAVAILABLE"_s);
        QCOMPARE(moderator.asked.size(), std::size_t(1));
        say(f, ann, u"3"_s); // Which waits for its turn.
        moderator.pass(0);
        QTRY_COMPARE(moderator.asked.size(), std::size_t(2));
        QCOMPARE(moderator.asked[1]->message.data, textData(u"3"_s));
    }

    void whoLeavesLosesItsAckAndItsEventsGoOn_data()
    {
        QTest::addColumn<DisconnectReason>("reason");
        QTest::newRow("DISCONNECT") << DisconnectReason::ClientDisconnect;
        QTest::newRow("a close") << DisconnectReason::TransportClosed;
        QTest::newRow("without a word") << DisconnectReason::ConnectionLost;
        QTest::newRow("silent") << DisconnectReason::PingTimeout;
        QTest::newRow("too slow") << DisconnectReason::SlowReader;
    }
    void whoLeavesLosesItsAckAndItsEventsGoOn()
    {
        QFETCH(DisconnectReason, reason);
        Moderator moderator;
        RoomsFixture f(twoRooms(), moderator.hooks());
        QSignalSpy gone(&f.hub, &Hub::clientDisconnected);
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const SocketId bob = f.joined(u"bob"_s, u"chat"_s);
        say(f, ann, u"1"_s);
        say(f, ann, u"2"_s);
        request(f, ann, protocol::names::getHistory, {{u"roomId"_s, u"chat"_s}});
        f.take(ann);
        f.hub.socketDisconnected(ann, reason);
        QVERIFY(!moderator.asked[0]->stop.stop_requested());
        QCOMPARE(f.gateway.kept, 2); // What it asked for itself nobody wants any more.
        QCOMPARE(f.hub.orderCounters().dropped, 1);
        QVERIFY(gone.isEmpty());
        moderator.pass(0);
        QTRY_COMPARE(moderator.asked.size(), std::size_t(2));
        QCOMPARE(seen(f, bob), u"1"_s);
        QCOMPARE(f.gateway.kept, 1);
        QVERIFY(gone.isEmpty());
        moderator.pass(1);
        QTRY_COMPARE(gone.size(), 1);
        QCOMPARE(heard(f, bob), u"1 2"_s);
        QCOMPARE(f.gateway.kept, 0);
        QTRY_COMPARE(f.rooms.find(u"chat"_s)->size(), 1);
        QCOMPARE(f.hub.orderCounters().waiting, 0);
        QVERIFY(!f.client(ann));
    }

    void whoLeavesKeepsNothingWaitingForLong()
    {
        Moderator moderator;
        ServerConfig config = twoRooms();
        config.hooks.timeout = 10ms;
        RoomsFixture f(config, moderator.hooks());
        QSignalSpy gone(&f.hub, &Hub::clientDisconnected);
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        for (int i = 0; i < 10; ++i)
            say(f, ann, u"hi"_s);
        f.hub.socketDisconnected(ann, DisconnectReason::TransportClosed);
        QTRY_COMPARE(gone.size(), 1);
        QVERIFY(moderator.asked.size() < 10);
        for (const auto &question : moderator.asked)
            QVERIFY(question->stop.stop_requested());
        QCOMPARE(f.gateway.kept, 0);
        QCOMPARE(f.hub.orderCounters().waiting, 0);
        QVERIFY(f.hub.orderCounters().dropped > 0);
    }

    /** Such a trigger is refused when its turn comes; until then what it says is kept once, as it came. */
    void anIdThatIsTooLongIsNotKeptBesideItsEvent()
    {
        Moderator moderator;
        RoomsFixture f(twoRooms(), moderator.hooks());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        say(f, ann, u"first"_s);
        constexpr int count = 50;
        constexpr qsizetype length = 20000;
        const auto longId = [](int i) {
            const QJsonObject request{{u"roomId"_s, u"chat"_s},
                                      {u"event"_s, u"message"_s},
                                      {u"data"_s, QJsonObject()},
                                      {u"id"_s, QString::number(i) + QString(length, u'x')}};
            return JsonData::fromText(QJsonDocument(QJsonArray{request}).toJson(QJsonDocument::Compact));
        };
        const qint64 before = heapBytes();
        for (int i = 0; i < count; ++i) {
            f.hub.socketEvent(
                ann, {.name = u"dialogue:trigger"_s, .args = longId(i), .attachments = {}, .ackId = 7});
        }
        const qint64 taken = heapBytes() - before;
        QCOMPARE(f.hub.orderCounters().waiting, count);
        QVERIFY2(taken < count * length * 5 / 2, qPrintable(QString::number(taken)));
    }

    void drainingEndsWhoIsOnItsWayOut()
    {
        Moderator moderator;
        RoomsFixture f(twoRooms(), moderator.hooks());
        QSignalSpy gone(&f.hub, &Hub::clientDisconnected);
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        QVERIFY(f.client(ann)->join(u"other"_s).result());
        for (const QString &room : {u"chat"_s, u"other"_s}) {
            say(f, ann, u"1"_s, room);
            say(f, ann, u"2"_s, room);
        }
        f.hub.socketDisconnected(ann, DisconnectReason::TransportClosed);
        f.hub.drain();
        f.hub.close();
        QCOMPARE(gone.size(), 1);
        QVERIFY(moderator.asked[0]->stop.stop_requested());
        QVERIFY(moderator.asked[1]->stop.stop_requested());
        QCOMPARE(f.gateway.kept, 0);
        QCOMPARE(f.hub.orderCounters().waiting, 0);
    }

    void theEndOfTheServerIsTheEndOfWhoIsOnItsWayOut()
    {
        Moderator moderator;
        {
            RoomsFixture f(twoRooms(), moderator.hooks());
            const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
            say(f, ann, u"1"_s);
            f.hub.socketDisconnected(ann, DisconnectReason::TransportClosed);
        }
        QVERIFY(moderator.asked[0]->stop.stop_requested());
        moderator.pass(0);
        turn();
    }

    void whoIsThrownOutIsNotWaitedForAnyMore_data()
    {
        QTest::addColumn<DisconnectReason>("reason");
        QTest::newRow("by the application") << DisconnectReason::ServerDisconnect;
        QTest::newRow("asks too often") << DisconnectReason::RateLimited;
        QTest::newRow("says what is no Socket.IO") << DisconnectReason::ProtocolError;
        QTest::newRow("says too much") << DisconnectReason::PayloadTooLarge;
    }
    void whoIsThrownOutIsNotWaitedForAnyMore()
    {
        QFETCH(DisconnectReason, reason);
        Moderator moderator;
        RoomsFixture f(twoRooms(), moderator.hooks());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const SocketId bob = f.joined(u"bob"_s, u"chat"_s);
        say(f, ann, u"1"_s);
        say(f, ann, u"2"_s);
        say(f, bob, u"3"_s);
        QCOMPARE(f.gateway.kept, 3);
        f.hub.socketDisconnected(ann, reason);
        QVERIFY(moderator.asked[0]->stop.stop_requested());
        QVERIFY(!moderator.asked[1]->stop.stop_requested());
        QCOMPARE(f.gateway.kept, 1);
        QCOMPARE(f.hub.orderCounters().waiting, 0);
        QCOMPARE(f.hub.orderCounters().dropped, 1);
        QCOMPARE(f.answers.counters().abandoned, 1);
        moderator.pass(0);
        moderator.pass(1);
        QTRY_COMPARE(seen(f, bob), u"3 ok"_s);
        f.take(bob);
        turn();
        QCOMPARE(moderator.asked.size(), std::size_t(2));
        QCOMPARE(f.rooms.find(u"chat"_s)->offset(), 1U);
    }

    void whoIsNoLongerInTheRoomSaysNothingInIt()
    {
        Moderator moderator;
        RoomsFixture f(twoRooms(), moderator.hooks());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        say(f, ann, u"1"_s);
        QVERIFY(f.client(ann)->leave(u"chat"_s));
        f.take(ann);
        moderator.pass(0);
        QTRY_COMPARE(seen(f, ann), u"NOT_IN_ROOM"_s);
        f.take(ann);
        QCOMPARE(f.rooms.find(u"chat"_s)->offset(), 0U);
    }

    void inARoomThatIsDeletedNothingWaits()
    {
        Moderator moderator;
        RoomsFixture f(twoRooms(), moderator.hooks());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        QVERIFY(f.client(ann)->join(u"other"_s).result());
        f.take(ann);
        say(f, ann, u"1"_s);
        say(f, ann, u"2"_s);
        request(f, ann, protocol::names::join, {{u"roomId"_s, u"chat"_s}});
        say(f, ann, u"3"_s, u"other"_s);
        QVERIFY(f.rooms.remove(u"chat"_s));
        QVERIFY(f.rooms.create(chatRoom())); // Another, which they did not name.
        QTRY_COMPARE(f.gateway.kept, 1);
        QCOMPARE(heard(f, ann),
                 u"dialogue:roomDeleted dialogue:roomCreated ROOM_NOT_FOUND ROOM_NOT_FOUND ROOM_NOT_FOUND"_s);
        QVERIFY(moderator.asked[0]->stop.stop_requested());
        QCOMPARE(moderator.asked.size(), std::size_t(2));
        moderator.pass(0);
        moderator.pass(1);
        QTRY_COMPARE(seen(f, ann), u"3 ok"_s);
        f.take(ann);
        QCOMPARE(f.rooms.find(u"chat"_s)->offset(), 0U);
        QVERIFY(!f.rooms.find(u"chat"_s)->contains(f.client(ann)));
    }

    void drainingAnswersWhatWaits()
    {
        Moderator moderator;
        RoomsFixture f(twoRooms(), moderator.hooks());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        say(f, ann, u"1"_s);
        say(f, ann, u"2"_s);
        f.hub.drain();
        f.hub.close();
        QCOMPARE(heard(f, ann), u"SERVER_DRAINING SERVER_DRAINING"_s);
        QVERIFY(moderator.asked[0]->stop.stop_requested());
        QCOMPARE(f.gateway.kept, 0);
        say(f, ann, u"3"_s);
        QCOMPARE(heard(f, ann), u"SERVER_DRAINING"_s);
        QCOMPARE(moderator.asked.size(), std::size_t(1));
        QCOMPARE(f.hub.orderCounters().waiting, 0);
    }

    void theEndOfTheServerIsTheEndOfWaiting()
    {
        Moderator moderator;
        {
            RoomsFixture f(twoRooms(), moderator.hooks());
            const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
            say(f, ann, u"1"_s, u"chat"_s, u"id"_s);
            say(f, ann, u"2"_s);
        }
        QVERIFY(moderator.asked[0]->stop.stop_requested());
        moderator.pass(0);
        turn();
    }

    void theSameIdGetsTheSameAnswer_data()
    {
        QTest::addColumn<bool>("passes");
        QTest::addColumn<bool>("elsewhere"); // Another connection of the same user.
        for (const bool passes : {true, false}) {
            for (const bool elsewhere : {true, false}) {
                QTest::addRow("%s, %s", passes ? "passes" : "is blocked",
                              elsewhere ? "from another connection" : "from the same")
                    << passes << elsewhere;
            }
        }
    }
    void theSameIdGetsTheSameAnswer()
    {
        QFETCH(bool, passes);
        QFETCH(bool, elsewhere);
        Moderator moderator;
        RoomsFixture f(twoRooms(), moderator.hooks());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const SocketId again = elsewhere ? f.joined(u"ann"_s, u"chat"_s) : ann;
        f.take(ann);
        say(f, ann, u"hi"_s, u"chat"_s, u"id-1"_s);
        say(f, ann, u"you"_s, u"chat"_s, u"id-2"_s);
        say(f, again, u"hi"_s, u"chat"_s, u"id-1"_s);
        turn();
        QCOMPARE(moderator.asked.size(), std::size_t(1));
        moderator.answer(0, passes ? Result<EventMessage>(moderator.asked[0]->message) : blocked());
        QTRY_COMPARE(moderator.asked.size(), std::size_t(2)); // About the other one.
        turn();
        QCOMPARE(moderator.asked.size(), std::size_t(2));
        const QString expected = passes ? u"ok"_s : u"EVENT_BLOCKED"_s;
        const QString event = passes ? u"hi "_s : QString();
        if (elsewhere) {
            QCOMPARE(heard(f, ann), event + expected);
            QCOMPARE(heard(f, again), event + expected);
        } else {
            QCOMPARE(heard(f, ann), event + expected + u' ' + expected);
        }
        moderator.pass(1);
        QTRY_COMPARE(f.gateway.kept, 0);
        QCOMPARE(f.rooms.find(u"chat"_s)->offset(), passes ? 2U : 1U);
    }

    void anotherEventOfThatIdIsAnother()
    {
        Moderator moderator;
        RoomsFixture f(twoRooms(), moderator.hooks());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        QJsonObject typing = trigger(u"typing"_s, QJsonValue());
        typing.insert(u"id"_s, u"id-1"_s);
        say(f, ann, u"hi"_s, u"chat"_s, u"id-1"_s);
        request(f, ann, protocol::names::trigger, typing);
        moderator.answer(0, blocked());
        QTRY_COMPARE(moderator.asked.size(), std::size_t(2));
        QCOMPARE(heard(f, ann), u"EVENT_BLOCKED"_s);
    }

    void whoComesBackGetsTheAnswerOfWhatItSaidBefore()
    {
        Moderator moderator;
        RoomsFixture f(twoRooms(), moderator.hooks());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        say(f, ann, u"hi"_s, u"chat"_s, u"id-1"_s);
        f.hub.socketDisconnected(ann, DisconnectReason::ConnectionLost);
        const SocketId again = f.joined(u"ann"_s, u"chat"_s);
        say(f, again, u"hi"_s, u"chat"_s, u"id-1"_s);
        QCOMPARE(moderator.asked.size(), std::size_t(1));
        moderator.pass(0);
        QTRY_COMPARE(seen(f, again), u"hi ok"_s);
        f.take(again);
        QCOMPARE(f.rooms.find(u"chat"_s)->offset(), 1U);
    }

    void whereTheFirstIsThrownOutTheSecondIsToldToTryAgain()
    {
        Moderator moderator;
        RoomsFixture f(twoRooms(), moderator.hooks());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const SocketId again = f.joined(u"ann"_s, u"chat"_s);
        say(f, ann, u"hi"_s, u"chat"_s, u"id-1"_s);
        say(f, again, u"hi"_s, u"chat"_s, u"id-1"_s);
        f.take(again);
        f.hub.socketDisconnected(ann, DisconnectReason::ServerDisconnect);
        QTRY_COMPARE(seen(f, again), u"UNAVAILABLE"_s);
        f.take(again);
        say(f, again, u"hi"_s, u"chat"_s, u"id-1"_s);
        QCOMPARE(moderator.asked.size(), std::size_t(2));
        moderator.pass(1);
        QTRY_COMPARE(seen(f, again), u"hi ok"_s);
        f.take(again);
    }

    void whoDisconnectsInTheHookIsNotWaitedFor()
    {
        Moderator moderator;
        RoomsFixture *fixture = nullptr;
        RoomsFixture f(twoRooms(),
                       {.beforeEachLater = [&](EventMessage message, QString roomId, ClientSnapshot sender,
                                               std::stop_token stop) {
                           fixture->hub.socketDisconnected(1, DisconnectReason::ServerDisconnect);
                           return moderator.hooks().beforeEachLater(std::move(message), std::move(roomId),
                                                                    std::move(sender), std::move(stop));
                       }});
        fixture = &f;
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        QCOMPARE(ann, SocketId(1));
        say(f, ann, u"hi"_s);
        QVERIFY(moderator.asked.at(0)->stop.stop_requested());
        QCOMPARE(f.answers.counters().waiting, 0);
        QCOMPARE(f.gateway.kept, 0);
    }
};

DIALOGUE_TEST(TestLaterEvents, QCoreApplication)
#include "tst_laterevents.moc"
