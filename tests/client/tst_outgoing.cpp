#include "await.h"
#include "clientfixture.h"
#include "testclasses.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

/** What a client sends: large, malformed, too much, and at the last moment. */
class TestOutgoing : public QObject
{
    Q_OBJECT

    std::unique_ptr<Dialogue> m_server;

    ClientConfig over(TransportKind transport) const
    {
        ClientConfig config = clientConfig(m_server->port(), u"ann"_s);
        config.transports = {transport};
        return config;
    }
    static QJsonValue nested(int depth)
    {
        QJsonValue value;
        for (int i = 0; i < depth; ++i)
            value = QJsonArray{value};
        return value;
    }

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<Dialogue>(serverConfig());
        QVERIFY(m_server->start());
    }
    void cleanup() { m_server.reset(); }

    void charactersOfManyBytesArriveWhole_data()
    {
        QTest::addColumn<QString>("text");
        // The second begins its characters at odd bytes: where it is cut in two, one of the two is cut
        // through.
        QTest::newRow("at even bytes") << QString(300000, u'ж');
        QTest::newRow("at odd bytes") << u'x' + QString(300000, u'ж');
    }
    void charactersOfManyBytesArriveWhole()
    {
        QFETCH(QString, text);
        DialogueClient client(over(TransportKind::WebSocket));
        const auto lab = await(client.join(u"lab"_s));
        QVERIFY(lab);
        QString heard;
        (*lab)->on(u"text"_s, this, [&](const EventMessage &message) { heard = message.data.toString(); });
        QVERIFY(await((*lab)->triggerWithAck(u"text"_s, text)));
        QTRY_VERIFY(heard == text);
    }

    void whatNoServerTakesIsRefusedUnsent_data()
    {
        QTest::addColumn<QJsonValue>("data");
        QTest::addColumn<int>("attachments");
        QTest::newRow("off by one") << RoomContext::attachment(1) << 1;
        QTest::newRow("nothing attached") << RoomContext::attachment(0) << 0;
        QTest::newRow("no number") << QJsonValue(QJsonObject{{u"_placeholder"_s, true}}) << 1;
        QTest::newRow("too deep") << nested(600) << 0;
    }
    void whatNoServerTakesIsRefusedUnsent()
    {
        QFETCH(QJsonValue, data);
        QFETCH(int, attachments);
        DialogueClient client(over(TransportKind::WebSocket));
        const auto lab = await(client.join(u"lab"_s));
        QVERIFY(lab);
        const auto receipt = (*lab)->triggerWithAck(
            u"n"_s, data, {.attachments = QList<QByteArray>(attachments, QByteArray("bytes"))});
        QCOMPARE(client.outboxSize(), 0);
        QCOMPARE(await(receipt).error().code, ErrorCode::InvalidRequest);
        QVERIFY(
            await((*lab)->triggerWithAck(u"n"_s, RoomContext::attachment(0), {.attachments = {"bytes"}})));
    }

    void whatThisServerDoesNotTakeTakesNothingElseDown()
    {
        DialogueClient client(over(TransportKind::WebSocket));
        const auto lab = await(client.join(u"lab"_s));
        QVERIFY(lab);
        const QList<QByteArray> tooMany(m_server->config().engine.maxAttachments + 1, QByteArray("bytes"));
        const auto before = (*lab)->triggerWithAck(u"n"_s, 1);
        const auto poison = (*lab)->triggerWithAck(u"n"_s, 2, {.attachments = tooMany});
        const auto after = (*lab)->triggerWithAck(u"n"_s, 3);
        QCOMPARE(await(poison).error().code, ErrorCode::ConnectionLost);
        QCOMPARE(await(before)->offset, 1U);
        QCOMPARE(await(after)->offset, 2U);
    }

    void pollingTakesAThirdLess()
    {
        DialogueClient client(over(TransportKind::Polling));
        const auto lab = await(client.join(u"lab"_s));
        QVERIFY(lab);
        const auto send = [&](qsizetype bytes) {
            return await((*lab)->triggerWithAck(u"n"_s, RoomContext::attachment(0),
                                                {.attachments = {QByteArray(bytes, 'x')}}));
        };
        QVERIFY(send(740000));
        QCOMPARE(send(800000).error().code, ErrorCode::PayloadTooLarge);
        QVERIFY(client.isConnected());
    }

    void whatWasSentGoesOutBeforeTheGoodbye_data()
    {
        QTest::addColumn<int>("transport");
        QTest::newRow("websocket") << int(TransportKind::WebSocket);
        QTest::newRow("polling") << int(TransportKind::Polling);
    }
    void whatWasSentGoesOutBeforeTheGoodbye()
    {
        QFETCH(int, transport);
        DialogueClient client(over(TransportKind(transport)));
        const auto lab = await(client.join(u"lab"_s));
        QVERIFY(lab);
        QList<int> applied;
        QVERIFY(m_server->on(u"lab"_s, u"*"_s, this,
                             [&](const EventMessage &message) { applied.append(message.data.toInt()); }));
        for (int i = 1; i <= 5; ++i)
            (*lab)->trigger(u"n"_s, i);
        client.disconnectFromServer();
        QTRY_COMPARE(applied, (QList<int>{1, 2, 3, 4, 5}));
        QTRY_COMPARE(m_server->room(u"lab"_s)->size(), 0);
    }

    void aBodyOfNothingButPacketsIsRefused()
    {
        QTcpServer flood;
        QVERIFY(flood.listen(QHostAddress::LocalHost));
        connect(&flood, &QTcpServer::newConnection, this, [&] {
            QTcpSocket *const socket = flood.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket] {
                const QByteArray asked = socket->readAll();
                if (!asked.startsWith("GET"))
                    return;
                const QByteArray body = asked.contains("sid=")
                    ? QByteArray("6\x1e").repeated(500000) + '6'
                    : QByteArray(R"(0{"sid":"s","upgrades":[],"pingInterval":25000,"pingTimeout":20000,)"
                                 R"("maxPayload":1000000})");
                socket->write("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(body.size())
                              + "\r\n\r\n" + body);
            });
        });
        ClientConfig config = over(TransportKind::Polling);
        config.url.setPort(flood.serverPort());
        DialogueClient client(config);
        QString said;
        connect(&client, &DialogueClient::errorOccurred, this,
                [&](const Error &error) { said = error.message; });
        QTRY_VERIFY(said.contains(u"packets"_s));
    }
};

DIALOGUE_TEST(TestOutgoing, QCoreApplication)
#include "tst_outgoing.moc"
