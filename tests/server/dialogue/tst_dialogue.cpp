#include "dialoguetest.h"
#include "testclasses.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QPointer>
#include <QSignalSpy>
#include <QTest>

#include <optional>

#include <limits>

using namespace dialogue;
using namespace Qt::StringLiterals;
using namespace dialogue::test;

struct Move
{
    Q_GADGET
    Q_PROPERTY(QString piece MEMBER piece)
    Q_PROPERTY(int steps MEMBER steps)
public:
    QString piece;
    int steps = 0;
};

/** The API an embedder sees, over real sockets, with connections in the hub's thread and in others. */
class TestDialogue : public QObject
{
    Q_OBJECT

    static QJsonObject saying(const QString &text)
    {
        return {{u"roomId"_s, u"chat"_s},
                {u"event"_s, u"message"_s},
                {u"data"_s, QJsonObject{{u"text"_s, text}}}};
    }

private Q_SLOTS:
    void tellsWhatItHasCounted_data() { workersTable(); }
    void tellsWhatItHasCounted()
    {
        QFETCH(int, workers);
        ServerConfig configuration = config(workers);
        configuration.rateLimit.global = {.maxEvents = 3, .window = std::chrono::hours(1)};
        Dialogue server(configuration);
        QVERIFY(server.start());
        TestClient ann(server.port(), as(u"ann"_s));
        QVERIFY(ann.ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());
        const qint64 kept = server.counters().memory.rooms;
        for (int i = 0; i < 5; ++i)
            QCOMPARE(ann.ask(u"dialogue:trigger"_s, saying(u"hello"_s))[u"ok"_s].toBool(), i < 3);

        const ServerCounters counters = server.counters();
        QCOMPARE(counters.hub.messages, 7); // With CONNECT and the join.
        QCOMPARE(counters.budgets.refusedOf(BudgetKind::Event), 2);
        QVERIFY(counters.memory.rooms > kept);
        QVERIFY(counters.memory.used >= counters.memory.rooms);
        QCOMPARE(counters.replays.begun, 0);

        std::vector<WorkerCounters> perWorker;
        auto gone = std::make_unique<QObject>();
        bool goneIsTold = false;
        server.workerCounters(gone.get(), [&](const std::vector<WorkerCounters> &) { goneIsTold = true; });
        gone.reset();
        server.workerCounters(this, [&](const std::vector<WorkerCounters> &all) { perWorker = all; });
        QTRY_COMPARE(perWorker.size(), std::size_t(std::max(workers, 1)));
        qint64 sessions = 0;
        for (const WorkerCounters &each : perWorker)
            sessions += each.sessions;
        QCOMPARE(sessions, 1);
        QVERIFY(!goneIsTold || workers == 0); // There it is told at once.
    }

    void countsDataThatTakesTooManyStepsToCheck()
    {
        QJsonArray bounds;
        for (int i = 0; i < 20; ++i)
            bounds.append(QJsonObject{{u"minimum"_s, -i}});
        ServerConfig configuration = config(0);
        configuration.limits.validationSteps = 100;
        configuration.rooms.first().events.append(
            defineEvent(u"numbers"_s, *Schema::fromJson({{u"items"_s, QJsonObject{{u"allOf"_s, bounds}}}})));
        Dialogue server(configuration);
        QVERIFY(server.start());
        TestClient ann(server.port(), as(u"ann"_s));
        QVERIFY(ann.ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());
        QJsonArray numbers;
        const auto send = [&] {
            const QJsonObject trigger{
                {u"roomId"_s, u"chat"_s}, {u"event"_s, u"numbers"_s}, {u"data"_s, numbers}};
            return ann.ask(u"dialogue:trigger"_s, trigger)[u"error"_s][u"code"_s].toString();
        };
        QCOMPARE(send(), QString());
        for (int i = 0; i < 100; ++i)
            numbers.append(1);
        QCOMPARE(send(), u"LIMIT_REACHED"_s);
        QCOMPARE(send(), u"LIMIT_REACHED"_s);
        QCOMPARE(server.counters().budgets.tooManySteps, 2);
    }

    void twoClientsTalk_data() { workersTable(); }
    void twoClientsTalk()
    {
        QFETCH(int, workers);
        Dialogue server(config(workers));
        QVERIFY(server.start());
        QVERIFY(server.port() != 0);
        QSignalSpy triggered(&server, &Dialogue::eventTriggered);

        TestClient ann(server.port(), as(u"ann"_s));
        TestClient bob(server.port(), as(u"bob"_s));
        QCOMPARE(ann.waitFor(u"dialogue:connected"_s).payload[u"userId"_s].toString(), u"ann"_s);
        QCOMPARE(bob.waitFor(u"dialogue:connected"_s).payload[u"userId"_s].toString(), u"bob"_s);
        QVERIFY(ann.ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());
        QVERIFY(bob.ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());

        const int rounds = 200;
        for (int i = 0; i < rounds; ++i)
            ann.emitEvent(u"dialogue:trigger"_s, saying(QString::number(i)));
        for (TestClient *client : {&ann, &bob}) {
            for (int i = 0; i < rounds; ++i) {
                const auto event = client->waitFor(u"dialogue:event"_s);
                QCOMPARE(event.payload[u"offset"_s].toInt(), i + 1);
                QCOMPARE(event.payload[u"data"_s][u"text"_s].toString(), QString::number(i));
            }
        }
        QCOMPARE(triggered.size(), rounds);

        bob.emitEvent(u"dialogue:trigger"_s, saying({}));
        QCOMPARE(bob.waitFor(u"dialogue:error"_s).payload[u"code"_s].toString(), u"VALIDATION_FAILED"_s);
    }

    void tellsWhatRoomsOldAndNewEvictOnceSomebodyListens()
    {
        Dialogue server(config(0));
        const auto roomOf = [](const QString &id) {
            return RoomConfig{
                .id = id, .name = id, .events = {defineEvent("note", {}, {.enabled = true, .limit = 1})}};
        };
        const auto sayTwice = [&server](const QString &id) {
            for (const int note : {1, 2})
                QVERIFY(server.trigger(id, u"note"_s, note).result());
        };
        QVERIFY(server.createRoom(roomOf(u"old"_s)));
        sayTwice(u"old"_s);
        QStringList evicted;
        connect(&server, &Dialogue::eventsEvicted, this,
                [&](Room *room, const QString &, const QList<EventMessage> &events) {
                    for (const EventMessage &message : events)
                        evicted.append(room->id() + u' ' + QString::number(message.data.toInt()));
                });
        QVERIFY(server.createRoom(roomOf(u"new"_s)));
        sayTwice(u"old"_s);
        sayTwice(u"new"_s);
        QCOMPARE(evicted, (QStringList{u"old 2"_s, u"old 1"_s, u"new 1"_s}));
    }

    void tellsOfEventsOfRoomsOldAndNewOnceSomebodyListens()
    {
        Dialogue server(config(0));
        QVERIFY(server.start());
        const QJsonObject text{{u"text"_s, u"Hello"_s}};
        QVERIFY(server.trigger(u"chat"_s, u"message"_s, text).result());
        QSignalSpy triggered(&server, &Dialogue::eventTriggered);
        QSignalSpy completed(&server, &Dialogue::eventCompleted);
        QSignalSpy again(&server, &Dialogue::eventTriggered); // Must not make it twice as many.
        QVERIFY(server.trigger(u"chat"_s, u"message"_s, text).result());
        QVERIFY(server.createRoom({.id = u"new"_s, .name = u"New"_s}));
        QVERIFY(server.trigger(u"new"_s, u"message"_s, text).result());
        QCOMPARE(triggered.size(), 2);
        QCOMPARE(completed.size(), 2);
        QCOMPARE(again.size(), 2);
        QCOMPARE(triggered.at(1).at(0).value<EventMessage>().roomId, u"new"_s);
    }

    void knowsItsClients_data() { workersTable(); }
    void knowsItsClients()
    {
        QFETCH(int, workers);
        Dialogue server(config(workers));
        QVERIFY(server.createRoom({.id = u"side"_s, .name = u"Side"_s}));
        QVERIFY(server.start());
        QSignalSpy gone(&server, &Dialogue::clientDisconnected);
        TestClient phone(server.port(), as(u"ann"_s));
        TestClient laptop(server.port(), as(u"ann"_s));
        QVERIFY(phone.ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());
        const QJsonObject beside = laptop.ask(u"dialogue:join"_s, in(u"side"_s));
        QVERIFY2(beside[u"ok"_s].toBool(), QJsonDocument(beside).toJson().constData());
        QCOMPARE(server.clients(u"ann"_s).size(), 2);
        QCOMPARE(server.allClients().size(), 2);
        QStringList ids = server.clientRooms(u"ann"_s).ids();
        ids.sort();
        QCOMPARE(ids, (QStringList{u"chat"_s, u"side"_s}));
        QVERIFY(server.isInRoom(u"ann"_s, u"side"_s));
        QVERIFY(!server.isInRoom(u"bob"_s, u"side"_s));

        server.clientRooms(u"ann"_s).leaveAll([&](const QString &roomId) {
            QVERIFY(server.isInRoom(u"ann"_s, roomId));
            (void)server.trigger(roomId, u"message"_s, QJsonObject{{u"text"_s, u"farewell"_s}});
        });
        QCOMPARE(phone.waitFor(u"dialogue:event"_s).payload[u"data"_s][u"text"_s].toString(), u"farewell"_s);
        QCOMPARE(phone.waitFor(u"dialogue:left"_s).payload[u"roomId"_s].toString(), u"chat"_s);
        QCOMPARE(server.room(u"chat"_s)->size(), 0);

        laptop.close();
        QTRY_COMPARE(gone.size(), 1);
        QCOMPARE(server.clients(u"ann"_s).size(), 1);
        QTRY_COMPARE(server.allClients().size(), 1);
    }

    void talksToClientsOutsideOfRooms_data() { workersTable(); }
    void talksToClientsOutsideOfRooms()
    {
        QFETCH(int, workers);
        Dialogue server(config(workers));
        QVERIFY(server.start());
        TestClient ann(server.port(), as(u"ann"_s));
        TestClient bob(server.port(), as(u"bob"_s));
        ann.waitFor(u"dialogue:connected"_s);
        bob.waitFor(u"dialogue:connected"_s);
        server.broadcast(u"notice"_s, u"all"_s);
        server.clients(u"ann"_s).first()->send(u"notice"_s, QJsonObject{{u"to"_s, u"ann"_s}});
        QCOMPARE(ann.waitFor(u"notice"_s).payload.toString(), u"all"_s);
        QCOMPARE(ann.waitFor(u"notice"_s).payload[u"to"_s].toString(), u"ann"_s);
        QCOMPARE(bob.waitFor(u"notice"_s).payload.toString(), u"all"_s);

        server.clients(u"bob"_s).first()->send(u"last words"_s);
        server.clients(u"bob"_s).first()->disconnect();
        QVERIFY(bob.waitForClose());
        QCOMPARE(bob.waitFor(u"last words"_s).name, u"last words"_s);
        QTRY_COMPARE(server.allClients().size(), 1);
    }

    void joinsAndTriggersFromTheServersSide()
    {
        Dialogue server(config(1));
        QVERIFY(server.start());
        connect(&server, &Dialogue::clientConnected, &server,
                [](ConnectedClient *client) { QVERIFY(client->join(u"chat"_s).result()); });
        QStringList heard;
        QVERIFY(server.on(u"chat"_s, u"message"_s, &server,
                          [&](const EventMessage &message) { heard.append(message.from); }));
        QVERIFY(!server.on(u"nowhere"_s, u"message"_s, &server, [](const EventMessage &) {}));
        TestClient ann(server.port(), as(u"ann"_s));
        ann.waitFor(u"dialogue:joined"_s);
        const auto triggered
            = server.trigger(u"chat"_s, u"message"_s, QJsonObject{{u"text"_s, u"hi"_s}}).result();
        QVERIFY(triggered);
        QCOMPARE(triggered->offset, 1);
        QCOMPARE(ann.waitFor(u"dialogue:event"_s).payload[u"from"_s].toString(), u"system"_s);
        QCOMPARE(heard, QStringList{u"system"_s});
        QCOMPARE(server.trigger(u"nowhere"_s, u"message"_s, {}).result().error().code,
                 ErrorCode::RoomNotFound);
        QCOMPARE(server.trigger(u"chat"_s, u"message"_s, {}).result().error().code,
                 ErrorCode::ValidationFailed);
    }

    void takesAnEventDefinitionWhereverANameGoes()
    {
        const EventDefinition moved = defineEvent("moved", {}, {.enabled = true}, u"A piece was moved"_s);
        QCOMPARE(moved.description, u"A piece was moved"_s);
        const auto typed = defineEvent<Move>("move", {}, {.enabled = true}, u"A move"_s);
        QCOMPARE(typed.definition().description, u"A move"_s);
        QCOMPARE(defineEvent<Move>("move", {}, ephemeral, u"now"_s).definition().description, u"now"_s);
        QCOMPARE(defineEvent("typing", {}, ephemeral, u"now"_s).description, u"now"_s);
        const auto documented = defineEvent(u"note"_s, QJsonObject{}, HistoryPolicy{}, u"A note"_s);
        QVERIFY(documented);
        QCOMPARE(documented->description, u"A note"_s);

        Dialogue server(
            {.port = 0, .rooms = {{.id = u"game"_s, .name = u"Game"_s, .events = {moved, typed}}}});
        QVERIFY(server.start());
        QStringList heard;
        const auto hear = [&](const EventMessage &message) { heard.append(message.event); };
        QVERIFY(server.on(u"game"_s, moved, &server, hear));
        server.room(u"game"_s)->on(moved, &server, hear);
        QVERIFY(server.trigger(u"game"_s, moved, 1).result());
        QVERIFY(server.trigger(u"game"_s, moved, 2, {.from = u"ann"_s}).result());
        QVERIFY(server.room(u"game"_s)->trigger(moved, QJsonObject{{u"steps"_s, 3}}).result());
        QCOMPARE(heard, QStringList(6, u"moved"_s));

        TestClient ann(server.port(), as(u"ann"_s));
        QVERIFY(ann.ask(u"dialogue:join"_s, in(u"game"_s))[u"ok"_s].toBool());
        ConnectedClient *const client = server.clients(u"ann"_s).first();
        QVERIFY(client->subscribe(u"game"_s, moved));
        QVERIFY(client->subscribe(u"game"_s, typed));
        QCOMPARE(client->subscriptions(u"game"_s).size(), 2);
        QVERIFY(client->unsubscribe(u"game"_s, typed));
        QCOMPARE(client->subscriptions(u"game"_s), QStringList{u"moved"_s});
        client->send(moved, 4);
        QCOMPARE(ann.waitFor(u"moved"_s).payload.toInt(), 4);
        client->send(typed, {.piece = u"rook"_s, .steps = 2});
        QCOMPARE(ann.waitFor(u"move"_s).payload[u"piece"_s].toString(), u"rook"_s);
        server.broadcast(moved);
        QVERIFY(ann.waitFor(u"moved"_s).payload.isUndefined());
        server.broadcast(typed, {.piece = u"pawn"_s, .steps = 1});
        QCOMPARE(ann.waitFor(u"move"_s).payload[u"piece"_s].toString(), u"pawn"_s);
    }

    void handlersAreMemberFunctionsTooAndEndWhenAsked()
    {
        struct Board : public QObject
        {
            void said(const EventMessage &message) { heard.append(message.event); }
            void moved(const TypedMessage<Move> &message) { heard.append(message.data.piece); }
            QStringList heard;
        };
        const auto move = defineEvent<Move>("move");
        const EventDefinition note = defineEvent("note");
        Dialogue server({.rooms = {{.id = u"game"_s, .name = u"Game"_s, .events = {move, note}}}});
        QVERIFY(server.createRoom({.id = u"open"_s, .name = u"Open"_s}));
        QVERIFY(server.createRoom({.id = u"side"_s, .name = u"Side"_s, .events = {move, note}}));
        Board board;
        Room &room = **server.createRoom({.id = u"own"_s, .name = u"Own"_s, .events = {move, note}});
        const auto connection = room.on(u"note"_s, &board, &Board::said);
        room.on(note, &board, &Board::said);
        room.on(move, &board, &Board::moved);
        QVERIFY(server.on(u"side"_s, move, &board, &Board::moved));
        QVERIFY(server.on(u"side"_s, note, &board, &Board::said));
        QVERIFY(room.trigger(note, 1).result());
        QVERIFY(room.trigger(move, {.piece = u"rook"_s}).result());
        QVERIFY(server.trigger(u"side"_s, note, 1).result());
        QVERIFY(server.trigger(u"side"_s, move, {.piece = u"king"_s}).result());
        QCOMPARE(board.heard, (QStringList{u"note"_s, u"note"_s, u"rook"_s, u"note"_s, u"king"_s}));
        QVERIFY(QObject::disconnect(connection));
        board.heard.clear();
        QVERIFY(room.trigger(note, 1).result());
        QCOMPARE(board.heard, QStringList{u"note"_s});
    }

    void tellsOfAHandlerForWhatTheRoomDoesNotCarry()
    {
        Dialogue server(config(0));
        QVERIFY(server.start());
        const auto refused = server.on(u"chat"_s, u"mesage"_s, &server, [](const EventMessage &) {});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::EventNotAllowed);
        QCOMPARE(refused.error().message,
                 u"Room 'chat' does not carry the event 'mesage'; its events are: message"_s);
        QTest::ignoreMessage(
            QtWarningMsg, "on(): \"Room 'chat' does not carry the event 'mesage'; its events are: message\"");
        server.room(u"chat"_s)->on(u"mesage"_s, &server, [](const EventMessage &) {});
        QVERIFY(server.on(u"chat"_s, u"*"_s, &server, [](const EventMessage &) {}));
    }

    void sendsHistoryToWhoConnects()
    {
        const auto note = defineEvent("note", {}, {.enabled = true, .limit = 100});
        Dialogue server({.port = 0, .rooms = {{.id = u"chat"_s, .name = u"Chat"_s, .events = {note}}}});
        QVERIFY(server.start());
        for (int i = 0; i < 60; ++i)
            QVERIFY(server.trigger(u"chat"_s, note, i).result());
        connect(&server, &Dialogue::clientConnected, &server, [&](ConnectedClient *client) {
            const auto history = server.getHistory(u"chat"_s, {.limit = 50}).result();
            client->send(u"sync"_s, history);
        });
        TestClient ann(server.port(), as(u"ann"_s));
        const QJsonArray synced = ann.waitFor(u"sync"_s).payload.toArray();
        QCOMPARE(synced.size(), 50);
        QCOMPARE(synced[0][u"data"_s].toInt(), 59);
        QCOMPARE(synced[0][u"event"_s].toString(), u"note"_s);
        QCOMPARE(synced[49][u"data"_s].toInt(), 10);

        QCOMPARE(server.getHistory(u"chat"_s).result()->size(), 50);
        const auto older
            = server.getHistory(u"chat"_s, {.limit = 2, .event = u"note"_s, .start = 3}).result();
        QCOMPARE(older->size(), 2);
        QCOMPARE(older->first().data.toInt(), 56);
        QVERIFY(server.getHistory(u"chat"_s, {.limit = std::numeric_limits<int>::max(), .start = 59})
                    .result()
                    ->size()
                == 1);
        QCOMPARE(server.getHistory(u"chat"_s, {.limit = -1}).result().error().code,
                 ErrorCode::InvalidRequest);
        QCOMPARE(server.getHistory(u"nowhere"_s).result().error().code, ErrorCode::RoomNotFound);
    }

    void sentHistoryBringsItsAttachmentsAndAnErrorSendsNothing()
    {
        Dialogue server({.port = 0});
        QVERIFY(server.start());
        TestClient ann(server.port(), as(u"ann"_s));
        ann.waitFor(u"dialogue:connected"_s);
        ConnectedClient *const client = server.clients(u"ann"_s).first();
        const auto picture = [](const QByteArray &bytes) {
            return EventMessage{.event = u"picture"_s,
                                .roomId = u"chat"_s,
                                .data = QJsonObject{{u"_placeholder"_s, true}, {u"num"_s, 0}},
                                .from = u"ann"_s,
                                .attachments = {bytes}};
        };
        QTest::ignoreMessage(QtWarningMsg,
                             "There is no history to send as \"sync\" - \"There is no room 'nowhere'\"");
        client->send(u"sync"_s, server.getHistory(u"nowhere"_s).result());
        client->send(u"the \"past\""_s, QList<EventMessage>{picture("b"), picture("a")});
        const auto got = ann.waitFor(u"the \"past\""_s);
        QCOMPARE(got.attachments, (QList<QByteArray>{"b", "a"}));
        QCOMPARE(got.payload[1][u"data"_s][u"num"_s].toInt(), 1);
        client->send(u"none"_s, QList<EventMessage>());
        QCOMPARE(ann.waitFor(u"none"_s).payload, QJsonValue(QJsonArray()));
    }

    void speaksInTypes()
    {
        const auto move = defineEvent<Move>("move", Schema::object({{"steps", Schema::integer().min(1)}}));
        Dialogue server({.port = 0, .rooms = {{.id = u"game"_s, .name = u"Game"_s, .events = {move}}}});
        QVERIFY(server.start());
        QStringList heard;
        QVERIFY(server.on(u"game"_s, move, &server, [&](const TypedMessage<Move> &message) {
            heard.append(message.from + u' ' + message.data.piece + QString::number(message.data.steps));
        }));
        server.room(u"game"_s)->on(move, &server,
                                   [&](const TypedMessage<Move> &) { heard.append(u"room"_s); });
        QVERIFY(!server.on(u"nowhere"_s, move, &server, [](const TypedMessage<Move> &) {}));

        TestClient ann(server.port(), as(u"ann"_s));
        QVERIFY(ann.ask(u"dialogue:join"_s, in(u"game"_s))[u"ok"_s].toBool());
        QVERIFY(ann.ask(u"dialogue:subscribeAll"_s, in(u"game"_s))[u"ok"_s].toBool());
        QVERIFY(server.trigger(u"game"_s, move, {.piece = u"rook"_s, .steps = 3}).result());
        QCOMPARE(ann.waitFor(u"dialogue:event"_s).payload[u"data"_s],
                 QJsonValue(QJsonObject{{u"piece"_s, u"rook"_s}, {u"steps"_s, 3}}));
        const auto wrong = server.trigger(u"game"_s, move, {.piece = u"rook"_s, .steps = 0}).result();
        QCOMPARE(wrong.error().path, u"data.steps"_s);
        QCOMPARE(heard, (QStringList{u"system rook3"_s, u"room"_s}));
    }

    void refusesAsTheAuthenticatorSays()
    {
        Dialogue server(config(1), {.authenticate = [](const ConnectRequest &) -> Result<Identity> {
                            return Error{ErrorCode::Unauthorized, u"Nobody is welcome"_s};
                        }});
        QVERIFY(server.start());
        TestClient ann(server.port());
        const auto refused = ann.waitFor(u"connect_error"_s);
        QCOMPARE(refused.payload[u"message"_s].toString(), u"Nobody is welcome"_s);
        QCOMPARE(refused.payload[u"data"_s][u"code"_s].toString(), u"UNAUTHORIZED"_s);
    }

    void aSlowReaderGoesWithoutHarmToWhoeverTalksToIt_data() { workersTable(); }
    void aSlowReaderGoesWithoutHarmToWhoeverTalksToIt()
    {
        QFETCH(int, workers);
        ServerConfig small = config(workers);
        small.limits.sendQueue = 200000;
        Dialogue server(small);
        QVERIFY(server.start());
        QSignalSpy gone(&server, &Dialogue::clientDisconnected);
        TestClient ann(server.port(), as(u"ann"_s));
        QVERIFY(ann.ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());
        const QPointer<ConnectedClient> client = server.clients(u"ann"_s).first();
        // The loop does not turn meanwhile, so the client, which lives in this thread, reads nothing.
        const QString text(50000, u'x');
        for (int i = 0; i < 200; ++i) {
            QVERIFY(server.trigger(u"chat"_s, u"message"_s, QJsonObject{{u"text"_s, text}}).result());
            QVERIFY(client); // however full its queue, it goes in a turn of its own
            client->send(u"notice"_s, text);
        }
        QTRY_COMPARE_WITH_TIMEOUT(gone.size(), 1, 20000);
        QCOMPARE(server.room(u"chat"_s)->size(), 0);
        QVERIFY(server.trigger(u"chat"_s, u"message"_s, QJsonObject{{u"text"_s, text}}).result());
    }

    void erasesWhatWasSaid()
    {
        RoomConfig room = chat();
        room.events[0].history = {.enabled = true, .limit = 10};
        Dialogue server({.port = 0, .rooms = {room}});
        QVERIFY(server.start());
        for (const auto &text : {u"one"_s, u"secret"_s, u"three"_s})
            QVERIFY(server.trigger(u"chat"_s, u"message"_s, QJsonObject{{u"text"_s, text}}).result());
        std::optional<Result<ErasedEvents>> erased;
        const auto take = [&erased](const Result<ErasedEvents> &said) { erased = said; };
        server.eraseEvent(u"chat"_s, 2).then(&server, take);
        QTRY_VERIFY(erased);
        QCOMPARE(erased->value(), (ErasedEvents{.inMemory = 1}));
        QCOMPARE(server.getHistory(u"chat"_s).result()->size(), 2);
        erased.reset();
        server.eraseUser(server.getHistory(u"chat"_s).result()->constFirst().from).then(&server, take);
        QTRY_VERIFY(erased);
        QCOMPARE(erased->value(), (ErasedEvents{.inMemory = 2}));
        QCOMPARE(server.getHistory(u"chat"_s).result()->size(), 0);
        erased.reset();
        server.eraseUser(u""_s).then(&server, take);
        QTRY_VERIFY(erased);
        QCOMPARE(erased->error().code, ErrorCode::InvalidRequest);
    }
};

DIALOGUE_TEST(TestDialogue, QCoreApplication)
#include "tst_dialogue.moc"
