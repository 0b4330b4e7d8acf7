#include "server/auth/credential.h"
#include "testclasses.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue;

namespace {

HttpHeaders headers(const QList<std::pair<QByteArray, QByteArray>> &fields)
{
    HttpHeaders all;
    for (const auto &[name, value] : fields)
        all.append(name, value);
    return all;
}

} // namespace

class TestCredential : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isTheFirstThatIsThere_data()
    {
        QTest::addColumn<QJsonObject>("auth");
        QTest::addColumn<QByteArray>("authorization");
        QTest::addColumn<QByteArray>("cookies");
        QTest::addColumn<QByteArray>("text"); // Empty: there is none.
        QTest::addColumn<int>("from");
        const QJsonObject token{{u"token"_s, u"t"_s}};
        const auto from = [](Credential::From place) { return static_cast<int>(place); };
        const int auth = from(Credential::From::Auth);
        const int bearer = from(Credential::From::Bearer);
        const int cookie = from(Credential::From::Cookie);
        using Bytes = QByteArray;
        QTest::newRow("nothing") << QJsonObject() << Bytes() << Bytes() << Bytes() << 0;
        QTest::newRow("in auth") << token << Bytes("Bearer b") << Bytes("session=c") << Bytes("t") << auth;
        QTest::newRow("as bearer") << QJsonObject() << Bytes("Bearer b") << Bytes("session=c") << Bytes("b")
                                   << bearer;
        QTest::newRow("as bearer, in small letters")
            << QJsonObject() << Bytes("bearer   b ") << Bytes() << Bytes("b") << bearer;
        QTest::newRow("another scheme") << QJsonObject() << Bytes("Basic b") << Bytes() << Bytes() << 0;
        QTest::newRow("a scheme that begins so")
            << QJsonObject() << Bytes("Bearers b") << Bytes() << Bytes() << 0;
        QTest::newRow("a scheme alone") << QJsonObject() << Bytes("Bearer") << Bytes() << Bytes() << 0;
        QTest::newRow("in a cookie") << QJsonObject() << Bytes() << Bytes("a=b; session=c; d=e") << Bytes("c")
                                     << cookie;
        QTest::newRow("in a cookie, in quotes")
            << QJsonObject() << Bytes() << Bytes("session=\"c\"") << Bytes("c") << cookie;
        QTest::newRow("in two cookies, of which the first counts")
            << QJsonObject() << Bytes() << Bytes("session=c; session=d") << Bytes("c") << cookie;
        QTest::newRow("a cookie whose name ends so")
            << QJsonObject() << Bytes() << Bytes("mysession=c") << Bytes() << 0;
        QTest::newRow("a cookie by another case")
            << QJsonObject() << Bytes() << Bytes("Session=c") << Bytes() << 0;
        QTest::newRow("a token that is no text")
            << QJsonObject{{u"token"_s, 1}} << Bytes() << Bytes() << Bytes() << 0;
    }
    void isTheFirstThatIsThere()
    {
        QFETCH(QJsonObject, auth);
        QFETCH(QByteArray, authorization);
        QFETCH(QByteArray, cookies);
        QFETCH(QByteArray, text);
        ConnectRequest request{.nsp = "/", .auth = auth, .handshake = {}};
        if (!authorization.isEmpty())
            request.handshake.headers.append("Authorization", authorization);
        if (!cookies.isEmpty())
            request.handshake.headers.append("cookie", cookies);
        const auto credential = credentialOf(request, "session");
        QCOMPARE(credential.has_value(), !text.isEmpty());
        if (!credential)
            return;
        QCOMPARE(credential->text, text);
        QTEST(static_cast<int>(credential->from), "from");
    }

    void isNoCookieUnlessOneIsNamed()
    {
        ConnectRequest request{.nsp = "/", .auth = {}, .handshake = {}};
        request.handshake.headers.append("Cookie", "session=c; =d");
        QVERIFY(!credentialOf(request));
    }

    void aCookieSpeaksOnlyForAPageThatIsKnown_data()
    {
        using Fields = QList<std::pair<QByteArray, QByteArray>>;
        QTest::addColumn<Fields>("fields");
        QTest::addColumn<bool>("speaks");
        QTest::newRow("nothing said") << Fields() << false;
        QTest::newRow("an origin, which has been let in") << Fields{{"Origin", "https://a.example"}} << true;
        QTest::newRow("a WebSocket of an origin")
            << Fields{{"Origin", "https://a.example"}, {"Upgrade", "websocket"}} << true;
        QTest::newRow("a WebSocket of nowhere") << Fields{{"Upgrade", "websocket"}} << false;
        QTest::newRow("a WebSocket that says it is the same origin")
            << Fields{{"Upgrade", "websocket"}, {"Sec-Fetch-Site", "same-origin"}} << false;
        QTest::newRow("the server's own page") << Fields{{"Sec-Fetch-Site", "same-origin"}} << true;
        QTest::newRow("a page of the same site") << Fields{{"Sec-Fetch-Site", "same-site"}} << false;
        QTest::newRow("another page") << Fields{{"Sec-Fetch-Site", "cross-site"}} << false;
        QTest::newRow("the address bar") << Fields{{"Sec-Fetch-Site", "none"}} << false;
    }
    void aCookieSpeaksOnlyForAPageThatIsKnown()
    {
        using Fields = QList<std::pair<QByteArray, QByteArray>>;
        QFETCH(Fields, fields);
        QTEST(mayCookieSpeak(headers(fields)), "speaks");
    }
};

DIALOGUE_TEST(TestCredential, NoApplication)
#include "tst_credential.moc"
