#include "certificateauthority.h"
#include "hookserver.h"
#include "server/jwt/jwtauthenticator.h"
#include "tokens.h"

#include "testclasses.h"

#include <QFutureWatcher>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace dialogue;
using namespace dialogue::jwt;
using namespace dialogue::jwt::test;
using dialogue::test::CertificateAuthority;
using dialogue::test::HookServer;

namespace {

QByteArray keyNamed(const QByteArray &id) { return QByteArray("secret of " + id).leftJustified(32, '.'); }

/** A JWK Set of keys of these ids. */
QByteArray setOf(const QList<QByteArray> &ids)
{
    QJsonArray keys;
    for (const QByteArray &id : ids) {
        keys.append(QJsonObject{{u"kty"_s, u"oct"_s},
                                {u"alg"_s, u"HS256"_s},
                                {u"kid"_s, QString::fromLatin1(id)},
                                {u"k"_s, QString::fromLatin1(toBase64Url(keyNamed(id)))}});
    }
    return jsonOf({{u"keys"_s, keys}});
}

ConnectRequest comingWith(const QByteArray &keyId)
{
    const QByteArray token
        = hs256(R"({"alg":"HS256","kid":")" + keyId + "\"}", jsonOf(claims()), keyNamed(keyId));
    return {.nsp = "/", .auth = {{u"token"_s, QString::fromLatin1(token)}}, .handshake = {}};
}

} // namespace

/** `auth.jwt.jwks.url`: a provider of keys over HTTPS, good and bad. */
class TestJwksUrl : public QObject
{
    Q_OBJECT

    CertificateAuthority m_authority;
    QSslConfiguration m_before;

    using Answer = std::optional<QFuture<Result<Identity>>>;

    JwtConfig config(const HookServer &from) const
    {
        JwtConfig config = rules();
        config.jwks = {.url = from.url(u"/jwks.json"_s), .algorithms = {u"HS256"_s}};
        return config;
    }
    static QString outcome(const Answer &answer)
    {
        if (!answer || !QTest::qWaitFor([&] { return answer->isFinished(); }, 30000))
            return u"none"_s;
        const Result<Identity> result = answer->result();
        return result ? result->userId : QString::fromLatin1(codeName(result.error().code));
    }
    QString certificateFile() const { return m_authority.path(u"server.crt"_s); }
    QString keyFile() const { return m_authority.path(u"server.key"_s); }

private Q_SLOTS:
    void initTestCase()
    {
        m_authority.signLocalhost();
        m_before = QSslConfiguration::defaultConfiguration();
        QSslConfiguration trusting = m_before;
        trusting.addCaCertificates(m_authority.certificate());
        QSslConfiguration::setDefaultConfiguration(trusting);
    }
    void cleanupTestCase() { QSslConfiguration::setDefaultConfiguration(m_before); }

    void isUsedAsLongAsItsAnswerSays_data()
    {
        QTest::addColumn<QByteArray>("cacheControl");
        QTest::addColumn<int>("seconds");
        QTest::newRow("nothing") << QByteArray() << 300;
        QTest::newRow("an hour") << QByteArray("max-age=3600") << 3600;
        QTest::newRow("with others") << QByteArray("public, Max-Age=7200, must-revalidate") << 7200;
        QTest::newRow("too short") << QByteArray("max-age=1") << 300;
        QTest::newRow("not at all") << QByteArray("no-store, max-age=0") << 300;
        QTest::newRow("too long") << QByteArray("max-age=31536000") << 86400;
        QTest::newRow("too large a number") << QByteArray("max-age=99999999999999999999") << 300;
        QTest::newRow("negative") << QByteArray("max-age=-5") << 300;
        QTest::newRow("no number") << QByteArray("max-age=soon") << 300;
    }
    void isUsedAsLongAsItsAnswerSays()
    {
        QFETCH(QByteArray, cacheControl);
        QTEST(int(maxAgeOf(cacheControl).count()), "seconds");
    }

    void tokensWaitForTheFirst()
    {
        HookServer provider([](const HookServer::Request &) {}, certificateFile(), keyFile());
        JwtAuthenticator authenticator(config(provider), 256, &today);
        QVERIFY(authenticator.start());
        const Answer ann = authenticator.authenticate(comingWith("a"), {});
        QTRY_COMPARE(provider.requests.size(), 1);
        QVERIFY(provider.requests[0].head.startsWith("GET /jwks.json HTTP/1.1"));
        QVERIFY(!ann->isFinished());
        provider.requests[0].answer("200 OK", "application/jwk-set+json", setOf({"a"}));
        QCOMPARE(outcome(ann), u"ann"_s);
        QCOMPARE(outcome(authenticator.authenticate(comingWith("a"), {})), u"ann"_s);
        QCOMPARE(provider.requests.size(), 1);
        QCOMPARE(authenticator.counters().keysFetched, 1);
    }

    void isTrustedByWhomTheConfigurationNamesAlone()
    {
        const CertificateAuthority other(u"Other"_s);
        HookServer provider(
            [](const HookServer::Request &request) {
                request.answer("200 OK", "application/jwk-set+json", setOf({"a"}));
            },
            certificateFile(), keyFile());
        const auto asked = [&](const QString &caFile) {
            JwtConfig trusting = config(provider);
            trusting.jwks.ca = caFile;
            JwtAuthenticator authenticator(trusting, 256, &today);
            return authenticator.start() ? outcome(authenticator.authenticate(comingWith("a"), {}))
                                         : u"not started"_s;
        };
        QCOMPARE(asked(m_authority.certificate()), u"ann"_s);
        // The system, here, trusts its authority: that is of no account where another is named.
        QCOMPARE(asked(other.certificate()), u"UNAVAILABLE"_s);
        const QSslConfiguration trusting = QSslConfiguration::defaultConfiguration();
        QSslConfiguration::setDefaultConfiguration(m_before);
        QCOMPARE(asked({}), u"UNAVAILABLE"_s);
        QCOMPARE(asked(m_authority.certificate()), u"ann"_s);
        QSslConfiguration::setDefaultConfiguration(trusting);
    }

    void anUnknownKeyIsAskedForOnceForAllThatWait()
    {
        QList<QByteArray> ids{"a"};
        HookServer provider(
            [&ids](const HookServer::Request &request) {
                request.answer("200 OK", "application/json", setOf(ids));
            },
            certificateFile(), keyFile());
        JwtAuthenticator authenticator(config(provider), 256, &today, {.pause = 300ms});
        QVERIFY(authenticator.start());
        QCOMPARE(outcome(authenticator.authenticate(comingWith("a"), {})), u"ann"_s);
        ids = {"b"};
        // Too soon after the last: nobody is asked.
        QCOMPARE(outcome(authenticator.authenticate(comingWith("b"), {})), u"UNAUTHORIZED"_s);
        QCOMPARE(provider.requests.size(), 1);
        QTest::qWait(350);
        const Answer one = authenticator.authenticate(comingWith("b"), {});
        const Answer two = authenticator.authenticate(comingWith("b"), {});
        const Answer none = authenticator.authenticate(comingWith("c"), {});
        QCOMPARE(outcome(one), u"ann"_s);
        QCOMPARE(outcome(two), u"ann"_s);
        QCOMPARE(outcome(none), u"UNAUTHORIZED"_s);
        QCOMPARE(provider.requests.size(), 2);
        QCOMPARE(outcome(authenticator.authenticate(comingWith("a"), {})), u"UNAUTHORIZED"_s); // It is gone.
    }

    void thatFailsLeavesTheKeysFromBefore_data()
    {
        QTest::addColumn<QByteArray>("answer");
        const auto with = [](const QByteArray &status, const QByteArray &text) {
            return "HTTP/1.1 " + status + "\r\nContent-Length: " + QByteArray::number(text.size())
                + "\r\n\r\n" + text;
        };
        QTest::newRow("an error") << with("500 Oops", {});
        QTest::newRow("not there") << with("404 No", setOf({"b"}));
        QTest::newRow("a redirect") << QByteArray(
            "HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n");
        QTest::newRow("no JSON") << with("200 OK", "<html>");
        QTest::newRow("no set") << with("200 OK", "{}");
        QTest::newRow("without keys") << with("200 OK", setOf({}));
        QTest::newRow("too large") << with("200 OK", setOf({"b"}).insert(1, QByteArray(65'536, ' ')));
        QTest::newRow("without an end") << QByteArray("HTTP/1.1 200 OK\r\n\r\n" + QByteArray(70'000, ' '));
        QList<QByteArray> many;
        for (int i = 0; i < 101; ++i)
            many.append("b" + QByteArray::number(i));
        QTest::newRow("too many") << with("200 OK", setOf(many));
        QTest::newRow("nothing") << QByteArray();
    }
    void thatFailsLeavesTheKeysFromBefore()
    {
        QFETCH(QByteArray, answer);
        bool isGood = true;
        HookServer provider(
            [&](const HookServer::Request &request) {
                if (isGood)
                    request.answer("200 OK", "application/json", setOf({"a"}));
                else
                    request.raw(answer);
            },
            certificateFile(), keyFile());
        JwtAuthenticator authenticator(config(provider), 256, &today, {.timeout = 300ms, .pause = 1ms});
        QVERIFY(authenticator.start());
        QCOMPARE(outcome(authenticator.authenticate(comingWith("a"), {})), u"ann"_s);
        isGood = false;
        QCOMPARE(outcome(authenticator.authenticate(comingWith("b0"), {})), u"UNAUTHORIZED"_s);
        QCOMPARE(authenticator.counters().fetchesFailed, 1);
        QCOMPARE(outcome(authenticator.authenticate(comingWith("a"), {})), u"ann"_s);
        QVERIFY(!provider.requests.constLast().head.startsWith("GET /other"));
    }

    void untilItHasAnsweredTokensAreToTryAgain()
    {
        HookServer provider([](const HookServer::Request &request) { request.answer("503 Later"); },
                            certificateFile(), keyFile());
        JwtAuthenticator authenticator(config(provider), 256, &today, {.pause = 1min});
        QVERIFY(authenticator.start());
        QCOMPARE(outcome(authenticator.authenticate(comingWith("a"), {})), u"UNAVAILABLE"_s);
        QCOMPARE(outcome(authenticator.authenticate(comingWith("a"), {})), u"UNAVAILABLE"_s);
        QCOMPARE(provider.requests.size(), 1);
        QCOMPARE(authenticator.counters().fetchesFailed, 1);
    }

    void thatNobodyVouchesForIsNotBelieved()
    {
        const CertificateAuthority other;
        other.signLocalhost();
        HookServer provider(
            [](const HookServer::Request &request) {
                request.answer("200 OK", "application/json", setOf({"a"}));
            },
            other.path(u"server.crt"_s), other.path(u"server.key"_s));
        JwtAuthenticator authenticator(config(provider), 256, &today);
        QVERIFY(authenticator.start());
        QCOMPARE(outcome(authenticator.authenticate(comingWith("a"), {})), u"UNAVAILABLE"_s);
        QVERIFY(provider.requests.isEmpty());
    }

    void anotherAddressHasOtherKeys()
    {
        const auto having = [](const QByteArray &id) {
            return [id](const HookServer::Request &request) {
                request.answer("200 OK", "application/json", setOf({id}));
            };
        };
        HookServer one(having("a"), certificateFile(), keyFile());
        HookServer two(having("b"), certificateFile(), keyFile());
        JwtAuthenticator authenticator(config(one), 256, &today);
        QVERIFY(authenticator.start());
        QCOMPARE(outcome(authenticator.authenticate(comingWith("a"), {})), u"ann"_s);
        authenticator.configure(config(two), KeySet(std::vector<Key>()));
        QCOMPARE(outcome(authenticator.authenticate(comingWith("b"), {})), u"ann"_s);
        QCOMPARE(outcome(authenticator.authenticate(comingWith("a"), {})), u"UNAUTHORIZED"_s);
    }
};

DIALOGUE_TEST(TestJwksUrl, QCoreApplication)
#include "tst_jwksurl.moc"
