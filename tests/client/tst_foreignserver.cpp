#include "await.h"
#include "clientsetup.h"
#include "testclasses.h"

#include <QProcess>
#include <QSignalSpy>
#include <QTest>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

/** npm socket.io that speaks the dialogue:* events as the original does: no acks, no offsets, no recovery. */
class TestForeignServer : public QObject
{
    Q_OBJECT

    QProcess m_server;
    quint16 m_port = 0;

    ClientConfig as(const QString &user) const { return clientConfig(m_port, user); }
    static void transportsTable()
    {
        QTest::addColumn<int>("transport");
        QTest::newRow("websocket") << int(TransportKind::WebSocket);
        QTest::newRow("polling") << int(TransportKind::Polling);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_server.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_server.start(u"node"_s, {QStringLiteral(FOREIGN_SERVER)});
        QVERIFY2(m_server.waitForStarted(), "node is needed, as for tests/interop");
        QVERIFY2(m_server.waitForReadyRead(PatienceMs), "run `npm ci` in tests/interop first");
        m_port = m_server.readLine().trimmed().toUShort();
        QVERIFY(m_port > 0);
    }
    void cleanupTestCase()
    {
        m_server.closeWriteChannel();
        QVERIFY(m_server.waitForFinished());
    }

    void talks_data() { transportsTable(); }
    void talks()
    {
        QFETCH(int, transport);
        ClientConfig config = as(u"ann"_s);
        config.transports = {TransportKind(transport)};
        DialogueClient client(config);
        const auto chat = await(client.join(u"chat"_s));
        QVERIFY(chat);
        QCOMPARE(client.userId(), u"ann"_s);
        QCOMPARE((*chat)->roomName(), u"Chat"_s);
        QVERIFY(!(*chat)->position().isValid());
        QList<EventMessage> heard;
        (*chat)->on(u"message"_s, this, [&](const EventMessage &message) { heard.append(message); });
        const auto receipt = await((*chat)->triggerWithAck(u"message"_s, saying(u"hi"_s)));
        QVERIFY(receipt);
        QCOMPARE(receipt->offset, 0U); // sent, which is all there is to know
        QTRY_COMPARE(heard.size(), 1);
        QCOMPARE(heard[0].from, u"ann"_s);
        QVERIFY(await((*chat)->leave()));
    }

    void errorsFindTheirRequests()
    {
        DialogueClient client(as(u"ann"_s));
        const auto nowhere = await(client.join(u"nowhere"_s));
        QCOMPARE(nowhere.error().code, ErrorCode::RoomNotFound);
        QCOMPARE(await(client.createRoom({.id = u"chat"_s, .name = u"Chat"_s})).error().code,
                 ErrorCode::RoomExists);
        QCOMPARE(await(client.deleteRoom(u"chat"_s)).error().code, ErrorCode::PermissionDenied);
        const auto chat = await(client.join(u"chat"_s));
        QVERIFY(chat);
        QSignalSpy errors(&client, &DialogueClient::errorOccurred);
        (*chat)->trigger(u"message"_s);
        QTRY_COMPARE(errors.count(), 1);
        QCOMPARE(errors[0][0].value<Error>().code, ErrorCode::ValidationFailed);
    }

    void roomsAndHistory()
    {
        DialogueClient client(as(u"ann"_s));
        const auto made = await(client.createRoom({.id = u"den"_s, .name = u"Den"_s}));
        QVERIFY(made);
        QCOMPARE(made->createdById, u"ann"_s);
        QCOMPARE(await(client.listRooms())->size(), 2);
        const auto den = await(client.join(u"den"_s));
        QVERIFY(den);
        (*den)->trigger(u"message"_s, saying(u"one"_s));
        const auto page = await((*den)->getHistory({.event = u"message"_s, .end = 1}));
        QVERIFY(page);
        QCOMPARE(page->at(0).data, QJsonValue(saying(u"one"_s)));
        QVERIFY(await(client.deleteRoom(u"den"_s)));
    }

    void joinsAndSubscribesAgainAndOwnsUpToTheGap()
    {
        DialogueClient client(as(u"ann"_s));
        const auto chat = await(client.join(u"chat"_s));
        QVERIFY(chat);
        QStringList heard;
        (*chat)->onAny(this, [&](const EventMessage &message) { heard.append(message.event); });
        QVERIFY(await((*chat)->subscribe(u"typing"_s)));
        QSignalSpy gaps(*chat, &RoomContext::gap);
        (*chat)->trigger(u"drop"_s, true);
        QTRY_COMPARE(gaps.count(), 1);
        QCOMPARE(gaps[0][0].value<Gap>(), Gap{});
        (*chat)->trigger(u"typing"_s, true);
        QTRY_COMPARE(heard, QStringList{u"typing"_s});
    }

    void bytesTravelBothWays()
    {
        DialogueClient client(as(u"ann"_s));
        const auto chat = await(client.join(u"chat"_s));
        QVERIFY(chat);
        QList<EventMessage> heard;
        (*chat)->on(u"message"_s, this, [&](const EventMessage &message) { heard.append(message); });
        const QByteArray bytes("\x00\xff bytes", 8);
        (*chat)->trigger(u"message"_s, QJsonObject{{u"image"_s, RoomContext::attachment(0)}},
                         {.attachments = {bytes}});
        QTRY_COMPARE(heard.size(), 1);
        QCOMPARE(heard[0].attachments, QList<QByteArray>{bytes});
    }

    void anAckOfOneKindPromisesNoneOfAnother()
    {
        DialogueClient client(as(u"acknowledged"_s));
        const auto chat = await(client.join(u"chat"_s));
        QVERIFY(chat);
        QVERIFY(await(client.listRooms())); // the join's ack came before
        const auto receipt = (*chat)->triggerWithAck(u"message"_s, saying(u"hi"_s));
        const auto subscribed = (*chat)->subscribe(u"typing"_s);
        QTRY_VERIFY(receipt.isFinished() && subscribed.isFinished()); // without the ack that never comes
        QVERIFY(receipt.result() && subscribed.result());
        QCOMPARE(client.outboxSize(), 0);
    }

    void aRefusalIsTheEndUnlessAuthCanBeFresh()
    {
        DialogueClient client(as(u"mallory"_s));
        QSignalSpy errors(&client, &DialogueClient::errorOccurred);
        QTRY_COMPARE(errors.count(), 1);
        QCOMPARE(errors[0][0].value<Error>().code, ErrorCode::Unauthorized);
        QCOMPARE(client.state(), DialogueClient::State::Disconnected);

        int asked = 0;
        ClientConfig config = as({});
        config.auth = [&] { return QJsonObject{{u"userId"_s, ++asked < 3 ? u"mallory"_s : u"ann"_s}}; };
        DialogueClient persistent(config);
        QTRY_VERIFY(persistent.isConnected());
        QCOMPARE(asked, 3);
    }
};

DIALOGUE_TEST(TestForeignServer, QCoreApplication)
#include "tst_foreignserver.moc"
