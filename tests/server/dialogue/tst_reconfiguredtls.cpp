#include "certificateauthority.h"
#include "dialoguetest.h"
#include "testclasses.h"

#include <QSignalSpy>
#include <QSslCertificate>
#include <QSslSocket>

using namespace Qt::StringLiterals;
using namespace dialogue;
using namespace dialogue::test;

/** Dialogue::reconfigure() where there is TLS. */
class TestReconfiguredTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void certificatesAreOthers_data()
    {
        QTest::addColumn<int>("workers");
        QTest::newRow("in the hub") << 0;
        QTest::newRow("three io threads") << 3;
    }
    void certificatesAreOthers()
    {
        const CertificateAuthority authority;
        authority.signLocalhost(u"one"_s);
        authority.signLocalhost(u"two"_s);
        QFETCH(int, workers);
        const auto with = [&](const QString &name) {
            ServerConfig config;
            config.port = 0;
            config.workers = workers;
            config.tls.main = {authority.path(name + u".crt"_s), authority.path(name + u".key"_s)};
            return config;
        };
        const auto shown = [](quint16 port) {
            QSslSocket socket;
            socket.setPeerVerifyMode(QSslSocket::VerifyNone);
            QSignalSpy encrypted(&socket, &QSslSocket::encrypted);
            socket.connectToHostEncrypted(u"127.0.0.1"_s, port);
            if (!encrypted.wait())
                return QSslCertificate();
            return socket.peerCertificate();
        };
        const auto inFile = [&](const QString &name) {
            return QSslCertificate::fromPath(authority.path(name + u".crt"_s)).constFirst();
        };
        Dialogue server(with(u"one"_s));
        QVERIFY(server.start());
        QCOMPARE(shown(server.port()), inFile(u"one"_s));
        QVERIFY(server.reconfigure(with(u"two"_s)));
        QCOMPARE(shown(server.port()), inFile(u"two"_s));
        server.readFilesAgain(); // Of those that it has now.
        QTRY_COMPARE(server.counters().certificates.read, 1);
        QCOMPARE(shown(server.port()), inFile(u"two"_s));
        const auto refused = server.reconfigure(with(u"three"_s));
        QVERIFY(!refused);
        QVERIFY2(refused.error().path.startsWith(u"tls."_s), qPrintable(refused.error().text()));
        QCOMPARE(shown(server.port()), inFile(u"two"_s));
    }
};

DIALOGUE_TEST(TestReconfiguredTls, QCoreApplication)
#include "tst_reconfiguredtls.moc"
