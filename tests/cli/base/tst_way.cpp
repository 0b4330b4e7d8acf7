#include "cli/base/way.h"

#include "cli/base/clientoptions.h"
#include "testclasses.h"

#include <QFile>
#include <QSslCertificate>
#include <QTest>

using namespace dialogue;
using namespace dialogue::cli;
using namespace Qt::StringLiterals;

/** --header, --proxy, --cacert, --insecure. */
class TestWay : public QObject
{
    Q_OBJECT

    static Result<ClientConfig> configOf(const QStringList &words)
    {
        const auto arguments = parseArguments(
            {.name = u"rooms"_s, .operands = {}, .summary = {}, .details = {}, .options = clientOptions()},
            words);
        if (!arguments)
            return arguments.error();
        ClientConfig config;
        if (const auto set = setWay(*arguments, config); !set)
            return set.error();
        return config;
    }

private Q_SLOTS:
    void withoutOptionsItIsQts()
    {
        const auto config = configOf({});
        QVERIFY(config);
        QVERIFY(config->headers.isEmpty());
        QVERIFY(!config->proxy);
        QVERIFY(!config->trustCertificate);
        QCOMPARE(config->ssl, QSslConfiguration::defaultConfiguration());
    }

    void headersGoAlong()
    {
        const auto config
            = configOf({u"--header"_s, u"X-Key: a: b"_s, u"--header=Cookie:c=d"_s, u"--header=X-Empty:"_s});
        QVERIFY(config);
        const QList<std::pair<QByteArray, QByteArray>> expected{
            {"X-Key", "a: b"}, {"Cookie", "c=d"}, {"X-Empty", ""}};
        QCOMPARE(config->headers, expected);
    }

    void aProxyIsAnAddress()
    {
        const auto http = configOf({u"--proxy=http://ann:s%20cret@proxy.example:3128"_s});
        QVERIFY(http);
        QCOMPARE(*http->proxy,
                 QNetworkProxy(QNetworkProxy::HttpProxy, u"proxy.example"_s, 3128, u"ann"_s, u"s cret"_s));
        const auto socks = configOf({u"--proxy=socks5://127.0.0.1:1080"_s});
        QVERIFY(socks);
        QCOMPARE(*socks->proxy, QNetworkProxy(QNetworkProxy::Socks5Proxy, u"127.0.0.1"_s, 1080));
        const auto none = configOf({u"--proxy=none"_s});
        QVERIFY(none);
        QCOMPARE(none->proxy->type(), QNetworkProxy::NoProxy);
    }

    void certificatesAreTrustedBesidesTheOthers()
    {
        const auto config = configOf({u"--cacert="_s + QStringLiteral(CERTIFICATE)});
        QVERIFY2(config, config ? "" : qPrintable(config.error().text()));
        const auto before = QSslConfiguration::defaultConfiguration().caCertificates();
        QCOMPARE(config->ssl.caCertificates().size(), before.size() + 1);
        QVERIFY(!config->trustCertificate);
    }

    void insecureTakesAnyCertificate()
    {
        const auto config = configOf({u"--insecure"_s});
        QVERIFY(config);
        QVERIFY(config->trustCertificate({QSslError(QSslError::SelfSignedCertificate)}));
    }

    void whatIsWrongIsTold_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, const QString &word, const QString &text) {
            QTest::newRow(name) << word << word.section(u'=', 0, 0) << text;
        };
        row("a header without a colon", u"--header=X-Key"_s, u"must be like"_s);
        row("a header without a name", u"--header=: x"_s, u"must be like"_s);
        row("a header with a blank in its name", u"--header=X Key: x"_s, u"must be like"_s);
        row("two headers in one", u"--header=A: b\r\nC: d"_s, u"must be like"_s);
        row("a proxy without a port", u"--proxy=http://proxy.example"_s, u"must be like"_s);
        row("a proxy of another kind", u"--proxy=ftp://proxy.example:21"_s, u"must be like"_s);
        row("a proxy with a path", u"--proxy=http://proxy.example:80/pac"_s, u"must be like"_s);
        row("no proxy at all", u"--proxy=proxy.example:3128"_s, u"must be like"_s);
        row("no file", u"--cacert=/nowhere/ca.pem"_s, u"cannot read /nowhere/ca.pem"_s);
        row("no certificate",
            u"--cacert="_s + QStringLiteral(CERTIFICATE).replace(u"cert.pem"_s, u"key.pem"_s),
            u"no certificate in PEM"_s);
    }
    void whatIsWrongIsTold()
    {
        QFETCH(QString, word);
        QFETCH(QString, path);
        QFETCH(QString, text);
        const auto config = configOf({word});
        QVERIFY(!config);
        QCOMPARE(config.error().path, path);
        QVERIFY2(config.error().message.contains(text), qPrintable(config.error().message));
    }

    void noPasswordIsRepeated()
    {
        const auto config = configOf({u"--proxy=http://ann:secret@proxy.example"_s});
        QVERIFY(!config);
        QVERIFY2(!config.error().text().contains(u"secret"_s), qPrintable(config.error().text()));
    }
};

DIALOGUE_TEST(TestWay, QCoreApplication)
#include "tst_way.moc"
