#include "tokens.h"

#include "testclasses.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue;
using namespace dialogue::jwt;
using namespace dialogue::jwt::test;

namespace {

Result<Identity> read(const QJsonObject &said, const JwtConfig &config = rules())
{
    return identityOf(said, {.config = config, .userIdLength = 256}, today());
}

} // namespace

class TestClaims : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sayWhoSomebodyIs()
    {
        const auto identity = read(claims());
        QVERIFY2(identity, identity ? "" : qPrintable(identity.error().text()));
        QCOMPARE(identity->userId, u"ann"_s);
        QCOMPARE(identity->roles, QStringList({u"member"_s, u"editor"_s}));
        QCOMPARE(identity->claims, claims());
        QVERIFY(identity->meta.isEmpty());
        QVERIFY(identity->verified);
        QCOMPARE(identity->expiresAt, today() + std::chrono::hours(1));
    }

    void areTakenWithinTheLeeway_data()
    {
        QTest::addColumn<QJsonObject>("said");
        QTest::newRow("just expired") << with(claims(), u"exp"_s, Today - 29);
        QTest::newRow("a fraction of a second") << with(claims(), u"exp"_s, double(Today) + 0.5);
        QTest::newRow("a year that nanoseconds do not reach") << with(claims(), u"exp"_s, 19e9);
        QTest::newRow("the last second of 9999") << with(claims(), u"exp"_s, 253402300799.0);
        QTest::newRow("nearly there") << with(claims(), u"nbf"_s, Today + 30);
        QTest::newRow("issued ahead") << with(claims(), u"iat"_s, Today + 30);
        QTest::newRow("no word of when it was issued") << with(claims(), u"iat"_s, QJsonValue::Undefined);
        QTest::newRow("one of its audiences") << with(claims(), u"aud"_s, QJsonArray{u"shop"_s, u"chat"_s});
        QTest::newRow("no roles") << with(claims(), u"roles"_s, QJsonValue::Undefined);
        QTest::newRow("a user id of 256 characters") << with(claims(), u"sub"_s, QString(256, u'a'));
    }
    void areTakenWithinTheLeeway()
    {
        QFETCH(QJsonObject, said);
        const auto identity = read(said);
        QVERIFY2(identity, identity ? "" : qPrintable(identity.error().text()));
    }

    void areReadWhereTheConfigurationSays()
    {
        JwtConfig config = rules();
        config.userClaim = u"/profile/login"_s;
        config.rolesClaim = u"/realm_access/roles"_s;
        config.metaClaims = {u"name"_s, u"missing"_s};
        QJsonObject said = claims();
        said[u"profile"_s] = QJsonObject{{u"login"_s, u"ann-1"_s}};
        said[u"realm_access"_s] = QJsonObject{{u"roles"_s, QJsonArray{u"a"_s, u"a"_s}}};
        said[u"name"_s] = u"Ann"_s;
        const auto identity = read(said, config);
        QVERIFY2(identity, identity ? "" : qPrintable(identity.error().text()));
        QCOMPARE(identity->userId, u"ann-1"_s);
        QCOMPARE(identity->roles, QStringList{u"a"_s});
        QCOMPARE(identity->meta, QJsonObject({{u"name"_s, u"Ann"_s}}));

        config.rolesClaim = u"https://example.org/role"_s;
        said[u"https://example.org/role"_s] = u"admin"_s;
        QCOMPARE(read(said, config)->roles, QStringList{u"admin"_s});
    }

    void areNotAskedForWhatTheConfigurationLeavesOut()
    {
        JwtConfig config;
        config.requireExpiry = false;
        const auto identity = read({{u"sub"_s, u"ann"_s}}, config);
        QVERIFY2(identity, identity ? "" : qPrintable(identity.error().text()));
        QVERIFY(!identity->expiresAt);
        // But an expiry that there is, holds.
        const auto expired = read({{u"sub"_s, u"ann"_s}, {u"exp"_s, Today - 100}}, config);
        QVERIFY(!expired);
        QCOMPARE(expired.error().code, ErrorCode::TokenExpired);
    }

    void theLeewayIsTheConfigurations()
    {
        JwtConfig config = rules();
        config.leeway = std::chrono::milliseconds(0);
        QVERIFY(!read(with(claims(), u"exp"_s, Today), config));
        QVERIFY(read(with(claims(), u"exp"_s, Today + 1), config));
    }
};

DIALOGUE_TEST(TestClaims, NoApplication)
#include "tst_claims.moc"
