#include "await.h"
#include "clientfixture.h"
#include "testclasses.h"
#include "tlsfront.h"

#include <QSignalSpy>
#include <QTest>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

/** https and wss, and certificates that nobody vouches for. */
class TestTls : public QObject
{
    Q_OBJECT

    std::unique_ptr<Dialogue> m_server;
    std::unique_ptr<TlsFront> m_front;

    static void transportsTable()
    {
        QTest::addColumn<int>("transport");
        QTest::newRow("websocket") << int(TransportKind::WebSocket);
        QTest::newRow("polling") << int(TransportKind::Polling);
    }
    ClientConfig over(int transport) const
    {
        ClientConfig config = clientConfig(0, u"ann"_s);
        config.url = QUrl(u"https://127.0.0.1:%1"_s.arg(m_front->serverPort()));
        config.transports = {TransportKind(transport)};
        return config;
    }

private Q_SLOTS:
    void init()
    {
        QVERIFY2(QSslSocket::supportsSsl(), "Qt finds no TLS library");
        m_server = std::make_unique<Dialogue>(serverConfig());
        QVERIFY(m_server->start());
        m_front = std::make_unique<TlsFront>(m_server->port());
    }
    void cleanup()
    {
        m_front.reset();
        m_server.reset();
    }

    void talksToAServerItTrusts_data() { transportsTable(); }
    void talksToAServerItTrusts()
    {
        QFETCH(int, transport);
        ClientConfig config = over(transport);
        config.ssl.setCaCertificates({localhostCertificate()});
        DialogueClient client(config);
        const auto lab = await(client.join(u"lab"_s));
        QVERIFY(lab);
        QVERIFY(await((*lab)->triggerWithAck(u"n"_s, 1)));
    }

    void talksToAServerThatSpeaksItItself_data() { transportsTable(); }
    void talksToAServerThatSpeaksItItself()
    {
        QFETCH(int, transport);
        ServerConfig itsConfig = serverConfig();
        itsConfig.tls.main = {QStringLiteral(SUPPORT_DIR "/localhost-cert.pem"),
                              QStringLiteral(SUPPORT_DIR "/localhost-key.pem")};
        Dialogue server(itsConfig);
        QVERIFY(server.start());
        ClientConfig config = over(transport);
        config.url = server.url();
        config.ssl.setCaCertificates({localhostCertificate()});
        DialogueClient client(config);
        const auto lab = await(client.join(u"lab"_s));
        QVERIFY(lab);
        QVERIFY(await((*lab)->triggerWithAck(u"n"_s, 1)));
    }

    void saysWhyItDoesNotTrust_data() { transportsTable(); }
    void saysWhyItDoesNotTrust()
    {
        QFETCH(int, transport);
        DialogueClient client(over(transport));
        QSignalSpy errors(&client, &DialogueClient::errorOccurred);
        QTRY_VERIFY(!errors.isEmpty());
        const QString said = errors[0][0].value<Error>().message;
        QVERIFY2(said.contains(u"certificate"_s), qPrintable(said));
        QVERIFY(!client.isConnected());
    }

    void certificateErrorsAreData_data() { transportsTable(); }
    void certificateErrorsAreData()
    {
        QFETCH(int, transport);
        DialogueClient client(over(transport));
        QSignalSpy failures(&client, &DialogueClient::connectionFailed);
        QTRY_VERIFY(!failures.isEmpty());
        const auto failure = failures[0][0].value<ConnectionFailure>();
        QCOMPARE(failure.kind, ConnectionFailure::Kind::Tls);
        QVERIFY(!failure.sslErrors.isEmpty());
        QCOMPARE(failure.sslErrors.constFirst().certificate(), localhostCertificate());
    }

    void aPinDecides_data()
    {
        QTest::addColumn<int>("transport");
        QTest::addColumn<bool>("pinned");
        QTest::newRow("websocket, this one") << int(TransportKind::WebSocket) << true;
        QTest::newRow("polling, this one") << int(TransportKind::Polling) << true;
        QTest::newRow("websocket, another one") << int(TransportKind::WebSocket) << false;
        QTest::newRow("polling, another one") << int(TransportKind::Polling) << false;
    }
    void aPinDecides()
    {
        QFETCH(int, transport);
        QFETCH(bool, pinned);
        const QSslCertificate known = localhostCertificate();
        const QByteArray pin = pinned ? known.digest(QCryptographicHash::Sha256) : QByteArray(32, 'x');
        ClientConfig config = over(transport);
        config.trustCertificate = [pin](const QList<QSslError> &errors) {
            return errors.constFirst().certificate().digest(QCryptographicHash::Sha256) == pin;
        };
        DialogueClient client(config);
        QSignalSpy failures(&client, &DialogueClient::connectionFailed);
        QTRY_VERIFY(client.isConnected() || !failures.isEmpty());
        QCOMPARE(client.isConnected(), pinned);
    }
};

DIALOGUE_TEST(TestTls, QCoreApplication)
#include "tst_tls.moc"
