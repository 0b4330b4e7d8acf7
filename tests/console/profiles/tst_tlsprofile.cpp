#include "certificateauthority.h"
#include "consoleserver.h"
#include "testclasses.h"

#include "console/profiles/profile.h"

#include <QCryptographicHash>
#include <QScopeGuard>
#include <QSslCertificate>
#include <QSslConfiguration>

using namespace dialogue;
using namespace dialogue::console;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

/** Whom a profile trusts. */
class TestTlsProfile : public QObject
{
    Q_OBJECT

    CertificateAuthority m_authority;
    CertificateAuthority m_other{u"Other"_s};

    static QString fingerprintOf(const QString &file)
    {
        const QList<QSslCertificate> all = QSslCertificate::fromPath(file);
        return QString::fromLatin1(all.first().digest(QCryptographicHash::Sha256).toHex(':'));
    }

private Q_SLOTS:
    void aFingerprintIsAskedForThoughTheSystemTrusts()
    {
        const CertificateAuthority::Signed own = m_authority.signLocalhost();
        ConsoleServer server({ConsoleServer::chatRoom()}, 0,
                             {.main = {.certificate = own.certificate, .key = own.key}});
        const QSslConfiguration before = QSslConfiguration::defaultConfiguration();
        const auto restore = qScopeGuard([&] { QSslConfiguration::setDefaultConfiguration(before); });
        QSslConfiguration trusting = before;
        trusting.setCaCertificates(QSslCertificate::fromPath(m_authority.certificate()));
        QSslConfiguration::setDefaultConfiguration(trusting);
        Profile profile{.name = u"TLS"_s,
                        .url = QUrl(u"https://localhost:%1"_s.arg(server.port())),
                        .account = u"owner"_s};
        for (const bool isPinned : {false, true}) {
            profile.fingerprint = isPinned ? fingerprintOf(m_other.certificate()) : QString();
            AdminConnection connection(
                *clientConfigOf(profile, QString::fromLatin1(ConsoleServer::Password)));
            connection.open();
            if (isPinned)
                QTRY_COMPARE(connection.problem().kind, ConnectionFailure::Kind::Tls);
            else
                QTRY_VERIFY(connection.isIn());
        }
    }

    void whoIsTrustedIsTheProfilesAffair_data()
    {
        QTest::addColumn<Profile>("profile");
        QTest::addColumn<bool>("signsItself"); // Else the authority has signed it.
        QTest::addColumn<bool>("comesIn");
        const Profile plain{.name = u"TLS"_s, .account = u"owner"_s};
        Profile byAuthority = plain;
        byAuthority.caFile = m_authority.certificate();
        Profile byOther = plain;
        byOther.caFile = m_other.certificate();
        Profile pinned = plain;
        pinned.fingerprint = fingerprintOf(m_authority.certificate());
        Profile pinnedToAnother = plain;
        pinnedToAnother.fingerprint = fingerprintOf(m_other.certificate());
        QTest::newRow("nobody in particular") << plain << false << false;
        QTest::newRow("its authority") << byAuthority << false << true;
        QTest::newRow("another authority") << byOther << false << false;
        QTest::newRow("one that signs itself") << plain << true << false;
        QTest::newRow("its fingerprint") << pinned << true << true;
        QTest::newRow("another fingerprint") << pinnedToAnother << true << false;
        QTest::newRow("the fingerprint of who signed it") << pinned << false << false;
    }
    void whoIsTrustedIsTheProfilesAffair()
    {
        QFETCH(Profile, profile);
        QFETCH(bool, signsItself);
        QFETCH(bool, comesIn);
        const CertificateAuthority::Signed own = signsItself
            ? CertificateAuthority::Signed{m_authority.certificate(), m_authority.path(u"ca.key"_s)}
            : m_authority.signLocalhost();
        ConsoleServer server({ConsoleServer::chatRoom()}, 0,
                             {.main = {.certificate = own.certificate, .key = own.key}});
        profile.url = QUrl(u"https://localhost:%1"_s.arg(server.port()));
        Result<ClientConfig> config = clientConfigOf(profile, QString::fromLatin1(ConsoleServer::Password));
        QVERIFY(config);
        config->reconnection = false;
        AdminConnection connection(*config);
        connection.open();
        if (comesIn) {
            QTRY_VERIFY2(connection.isIn(), qPrintable(connection.problem().text()));
        } else {
            QTRY_COMPARE(connection.problem().kind, ConnectionFailure::Kind::Tls);
            QVERIFY(!connection.isIn());
        }
    }
};

DIALOGUE_TEST(TestTlsProfile, QCoreApplication)
#include "tst_tlsprofile.moc"
