#include "certificateauthority.h"
#include "dialoguetest.h"

#include "testclasses.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>
#include <QTcpSocket>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;
using namespace dialogue;
using namespace dialogue::test;

namespace {

TlsCounters sumOf(const std::vector<WorkerCounters> &all)
{
    TlsCounters sum;
    for (const WorkerCounters &each : all) {
        sum.handshaking += each.tls.handshaking;
        sum.completed += each.tls.completed;
        sum.failed += each.tls.failed;
        sum.plain += each.tls.plain;
        sum.refused += each.tls.refused;
    }
    return sum;
}

TlsCounters countersOf(Dialogue &server)
{
    std::optional<TlsCounters> sum;
    server.workerCounters(&server, [&sum](const std::vector<WorkerCounters> &all) { sum = sumOf(all); });
    if (!QTest::qWaitFor([&sum] { return sum.has_value(); }))
        qFatal("No counters");
    return *sum;
}

/** Passes on what a client says a byte at a time, and what it hears as it comes. */
class Dribble : public QTcpServer
{
public:
    explicit Dribble(quint16 to)
        : m_to(to)
    {
        if (!listen(QHostAddress::LocalHost))
            qFatal("Cannot listen");
    }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        auto *const in = new QTcpSocket(this);
        in->setSocketDescriptor(descriptor);
        auto *const out = new QTcpSocket(this);
        out->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        out->connectToHost(QHostAddress(QHostAddress::LocalHost), m_to);
        connect(in, &QIODevice::readyRead, this, [in, out] {
            const QByteArray all = in->readAll();
            for (const char c : all) {
                out->write(&c, 1);
                out->flush();
            }
        });
        connect(out, &QIODevice::readyRead, this, [in, out] { in->write(out->readAll()); });
    }

private:
    quint16 m_to;
};

} // namespace

/** A server that speaks TLS itself, over either transport. */
class TestServerTls : public QObject
{
    Q_OBJECT

    std::unique_ptr<CertificateAuthority> m_authority;
    CertificateAuthority::Signed m_server;

    ServerConfig secured(int workers = 0, ServerTransport transport = ServerTransport::Native) const
    {
        ServerConfig config = test::config(workers);
        config.transport = transport;
        config.tls.main = {m_server.certificate, m_server.key};
        return config;
    }
    QSslConfiguration trusting() const
    {
        QSslConfiguration ssl = QSslConfiguration::defaultConfiguration();
        ssl.setCaCertificates(QSslCertificate::fromPath(m_authority->certificate()));
        return ssl;
    }
    QSslConfiguration showing(const CertificateAuthority::Signed &files) const
    {
        QSslConfiguration ssl = trusting();
        ssl.setLocalCertificate(QSslCertificate::fromPath(files.certificate).value(0));
        QFile key(files.key);
        if (!key.open(QIODevice::ReadOnly))
            qFatal("Cannot read %s", qPrintable(files.key));
        ssl.setPrivateKey(QSslKey(&key, QSsl::Ec));
        return ssl;
    }
    /** What a server shows to who asks for \a name; null where there is no handshake. */
    QSslCertificate shown(quint16 port, const QString &name = u"localhost"_s) const
    {
        QSslSocket socket;
        socket.setSslConfiguration(trusting());
        socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        socket.setPeerVerifyName(name);
        QSslCertificate certificate;
        bool ended = false;
        connect(&socket, &QSslSocket::encrypted, &socket, [&] {
            certificate = socket.peerCertificate();
            ended = true;
        });
        connect(&socket, &QAbstractSocket::errorOccurred, &socket, [&] { ended = true; });
        socket.connectToHostEncrypted(u"127.0.0.1"_s, port, name);
        (void)QTest::qWaitFor([&] { return ended; }, 20000);
        return certificate;
    }
    /** Until a server has closed it, what it says to \a bytes. */
    static QByteArray answerTo(quint16 port, const QByteArray &bytes)
    {
        QTcpSocket socket;
        socket.connectToHost(u"127.0.0.1"_s, port);
        socket.write(bytes);
        (void)QTest::qWaitFor([&] { return socket.state() == QAbstractSocket::UnconnectedState; }, 20000);
        return socket.state() == QAbstractSocket::UnconnectedState ? socket.readAll() : "not closed";
    }
    /** Whether a handshake comes to an end, by the command line. */
    static std::pair<bool, QByteArray> handshake(quint16 port, const QStringList &options)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(u"openssl"_s,
                      QStringList{u"s_client"_s, u"-connect"_s, u"127.0.0.1:%1"_s.arg(port)} + options);
        process.closeWriteChannel();
        (void)QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 20000);
        const QByteArray said = process.readAll();
        return {process.exitCode() == 0 && said.contains("Verify return code:"), said};
    }
    static void table()
    {
        QTest::addColumn<int>("transport");
        QTest::addColumn<int>("workers");
        QTest::newRow("native, in the hub") << int(ServerTransport::Native) << 0;
        QTest::newRow("native, three io threads") << int(ServerTransport::Native) << 3;
        QTest::newRow("qt, in the hub") << int(ServerTransport::Qt) << 0;
        QTest::newRow("qt, one io thread") << int(ServerTransport::Qt) << 1;
    }
    static void replace(const CertificateAuthority::Signed &files, const CertificateAuthority::Signed &by)
    {
        for (const auto &[to, from] :
             {std::pair(files.certificate, by.certificate), std::pair(files.key, by.key)}) {
            QFile::remove(to);
            QVERIFY(QFile::copy(from, to));
        }
    }

private Q_SLOTS:
    void init()
    {
        m_authority = std::make_unique<CertificateAuthority>();
        m_server = m_authority->signLocalhost();
    }

    void speaksTls_data() { table(); }
    void speaksTls()
    {
        QFETCH(int, transport);
        QFETCH(int, workers);
        Dialogue server(secured(workers, ServerTransport(transport)));
        const auto started = server.start();
        QVERIFY2(started, started ? "" : qPrintable(started.error().text()));
        QCOMPARE(server.url().scheme(), u"https"_s);
        TestClient ann(server.port(), trusting(), as(u"ann"_s));
        TestClient bob(server.port(), trusting(), as(u"bob"_s));
        for (TestClient *const client : {&ann, &bob})
            QVERIFY(client->ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());
        QVERIFY(server.clients(u"ann"_s).first()->handshake().secure);
        for (int i = 0; i < 50; ++i)
            ann.emitEvent(u"dialogue:trigger"_s, saying(QString::number(i)));
        for (int i = 0; i < 50; ++i)
            QCOMPARE(textOf(bob.waitFor(u"dialogue:event"_s)), QString::number(i));
        const TlsCounters counters = countersOf(server);
        QCOMPARE(counters.completed, 2);
        QCOMPARE(counters.handshaking, 0);
        QCOMPARE(counters.failed, 0);
    }

    void carriesWhatIsLarge_data() { table(); }
    void carriesWhatIsLarge()
    {
        QFETCH(int, transport);
        QFETCH(int, workers);
        Dialogue server(secured(workers, ServerTransport(transport)));
        QVERIFY(server.start());
        TestClient ann(server.port(), trusting(), as(u"ann"_s));
        QVERIFY(ann.ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());
        QString large;
        for (int i = 0; large.size() < 900'000; ++i)
            large += QString::number(i);
        for (int i = 0; i < 5; ++i) {
            ann.emitEvent(u"dialogue:trigger"_s, saying(large));
            QCOMPARE(textOf(ann.waitFor(u"dialogue:event"_s)), large);
        }
        QVERIFY(!ann.isClosed());
    }

    void keepsAllThatASlowReaderIsOwed_data() { table(); }
    void keepsAllThatASlowReaderIsOwed()
    {
        QFETCH(int, transport);
        QFETCH(int, workers);
        ServerConfig config = secured(workers, ServerTransport(transport));
        config.limits.sendQueue = 64 * 1024 * 1024;
        Dialogue server(config);
        QVERIFY(server.start());
        QSslSocket slow;
        slow.setSslConfiguration(trusting());
        slow.setReadBufferSize(1024);
        slow.connectToHostEncrypted(u"127.0.0.1"_s, server.port(), u"localhost"_s);
        slow.write("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\n"
                   "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                   "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        // "40", and the join, each as a masked frame whose mask is nothing.
        const auto frame = [](const QByteArray &text) {
            return QByteArray("\x81", 1) + char(0x80 | text.size()) + QByteArray(4, '\0') + text;
        };
        slow.write(frame("40") + frame(R"(42["dialogue:join",{"roomId":"chat"}])"));
        QTRY_COMPARE(server.room(u"chat"_s)->size(), 1);
        const QString text(100'000, u'#');
        for (int i = 0; i < 100; ++i)
            QVERIFY(server.trigger(u"chat"_s, u"message"_s, QJsonObject{{u"text"_s, text}}).result());
        slow.setReadBufferSize(0);
        qsizetype events = 0;
        QByteArray heard;
        const bool all = QTest::qWaitFor(
            [&] {
                heard += slow.readAll();
                events = heard.count(QByteArray("dialogue:event"));
                return events == 100 && heard.endsWith("]");
            },
            20000);
        QVERIFY2(all, QByteArray::number(events).constData());
        QCOMPARE(heard.count('#'), 100 * 100'000);
    }

    void takesAHandshakeInAnyPieces()
    {
        Dialogue server(secured());
        QVERIFY(server.start());
        Dribble dribble(server.port());
        TestClient ann(dribble.serverPort(), trusting(), as(u"ann"_s));
        QVERIFY(ann.ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());
    }

    void tellsWhoSpeaksHttpToSpeakTls_data() { table(); }
    void tellsWhoSpeaksHttpToSpeakTls()
    {
        QFETCH(int, transport);
        QFETCH(int, workers);
        Dialogue server(secured(workers, ServerTransport(transport)));
        QVERIFY(server.start());
        for (const QByteArray method : {"GET", "OPTIONS"}) {
            const QByteArray answer
                = answerTo(server.port(), method + " / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            QVERIFY2(answer.startsWith("HTTP/1.1 400 Bad Request\r\n"), answer.constData());
            QVERIFY2(answer.contains("\r\n\r\nThis port speaks TLS: "), answer.constData());
        }
        QCOMPARE(countersOf(server).plain, 2);
    }

    void closesWhoSpeaksNeither_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("SSL 2") << QByteArray("\x80\x2e\x01\x00\x02", 5) + QByteArray(43, '\0');
        QTest::newRow("SSH") << QByteArray("\x00SH-2.0", 7);
        QTest::newRow("a record that is none") << QByteArray("\x16\x03\x01\x00\x05", 5) + "hello";
        QTest::newRow("a record that is too long")
            << QByteArray("\x16\x03\x01\xff\xff", 5) + QByteArray(70000, 'x');
        QTest::newRow("data before a handshake")
            << QByteArray("\x16\x03\x01\x00\x00\x17\x03\x03\x00\x01x", 11);
    }
    void closesWhoSpeaksNeither()
    {
        QFETCH(QByteArray, bytes);
        Dialogue server(secured());
        QVERIFY(server.start());
        const QByteArray answer = answerTo(server.port(), bytes);
        QVERIFY2(answer.size() < 16, answer.toHex().constData()); // An alert, or nothing.
        QTRY_COMPARE(countersOf(server).failed, 1);
        QCOMPARE(countersOf(server).handshaking, 0);
        QVERIFY(!shown(server.port()).isNull());
    }

    void speaksWhatIsSafe_data()
    {
        QTest::addColumn<bool>("onlyVersion13");
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<bool>("good");
        QTest::newRow("TLS 1.1") << false << QStringList{u"-tls1_1"_s, u"-cipher"_s, u"ALL:@SECLEVEL=0"_s}
                                 << false;
        QTest::newRow("TLS 1.2") << false << QStringList{u"-tls1_2"_s} << true;
        QTest::newRow("TLS 1.3") << false << QStringList{u"-tls1_3"_s} << true;
        QTest::newRow("TLS 1.2, where 1.3 is asked for") << true << QStringList{u"-tls1_2"_s} << false;
        QTest::newRow("TLS 1.3, where it is asked for") << true << QStringList{u"-tls1_3"_s} << true;
        QTest::newRow("a cipher of CBC")
            << false << QStringList{u"-tls1_2"_s, u"-cipher"_s, u"ECDHE-ECDSA-AES128-SHA256"_s} << false;
        QTest::newRow("http/1.1") << false << QStringList{u"-alpn"_s, u"h2,http/1.1"_s} << true;
        QTest::newRow("another protocol alone") << false << QStringList{u"-alpn"_s, u"h2"_s} << false;
    }
    void speaksWhatIsSafe()
    {
        QFETCH(bool, onlyVersion13);
        QFETCH(QStringList, options);
        QFETCH(bool, good);
        ServerConfig config = secured();
        config.tls.onlyVersion13 = onlyVersion13;
        Dialogue server(config);
        QVERIFY(server.start());
        const auto [done, said] = handshake(server.port(), options);
        QVERIFY2(done == good, said.constData());
        if (options.contains(u"h2,http/1.1"_s))
            QVERIFY2(said.contains("ALPN protocol: http/1.1"), said.constData());
        QTRY_COMPARE(countersOf(server).completed, good ? 1 : 0);
    }

    void showsTheCertificateOfTheNameThatIsAskedFor()
    {
        ServerConfig config = secured();
        const auto other = m_authority->sign(u"other"_s, u"/CN=other"_s, u"DNS:*.example.org"_s);
        config.tls.others = {{other.certificate, other.key}};
        Dialogue server(config);
        QVERIFY(server.start());
        const QSslCertificate main = QSslCertificate::fromPath(m_server.certificate).value(0);
        const QSslCertificate second = QSslCertificate::fromPath(other.certificate).value(0);
        QCOMPARE(shown(server.port(), u"localhost"_s), main);
        QCOMPARE(shown(server.port(), u"chat.example.org"_s), second);
        QCOMPARE(shown(server.port(), u"elsewhere.example.net"_s), main);
        QCOMPARE(shown(server.port(), u"127.0.0.1"_s), main);
    }

    void readsItsCertificatesAgain()
    {
        const auto next = m_authority->signLocalhost(u"next"_s);
        Dialogue server(secured());
        QVERIFY(server.start());
        TestClient stays(server.port(), trusting(), as(u"ann"_s));
        stays.waitFor(u"dialogue:connected"_s);
        const QSslCertificate before = shown(server.port());
        replace(m_server, next);
        const QSslCertificate after = QSslCertificate::fromPath(next.certificate).value(0);
        QVERIFY(before != after);
        QTRY_COMPARE(shown(server.port()), after);
        // A certificate without its key, as it is for a moment: the one from before goes on.
        QFile bad(m_server.certificate);
        QVERIFY(bad.open(QIODevice::WriteOnly) && bad.write("nothing") == 7);
        bad.close();
        QTRY_VERIFY(server.counters().certificates.kept > 0);
        QCOMPARE(shown(server.port()), after);
        QVERIFY(stays.ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());
    }

    void asksClientsForCertificates_data() { table(); }
    void asksClientsForCertificates()
    {
        QFETCH(int, transport);
        QFETCH(int, workers);
        ServerConfig config = secured(workers, ServerTransport(transport));
        config.tls.clientCa = m_authority->certificate();
        config.auth.certificates.name = CertificateName::CommonName;
        config.auth.certificates.users = {{.name = u"ann.bot"_s, .userId = u"ann"_s, .roles = {u"editor"_s}}};
        Dialogue server(config);
        QVERIFY(server.start());
        const auto good = m_authority->sign(u"ann"_s, u"/CN=ann.bot"_s, {});
        TestClient ann(server.port(), showing(good), as(u"bob"_s));
        QCOMPARE(ann.waitFor(u"dialogue:connected"_s).payload[u"userId"_s].toString(), u"ann"_s);
        QCOMPARE(server.clients(u"ann"_s).first()->roles(), QStringList{u"editor"_s});
        QVERIFY(server.clients(u"ann"_s).first()->isVerified());
        QCOMPARE(
            server.clients(u"ann"_s).first()->claims()[u"certificate"_s].toString().toLatin1(),
            QSslCertificate::fromPath(good.certificate).value(0).digest(QCryptographicHash::Sha256).toHex());

        const auto unknown = m_authority->sign(u"carl"_s, u"/CN=carl"_s, {});
        TestClient carl(server.port(), showing(unknown));
        QCOMPARE(carl.waitFor(u"connect_error"_s).payload[u"message"_s].toString(),
                 u"The certificate is not accepted"_s);
        QCOMPARE(server.counters().certificateUses.refused, 1);

        TestClient without(server.port(), trusting());
        QVERIFY(without.waitForClose());
        const CertificateAuthority elsewhere(u"Elsewhere"_s);
        const auto forged = elsewhere.sign(u"ann"_s, u"/CN=ann.bot"_s, {});
        TestClient forger(server.port(), showing(forged));
        QVERIFY(forger.waitForClose());
        const auto old = m_authority->sign(u"old"_s, u"/CN=ann.bot"_s, {}, -1);
        TestClient late(server.port(), showing(old));
        QVERIFY(late.waitForClose());
        QTRY_COMPARE(countersOf(server).failed, 3);
    }

    void takesCertificatesBesideOtherCredentials()
    {
        ServerConfig config = secured();
        config.tls.clientCa = m_authority->certificate();
        config.tls.requireClientCertificate = false;
        config.auth.certificates.name = CertificateName::Email;
        Dialogue server(config, {.authenticate = [](const ConnectRequest &request) -> Result<Identity> {
                            if (request.auth.isEmpty())
                                return Error{ErrorCode::Unauthorized, u"No word"_s};
                            return Identity{.userId = u"by word"_s};
                        }});
        QVERIFY(server.start());
        const auto good = m_authority->sign(u"ann"_s, u"/CN=x"_s, u"email:ann@example.org"_s);
        TestClient ann(server.port(), showing(good));
        QCOMPARE(ann.waitFor(u"dialogue:connected"_s).payload[u"userId"_s].toString(), u"ann@example.org"_s);
        TestClient bob(server.port(), trusting(), as(u"bob"_s));
        QCOMPARE(bob.waitFor(u"dialogue:connected"_s).payload[u"userId"_s].toString(), u"by word"_s);
        // One that names nobody is not somebody else's to look at.
        const auto nameless = m_authority->sign(u"nameless"_s, u"/CN=x"_s, {});
        TestClient nobody(server.port(), showing(nameless), as(u"bob"_s));
        QCOMPARE(nobody.waitFor(u"connect_error"_s).payload[u"message"_s].toString(),
                 u"The certificate is not accepted"_s);
    }

    void doesNotTakeAProxysCertificateForItsClients()
    {
        ServerConfig config = secured();
        config.tls.clientCa = m_authority->certificate();
        config.auth.certificates.name = CertificateName::CommonName;
        config.trustedProxies = {u"loopback"_s};
        Dialogue server(config);
        QVERIFY(server.start());
        const auto proxy = m_authority->sign(u"proxy"_s, u"/CN=proxy"_s, {});
        TestClient client(server.port(), showing(proxy));
        QCOMPARE(client.waitFor(u"connect_error"_s).payload[u"data"_s][u"code"_s].toString(),
                 u"UNAUTHORIZED"_s);
        QVERIFY(server.allClients().isEmpty());
    }

    void letsNoStalledHandshakeKeepOthersOut()
    {
        ServerConfig config = secured();
        config.tls.maxHandshakes = 1;
        Dialogue server(config);
        QVERIFY(server.start());
        QTcpSocket stalled;
        stalled.connectToHost(u"127.0.0.1"_s, server.port());
        stalled.write(QByteArray("\x16\x03\x01\x01\x00", 5));
        QTRY_COMPARE(countersOf(server).handshaking, 1);
        // It has a moment to go on; then it is the one that goes.
        QTRY_VERIFY(!shown(server.port()).isNull());
        QTRY_COMPARE(stalled.state(), QAbstractSocket::UnconnectedState);
        QVERIFY(countersOf(server).refused > 0);
    }

    void endsAHandshakeThatTakesTooLong()
    {
        ServerConfig config = secured();
        config.limits.headerTimeout = std::chrono::milliseconds(200);
        config.limits.closeTimeout = std::chrono::milliseconds(200);
        Dialogue server(config);
        QVERIFY(server.start());
        QCOMPARE(answerTo(server.port(), QByteArray("\x16\x03\x01\x01\x00", 5)), QByteArray());
        QTRY_COMPARE(countersOf(server).handshaking, 0);
    }

    void servesPollingAndCurl_data() { table(); }
    void servesPollingAndCurl()
    {
        QFETCH(int, transport);
        QFETCH(int, workers);
        Dialogue server(secured(workers, ServerTransport(transport)));
        QVERIFY(server.start());
        const auto curl = [&](const QStringList &options) {
            QProcess process;
            process.start(
                u"curl"_s,
                QStringList{u"-s"_s, u"-S"_s, u"--max-time"_s, u"20"_s,
                            u"https://localhost:%1/socket.io/?EIO=4&transport=polling"_s.arg(server.port())}
                    + options);
            process.closeWriteChannel();
            (void)QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 30000);
            return std::pair(process.exitCode(),
                             process.readAllStandardOutput() + process.readAllStandardError());
        };
        const auto [code, said] = curl({u"--cacert"_s, m_authority->certificate()});
        QVERIFY2(code == 0 && said.startsWith("0{\"sid\":"), said.constData());
        const auto [without, why] = curl({});
        QCOMPARE(without, 60); // It trusts nobody who signed that.
        QVERIFY(why.contains("certificate"));
    }

    void doesNotStartWithFilesThatAreBad()
    {
        ServerConfig config = secured();
        config.tls.main.key = m_authority->path(u"missing"_s);
        Dialogue server(config);
        const auto started = server.start();
        QVERIFY(!started);
        QCOMPARE(started.error().code, ErrorCode::ConfigError);
        QCOMPARE(started.error().path, u"tls.key"_s);
    }
};

DIALOGUE_TEST(TestServerTls, QCoreApplication)
#include "tst_servertls.moc"
