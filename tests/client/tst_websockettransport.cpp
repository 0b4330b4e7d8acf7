#include "client/engineio/transport.h"
#include "core/protocol/websocket/websocketreader.h"
#include "tests/client/support/await.h"

#include "testclasses.h"

#include <QCryptographicHash>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace dialogue;
using namespace dialogue::client;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

using Kind = ConnectionFailure::Kind;

namespace {

/** Accepts one WebSocket and says some bytes, in pieces. */
class Speaker : public QTcpServer
{
public:
    Speaker(QByteArray bytes, qsizetype piece, bool closes)
        : m_bytes(std::move(bytes))
        , m_piece(piece)
        , m_closes(closes)
    {
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *const socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { hear(socket); });
        });
        if (!listen(QHostAddress::LocalHost))
            qFatal("The speaker cannot listen: %s", qPrintable(errorString()));
    }

    QList<WebSocketReader::Message> heard;

private:
    void hear(QTcpSocket *socket)
    {
        const QByteArray bytes = socket->readAll();
        if (!m_said) {
            m_said = true;
            const qsizetype at = bytes.indexOf("Sec-WebSocket-Key: ") + 19;
            const QByteArray key = bytes.mid(at, 24) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
            m_bytes.prepend(
                "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 101 Yes\r\nUpgrade: websocket\r\n"
                "Connection: Upgrade\r\nSec-WebSocket-Accept: "
                + QCryptographicHash::hash(key, QCryptographicHash::Sha1).toBase64() + "\r\n\r\n");
            return say(socket);
        }
        QByteArrayView rest = bytes;
        while (const auto message = m_reader.take(rest))
            heard.append(*message);
    }
    void say(QTcpSocket *socket)
    {
        socket->write(m_bytes.first(std::min(m_piece, m_bytes.size())));
        socket->flush();
        m_bytes.remove(0, m_piece);
        if (!m_bytes.isEmpty())
            QMetaObject::invokeMethod(
                socket, [this, socket] { say(socket); }, Qt::QueuedConnection);
        else if (m_closes)
            socket->disconnectFromHost();
    }

    QByteArray m_bytes;
    qsizetype m_piece;
    bool m_closes;
    bool m_said = false;
    WebSocketReader m_reader{100000};
};

} // namespace

Q_DECLARE_METATYPE(Kind)

/** What the transport makes of the bytes of a server. */
class TestWebSocketTransport : public QObject
{
    Q_OBJECT

    static ConnectionConfig to(const QTcpServer &server)
    {
        ConnectionConfig config;
        config.url = QUrl(u"http://127.0.0.1:%1"_s.arg(server.serverPort()));
        config.limits.messageSize = 1000;
        return config;
    }

private Q_SLOTS:
    void hearsAllThatCameBeforeTheEnd_data()
    {
        QTest::addColumn<qsizetype>("piece");
        for (const qsizetype piece : {1, 7, 1000, 1'000'000})
            QTest::addRow("%d bytes at a time", int(piece)) << piece;
    }
    void hearsAllThatCameBeforeTheEnd()
    {
        QFETCH(qsizetype, piece);
        QByteArray bytes;
        const int messages = piece == 1 ? 20 : 300; // more than one portion
        for (int i = 0; i < messages; ++i)
            bytes += QByteArray("\x81\x7e\x01\xf4", 4) + '4' + QByteArray(499, 'x');
        Speaker server(bytes + QByteArray("\x82\x02\x00\xff", 4), piece, true);
        const ConnectionConfig config = to(server);
        const auto transport = makeTransport(TransportKind::WebSocket, config);
        QSignalSpy received(transport.get(), &Transport::packetReceived);
        QSignalSpy failed(transport.get(), &Transport::failed);
        transport->open();
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, PatienceMs);
        QCOMPARE(received.count(), messages + 1);
        QCOMPARE(received.last()[0].value<engineio::Packet>().data, QByteArray("\x00\xff", 2));
        QCOMPARE(failed[0][0].value<ConnectionFailure>().kind, Kind::Lost);
        QCOMPARE(failed[0][2].toBool(), false); // nobody said goodbye
    }

    void doesNotHearWhileItDoesNotRead()
    {
        QByteArray bytes;
        for (int i = 0; i < 300; ++i)
            bytes += QByteArray("\x81\x7e\x01\xf4", 4) + '4' + QByteArray(499, 'x');
        Speaker server(bytes, 1'000'000, true);
        const ConnectionConfig config = to(server);
        const auto transport = makeTransport(TransportKind::WebSocket, config);
        QSignalSpy failed(transport.get(), &Transport::failed);
        int heard = 0;
        connect(transport.get(), &Transport::packetReceived, transport.get(), [&] {
            if (++heard == 1)
                QMetaObject::invokeMethod(
                    transport.get(), [&] { transport->setReading(false); }, Qt::QueuedConnection);
        });
        transport->open();
        QTRY_VERIFY_WITH_TIMEOUT(heard > 0, PatienceMs);
        QTest::qWait(100); // nothing comes, and not the end either
        QVERIFY2(heard < 300, qPrintable(QString::number(heard)));
        QCOMPARE(failed.count(), 0);
        transport->setReading(true);
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, PatienceMs);
        QCOMPARE(heard, 300);
    }

    void endsAsTheServerHasIt_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<bool>("byServer");
        QTest::addColumn<int>("answer"); // the code that we close with
        QTest::newRow("goodbye") << QByteArray("\x88\x02\x03\xe8", 4) << Kind::Closed << true << 1000;
        QTest::newRow("goodbye without a word") << QByteArray("\x88\x00", 2) << Kind::Closed << true << 1000;
        QTest::newRow("a reason") << QByteArray("\x88\x04\x03\xf1no", 6) << Kind::Lost << true << 1009;
        QTest::newRow("too long") << QByteArray("\x81\x7e\x03\xe9", 4) << Kind::Lost << false << 1009;
        QTest::newRow("masked") << QByteArray("\x81\x82", 2) << Kind::Protocol << false << 1002;
        QTest::newRow("no UTF-8") << QByteArray("\x81\x01\xff", 3) << Kind::Protocol << false << 1007;
        QTest::newRow("no packet") << QByteArray("\x81\x01x", 3) << Kind::Protocol << false << 0;
    }
    void endsAsTheServerHasIt()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(Kind, kind);
        QFETCH(bool, byServer);
        QFETCH(int, answer);
        Speaker server(bytes, 1000, false);
        const ConnectionConfig config = to(server);
        const auto transport = makeTransport(TransportKind::WebSocket, config);
        QSignalSpy failed(transport.get(), &Transport::failed);
        transport->open();
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, PatienceMs);
        QCOMPARE(failed[0][0].value<ConnectionFailure>().kind, kind);
        QCOMPARE(failed[0][1].toBool(), false); // another transport would fare no better
        QCOMPARE(failed[0][2].toBool(), byServer);
        if (answer == 0)
            return;
        QTRY_COMPARE_WITH_TIMEOUT(server.heard.size(), 1, PatienceMs);
        QCOMPARE(server.heard[0].code, answer);
    }

    void answersPings()
    {
        Speaker server(QByteArray("\x89\x03you\x8a\x00", 7), 1000, false);
        const ConnectionConfig config = to(server);
        const auto transport = makeTransport(TransportKind::WebSocket, config);
        QSignalSpy answered(transport.get(), &Transport::answered);
        transport->open();
        QTRY_COMPARE_WITH_TIMEOUT(server.heard.size(), 1, PatienceMs);
        QCOMPARE(server.heard[0].kind, WebSocketReader::Kind::Pong);
        QCOMPARE(server.heard[0].data, QByteArray("you"));
        QTRY_COMPARE_WITH_TIMEOUT(answered.count(), 1, PatienceMs);
        transport->close();
        QTRY_COMPARE_WITH_TIMEOUT(server.heard.size(), 2, PatienceMs);
        QCOMPARE(server.heard[1].code, 1000);
    }
};

DIALOGUE_TEST(TestWebSocketTransport, QCoreApplication)
#include "tst_websockettransport.moc"
