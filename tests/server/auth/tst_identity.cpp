#include "server/auth/identity.h"

#include "testclasses.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue;

class TestIdentity : public QObject
{
    Q_OBJECT

    static constexpr ClaimLimits Limits{.userIdLength = 8, .metaSize = 20};

private Q_SLOTS:
    void isWhoTheClientSaysItIs_data()
    {
        QTest::addColumn<QJsonObject>("auth");
        QTest::addColumn<QString>("userId");
        QTest::newRow("nobody") << QJsonObject{} << u"socket"_s;
        QTest::newRow("user id") << QJsonObject{{u"userId"_s, u"ann"_s}} << u"ann"_s;
        QTest::newRow("token") << QJsonObject{{u"token"_s, u"t"_s}} << u"t"_s;
        QTest::newRow("both") << QJsonObject{{u"userId"_s, u"ann"_s}, {u"token"_s, u"t"_s}} << u"ann"_s;
        QTest::newRow("no text") << QJsonObject{{u"userId"_s, 5}} << u"socket"_s;
        QTest::newRow("as long as may be") << QJsonObject{{u"userId"_s, u"12345678"_s}} << u"12345678"_s;
    }
    void isWhoTheClientSaysItIs()
    {
        QFETCH(QJsonObject, auth);
        const auto identity = claimedIdentity(auth, u"socket"_s, Limits);
        QVERIFY(identity);
        QTEST(identity->userId, "userId");
        QVERIFY(!identity->verified);
    }

    void refusesWhatIsTooLong_data()
    {
        QTest::addColumn<QJsonObject>("auth");
        QTest::addColumn<QString>("path");
        QTest::newRow("user id") << QJsonObject{{u"userId"_s, u"123456789"_s}} << u"auth.userId"_s;
        // Two tokens that begin alike are not to become one user.
        QTest::newRow("token") << QJsonObject{{u"token"_s, u"123456789"_s}} << u"auth.token"_s;
        QTest::newRow("meta") << QJsonObject{{u"meta"_s, QJsonObject{{u"a"_s, u"0123456789012345"_s}}}}
                              << u"auth"_s;
        QTest::newRow("another member") << QJsonObject{{u"role"_s, u"012345678901"_s}} << u"auth"_s;
        QTest::newRow("both together")
            << QJsonObject{{u"role"_s, u"0123"_s}, {u"meta"_s, QJsonObject{{u"a"_s, 1}}}} << u"auth"_s;
    }
    void refusesWhatIsTooLong()
    {
        QFETCH(QJsonObject, auth);
        const auto identity = claimedIdentity(auth, u"socket"_s, Limits);
        QVERIFY(!identity);
        QCOMPARE(identity.error().code, ErrorCode::Unauthorized);
        QTEST(identity.error().path, "path");
    }

    void isNobodyWhoMayNotBe()
    {
        for (const auto &key : {u"userId"_s, u"token"_s}) {
            const auto identity = claimedIdentity({{key, u"System"_s}}, u"socket"_s, Limits);
            QVERIFY(!identity);
            QCOMPARE(identity.error().code, ErrorCode::Unauthorized);
            QCOMPARE(identity.error().path, u"auth."_s + key);
        }
    }

    void keepsWhatItSaysOfItself_data()
    {
        QTest::addColumn<QJsonObject>("auth");
        QTest::addColumn<QJsonObject>("meta");
        const QJsonObject nick{{u"nick"_s, u"Ann"_s}};
        QTest::newRow("beside who it is")
            << QJsonObject{{u"userId"_s, u"ann"_s}, {u"token"_s, u"t"_s}, {u"nick"_s, u"Ann"_s}} << nick;
        QTest::newRow("in meta") << QJsonObject{{u"meta"_s, nick}} << nick;
        QTest::newRow("in both, as it stands outside")
            << QJsonObject{{u"meta"_s, QJsonObject{{u"nick"_s, u"A"_s}}}, {u"nick"_s, u"Ann"_s}} << nick;
        QTest::newRow("meta that is no object") << QJsonObject{{u"meta"_s, 1}} << QJsonObject{{u"meta"_s, 1}};
        QTest::newRow("a user id that is none") << QJsonObject{{u"userId"_s, 5}} << QJsonObject{};
    }

    void keepsWhatItSaysOfItself()
    {
        QFETCH(QJsonObject, auth);
        const auto identity = claimedIdentity(auth, u"socket"_s, Limits);
        QVERIFY(identity);
        QTEST(identity->meta, "meta");
        QVERIFY(identity->claims.isEmpty());
    }
};

DIALOGUE_TEST(TestIdentity, NoApplication)
#include "tst_identity.moc"
