#include "client/engineio/endpoint.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace dialogue::client;
using namespace Qt::StringLiterals;

class TestRedirects : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void secretsGoToTheSameServerAlone_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<bool>("told");
        const auto row = [](const char *name, const QString &from, const QString &to, bool told) {
            QTest::newRow(name) << from << to << told;
        };
        row("another path", u"http://a.example/"_s, u"http://a.example/b/"_s, true);
        row("the same port, said", u"https://a.example/"_s, u"https://a.example:443/b/"_s, true);
        row("WebSockets are HTTP", u"wss://a.example/"_s, u"https://a.example/b/"_s, true);
        row("http to https", u"http://a.example/"_s, u"https://a.example/"_s, true);
        row("another host", u"https://a.example/"_s, u"https://b.example/"_s, false);
        row("a host below", u"https://a.example/"_s, u"https://x.a.example/"_s, false);
        row("another port", u"http://a.example:3000/"_s, u"http://a.example:4000/"_s, false);
        row("the usual port", u"https://a.example:8443/"_s, u"https://a.example/"_s, false);
        row("https at another port", u"http://a.example/"_s, u"https://a.example:8443/"_s, false);
        row("https from another port", u"http://a.example:8080/"_s, u"https://a.example/"_s, false);
        row("https at the port of http", u"http://a.example/"_s, u"https://a.example:80/"_s, false);
    }
    void secretsGoToTheSameServerAlone()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(bool, told);
        ClientConfig config;
        config.url = QUrl(from);
        config.url.setUserInfo(u"ann:secret"_s);
        config.headers = {{"X-Key", "secret"}};
        config.auth = QJsonObject{{u"token"_s, u"secret"_s}};
        const auto next = redirected(config, QUrl(to));
        QVERIFY(next);
        QCOMPARE(next->url.password(), told ? u"secret"_s : QString());
        QCOMPARE(!next->headers.isEmpty(), told);
        QCOMPARE(!next->auth().isEmpty(), told);
    }

    void doesNotGoEverywhere_data()
    {
        QTest::addColumn<QString>("to");
        QTest::newRow("http again") << u"http://a.example/"_s;
        QTest::newRow("a file") << u"file:///etc/passwd"_s;
        QTest::newRow("nowhere") << QString();
    }
    void doesNotGoEverywhere()
    {
        QFETCH(QString, to);
        ClientConfig config;
        config.url = QUrl(u"https://a.example/"_s);
        QVERIFY(!redirected(config, QUrl(to)));
    }
};

DIALOGUE_TEST(TestRedirects, QCoreApplication)
#include "tst_redirects.moc"
