#include "certificateauthority.h"
#include "testclasses.h"

#include <QFile>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue::test;

/** `dialogue-server --health-check`. */
class TestHealthCheck : public QObject
{
    Q_OBJECT

    struct Outcome
    {
        int code = -1;
        QByteArray error = {};
    };

    QTemporaryDir m_folder;
    std::unique_ptr<QProcess> m_server;

    static Outcome check(const QStringList &arguments)
    {
        QProcess process;
        process.start(QStringLiteral(DIALOGUE_SERVER_PROGRAM), QStringList{u"--health-check"_s} + arguments);
        // Whoever it asks may be of this thread.
        if (!QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 30000))
            return {};
        return {process.exitCode(), process.readAllStandardError()};
    }
    QString written(const QString &name, const QByteArray &text) const
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("Cannot write %s", qPrintable(file.fileName()));
        return file.fileName();
    }
    /** A server that runs with \a arguments, and its port. */
    QString start(const QStringList &arguments)
    {
        m_server = std::make_unique<QProcess>();
        m_server->start(QStringLiteral(DIALOGUE_SERVER_PROGRAM), arguments);
        if (!m_server->waitForReadyRead())
            qFatal("%s", m_server->readAllStandardError().constData());
        const QByteArray line = m_server->readLine().trimmed();
        return QString::fromLatin1(line.mid(line.lastIndexOf(':') + 1));
    }

private Q_SLOTS:
    void cleanup()
    {
        if (!m_server)
            return;
        m_server->terminate();
        QVERIFY(m_server->waitForFinished());
        m_server.reset();
    }

    void isWellOfAServerThatRuns_data()
    {
        QTest::addColumn<QByteArray>("config");
        QTest::newRow("as it is by itself") << QByteArray("workers: 1\n");
        QTest::newRow("on every interface") << QByteArray("host: 0.0.0.0\nauth: {claimed: true}\n");
        QTest::newRow("of every family") << QByteArray("host: '::'\nauth: {claimed: true}\n");
        QTest::newRow("behind a proxy that says who comes")
            << QByteArray("trustedProxies: [loopback]\nproxyProtocol: true\nauth: {claimed: true}\n");
        QTest::newRow("with TLS") << QByteArray("tls: {certificate: server.pem, key: server.key}\n");
        QTest::newRow("for some names alone") << QByteArray("allowedHosts: [chat.example.org]\n");
    }
    void isWellOfAServerThatRuns()
    {
        QFETCH(QByteArray, config);
        if (config.startsWith("tls:")) {
            const CertificateAuthority authority;
            const auto made = authority.signLocalhost();
            QVERIFY(QFile::copy(made.certificate, m_folder.filePath(u"server.pem"_s)));
            QVERIFY(QFile::copy(made.key, m_folder.filePath(u"server.key"_s)));
        }
        const QString file = written(u"c.yaml"_s, config + "rooms: {chat: {events: [message]}}\n");
        const QString port = start({u"--config"_s, file, u"--port"_s, u"0"_s});
        const Outcome outcome = check({u"--config"_s, file, u"--port"_s, port});
        QCOMPARE(outcome.error, QByteArray());
        QCOMPARE(outcome.code, 0);
    }

    void asksThroughAUnixSocket()
    {
        const QString file
            = written(u"c.yaml"_s, "host: 'unix:" + m_folder.filePath(u"s.sock"_s).toUtf8() + "'\n");
        start({u"--config"_s, file});
        const Outcome outcome = check({u"--config"_s, file});
        QCOMPARE(outcome.error, QByteArray());
        QCOMPARE(outcome.code, 0);
    }

    void isNotWhereNobodyListens()
    {
        QTcpServer nobody;
        QVERIFY(nobody.listen(QHostAddress::LocalHost));
        const QString port = QString::number(nobody.serverPort());
        nobody.close();
        const Outcome outcome = check({u"--port"_s, port});
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.error.contains("not healthy: 127.0.0.1 port " + port.toLatin1()),
                 outcome.error.constData());
    }

    void isNotWhereTheAnswerIsAnother_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("stuck") << QByteArray("HTTP/1.1 503 Service Unavailable\r\n\r\n")
                               << QByteArray("it answers \"HTTP/1.1 503 Service Unavailable\"");
        QTest::newRow("not HTTP") << QByteArray("SSH-2.0-OpenSSH\x1b[31m\r\n")
                                  << QByteArray("it answers \"SSH-2.0-OpenSSH\\u001b[31m\"");
        QTest::newRow("nothing") << QByteArray() << QByteArray("it closed the connection");
        QTest::newRow("without an end") << QByteArray(100000, 'x') << QByteArray("it answers \"xxx");
    }
    void isNotWhereTheAnswerIsAnother()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QByteArray, says);
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        connect(&other, &QTcpServer::newConnection, &other, [&] {
            QTcpSocket *const socket = other.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket, answer] {
                socket->readAll();
                socket->write(answer);
                socket->disconnectFromHost();
            });
        });
        const Outcome outcome = check({u"--port"_s, QString::number(other.serverPort())});
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.error.contains(says), outcome.error.constData());
    }

    void doesNotWaitForEver()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        const Outcome outcome = check({u"--port"_s, QString::number(silent.serverPort())});
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.error.contains("no answer within 5 seconds"), outcome.error.constData());
    }

    void saysWhereItCannotTell_data()
    {
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("any port") << QByteArray("port: 0\n") << 1 << QByteArray("port: 0");
        QTest::newRow("systemd's sockets") << QByteArray("host: systemd\n") << 1 << QByteArray("systemd");
        QTest::newRow("no health") << QByteArray("health: {enabled: false}\n") << 1
                                   << QByteArray("health.enabled");
        QTest::newRow("a bad configuration") << QByteArray("port: many\n") << 2 << QByteArray("c.yaml:1:7");
    }
    void saysWhereItCannotTell()
    {
        QFETCH(QByteArray, config);
        QFETCH(int, code);
        QFETCH(QByteArray, says);
        const Outcome outcome = check({u"--config"_s, written(u"c.yaml"_s, config)});
        QCOMPARE(outcome.code, code);
        QVERIFY2(outcome.error.contains(says), outcome.error.constData());
    }

    void takesNoFurtherWords()
    {
        QCOMPARE(check({u"check"_s}).code, 2);
        QCOMPARE(check({u"--port"_s, u"many"_s}).code, 2);
    }
};

DIALOGUE_TEST(TestHealthCheck, QCoreApplication)
#include "tst_healthcheck.moc"
