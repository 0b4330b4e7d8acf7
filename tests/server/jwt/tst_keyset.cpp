#include "server/config/jwtalgorithms.h"
#include "tokens.h"

#include "testclasses.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue;
using namespace dialogue::jwt;
using namespace dialogue::jwt::test;

namespace {

QByteArray number(qsizetype bytes) { return toBase64Url(QByteArray(bytes, '\xff')); }

QByteArray rsaJwk(const QByteArray &more = {}, qsizetype bytes = 256)
{
    return "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"" + number(bytes) + '"' + more + '}';
}

QByteArray secretJwk(const QByteArray &more = {})
{
    return "{\"kty\":\"oct\",\"k\":\"" + toBase64Url(secret()) + '"' + more + '}';
}

QByteArray setOf(const QByteArray &jwks) { return R"({"keys":[)" + jwks + "]}"; }

} // namespace

class TestKeySet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesEveryAlgorithmThatTheConfigurationNames_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const QString &name : config::jwtAlgorithmNames())
            QTest::newRow(qPrintable(name)) << name.toLatin1();
    }
    void takesEveryAlgorithmThatTheConfigurationNames()
    {
        QFETCH(QByteArray, name);
        const Algorithm *const found = algorithmNamed(QString::fromLatin1(name));
        QVERIFY(found);
        const auto pem = [&] { return name.endsWith("384") ? p384Key() : p256Key(); };
        const Pem pair = found->kind == KeyKind::Rsa ? rsaKey() : pem();
        const Result<Key> checks = found->kind == KeyKind::Secret
            ? Key::ofSecret(*found, secret() + secret(), u"k"_s)
            : Key::ofPem(*found, pair.publicKey, u"k"_s);
        QVERIFY2(checks, checks ? "" : qPrintable(checks.error().text()));
        const Result<Key> signs
            = found->kind == KeyKind::Secret ? checks : Key::ofPem(*found, pair.privateKey, u"k"_s);
        QVERIFY2(signs, signs ? "" : qPrintable(signs.error().text()));
        const auto token = signs->sign(claims());
        QVERIFY2(token, token ? "" : qPrintable(token.error().text()));
        const auto identity = checker({*checks}).check(*token, today());
        QVERIFY2(identity, identity ? "" : qPrintable(identity.error().text()));
        if (found->kind != KeyKind::Secret) {
            const auto unsigned_ = checks->sign(claims());
            QVERIFY(!unsigned_);
            QVERIFY(unsigned_.error().message.contains(u"it is the public part"_s));
        }
    }

    void namesNoAlgorithmThatTheConfigurationDoesNot()
    {
        QCOMPARE(algorithms().size(), std::size_t(config::jwtAlgorithmNames().size()));
        QVERIFY(!algorithmNamed(u"none"));
        QVERIFY(!algorithmNamed(u""));
    }

    void refusesKeysThatDoNotFit_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("reason");
        const auto row
            = [](const char *what, const char *name, const QByteArray &content, const char *reason) {
                  QTest::newRow(what) << QByteArray(name) << content << QString::fromUtf8(reason);
              };
        row("a short secret", "HS256", secret().chopped(1),
            "has a secret of 31 bytes, HS256 needs at least 32 random ones");
        row("a secret for a shorter hash", "HS384", secret(), "HS384 needs at least 48");
        row("a secret for a shorter hash yet", "HS512", secret() + "0123456789abcde", "at least 64");
        row("no secret", "HS256", "", "has a secret of 0 bytes");
        row("a public key as the secret", "HS256", rsaKey().publicKey, "holds a key in PEM");
        row("a private key as the secret", "HS256", "\n" + p256Key().privateKey, "holds a key in PEM");
        row("a short RSA key", "RS256", rsa(1024).publicKey, "is an RSA key of 1024 bits");
        row("a curve for RSA", "RS256", p256Key().publicKey, "RS256 needs one of type RSA");
        row("RSA for a curve", "ES256", rsaKey().publicKey, "ES256 needs one of type EC");
        row("another curve", "ES256", p384Key().publicKey, "is on the curve \"P-384\", ES256 needs P-256");
        row("another curve, the other way", "ES384", p256Key().publicKey, "ES384 needs P-384");
        row("a curve for secrets", "ES256", curve("secp256k1").publicKey,
            "is a key of a kind that ES256 does not take");
        row("no PEM", "RS256", secret(), "holds no key in PEM");
        row("nothing", "ES384", "", "holds no key in PEM");
        row("half of a key", "RS256", rsaKey().publicKey.first(200), "holds no key in PEM");
    }
    void refusesKeysThatDoNotFit()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, content);
        QFETCH(QString, reason);
        const Algorithm &which = algorithm(name.constData());
        const Result<Key> key
            = which.kind == KeyKind::Secret ? Key::ofSecret(which, content) : Key::ofPem(which, content);
        QVERIFY(!key);
        QCOMPARE(key.error().code, ErrorCode::ConfigError);
        QVERIFY2(key.error().message.contains(reason), qPrintable(key.error().message));
    }

    void takesOfASetWhatItIsFor_data()
    {
        QTest::addColumn<QByteArray>("set");
        QTest::addColumn<QStringList>("algorithms");
        QTest::addColumn<int>("count");
        const QStringList rs{u"RS256"_s};
        QTest::newRow("one") << setOf(rsaJwk()) << rs << 1;
        QTest::newRow("what else it says")
            << setOf(rsaJwk(R"(,"use":"sig","x5t":"a","alg":"RS256")")) << rs << 1;
        QTest::newRow("two") << setOf(rsaJwk(R"(,"kid":"a")") + ',' + rsaJwk(R"(,"kid":"b")")) << rs << 2;
        QTest::newRow("for encryption, left out")
            << setOf(rsaJwk() + ',' + rsaJwk(R"(,"use":"enc")")) << rs << 1;
        QTest::newRow("for signing only, left out")
            << setOf(rsaJwk() + ',' + rsaJwk(R"(,"key_ops":["sign"])")) << rs << 1;
        QTest::newRow("for another algorithm, left out")
            << setOf(rsaJwk() + ',' + rsaJwk(R"(,"alg":"RS512")")) << rs << 1;
        QTest::newRow("of a type of tomorrow, left out")
            << setOf(rsaJwk() + R"(,{"kty":"AKP","pub":"x"})") << rs << 1;
        QTest::newRow("a secret that nobody asked for, left out")
            << setOf(rsaJwk() + ',' + secretJwk()) << rs << 1;
        QTest::newRow("of two kinds")
            << setOf(rsaJwk() + ',' + secretJwk()) << QStringList{u"RS256"_s, u"HS256"_s} << 2;
        QTest::newRow("which say for which of two")
            << setOf(rsaJwk(R"(,"alg":"PS256")")) << QStringList{u"RS256"_s, u"PS256"_s} << 1;
    }
    void takesOfASetWhatItIsFor()
    {
        QFETCH(QByteArray, set);
        QFETCH(QStringList, algorithms);
        const Result<KeySet> keys = KeySet::ofJwks(set, algorithms);
        QVERIFY2(keys, keys ? "" : qPrintable(keys.error().text()));
        QTEST(int(keys->keys().size()), "count");
    }

    void refusesSetsThatAreBad_data()
    {
        QTest::addColumn<QByteArray>("set");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char *what, const QByteArray &set, const char *reason) {
            QTest::newRow(what) << set << QString::fromUtf8(reason);
        };
        row("nothing", "", "is no object of JSON");
        row("half of it", setOf(rsaJwk()).chopped(1), "is no JSON");
        row("a list", '[' + rsaJwk() + ']', "is no object of JSON");
        row("a key alone", rsaJwk(), "is no JWK Set: it has no array 'keys'");
        row("no keys", setOf(""), "has no key for RS256");
        row("none that is for it", setOf(secretJwk()), "has no key for RS256");
        row("a key that is a text", setOf("\"k\""), "keys[0] is no object");
        row("a member twice", R"({"keys":[],"keys":[)" + rsaJwk() + "]}", "has the member \"keys\" twice");
        row("a member of a key twice", setOf(rsaJwk(R"(,"n":"AQAB")")), "has the member \"n\" twice");
        row("a short key", setOf(rsaJwk({}, 128)), "keys[0] is an RSA key of 1024 bits");
        row("a short key with noughts before it",
            setOf("{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\""
                  + toBase64Url(QByteArray(200, '\0') + QByteArray(128, '\xff')) + "\"}"),
            "keys[0] is an RSA key of 1024 bits");
        row("a key that takes for ever", setOf(rsaJwk({}, 2048)), "keys[0] is an RSA key of 16384 bits");
        row("an exponent of 1", setOf(rsaJwk().replace("AQAB", "AQ")), "has an RSA exponent ('e')");
        row("an even exponent", setOf(rsaJwk().replace("AQAB", "Ag")), "has an RSA exponent ('e')");
        row("no modulus", setOf(R"({"kty":"RSA","e":"AQAB"})"), "keys[0] is an RSA key of 0 bits");
        row("two of one kid", setOf(rsaJwk(R"(,"kid":"a")") + ',' + rsaJwk(R"(,"kid":"a")")),
            "keys[1] has the kid of another");
        row("a kid without end", setOf(rsaJwk(",\"kid\":\"" + QByteArray(257, 'k') + '"')),
            "keys[0] has a kid of more than 256 bytes");
        QByteArray many = rsaJwk();
        for (int i = 0; i < 100; ++i)
            many += ',' + rsaJwk();
        row("101 keys", setOf(many), "has 101 keys, 100 are allowed");
    }
    void refusesSetsThatAreBad()
    {
        QFETCH(QByteArray, set);
        QFETCH(QString, reason);
        const Result<KeySet> keys = KeySet::ofJwks(set, {u"RS256"_s});
        QVERIFY(!keys);
        QCOMPARE(keys.error().code, ErrorCode::ConfigError);
        QVERIFY2(keys.error().message.contains(reason), qPrintable(keys.error().message));
    }

    void refusesAPointThatIsNotOnItsCurve()
    {
        const QByteArray jwk = "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\""
            + toBase64Url(QByteArray(32, '\1')) + R"(","y":")" + toBase64Url(QByteArray(32, '\2')) + "\"}";
        const Result<KeySet> keys = KeySet::ofJwks(setOf(jwk), {u"ES256"_s});
        QVERIFY(!keys);
        QVERIFY2(keys.error().message.contains(u"its numbers do not belong together"_s),
                 qPrintable(keys.error().message));
    }

    void saysWhichAlgorithmOfTwoItCannotTell()
    {
        const Result<KeySet> keys = KeySet::ofJwks(setOf(rsaJwk()), {u"RS256"_s, u"PS256"_s});
        QVERIFY(!keys);
        QVERIFY(keys.error().message.contains(u"may be for RS256 or PS256, and does not say (alg)"_s));
    }

    void triesNoMoreThanAFewKeysForATokenThatNamesNone()
    {
        std::vector<Key> keys;
        for (int i = 0; i < 9; ++i)
            keys.push_back(*Key::ofSecret(algorithm("HS256"), secret(), QString::number(i)));
        const QByteArray token = hs256(R"({"alg":"HS256"})", jsonOf(claims()));
        const auto refused = checker(keys).check(token, today());
        QVERIFY(!refused);
        QVERIFY(refused.error().message.contains(u"it does not say which of 9 keys has signed it (kid)"_s));
        keys.pop_back();
        QVERIFY(checker(keys).check(token, today()));
        // And one whose key is named by the configuration's word alone goes by any.
        QVERIFY(checker({*Key::ofSecret(algorithm("HS256"), secret())})
                    .check(hs256(R"({"alg":"HS256","kid":"whatever"})", jsonOf(claims())), today()));
    }

    void readsItsFiles()
    {
        const QTemporaryDir folder;
        const auto file = [&folder](const QString &name, const QByteArray &content) {
            QFile made(folder.filePath(name));
            if (made.open(QIODevice::WriteOnly))
                made.write(content);
            return made.fileName();
        };
        const QString secretFile = file(u"secret"_s, secret() + "\r\n");
        const QString pem = file(u"public.pem"_s, rsaKey().publicKey);
        const QString set = file(u"keys.json"_s, setOf(rsaJwk(R"(,"kid":"a")")));
        JwtConfig config;
        config.keys = {{.algorithm = u"HS256"_s, .secretFile = secretFile, .id = u"h"_s},
                       {.algorithm = u"PS512"_s, .file = pem}};
        config.jwks = {.file = set, .algorithms = {u"RS256"_s}};
        const Result<KeySet> keys = KeySet::load(config);
        QVERIFY2(keys, keys ? "" : qPrintable(keys.error().text()));
        QCOMPARE(keys->keys().size(), std::size_t(3));
        QVERIFY(keys->keys()[0].hasSigned(*Token::parse(hs256(R"({"alg":"HS256"})", "{}"))));
        QCOMPARE(keyFiles(config), QStringList({secretFile, pem, set}));

        const auto fails = [](const JwtConfig &wrong, const QString &path, const QString &message) {
            const Result<KeySet> loaded = KeySet::load(wrong);
            QVERIFY(!loaded);
            QCOMPARE(loaded.error().path, path);
            QVERIFY2(loaded.error().message.contains(message), qPrintable(loaded.error().message));
        };
        const QString missing = folder.filePath(u"missing"_s);
        fails({.keys = {{.algorithm = u"RS256"_s, .file = missing}}}, u"auth.jwt.keys[0].file"_s,
              missing + u" cannot be read: No such file"_s);
        fails({.keys = {{.algorithm = u"HS256"_s, .file = pem}}}, u"auth.jwt.keys[0].secretFile"_s,
              u"HS256 needs the secretFile of its key, and nothing else"_s);
        fails({.keys = {{.algorithm = u"none"_s, .file = pem}}}, u"auth.jwt.keys[0].algorithm"_s,
              u"\"none\" is no algorithm for keys"_s);
        fails({.keys = {{.algorithm = u"ES256"_s, .file = pem}}}, u"auth.jwt.keys[0].file"_s,
              pem + u" is a key of type"_s);
        fails({.jwks = {.file = pem, .algorithms = {u"RS256"_s}}}, u"auth.jwt.jwks.file"_s,
              pem + u" is no object of JSON"_s);
        fails({.jwks = {.file = file(u"large"_s, QByteArray(65537, ' ')), .algorithms = {u"RS256"_s}}},
              u"auth.jwt.jwks.file"_s, u"is larger than 65536 bytes"_s);
        JwksConfig url{.url = u"https://id.example.org/"_s, .ca = missing, .algorithms = {u"RS256"_s}};
        fails({.jwks = url}, u"auth.jwt.jwks.ca"_s, missing + u" cannot be read: No such file"_s);
        url.ca = pem;
        fails({.jwks = url}, u"auth.jwt.jwks.ca"_s, pem + u" has no certificate in PEM"_s);
    }
};

DIALOGUE_TEST(TestKeySet, NoApplication)
#include "tst_keyset.moc"
