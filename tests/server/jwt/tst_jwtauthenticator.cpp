#include "server/jwt/jwtauthenticator.h"
#include "tokens.h"

#include "testclasses.h"

#include <QFile>
#include <QFutureWatcher>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue;
using namespace dialogue::jwt;
using namespace dialogue::jwt::test;

namespace {

ConnectRequest bringing(const QByteArray &token)
{
    return {.nsp = "/", .auth = {{u"token"_s, QString::fromLatin1(token)}}, .handshake = {}};
}

QByteArray token(const QByteArray &key = secret())
{
    return hs256(R"({"alg":"HS256"})", jsonOf(claims()), key);
}

} // namespace

class TestJwtAuthenticator : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString secretFile() const { return m_folder.filePath(u"secret"_s); }
    static void write(const QString &name, const QByteArray &content)
    {
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
    }
    JwtConfig config() const
    {
        JwtConfig config = rules();
        config.keys = {{.algorithm = u"HS256"_s, .secretFile = secretFile()}};
        return config;
    }
    static Result<Identity> wait(const std::optional<QFuture<Result<Identity>>> &answer)
    {
        if (!answer)
            return Error{ErrorCode::InvalidRequest, u"not asked"_s};
        QFutureWatcher<Result<Identity>> watcher;
        const QSignalSpy finished(&watcher, &QFutureWatcherBase::finished);
        watcher.setFuture(*answer);
        if (!QTest::qWaitFor([&] { return finished.count() > 0; }, 30000))
            return Error{ErrorCode::Timeout, u"no answer"_s};
        return answer->result();
    }

private Q_SLOTS:
    void init() { write(secretFile(), secret()); }

    void letsInWhoBringsAToken()
    {
        JwtAuthenticator authenticator(config(), 256, &today);
        QVERIFY(authenticator.start());
        const auto identity = wait(authenticator.authenticate(bringing(token()), {}));
        QVERIFY2(identity, identity ? "" : qPrintable(identity.error().text()));
        QCOMPARE(identity->userId, u"ann"_s);
        QCOMPARE(authenticator.counters().accepted, 1);
        QCOMPARE(authenticator.counters().pending, 0);
    }

    void tellsAStrangerNoMoreThanThatItIsNotAccepted()
    {
        JwtAuthenticator authenticator(config(), 256, &today);
        QVERIFY(authenticator.start());
        const auto forged
            = wait(authenticator.authenticate(bringing(token("another secret, as long as one")), {}));
        QVERIFY(!forged);
        QCOMPARE(forged.error().code, ErrorCode::Unauthorized);
        QCOMPARE(forged.error().message, u"The token is not accepted"_s);
        const QByteArray old = hs256(R"({"alg":"HS256"})", jsonOf(with(claims(), u"exp"_s, Today - 100)));
        const auto expired = wait(authenticator.authenticate(bringing(old), {}));
        QVERIFY(!expired);
        QCOMPARE(expired.error().code, ErrorCode::TokenExpired);
        QCOMPARE(expired.error().message, u"The token has expired; get a new one"_s);
        QCOMPARE(authenticator.counters().refused, 1);
        QCOMPARE(authenticator.counters().expired, 1);
    }

    void leavesToOthersWhatIsNoToken()
    {
        JwtAuthenticator authenticator(config(), 256, &today);
        QVERIFY(authenticator.start());
        QVERIFY(!authenticator.authenticate({.nsp = "/", .auth = {{u"userId"_s, u"ann"_s}}, .handshake = {}},
                                            {}));
        QVERIFY(!authenticator.authenticate(bringing("ann"), {}));
        QVERIFY(!authenticator.authenticate(bringing("a.b"), {}));
        QVERIFY(!authenticator.authenticate(bringing("ann@example.org.x.y"), {}));
        // What has its form is its own to refuse.
        QVERIFY(authenticator.authenticate(bringing("a.b."), {}));
    }

    void aCookieCountsOnlyWhereItIsConfigured()
    {
        JwtConfig withCookie = config();
        withCookie.cookie = u"session"_s;
        ConnectRequest request{.nsp = "/", .auth = {}, .handshake = {}};
        request.handshake.headers.append("Cookie", "session=" + token());
        {
            JwtAuthenticator authenticator(config(), 256, &today);
            QVERIFY(authenticator.start());
            QVERIFY(!authenticator.authenticate(request, {}));
        }
        JwtAuthenticator authenticator(withCookie, 256, &today);
        QVERIFY(authenticator.start());
        const auto fromNowhere = wait(authenticator.authenticate(request, {}));
        QVERIFY(!fromNowhere);
        QCOMPARE(fromNowhere.error().code, ErrorCode::Unauthorized);
        request.handshake.headers.append("Origin", "https://app.example.org");
        QVERIFY(wait(authenticator.authenticate(request, {})));
    }

    void checksOnlySoManyAtATime()
    {
        JwtConfig few = config();
        few.maxPending = 2;
        JwtAuthenticator authenticator(few, 256, &today);
        QVERIFY(authenticator.start());
        const auto first = authenticator.authenticate(bringing(token()), {});
        const auto second = authenticator.authenticate(bringing(token()), {});
        const auto third = wait(authenticator.authenticate(bringing(token()), {}));
        // The first two are answered by the event loop, which has not run but to wait for the third.
        QVERIFY(!third);
        QCOMPARE(third.error().code, ErrorCode::Unavailable);
        QVERIFY(third.error().retryAfter);
        QCOMPARE(authenticator.counters().unchecked, 1);
        QVERIFY(wait(first));
        QVERIFY(wait(second));
        QVERIFY(wait(authenticator.authenticate(bringing(token()), {})));
    }

    void endsWithTokensThatAreBeingChecked()
    {
        std::optional<QFuture<Result<Identity>>> answer;
        {
            JwtAuthenticator authenticator(config(), 256, &today);
            QVERIFY(authenticator.start());
            for (int i = 0; i < 100; ++i)
                answer = authenticator.authenticate(bringing(token()), {});
        }
        QVERIFY(answer->isFinished());
        QCOMPARE(answer->resultCount(), 0);
    }

    void takesKeysThatChange_data()
    {
        QTest::addColumn<bool>("replaces");
        QTest::newRow("written into the file") << false;
        QTest::newRow("put in its place") << true;
    }
    void takesKeysThatChange()
    {
        QFETCH(bool, replaces);
        JwtAuthenticator authenticator(config(), 256, &today);
        QVERIFY(authenticator.start());
        const QByteArray next = "fedcba9876543210fedcba9876543210";
        const auto change = [&](const QByteArray &content) {
            if (!replaces)
                return write(secretFile(), content);
            write(secretFile() + u".new"_s, content);
            QFile::remove(secretFile());
            QVERIFY(QFile::rename(secretFile() + u".new"_s, secretFile()));
        };
        QVERIFY(!wait(authenticator.authenticate(bringing(token(next)), {})));
        change(next);
        QTRY_VERIFY_WITH_TIMEOUT(wait(authenticator.authenticate(bringing(token(next)), {})), 30000);
        QVERIFY(!wait(authenticator.authenticate(bringing(token()), {})));

        // Bad ones change nothing.
        const qint64 kept = authenticator.counters().keysKept;
        change("short");
        QTRY_VERIFY_WITH_TIMEOUT(authenticator.counters().keysKept > kept, 30000);
        QVERIFY(wait(authenticator.authenticate(bringing(token(next)), {})));
        // And it goes on looking.
        change(secret());
        QTRY_VERIFY_WITH_TIMEOUT(wait(authenticator.authenticate(bringing(token()), {})), 30000);
    }

    void doesNotStartWithKeysThatAreBad()
    {
        write(secretFile(), "short");
        JwtAuthenticator authenticator(config(), 256, &today);
        const auto started = authenticator.start();
        QVERIFY(!started);
        QCOMPARE(started.error().code, ErrorCode::ConfigError);
        QCOMPARE(started.error().path, u"auth.jwt.keys[0].secretFile"_s);
        QVERIFY(!started.error().message.contains(u"short"_s));
    }
};

DIALOGUE_TEST(TestJwtAuthenticator, QCoreApplication)
#include "tst_jwtauthenticator.moc"
