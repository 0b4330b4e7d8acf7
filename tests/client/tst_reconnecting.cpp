#include "await.h"
#include "clientfixture.h"
#include "cuttingproxy.h"
#include "testclasses.h"

#include <QPromise>
#include <QSignalSpy>
#include <QTest>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/** Connections that are lost in all the ways networks have, and what the application sees of it. */
class TestReconnecting : public QObject
{
    Q_OBJECT

    std::unique_ptr<Dialogue> m_server;
    std::unique_ptr<CuttingProxy> m_proxy;

    ClientConfig through(const QString &user) const { return clientConfig(m_proxy->port(), user); }
    void start(const ServerConfig &config)
    {
        m_server = std::make_unique<Dialogue>(config);
        QVERIFY(m_server->start());
        m_proxy = std::make_unique<CuttingProxy>(m_server->port());
    }
    /** The connection is lost, and the server goes on without us until it is let in again. */
    void loseConnection(const DialogueClient &client)
    {
        m_proxy->setAccepting(false);
        m_proxy->cutAll();
        QTRY_VERIFY(!client.isConnected());
    }
    static QList<int> numbers(const QList<EventMessage> &events)
    {
        QList<int> found;
        for (const EventMessage &message : events)
            found.append(message.data.toInt());
        return found;
    }

private Q_SLOTS:
    void init() { start(serverConfig()); }
    void cleanup()
    {
        m_proxy.reset();
        m_server.reset();
    }

    void whatAServerThatStopsRefusesGoesToTheNext()
    {
        std::vector<QPromise<Result<EventMessage>>> unanswered;
        ServerConfig its = serverConfig();
        its.drain.timeout = 10min;
        auto first = std::make_unique<Dialogue>(
            its,
            Hooks{.beforeEachLater = [&](const EventMessage &, const QString &, const ClientSnapshot &,
                                         const std::stop_token &) {
                unanswered.emplace_back().start();
                return unanswered.back().future();
            }});
        QVERIFY(first->start());
        its.port = first->port();
        DialogueClient client(clientConfig(its.port, u"ann"_s));
        QSignalSpy errors(&client, &DialogueClient::errorOccurred);
        const auto lab = await(client.join(u"lab"_s));
        QVERIFY(lab);
        const auto asked = (*lab)->triggerWithAck(u"n"_s, 1);
        QTRY_COMPARE(unanswered.size(), std::size_t(1));
        first->stop();
        QTRY_COMPARE(errors.size(), 1);
        const auto refused = (*lab)->triggerWithAck(u"n"_s, 2);
        QTRY_COMPARE(errors.size(), 2);
        first->stop(); // Waits no longer.
        QTRY_VERIFY(!first->isListening());
        first.reset();
        Dialogue second(its);
        QVERIFY(second.start());
        QVERIFY(await(asked));
        QVERIFY(await(refused));
        QCOMPARE(second.room(u"lab"_s)->offset(), 2U);
    }

    void whatWasMissedComesInOrderAndOnce()
    {
        DialogueClient client(through(u"ann"_s));
        const auto lab = await(client.join(u"lab"_s));
        QVERIFY(lab);
        QList<EventMessage> heard;
        (*lab)->onAny(this, [&](const EventMessage &message) { heard.append(message); });
        QSignalSpy gaps(*lab, &RoomContext::gap);
        QSignalSpy joined(*lab, &RoomContext::joinedChanged);
        QVERIFY(m_server->trigger(u"lab"_s, u"n"_s, 1).result());
        QTRY_COMPARE(heard.size(), 1);
        loseConnection(client);
        QVERIFY(m_server->trigger(u"lab"_s, u"n"_s, 2).result());
        QVERIFY(m_server->trigger(u"lab"_s, u"n"_s, 3).result());
        m_proxy->setAccepting(true);
        QTRY_COMPARE(joined.count(), 2); // out and in
        QVERIFY(m_server->trigger(u"lab"_s, u"n"_s, 4).result());
        QTRY_COMPARE(numbers(heard), (QList<int>{1, 2, 3, 4}));
        QCOMPARE(gaps.count(), 0);
    }

    void aCheckNoticesANetworkThatIsGone_data()
    {
        QTest::addColumn<TransportKind>("transport");
        QTest::newRow("websocket") << TransportKind::WebSocket;
        QTest::newRow("polling") << TransportKind::Polling;
    }
    void aCheckNoticesANetworkThatIsGone()
    {
        QFETCH(TransportKind, transport);
        ClientConfig config = through(u"ann"_s);
        config.transports = {transport};
        config.timeouts.check = std::chrono::milliseconds(50);
        DialogueClient client(config);
        QVERIFY(await(client.join(u"lab"_s)));
        for (int i = 0; i < m_proxy->accepted(); ++i)
            m_proxy->swallow(i);
        const int before = m_proxy->accepted();
        QSignalSpy connected(&client, &DialogueClient::connected);
        client.checkConnection(); // the heartbeat would be missed in half a minute and more
        QTRY_COMPARE(connected.count(), 1);
        QVERIFY(m_proxy->accepted() > before);
    }

    void whatCannotBeRecoveredIsAGap()
    {
        ServerConfig config = serverConfig();
        config.history.recoveryEvents = 2;
        cleanup();
        start(config);
        DialogueClient client(through(u"ann"_s));
        const auto lab = await(client.join(u"lab"_s));
        QVERIFY(lab);
        QList<EventMessage> heard;
        (*lab)->onAny(this, [&](const EventMessage &message) { heard.append(message); });
        QSignalSpy gaps(*lab, &RoomContext::gap);
        QVERIFY(m_server->trigger(u"lab"_s, u"n"_s, 1).result());
        QTRY_COMPARE(heard.size(), 1);
        loseConnection(client);
        for (int i = 2; i <= 6; ++i)
            QVERIFY(m_server->trigger(u"lab"_s, u"n"_s, i).result());
        m_proxy->setAccepting(true);
        QTRY_COMPARE(gaps.count(), 1);
        QCOMPARE(gaps[0][0].value<Gap>(), (Gap{.from = 2, .to = 6}));
        QVERIFY(m_server->trigger(u"lab"_s, u"n"_s, 7).result());
        QTRY_COMPARE(numbers(heard), (QList<int>{1, 7}));
    }

    void aServerBegunAnewIsAGapInANewLog()
    {
        DialogueClient client(through(u"ann"_s));
        const auto lab = await(client.join(u"lab"_s));
        QVERIFY(lab);
        QSignalSpy gaps(*lab, &RoomContext::gap);
        QVERIFY(m_server->trigger(u"lab"_s, u"n"_s, 1).result());
        QTRY_COMPARE((*lab)->position().offset, 1U);
        m_proxy->setAccepting(false);
        const quint16 port = m_server->port();
        m_server.reset();
        ServerConfig config = serverConfig();
        config.port = port;
        m_server = std::make_unique<Dialogue>(config);
        QVERIFY(m_server->start());
        m_proxy->cutAll();
        m_proxy->setAccepting(true);
        QTRY_COMPARE(gaps.count(), 1);
        QVERIFY(gaps[0][0].value<Gap>().newLog);
        QCOMPARE(client.room(u"lab"_s), *lab);
    }

    void triggersMadeOfflineGoOutInOrderAndOnce()
    {
        DialogueClient client(through(u"ann"_s));
        const auto lab = await(client.join(u"lab"_s));
        QVERIFY(lab);
        QList<EventMessage> applied;
        QVERIFY(m_server->on(u"lab"_s, u"*"_s, this,
                             [&](const EventMessage &message) { applied.append(message); }));
        loseConnection(client);
        QList<QFuture<Result<TriggerReceipt>>> receipts;
        for (int i = 1; i <= 5; ++i)
            receipts.append((*lab)->triggerWithAck(u"n"_s, i));
        QCOMPARE(client.outboxSize(), 5);
        m_proxy->setAccepting(true);
        for (const auto &receipt : std::as_const(receipts))
            QVERIFY(await(receipt));
        QCOMPARE(numbers(applied), (QList<int>{1, 2, 3, 4, 5}));
        QTRY_COMPARE(client.outboxSize(), 0);
    }

    void aTriggerWhoseAckWasLostIsAppliedOnce()
    {
        DialogueClient client(through(u"ann"_s));
        const auto lab = await(client.join(u"lab"_s));
        QVERIFY(lab);
        QList<EventMessage> applied;
        QVERIFY(m_server->on(u"lab"_s, u"*"_s, this,
                             [&](const EventMessage &message) { applied.append(message); }));
        m_proxy->cutAfter(0, 3); // in the middle of the first frame of the answer
        const auto receipt = await((*lab)->triggerWithAck(u"n"_s, 1));
        QVERIFY(receipt);
        QCOMPARE(receipt->offset, 1U);
        QCOMPARE(m_proxy->accepted(), 2);
        QCOMPARE(numbers(applied), QList<int>{1});
    }

    void aFullOutboxSaysSo()
    {
        ClientConfig config = through(u"ann"_s);
        config.outbox.messages = 2;
        DialogueClient client(config);
        const auto lab = await(client.join(u"lab"_s));
        QVERIFY(lab);
        loseConnection(client);
        (*lab)->trigger(u"n"_s, 1);
        (*lab)->trigger(u"n"_s, 2);
        const auto third = await((*lab)->triggerWithAck(u"n"_s, 3));
        QCOMPARE(third.error().code, ErrorCode::LimitReached);
    }

    void subscriptionsComeBack()
    {
        DialogueClient client(through(u"ann"_s));
        const auto chat = await(client.join(u"chat"_s));
        QVERIFY(chat);
        QStringList heard;
        (*chat)->onAny(this, [&](const EventMessage &message) { heard.append(message.event); });
        QVERIFY(await((*chat)->subscribe(u"typing"_s)));
        QSignalSpy joined(*chat, &RoomContext::joinedChanged);
        loseConnection(client);
        // Missed meanwhile: one of the room's defaults, one that was subscribed to.
        QVERIFY(m_server->trigger(u"chat"_s, u"message"_s, saying(u"hi"_s)).result());
        QVERIFY(m_server->trigger(u"chat"_s, u"typing"_s, {}).result());
        m_proxy->setAccepting(true);
        QTRY_COMPARE(joined.count(), 2);
        QTRY_COMPARE(heard, (QStringList{u"message"_s, u"typing"_s}));
    }

    void aSilentServerIsNoticed()
    {
        ServerConfig config = serverConfig();
        config.engine.pingInterval = std::chrono::milliseconds(100);
        config.engine.pingTimeout = std::chrono::milliseconds(100);
        cleanup();
        start(config);
        DialogueClient client(through(u"ann"_s));
        QVERIFY(await(client.join(u"lab"_s)));
        QSignalSpy disconnected(&client, &DialogueClient::disconnected);
        m_proxy->swallow(0);
        QTRY_COMPARE(disconnected.count(), 1);
        QVERIFY(disconnected[0][0].toString().contains(u"heartbeat"));
        QTRY_VERIFY(client.isConnected());
    }

    void aJoinMadeOfflineWaits()
    {
        m_proxy->setAccepting(false);
        DialogueClient client(through(u"ann"_s));
        const auto lab = client.join(u"lab"_s);
        QSignalSpy scheduled(&client, &DialogueClient::reconnectScheduled);
        QTRY_VERIFY(scheduled.count() >= 3);
        QVERIFY(!lab.isFinished());
        m_proxy->setAccepting(true);
        QVERIFY(await(lab));
    }

    void aRequestsClockBeginsWithTheConnection()
    {
        m_proxy->setAccepting(false);
        ClientConfig config = through(u"ann"_s);
        config.timeouts.request = std::chrono::milliseconds(1000);
        DialogueClient client(config);
        const auto lab = client.join(u"lab"_s);
        const auto rooms = client.listRooms();
        QTest::qWait(1100);
        QVERIFY(!lab.isFinished() && !rooms.isFinished());
        m_proxy->setAccepting(true);
        QVERIFY(await(lab));
        QVERIFY(await(rooms));
        QVERIFY((*lab.result())->isJoined());
    }

    void aRequestWaitsNoLongerForAConnectionThanAskedFor()
    {
        m_proxy->setAccepting(false);
        ClientConfig config = through(u"ann"_s);
        config.timeouts.waiting = std::chrono::milliseconds(50);
        DialogueClient client(config);
        const auto lab = client.join(u"lab"_s);
        const auto rooms = client.listRooms();
        QCOMPARE(await(lab).error().code, ErrorCode::Timeout);
        QCOMPARE(await(rooms).error().code, ErrorCode::Timeout);
        QCOMPARE(client.room(u"lab"_s), nullptr);
    }

    void givesUpAfterAsManyAttemptsAsTold()
    {
        m_proxy->setAccepting(false);
        ClientConfig config = through(u"ann"_s);
        config.reconnectionAttempts = 3;
        config.transports = {TransportKind::WebSocket};
        DialogueClient client(config);
        QSignalSpy scheduled(&client, &DialogueClient::reconnectScheduled);
        const auto lab = client.join(u"lab"_s);
        QCOMPARE(await(lab).error().code, ErrorCode::ConnectionLost);
        QCOMPARE(scheduled.count(), 3);
        QCOMPARE(client.state(), DialogueClient::State::Disconnected);
    }

    void whoIsThrownOutDoesNotComeBack()
    {
        DialogueClient client(through(u"ann"_s));
        QVERIFY(await(client.join(u"lab"_s)));
        QSignalSpy disconnected(&client, &DialogueClient::disconnected);
        m_server->clients(u"ann"_s).constFirst()->disconnect();
        QTRY_COMPARE(disconnected.count(), 1);
        QCOMPARE(client.state(), DialogueClient::State::Disconnected);
    }

    void openFuturesEndWithTheClient()
    {
        m_proxy->setAccepting(false);
        auto client = std::make_unique<DialogueClient>(through(u"ann"_s));
        const auto lab = client->join(u"lab"_s);
        const auto rooms = client->listRooms();
        client.reset();
        QVERIFY(lab.isFinished() && rooms.isFinished());
        QCOMPARE(lab.result().error().code, ErrorCode::ConnectionLost);
        QCOMPARE(rooms.result().error().code, ErrorCode::ConnectionLost);
    }
};

DIALOGUE_TEST(TestReconnecting, QCoreApplication)
#include "tst_reconnecting.moc"
