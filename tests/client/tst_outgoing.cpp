#include "await.h"
#include "clientfixture.h"
#include "core/protocol/websocket/websocketreader.h"
#include "testclasses.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

namespace {

/** An HTTP proxy in front of a server that takes no body of more than \a most bytes. */
class NarrowGate : public QTcpServer
{
public:
    NarrowGate(quint16 serverPort, qint64 most)
        : m_serverPort(serverPort)
        , m_most(most)
    {
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *const in = nextPendingConnection();
            auto *const out = new QTcpSocket(in);
            out->connectToHost(QHostAddress(QHostAddress::LocalHost), m_serverPort);
            connect(in, &QTcpSocket::readyRead, out, [this, in, out] { pass(in, out); });
            connect(out, &QTcpSocket::readyRead, in, [in, out] { in->write(out->readAll()); });
            connect(out, &QTcpSocket::disconnected, in, [in] { in->disconnectFromHost(); });
            connect(in, &QTcpSocket::disconnected, in, &QObject::deleteLater);
        });
        if (!listen(QHostAddress::LocalHost))
            qFatal("The gate cannot listen: %s", qPrintable(errorString()));
    }

    int refused = 0;

private:
    void pass(QTcpSocket *in, QTcpSocket *out)
    {
        for (;;) {
            const QByteArray waiting = in->peek(in->bytesAvailable());
            const qsizetype head = waiting.indexOf("\r\n\r\n") + 4;
            const qsizetype at = waiting.toLower().indexOf("content-length: ") + 16;
            const qsizetype body
                = at < 16 || at > head ? 0 : waiting.mid(at, waiting.indexOf('\r', at) - at).toLongLong();
            if (head < 4 || waiting.size() < head + body)
                return;
            const QByteArray request = in->read(head + body);
            if (body <= m_most) {
                out->write(request);
                continue;
            }
            ++refused;
            in->write("HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n");
        }
    }

    quint16 m_serverPort;
    qint64 m_most;
};

/** A proxy that knows WebSockets, and hangs up on a message of more than \a most bytes. */
class Guillotine : public QTcpServer
{
public:
    Guillotine(quint16 serverPort, qint64 most)
    {
        connect(this, &QTcpServer::newConnection, this, [this, serverPort, most] {
            QTcpSocket *const in = nextPendingConnection();
            auto *const out = new QTcpSocket(in);
            out->connectToHost(QHostAddress(QHostAddress::LocalHost), serverPort);
            const auto reader = std::make_shared<WebSocketReader>(most);
            connect(in, &QTcpSocket::readyRead, out, [this, in, out, reader] {
                const QByteArray bytes = in->readAll();
                QByteArrayView frames = bytes;
                if (bytes.startsWith("GET ")) // the handshake, alone
                    frames = {};
                while (reader->take(frames))
                    ;
                if (reader->error() == 0) {
                    out->write(bytes);
                    return;
                }
                ++cut;
                in->abort();
            });
            connect(out, &QTcpSocket::readyRead, in, [in, out] { in->write(out->readAll()); });
            connect(out, &QTcpSocket::disconnected, in, [in] { in->disconnectFromHost(); });
            connect(in, &QTcpSocket::disconnected, in, &QObject::deleteLater);
        });
        if (!listen(QHostAddress::LocalHost))
            qFatal("The guillotine cannot listen: %s", qPrintable(errorString()));
    }

    int cut = 0;
};

} // namespace

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

    void whatAProxyRefusesFailsAndTheOthersGoOn_data()
    {
        QTest::addColumn<bool>("binary");
        QTest::newRow("text") << false;
        QTest::newRow("an attachment") << true;
    }
    void whatAProxyRefusesFailsAndTheOthersGoOn()
    {
        QFETCH(bool, binary);
        NarrowGate gate(m_server->port(), 20'000);
        ClientConfig config = over(TransportKind::Polling);
        config.url.setPort(gate.serverPort());
        DialogueClient client(config);
        const auto lab = await(client.join(u"lab"_s));
        QVERIFY(lab);
        QList<QFuture<Result<TriggerReceipt>>> small;
        const auto sendSmall = [&] {
            for (int i = 0; i < 50; ++i) // more than one body may hold
                small.append((*lab)->triggerWithAck(u"n"_s, QString(1000, u'x')));
        };
        sendSmall();
        const QByteArray bytes(30'000, 'x');
        const auto large = binary
            ? (*lab)->triggerWithAck(u"scan"_s, RoomContext::attachment(0), {.attachments = {bytes}})
            : (*lab)->triggerWithAck(u"n"_s, QString::fromLatin1(bytes));
        sendSmall();
        QCOMPARE(await(large).error().code, ErrorCode::PayloadTooLarge);
        for (const auto &receipt : std::as_const(small)) {
            const auto got = await(receipt);
            QVERIFY2(got, got ? "" : qPrintable(got.error().text()));
        }
        QCOMPARE(m_server->room(u"lab"_s)->offset(), quint64(small.size())); // each once
        QVERIFY(client.isConnected());
        const int refused = gate.refused;
        // It is known now, and refused before it is sent.
        QCOMPARE(await((*lab)->triggerWithAck(u"n"_s, QString(40'000, u'x'))).error().code,
                 ErrorCode::PayloadTooLarge);
        QCOMPARE(gate.refused, refused);
    }

    void whatNoConnectionSurvivesFailsAndTheOthersGoOn_data()
    {
        QTest::addColumn<qsizetype>("size");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("a large one") << qsizetype(100'000) << ErrorCode::PayloadTooLarge;
        QTest::newRow("a small one") << qsizetype(5'000) << ErrorCode::ConnectionLost;
    }
    void whatNoConnectionSurvivesFailsAndTheOthersGoOn()
    {
        QFETCH(qsizetype, size);
        QFETCH(ErrorCode, code);
        Guillotine proxy(m_server->port(), 4'000);
        ClientConfig config = over(TransportKind::WebSocket);
        config.url.setPort(proxy.serverPort());
        config.outbox.brokenConnections = 4;
        DialogueClient client(config);
        const auto lab = await(client.join(u"lab"_s));
        QVERIFY(lab);
        const auto before = (*lab)->triggerWithAck(u"n"_s, 1);
        const auto fatal = (*lab)->triggerWithAck(u"n"_s, QString(size, u'x'));
        const auto after = (*lab)->triggerWithAck(u"n"_s, 3);
        QCOMPARE(await(fatal).error().code, code);
        QVERIFY(await(before));
        QVERIFY(await(after));
        QCOMPARE(proxy.cut, 4);
        QCOMPARE(m_server->room(u"lab"_s)->offset(), quint64(2)); // each once
    }

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
