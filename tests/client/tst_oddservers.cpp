#include "tests/client/support/await.h"
#include "tests/client/support/scriptedserver.h"

#include "testclasses.h"

#include <QPointer>
#include <QSignalSpy>
#include <QTest>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

/** What the client makes of servers that answer late, wrongly, by halves, or not at all. */
class TestOddServers : public QObject
{
    Q_OBJECT

    using AckId = ScriptedServer::AckId;

private Q_SLOTS:
    void aRequestsTimeIsItsOwnWhateverElseWaits()
    {
        ScriptedServer server;
        server.answer = [&](const QString &name, const QJsonObject &payload, AckId id) {
            if (name == u"dialogue:join")
                server.letIn(payload, id);
        };
        ClientConfig config = ScriptedServer::quick();
        config.timeouts.request = std::chrono::milliseconds(500);
        const auto client = server.client(config);
        const auto lab = await(client->join(u"lab"_s));
        QVERIFY(lab);
        const auto receipt = (*lab)->triggerWithAck(u"n"_s); // which has two minutes
        for (int i = 0; i < 2; ++i) { // the second when nothing but the trigger waits
            const auto rooms = client->listRooms();
            QTRY_VERIFY_WITH_TIMEOUT(rooms.isFinished(), PatienceMs);
            QCOMPARE(rooms.result().error().code, ErrorCode::Timeout);
        }
        QVERIFY(!receipt.isFinished());
    }

    void aRefusedClientsRequestsFailWithTheRefusal()
    {
        ScriptedServer server;
        server.refusal = R"({"message":"no","data":{"code":"UNAUTHORIZED"}})";
        server.answer = [&](const QString &name, const QJsonObject &payload, AckId id) {
            if (name == u"dialogue:join")
                server.letIn(payload, id);
        };
        const auto client = server.client();
        const auto early = client->join(u"lab"_s);
        const auto list = client->listRooms();
        QCOMPARE(await(early).error().code, ErrorCode::Unauthorized);
        QCOMPARE(await(list).error().code, ErrorCode::Unauthorized);
        QCOMPARE(client->state(), DialogueClient::State::Disconnected);

        const auto late = client->join(u"lab"_s); // of which nobody will ever hear
        const auto created = client->createRoom({.id = u"den"_s, .name = u"Den"_s});
        QVERIFY(!late.isFinished() && !created.isFinished());
        QCOMPARE(await(late).error().code, ErrorCode::Unauthorized);
        QCOMPARE(await(created).error().code, ErrorCode::Unauthorized);
        QCOMPARE(client->room(u"lab"_s), nullptr);

        server.refusal.clear();
        const auto again = client->join(u"lab"_s);
        client->connectToServer(); // another try, for what was asked before it, too
        QVERIFY(await(again));
        client->disconnectFromServer(); // by the application, which is no refusal
        const auto meanwhile = client->join(u"den"_s);
        QCoreApplication::processEvents();
        QVERIFY(!meanwhile.isFinished());
        client->connectToServer();
        QVERIFY(await(meanwhile));
    }

    void aCheckFindsOutWhetherTheServerIsThere()
    {
        ScriptedServer server;
        ClientConfig config = ScriptedServer::quick();
        config.timeouts.check = std::chrono::milliseconds(20);
        const auto client = server.client(config);
        QTRY_VERIFY(client->isConnected());
        client->checkConnection();
        client->checkConnection(); // is one
        QCOMPARE(server.checks, 1);
        QCoreApplication::processEvents(); // the answer
        client->checkConnection();
        QCOMPARE(server.checks, 2);
        QCoreApplication::processEvents();
        QSignalSpy errors(client.get(), &DialogueClient::errorOccurred);
        server.isAlive = false;
        client->checkConnection();
        QTRY_COMPARE(server.connections, 2);
        QVERIFY(errors[0][0].value<Error>().message.contains(u"timeouts.check"_s));
    }

    void aCheckBeginsTheAttemptThatWaits()
    {
        ScriptedServer server;
        ClientConfig config = ScriptedServer::quick();
        config.reconnectionDelay = std::chrono::hours(1);
        config.reconnectionDelayMax = std::chrono::hours(1);
        config.reconnectionJitter = 0;
        const auto client = server.client(config);
        QTRY_VERIFY(client->isConnected());
        server.cut();
        QTRY_COMPARE(client->state(), DialogueClient::State::Reconnecting);
        client->checkConnection();
        QTRY_VERIFY(client->isConnected());
        client->disconnectFromServer();
        client->checkConnection();
        QCOMPARE(client->state(), DialogueClient::State::Disconnected);
    }

    void aViolationIsNoReasonToLeave()
    {
        ScriptedServer server;
        server.answer = [&](const QString &name, const QJsonObject &payload, AckId id) {
            if (name == u"dialogue:join" && server.connections == 2)
                server.say("4nonsense");
            else if (name == u"dialogue:join")
                server.letIn(payload, id);
        };
        const auto client = server.client();
        const auto lab = await(client->join(u"lab"_s));
        QVERIFY(lab);
        QSignalSpy joined(*lab, &RoomContext::joinedChanged);
        QSignalSpy errors(client.get(), &DialogueClient::errorOccurred);
        server.cut();
        QTRY_COMPARE(joined.count(), 2); // out and in
        QCOMPARE(server.connections, 3);
        QCOMPARE(client->room(u"lab"_s), *lab);
        QCOMPARE(errors[1][0].value<Error>().code, ErrorCode::ProtocolViolation);
    }

    void whatIsAskedOfflineIsNewerThanWhatIsRepaired()
    {
        ScriptedServer server;
        QStringList heard;
        server.answer = [&](const QString &name, const QJsonObject &payload, AckId) {
            if (name == u"dialogue:join")
                server.letIn(payload);
            heard.append(name.section(u':', 1));
        };
        const auto client = server.client();
        const auto lab = await(client->join(u"lab"_s));
        QVERIFY(lab);
        QVERIFY(await((*lab)->unsubscribe(u"x"_s)));
        heard.clear();
        QFuture<Result<void>> subscribed;
        connect(client.get(), &DialogueClient::stateChanged, this, [&](DialogueClient::State state) {
            if (state == DialogueClient::State::Reconnecting)
                subscribed = (*lab)->subscribe(u"x"_s);
        });
        server.cut();
        QTRY_VERIFY(subscribed.isValid() && subscribed.isFinished());
        QCOMPARE(heard, (QStringList{u"join"_s, u"unsubscribe"_s, u"subscribe"_s}));
    }

    void aGapsHandlerMayDeleteTheRoomItsSubscriptionsAreOf()
    {
        ScriptedServer server;
        QStringList heard;
        server.answer = [&](const QString &name, const QJsonObject &payload, AckId) {
            if (name == u"dialogue:join")
                server.letIn(payload);
            heard.append(name.section(u':', 1));
        };
        const auto client = server.client();
        const auto joined = await(client->join(u"lab"_s, {.subscriptions = QStringList{u"a"_s, u"b"_s}}));
        QVERIFY(joined);
        QPointer<RoomContext> lab = *joined;
        connect(lab, &RoomContext::gap, this, [&] { delete lab; });
        heard.clear();
        server.cut();
        QTRY_VERIFY(lab.isNull());
        QTRY_COMPARE(heard, (QStringList{u"join"_s, u"subscribe"_s, u"subscribe"_s, u"leave"_s}));
    }

    void whoWaitsForAJoinMayDeleteTheRoomForWhomWaitsToo()
    {
        ScriptedServer server;
        server.answer = [&](const QString &name, const QJsonObject &payload, AckId id) {
            if (name == u"dialogue:join")
                server.letIn(payload, id);
        };
        const auto client = server.client();
        const auto first
            = client->join(u"lab"_s).then([](const Result<RoomContext *> &room) { delete *room; });
        const auto second = await(client->join(u"lab"_s));
        QVERIFY(first.isFinished());
        QCOMPARE(second.error().code, ErrorCode::ConnectionLost);
    }

    void aTriggerThatMakesTheServerCloseTakesNoOtherDown()
    {
        ScriptedServer server;
        server.answer = [&](const QString &name, const QJsonObject &payload, AckId id) {
            if (name == u"dialogue:join")
                server.letIn(payload, id);
            else if (payload[u"event"_s] == u"boom"_s)
                server.close();
            else
                server.ack(id);
        };
        const auto client = server.client();
        const auto lab = await(client->join(u"lab"_s));
        QVERIFY(lab);
        const auto boom = (*lab)->triggerWithAck(u"boom"_s);
        const auto fine = (*lab)->triggerWithAck(u"fine"_s);
        QTRY_VERIFY(boom.isFinished());
        QCOMPARE(boom.result().error().code, ErrorCode::ConnectionLost);
        QVERIFY(boom.result().error().message.contains(u"closed"_s));
        QVERIFY(await(fine));
        QCOMPARE(server.connections, 4);
    }

    void aConnectionThatDoesNotLastIsNoSuccess()
    {
        ScriptedServer server;
        ClientConfig config = ScriptedServer::quick();
        config.reconnectionDelayMax = std::chrono::milliseconds(PatienceMs);
        const auto client = server.client(config);
        QList<int> attempts;
        connect(client.get(), &DialogueClient::reconnectScheduled, this,
                [&](int attempt) { attempts.append(attempt); });
        connect(client.get(), &DialogueClient::connected, this, [&] { server.close(); });
        QTRY_VERIFY(attempts.size() >= 4);
        QCOMPARE(attempts.first(4), (QList<int>{1, 2, 3, 4}));
    }

    void aConnectionThatLastsIsOne()
    {
        ScriptedServer server;
        ClientConfig config = ScriptedServer::quick();
        config.reconnectionDelayMax = std::chrono::milliseconds(2);
        const auto client = server.client(config);
        QList<int> attempts;
        connect(client.get(), &DialogueClient::reconnectScheduled, this,
                [&](int attempt) { attempts.append(attempt); });
        connect(client.get(), &DialogueClient::connected, this,
                [&] { QTimer::singleShot(200, client.get(), [&] { server.close(); }); });
        QTRY_VERIFY(attempts.size() >= 2);
        QCOMPARE(attempts.first(2), (QList<int>{1, 1}));
    }

    void aJoinGrantedTooLateIsGivenBack()
    {
        ScriptedServer server;
        QStringList heard;
        server.answer = [&](const QString &name, const QJsonObject &, AckId) { heard.append(name); };
        ClientConfig config = ScriptedServer::quick();
        config.timeouts.request = std::chrono::milliseconds(200);
        const auto client = server.client(config);
        QCOMPARE(await(client->join(u"lab"_s)).error().code, ErrorCode::Timeout);
        QTRY_COMPARE(heard, (QStringList{u"dialogue:join"_s, u"dialogue:leave"_s}));
    }

    void disconnectedIsToldWhoeverGivesUp()
    {
        ScriptedServer server;
        const auto client = server.client();
        QTRY_VERIFY(client->isConnected());
        QSignalSpy disconnected(client.get(), &DialogueClient::disconnected);
        connect(client.get(), &DialogueClient::stateChanged, this, [&](DialogueClient::State state) {
            if (state == DialogueClient::State::Reconnecting)
                client->disconnectFromServer();
        });
        server.cut();
        QTRY_COMPARE(disconnected.count(), 1);
        QCOMPARE(client->state(), DialogueClient::State::Disconnected);
    }

    void answersHeartbeats()
    {
        ScriptedServer server;
        const auto client = server.client();
        QTRY_VERIFY(client->isConnected());
        server.say("2");
        QCOMPARE(server.pongs, QByteArrayList{QByteArray()});
    }

    void aClientThatHearsNothingButHeartbeatsStays()
    {
        ScriptedServer server;
        server.handshake
            = R"({"sid":"s","upgrades":[],"pingInterval":500,"pingTimeout":500,"maxPayload":1000})";
        const auto client = server.client();
        QTRY_VERIFY(client->isConnected());
        QTimer heartbeat;
        connect(&heartbeat, &QTimer::timeout, this, [&] { server.say("2"); });
        heartbeat.start(50);
        QTRY_VERIFY(server.pongs.size() >= 50); // two and a half times what it would wait in silence
        QCOMPARE(server.connections, 1);
        QVERIFY(client->isConnected());
    }

    void aRoomWeAreNotInSaysNothing()
    {
        ScriptedServer server;
        const QJsonObject message{{u"event"_s, u"n"_s},
                                  {u"roomId"_s, u"lab"_s},
                                  {u"data"_s, 1},
                                  {u"from"_s, u"bob"_s},
                                  {u"timestamp"_s, 1}};
        const QJsonObject history{{u"roomId"_s, u"lab"_s}, {u"events"_s, QJsonArray{message}}};
        const QJsonObject gap{
            {u"roomId"_s, u"lab"_s}, {u"from"_s, 1}, {u"to"_s, 2}, {u"reason"_s, u"dropped"_s}};
        const auto sayAll = [&] {
            server.emitEvent(u"dialogue:event"_s, message);
            server.emitEvent(u"dialogue:history"_s, history);
            server.emitEvent(u"dialogue:gap"_s, gap);
        };
        server.answer = [&](const QString &name, const QJsonObject &payload, AckId id) {
            if (name != u"dialogue:join")
                return;
            if (server.connections > 1)
                sayAll(); // meant for one who was in this room before us
            server.letIn(payload, id);
        };
        const auto client = server.client();
        const auto lab = await(client->join(u"lab"_s));
        QVERIFY(lab);
        QSignalSpy joined(*lab, &RoomContext::joinedChanged);
        QSignalSpy events(*lab, &RoomContext::eventReceived);
        QSignalSpy histories(*lab, &RoomContext::historyReceived);
        QSignalSpy gaps(*lab, &RoomContext::gap);
        server.cut();
        QTRY_COMPARE(joined.count(), 2); // out and in
        QCOMPARE(events.count() + histories.count() + gaps.count(), 0);
        sayAll();
        QTRY_COMPARE(gaps.count(), 1);
        QCOMPARE(events.count(), 1);
        QCOMPARE(histories.count(), 1);
    }

    void refusalsCountInARow()
    {
        ScriptedServer server;
        int refusals = 0;
        server.answer = [&](const QString &name, const QJsonObject &payload, AckId id) {
            if (name == u"dialogue:join" && refusals > 0 && refusals-- > 0)
                server.refuse(id, "ROOM_FULL");
            else if (name == u"dialogue:join")
                server.letIn(payload, id);
        };
        ClientConfig config = ScriptedServer::quick();
        config.reconnectionDelayMax = std::chrono::milliseconds(1);
        const auto client = server.client(config);
        const auto joined = await(client->join(u"lab"_s));
        QVERIFY(joined);
        const QPointer<RoomContext> lab(*joined);
        QSignalSpy changes(lab, &RoomContext::joinedChanged);
        QSignalSpy left(lab, &RoomContext::left);
        for (int round = 1; round <= 3; ++round) {
            refusals = 15;
            server.cut();
            QTRY_COMPARE(changes.count(), 2 * round);
            QVERIFY(lab->isJoined());
        }
        refusals = 1000; // and not for ever
        server.cut();
        QTRY_COMPARE(left.count(), 1);
        QCOMPARE(refusals, 1000 - 21);
    }

    void theEndFailsAllThatWaits_data()
    {
        QTest::addColumn<bool>("sent");
        QTest::newRow("sent") << true;
        QTest::newRow("not sent") << false;
    }
    void theEndFailsAllThatWaits()
    {
        QFETCH(bool, sent);
        ScriptedServer server;
        QStringList heard;
        server.answer = [&](const QString &name, const QJsonObject &, AckId) { heard.append(name); };
        const auto client = server.client();
        if (sent)
            QTRY_VERIFY(client->isConnected());
        const auto list = client->listRooms(); // which another connection would ask again
        const auto den = client->createRoom({.id = u"den"_s, .name = u"Den"_s});
        const auto lab = client->join(u"lab"_s);
        if (!sent)
            client->connectToServer();
        client->disconnectFromServer();
        QCOMPARE(await(list).error().code, ErrorCode::ConnectionLost);
        QCOMPARE(await(den).error().code, ErrorCode::ConnectionLost);
        QCOMPARE(await(lab).error().code, ErrorCode::ConnectionLost);
        QCOMPARE(heard.size(), sent ? 3 : 0);
    }

    void aHeartbeatCarriesNothing()
    {
        ScriptedServer server;
        const auto client = server.client();
        QTRY_VERIFY(client->isConnected());
        QSignalSpy errors(client.get(), &DialogueClient::errorOccurred);
        server.say('2' + QByteArray(1000, 'x'));
        QTRY_COMPARE(errors.count(), 1);
        QCOMPARE(errors[0][0].value<Error>().code, ErrorCode::ProtocolViolation);
        QCOMPARE(server.pongs, QByteArrayList());
    }

    void whoReadsNothingGetsNothing()
    {
        ScriptedServer server;
        const auto client = server.client();
        QTRY_VERIFY(client->isConnected());
        QSignalSpy errors(client.get(), &DialogueClient::errorOccurred);
        server.unread = 100000000;
        server.say("2");
        QTRY_COMPARE(errors.count(), 1);
        QCOMPARE(errors[0][0].value<Error>().code, ErrorCode::ConnectionLost);
        QCOMPARE(server.pongs, QByteArrayList());
    }
};

DIALOGUE_TEST(TestOddServers, QCoreApplication)
#include "tst_oddservers.moc"
