#include "certificateauthority.h"
#include "loadprogram.h"
#include "testclasses.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue::test;

/** The load generator over TLS, against the server of this project. */
class TestLoadTls : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        const auto pair = m_authority.signLocalhost();
        const QByteArray config
            = "rooms: {bench-0: {events: [{name: tick}]}}\nchannels: {sse: {enabled: true}}\ntls: "
              "{certificate: "
            + pair.certificate.toUtf8() + ", key: " + pair.key.toUtf8() + "}\n";
        QVERIFY(m_server.start(config));
        m_url = m_server.url();
        QVERIFY2(m_url.startsWith("https://"_L1), qPrintable(m_url));
    }

    void deliversEverything_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("at a rate") << QStringList{u"--rate=200"_s};
        QTest::newRow("as fast as it goes, more than a record each") << QStringList{u"--size=40000"_s};
        QTest::newRow("as server-sent events") << QStringList{u"--rate=200"_s, u"--streams"_s};
    }

    void deliversEverything()
    {
        QFETCH(QStringList, words);
        const Outcome outcome = run(
            words + QStringList{u"--ca"_s, m_authority.certificate(), u"--subscribers=20"_s, u"--json"_s});
        QVERIFY2(outcome.exitCode == 0, (outcome.err + outcome.out).constData());
        const QJsonObject result = QJsonDocument::fromJson(outcome.out).object();
        QVERIFY(result.value("deliveries"_L1).toInt() >= 10 * result.value("events"_L1).toInt());
        QVERIFY(result.value("events"_L1).toInt() > 0);
        QCOMPARE(result.value("lost"_L1).toInt(-1), 0);
        QCOMPARE(result.value("connections"_L1).toInt(), 21);
    }

    void tellsWhatIsWrong_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QByteArray>("text");
        const CertificateAuthority other;
        const QString foreign = m_authority.path(u"foreign.crt"_s);
        QVERIFY(QFile::copy(other.certificate(), foreign));
        const QString plain = QString(m_url).replace("https:"_L1, "http:"_L1);
        QTest::newRow("an authority that did not sign it")
            << QStringList{u"--url"_s, m_url, u"--ca"_s, foreign} << 4
            << QByteArray("the server's certificate: ");
        QTest::newRow("no authority of this machine's")
            << QStringList{u"--url"_s, m_url} << 4 << QByteArray("the server's certificate: ");
        QTest::newRow("another name")
            << QStringList{u"--url"_s, QString(m_url).replace("127.0.0.1"_L1, "127.0.0.2"_L1), u"--ca"_s,
                           m_authority.certificate()}
            << 4 << QByteArray("connection");
        QTest::newRow("a file that is not there")
            << QStringList{u"--url"_s, m_url, u"--ca"_s, u"/nowhere.crt"_s} << 1
            << QByteArray("/nowhere.crt");
        QTest::newRow("without TLS, to a server that has it")
            << QStringList{u"--url"_s, plain} << 3 << QByteArray("refused the WebSocket: HTTP/1.1 400");
        QTest::newRow("an authority for a server without TLS")
            << QStringList{u"--url"_s, plain, u"--ca"_s, foreign} << 2 << QByteArray("--ca");
    }

    void tellsWhatIsWrong()
    {
        QFETCH(QStringList, words);
        QFETCH(int, exitCode);
        QFETCH(QByteArray, text);
        const Outcome outcome = runLoad(words + QStringList{u"--subscribers=1"_s, u"--duration=0.1"_s});
        QVERIFY2(outcome.exitCode == exitCode, outcome.err.constData());
        QVERIFY2(outcome.err.contains(text), outcome.err.constData());
    }

    void tellsOfAServerWithoutTls()
    {
        ServerProcess server;
        QVERIFY(server.start("rooms: {bench-0: {events: [{name: tick}]}}"));
        const Outcome outcome = runLoad({u"--url"_s, server.url().replace("http:"_L1, "https:"_L1), u"--ca"_s,
                                         m_authority.certificate(), u"--duration=0.1"_s});
        QCOMPARE(outcome.exitCode, 4);
        QVERIFY2(outcome.err.contains("TLS: "), outcome.err.constData());
    }

private:
    Outcome run(const QStringList &words) const
    {
        return runLoad(QStringList{u"--url"_s, m_url, u"--warmup=0.1"_s, u"--duration=0.5"_s} + words);
    }

    CertificateAuthority m_authority;
    ServerProcess m_server;
    QString m_url;
};

DIALOGUE_TEST(TestLoadTls, QCoreApplication)
#include "tst_loadtls.moc"
