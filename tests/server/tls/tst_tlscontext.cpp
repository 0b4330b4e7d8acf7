#include "certificateauthority.h"
#include "server/tls/tlscontext.h"

#include "testclasses.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue;
using namespace dialogue::tls;
using dialogue::test::CertificateAuthority;

class TestTlsContext : public QObject
{
    Q_OBJECT

    CertificateAuthority m_authority;
    CertificateAuthority::Signed m_server;

    QString written(const QString &name, const QByteArray &content) const
    {
        QFile file(m_authority.path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("Cannot write %s", qPrintable(file.fileName()));
        return file.fileName();
    }

private Q_SLOTS:
    void initTestCase() { m_server = m_authority.signLocalhost(); }

    void saysHowLongACertificateIsGood()
    {
        const auto validity = checkCertificate({m_server.certificate, m_server.key});
        QVERIFY2(validity, validity ? "" : qPrintable(validity.error().message));
        const auto now = std::chrono::system_clock::now();
        QVERIFY(validity->begins <= now);
        QVERIFY(validity->ends > now + std::chrono::hours(29 * 24));
        QVERIFY(validity->ends < now + std::chrono::hours(31 * 24));
        const auto old = m_authority.signLocalhost(u"old"_s, -1);
        const auto expired = checkCertificate({old.certificate, old.key});
        QVERIFY(expired);
        QVERIFY(expired->ends < now);
    }

    void refusesFilesThatAreBad_data()
    {
        QTest::addColumn<QString>("certificate");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("message");
        const auto other = m_authority.signLocalhost(u"other"_s);
        const QString missing = m_authority.path(u"missing"_s);
        const QString empty = written(u"empty"_s, {});
        const QString text
            = written(u"text"_s, "-----BEGIN CERTIFICATE-----\nno\n-----END CERTIFICATE-----\n");
        const QString large = written(u"large"_s, QByteArray(1024 * 1024 + 1, 'x'));
        const QString closed = m_authority.path(u"closed.key"_s);
        CertificateAuthority::run({u"ec"_s, u"-in"_s, m_server.key, u"-aes256"_s, u"-passout"_s,
                                   u"pass:secret"_s, u"-out"_s, closed});
        QTest::newRow("no certificate")
            << missing << m_server.key << u"certificate"_s << missing + u" cannot be read: "_s;
        QTest::newRow("an empty one") << empty << m_server.key << u"certificate"_s
                                      << empty + u" is no certificate in PEM that can be used: "_s;
        QTest::newRow("a broken one") << text << m_server.key << u"certificate"_s
                                      << text + u" is no certificate in PEM that can be used: "_s;
        QTest::newRow("a large one") << large << m_server.key << u"certificate"_s
                                     << large + u" is larger than 1048576 bytes"_s;
        QTest::newRow("a key in its place") << m_server.key << m_server.key << u"certificate"_s
                                            << m_server.key + u" is no certificate in PEM"_s;
        QTest::newRow("no key") << m_server.certificate << missing << u"key"_s
                                << missing + u" cannot be read: "_s;
        QTest::newRow("a certificate in its place")
            << m_server.certificate << m_server.certificate << u"key"_s
            << m_server.certificate
                + u" is no private key in PEM, without a passphrase, that can be used: "_s;
        QTest::newRow("another's key") << m_server.certificate << other.key << u"key"_s
                                       << other.key + u" is not the key of "_s + m_server.certificate;
        QTest::newRow("a key with a passphrase")
            << m_server.certificate << closed << u"key"_s
            << closed + u" is no private key in PEM, without a passphrase, that can be used: "_s;
    }
    void refusesFilesThatAreBad()
    {
        QFETCH(QString, certificate);
        QFETCH(QString, key);
        QFETCH(QString, message);
        const auto validity = checkCertificate({certificate, key});
        QVERIFY(!validity);
        QCOMPARE(validity.error().code, ErrorCode::ConfigError);
        QTEST(validity.error().path, "path");
        QVERIFY2(validity.error().message.startsWith(message), qPrintable(validity.error().message));
        QVERIFY(!TlsContext::load({.certificates = {{certificate, key}}}));
    }

    void refusesAuthoritiesThatAreNone()
    {
        QVERIFY(checkAuthorities(m_authority.certificate()));
        const QString text = written(u"text"_s, "nothing");
        const auto bad = checkAuthorities(text);
        QVERIFY(!bad);
        QVERIFY2(bad.error().message.startsWith(text + u" has no certificates in PEM: "_s),
                 qPrintable(bad.error().message));
        QVERIFY(!checkAuthorities(m_authority.path(u"missing"_s)));
        QVERIFY(!TlsContext::load(
            {.certificates = {{m_server.certificate, m_server.key}}, .clientAuthorities = text}));
    }

    void knowsWhichNamesACertificateIsFor()
    {
        const auto wild
            = m_authority.sign(u"wild"_s, u"/CN=example.org"_s, u"DNS:*.example.org,DNS:example.net"_s);
        const auto context = TlsContext::load(
            {.certificates = {{m_server.certificate, m_server.key}, {wild.certificate, wild.key}}});
        QVERIFY2(context, context ? "" : qPrintable(context.error().message));
        QVERIFY((*context)->isFor(0, "localhost"));
        QVERIFY(!(*context)->isFor(0, "example.net"));
        QVERIFY((*context)->isFor(1, "chat.example.org"));
        QVERIFY((*context)->isFor(1, "EXAMPLE.net"));
        QVERIFY(!(*context)->isFor(1, "a.chat.example.org"));
        // Who has other names goes by them alone.
        QVERIFY(!(*context)->isFor(1, "example.org"));
        QVERIFY(!(*context)->isFor(1, ""));
    }
};

DIALOGUE_TEST(TestTlsContext, QCoreApplication)
#include "tst_tlscontext.moc"
