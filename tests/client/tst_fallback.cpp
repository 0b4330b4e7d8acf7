#include "await.h"
#include "clientfixture.h"
#include "front.h"
#include "testclasses.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

/** Servers that are out of reach by WebSocket, or at all. */
class TestFallback : public QObject
{
    Q_OBJECT

    std::unique_ptr<Dialogue> m_server;

    /** A front that knows no Upgrade: what it says to a request, where it does not pass it on. */
    static QByteArray refusesWebSockets(const QByteArray &head)
    {
        return head.toLower().contains("upgrade: websocket") ? Front::status("403 Forbidden") : QByteArray();
    }

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<Dialogue>(serverConfig());
        QVERIFY(m_server->start());
    }
    void cleanup() { m_server.reset(); }

    void fallsBackToPollingWhereTheWebSocketIsRefused()
    {
        Front front(m_server->port(), refusesWebSockets);
        DialogueClient client(clientConfig(front.serverPort(), u"ann"_s));
        QVERIFY(await(client.join(u"chat"_s)));
        QCOMPARE(client.transport(), TransportKind::Polling);
    }

    void triesTheWebSocketAgainAndGoesOverToIt()
    {
        // It lets WebSockets pass later.
        bool passes = false;
        int refused = 0;
        Front front(m_server->port(), [&](const QByteArray &head) {
            const QByteArray said = passes ? QByteArray() : refusesWebSockets(head);
            refused += said.isEmpty() ? 0 : 1;
            return said;
        });
        ClientConfig config = clientConfig(front.serverPort(), u"ann"_s);
        config.timeouts.upgrade = std::chrono::milliseconds(20);
        DialogueClient client(config);
        const auto lab = await(client.join(u"lab"_s));
        QVERIFY(lab);
        QSignalSpy disconnected(&client, &DialogueClient::disconnected);
        QList<int> heard;
        QList<int> expected;
        (*lab)->on(u"n"_s, this, [&](const EventMessage &message) { heard.append(message.data.toInt()); });
        // The next one as soon as the one before is there, so that some are on their way at any time.
        int receipts = 0;
        int sent = 0;
        const std::function<void()> sendNext = [&] {
            expected.append(++sent);
            (*lab)->triggerWithAck(u"n"_s, sent).then(this, [&](const Result<TriggerReceipt> &receipt) {
                receipts += receipt ? 1 : 0;
                if (client.transport() == TransportKind::Polling || receipts % 20 != 0)
                    sendNext();
            });
        };
        sendNext();
        sendNext();
        QTRY_VERIFY_WITH_TIMEOUT(refused >= 3, PatienceMs); // once to begin with
        QCOMPARE(client.transport(), TransportKind::Polling);
        passes = true;
        QTRY_COMPARE_WITH_TIMEOUT(client.transport(), TransportKind::WebSocket, PatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(receipts, sent, PatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(heard.size(), expected.size(), PatienceMs);
        QCOMPARE(heard, expected);
        QCOMPARE(disconnected.count(), 0);
        QVERIFY(await((*lab)->triggerWithAck(u"n"_s, QString(100'000, u'x'))));
        QCOMPARE(disconnected.count(), 0);
    }

    void fallsBackToPollingWhereTheWebSocketIsCutOff()
    {
        // A middlebox that hangs up on what it does not know, without an answer.
        QTcpServer middlebox;
        QVERIFY(middlebox.listen(QHostAddress::LocalHost));
        bool polled = false;
        connect(&middlebox, &QTcpServer::newConnection, this, [&] {
            QTcpSocket *const socket = middlebox.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [&polled, socket] {
                polled = polled || socket->readAll().contains("transport=polling");
                socket->abort();
            });
        });
        DialogueClient client(clientConfig(middlebox.serverPort(), u"ann"_s));
        QTRY_VERIFY(polled);
    }

    void saysThatNobodyListens()
    {
        DialogueClient client(clientConfig(m_server->port(), u"ann"_s));
        m_server.reset(); // its port is nobody's now
        QSignalSpy errors(&client, &DialogueClient::errorOccurred);
        QTRY_VERIFY(!errors.isEmpty());
        QVERIFY2(errors[0][0].value<Error>().message.contains(u"refused"_s),
                 qPrintable(errors[0][0].value<Error>().message));
    }

    void aUrlThatIsNoneIsAnError()
    {
        ClientConfig config = clientConfig(m_server->port(), u"ann"_s);
        config.url = QUrl(u"ftp://somewhere"_s);
        DialogueClient client(config);
        QSignalSpy errors(&client, &DialogueClient::errorOccurred);
        QTRY_COMPARE(errors.count(), 1);
        QCOMPARE(errors[0][0].value<Error>().code, ErrorCode::ConfigError);
        QCOMPARE(client.state(), DialogueClient::State::Disconnected);
    }
};

DIALOGUE_TEST(TestFallback, QCoreApplication)
#include "tst_fallback.moc"
