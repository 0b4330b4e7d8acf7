#include "certificateauthority.h"
#include "server/config/configfile.h"

#include "testclasses.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue;
using dialogue::test::CertificateAuthority;

/** `tls`, and the files that it names. */
class TestConfigTls : public QObject
{
    Q_OBJECT

    CertificateAuthority m_authority;

    QString name() const { return m_authority.path(u"c.yaml"_s); }
    /** The name of the file left out of each. */
    QStringList issuesOf(const QByteArray &text) const
    {
        QStringList texts;
        for (const ConfigIssue &issue :
             parseConfig(text + "\nrooms: {chat: {events: [message]}}\n", name()).issues)
            texts.append(
                issue.text().replace(name(), u"c.yaml"_s).replace(m_authority.path({}) + u'/', QString()));
        return texts;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_authority.signLocalhost(u"server"_s, 100);
        m_authority.signLocalhost(u"other"_s, 100);
        m_authority.signLocalhost(u"old"_s, -1);
        m_authority.signLocalhost(u"soon"_s, 3);
    }

    void isRead()
    {
        const ConfigReport report = parseConfig(
            "tls:\n"
            "  certificate: server.crt\n"
            "  key: server.key\n"
            "  minVersion: TLSv1.3\n"
            "  clientCa: ca.crt\n"
            "  clientCertificates: optional\n"
            "  certificates: [{certificate: other.crt, key: other.key}]\n"
            "auth:\n"
            "  certificates: {name: dns, users: [{name: a.example.org, userId: a, roles: [r]}]}\n"
            "rooms: {chat: {events: [message]}}\n",
            name());
        QVERIFY2(report.config, report.config ? "" : qPrintable(report.issues.constFirst().text()));
        QVERIFY(report.issues.isEmpty());
        const TlsConfig &tls = report.config->tls;
        QVERIFY(tls.isSet());
        QCOMPARE(tls.main.certificate, m_authority.path(u"server.crt"_s));
        QCOMPARE(tls.main.key, m_authority.path(u"server.key"_s));
        QCOMPARE(tls.others,
                 QList<TlsCertificateConfig>(
                     {{m_authority.path(u"other.crt"_s), m_authority.path(u"other.key"_s)}}));
        QCOMPARE(tls.clientCa, m_authority.certificate());
        QVERIFY(tls.onlyVersion13);
        QVERIFY(!tls.requireClientCertificate);
        QCOMPARE(report.config->auth.certificates.name, CertificateName::Dns);
        QCOMPARE(report.config->auth.certificates.users,
                 QList<CertificateUser>({{.name = u"a.example.org"_s, .userId = u"a"_s, .roles = {u"r"_s}}}));
        QVERIFY(report.config->auth.isVouched());
    }

    void saysWhatIsWrongAndWhere_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("issue");
        const auto row = [](const char *what, const QByteArray &text, const QString &issue) {
            QTest::newRow(what) << text << issue;
        };
        row("no key", "tls:\n  certificate: server.crt\n",
            u"c.yaml:2:3: tls: needs `key`, the private key of its certificate"_s);
        row("no certificate", "tls: {key: server.key}",
            u"c.yaml:1:6: tls: needs `certificate`, that `key` is of"_s);
        row("authorities alone", "tls: {clientCa: ca.crt}",
            u"c.yaml:1:6: tls: needs `certificate` and `key`"_s);
        row("a file that is missing", "tls:\n  certificate: server.crt\n  key: missing.key\n",
            u"c.yaml:3:8: tls.key: missing.key cannot be read: No such file or directory"_s);
        row("another's key", "tls:\n  certificate: server.crt\n  key: other.key\n",
            u"c.yaml:3:8: tls.key: other.key is not the key of server.crt"_s);
        row("one that has expired", "tls:\n  certificate: old.crt\n  key: old.key\n",
            u"c.yaml:2:16: warning: tls.certificate: old.crt has expired ("_s);
        row("one that expires soon", "tls:\n  certificate: soon.crt\n  key: soon.key\n",
            u"c.yaml:2:16: warning: tls.certificate: soon.crt expires soon ("_s);
        row("another one",
            "tls:\n  certificate: server.crt\n  key: server.key\n  certificates:\n"
            "    - {certificate: other.crt, key: other.key}\n"
            "    - {certificate: other.crt, key: server.key}\n",
            u"c.yaml:6:37: tls.certificates[1].key: server.key is not the key of other.crt"_s);
        row("another one without a key",
            "tls:\n  certificate: server.crt\n  key: server.key\n  certificates:\n"
            "    - {certificate: other.crt}\n",
            u"c.yaml:5:7: tls.certificates[0]: needs `key`"_s);
        row("others that are a word", "tls: {certificate: server.crt, key: server.key, certificates: other}",
            u"c.yaml:1:63: tls.certificates: must be a list such as [{certificate: other.crt, key: "
            u"other.key}], "
            "not \"other\""_s);
        row("authorities that are none",
            "tls: {certificate: server.crt, key: server.key, clientCa: server.key}",
            u"c.yaml:1:59: tls.clientCa: server.key has no certificates in PEM: "_s);
        row("certificates of nobody's", "auth: {certificates: {name: dns}}",
            u"c.yaml:1:22: auth.certificates: needs tls.clientCa: who signs the certificates of clients"_s);
        row("users by no name",
            "tls: {certificate: server.crt, key: server.key, clientCa: ca.crt}\n"
            "auth: {certificates: {users: [{name: a}]}}",
            u"c.yaml:2:22: auth.certificates: needs `name`: which name of a certificate is meant, such as "
            "commonName"_s);
        row("a user without a name",
            "tls: {certificate: server.crt, key: server.key, clientCa: ca.crt}\n"
            "auth: {certificates: {name: dns, users: [{userId: a}]}}",
            u"c.yaml:2:42: auth.certificates.users[0]: needs `name`"_s);
        row("a version that is none", "tls: {certificate: server.crt, key: server.key, minVersion: '1.1'}",
            u"c.yaml:1:61: tls.minVersion: must be one of TLSv1.2, TLSv1.3, not \"1.1\""_s);
        row("the PROXY protocol",
            "tls: {certificate: server.crt, key: server.key}\nproxyProtocol: true\ntrustedProxies: "
            "[loopback]\n",
            u"c.yaml:2:16: proxyProtocol: goes with a proxy that speaks TLS itself; leave it or tls out"_s);
        row("a Unix socket", "tls: {certificate: server.crt, key: server.key}\nhost: unix:/tmp/s\n",
            u"c.yaml:1:6: tls: is for addresses of IP, not for a Unix socket (host)"_s);
        row("anybody's word",
            "tls: {certificate: server.crt, key: server.key, clientCa: ca.crt}\n"
            "auth: {claimed: true, certificates: {name: dns}}",
            u"c.yaml:2:17: auth.claimed: the client's own word is not taken where a credential is asked for "
            "(auth.certificates); leave one of the two out"_s);
    }
    void saysWhatIsWrongAndWhere()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, issue);
        const QStringList issues = issuesOf(text);
        QCOMPARE(issues.size(), 1);
        QVERIFY2(issues.first().startsWith(issue), qPrintable(issues.first()));
    }
};

DIALOGUE_TEST(TestConfigTls, QCoreApplication)
#include "tst_configtls.moc"
