#include "tokens.h"

#include "testclasses.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue;
using namespace dialogue::jwt;
using namespace dialogue::jwt::test;

namespace {

/** HS256 with the id "s", RS256 with "r", ES256 with "e". */
Checker server()
{
    return checker({*Key::ofSecret(algorithm("HS256"), secret(), u"s"_s),
                    *Key::ofPem(algorithm("RS256"), rsaKey().publicKey, u"r"_s),
                    *Key::ofPem(algorithm("ES256"), p256Key().publicKey, u"e"_s)});
}

QByteArray header(const char *more = "")
{
    return QByteArray("{\"alg\":\"HS256\",\"kid\":\"s\"") + more + '}';
}

/** Signed with the right key, with claims as these. */
QByteArray of(const QJsonObject &said) { return hs256(header(), jsonOf(said)); }

/** \a token with another signature. */
QByteArray signedBy(const QByteArray &token, const QByteArray &signature)
{
    return token.first(token.lastIndexOf('.') + 1) + signature;
}

QByteArray signatureOf(const QByteArray &token) { return token.sliced(token.lastIndexOf('.') + 1); }

/** Its last character is another one that decodes to the same bytes. */
QByteArray writtenOtherwise(QByteArray token)
{
    constexpr QByteArrayView alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    token.back() = alphabet[alphabet.indexOf(token.back()) ^ 1];
    return token;
}

} // namespace

class TestBadTokens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areRefusedForWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char *name, const QByteArray &token, const char *reason) {
            QTest::newRow(name) << token << QString::fromUtf8(reason);
        };
        const QByteArray good = of(claims());
        const QByteArray body = jsonOf(claims());

        // Its form
        row("empty", "", "it has 1 parts, a token has 3");
        row("a word", "token", "it has 1 parts, a token has 3");
        row("two parts", good.first(good.lastIndexOf('.')), "it has 2 parts, a token has 3");
        row("four parts", good + ".x", "it has 4 parts, a token has 3");
        row("encrypted", "a.b.c.d.e", "it is encrypted (JWE), which is not taken here");
        row("more than 8 KiB", of(with(claims(), u"x"_s, QString(7000, u'x'))), "8192 are allowed");
        row("9 KiB of nothing", QByteArray(9216, 'a'), "it has 9216 bytes, 8192 are allowed");
        row("blanks around it", ' ' + good + ' ', "its header is not base64url");
        row("a line's end behind it", good + '\n', "its signature is not base64url");
        row("padding", signedBy(good, signatureOf(good) + '='), "its signature is not base64url");
        row("base64 that is not for URLs", signedBy(good, "+/" + signatureOf(good).sliced(2)),
            "its signature is not base64url");
        row("a signature written otherwise", writtenOtherwise(good),
            "its signature is not base64url as it is written");
        row("a header written otherwise",
            writtenOtherwise(toBase64Url(header(" "))) + good.sliced(good.indexOf('.')),
            "its header is not base64url as it is written");
        row("a signature of one character", signedBy(good, "A"), "its signature is not base64url");

        // Its header
        row("a header that is no JSON", hs256("alg: HS256", body), "its header is no object of JSON");
        row("a header that is a list", hs256("[]", body), "its header is no object of JSON");
        row("a header that ends early", hs256("{\"alg\":\"HS256\"", body), "its header is no JSON");
        row("a header with something behind it", hs256("{\"alg\":\"HS256\"}{}", body),
            "its header is no JSON");
        row("an algorithm twice", hs256("{\"alg\":\"HS256\",\"alg\":\"none\"}", body),
            "its header has the member \"alg\" twice");
        row("an algorithm twice, once escaped", hs256("{\"alg\":\"HS256\",\"\\u0061lg\":\"none\"}", body),
            "its header has the member \"alg\" twice");
        row("no algorithm", hs256("{}", body), "its header names no algorithm (alg)");
        row("an algorithm that is a number", hs256("{\"alg\":256}", body),
            "its header names no algorithm (alg)");
        row("the algorithm none", hs256("{\"alg\":\"none\"}", body), "the algorithm \"none\"");
        row("none, unsigned", toBase64Url("{\"alg\":\"none\"}") + '.' + toBase64Url(body) + '.',
            "the algorithm \"none\"");
        row("None, with a capital", hs256("{\"alg\":\"None\"}", body), "the algorithm \"None\"");
        row("nOnE, unsigned", toBase64Url("{\"alg\":\"nOnE\"}") + '.' + toBase64Url(body) + '.',
            "the algorithm \"nOnE\"");
        row("an algorithm in small letters", hs256("{\"alg\":\"hs256\"}", body), "the algorithm \"hs256\"");
        row("an algorithm that is not configured", hs256("{\"alg\":\"HS512\"}", body),
            "the algorithm \"HS512\", for which there is no key");
        row("an algorithm for encryption", hs256("{\"alg\":\"RSA1_5\"}", body), "the algorithm \"RSA1_5\"");
        row("an algorithm of another curve", hs256("{\"alg\":\"ES256K\"}", body), "the algorithm \"ES256K\"");
        row("crit", hs256(header(",\"crit\":[\"exp\"],\"exp\":1"), body), "its header has crit");
        row("crit, empty", hs256(header(",\"crit\":[]"), body), "its header has crit");
        row("an unencoded payload", hs256(header(",\"b64\":false,\"crit\":[\"b64\"]"), body),
            "its header has crit");
        row("another type", hs256(header(",\"typ\":\"logout+jwt\""), body),
            "it is of another type (typ): \"logout+jwt\"");
        row("a type that is a number", hs256(header(",\"typ\":1"), body), "it is of another type (typ)");
        row("a kid that is a number", hs256("{\"alg\":\"HS256\",\"kid\":1}", body),
            "its header's kid is no text");
        row("a kid that is empty", hs256("{\"alg\":\"HS256\",\"kid\":\"\"}", body),
            "its header's kid is no text");
        row("a kid of 257 bytes", hs256("{\"alg\":\"HS256\",\"kid\":\"" + QByteArray(257, 'k') + "\"}", body),
            "its header's kid has 257 bytes, 256 are allowed");
        row("a kid of nobody", hs256("{\"alg\":\"HS256\",\"kid\":\"x\"}", body),
            "there is no key \"x\" for HS256");
        row("a kid that is a path", hs256("{\"alg\":\"HS256\",\"kid\":\"../../dev/null\"}", body, ""),
            "there is no key \"../../dev/null\" for HS256");
        row("the kid of a key for another algorithm", hs256("{\"alg\":\"HS256\",\"kid\":\"r\"}", body),
            "there is no key \"r\" for HS256");

        // Its signature
        row("no signature", signedBy(good, ""), "its signature is not that of the key for HS256");
        row("another secret", hs256(header(), body, "another secret of thirty-two bytes!!"),
            "its signature is not that of the key for HS256");
        row("an empty secret", hs256(header(), body, ""), "its signature is not that of the key for HS256");
        row("half of a signature", signedBy(good, toBase64Url(fromBase64Url(signatureOf(good))->first(16))),
            "its signature is not that of the key for HS256");
        row("the public key as the secret", hs256(header(), body, rsaKey().publicKey),
            "its signature is not that of the key for HS256");
        row("the public key as the secret, under its kid",
            hs256("{\"alg\":\"HS256\",\"kid\":\"r\"}", body, rsaKey().publicKey),
            "there is no key \"r\" for HS256");
        row("HS256's signature for RS256",
            hs256("{\"alg\":\"RS256\",\"kid\":\"r\"}", body, rsaKey().publicKey),
            "its signature is not that of the key for RS256");
        row("another payload",
            good.first(good.indexOf('.') + 1) + toBase64Url(jsonOf(with(claims(), u"sub"_s, u"bob"_s)))
                + good.sliced(good.lastIndexOf('.')),
            "its signature is not that of the key for HS256");
        const auto signedWith = [](const char *name, const Pem &pem, const QString &id) {
            return *Key::ofPem(algorithm(name), pem.privateKey, id)->sign(claims());
        };
        row("another RSA key", signedWith("RS256", otherRsaKey(), u"r"_s),
            "its signature is not that of the key for RS256");
        row("PS256 of an RS256 key", signedWith("PS256", rsaKey(), u"r"_s), "the algorithm \"PS256\"");
        row("RS512 of an RS256 key", signedWith("RS512", rsaKey(), u"r"_s), "the algorithm \"RS512\"");
        row("another curve's key", signedWith("ES384", p384Key(), u"e"_s), "the algorithm \"ES384\"");
        row("another key of the curve", signedWith("ES256", curve("P-256"), u"e"_s),
            "its signature is not that of the key for ES256");
        row("an elliptic signature of nothing",
            signedBy(signedWith("ES256", p256Key(), u"e"_s), toBase64Url(QByteArray(64, '\0'))),
            "its signature is not that of the key for ES256");
        row("an elliptic signature as ASN.1",
            signedBy(signedWith("ES256", p256Key(), u"e"_s),
                     toBase64Url(QByteArray::fromHex("3006020101020101"))),
            "its signature is not that of the key for ES256");
        // A key that the token brings along is not looked at.
        const auto brings = [&](const char *what, const QByteArray &member) {
            row(what, hs256(header(member.constData()), body, "a secret of thirty-two bytes or so!!"),
                "its signature is not that of the key for HS256");
        };
        brings("jwk",
               ",\"jwk\":{\"kty\":\"oct\",\"k\":\"" + toBase64Url("a secret of thirty-two bytes or so!!")
                   + "\"}");
        brings("jku", ",\"jku\":\"https://evil.example.org/keys.json\"");
        brings("x5u", ",\"x5u\":\"https://evil.example.org/key.pem\"");
        brings("x5c", ",\"x5c\":[\"MIIB\"]");

        // Its claims
        row("a payload that is no JSON", hs256(header(), "sub: ann"), "its payload is no object of JSON");
        row("a payload that is a text", hs256(header(), "\"ann\""), "its payload is no object of JSON");
        row("a payload that is another token", hs256(header(",\"cty\":\"JWT\""), good),
            "its payload is no object of JSON");
        row("a payload that is too deep",
            hs256(header(), "{\"a\":" + QByteArray(50, '[') + QByteArray(50, ']') + '}'),
            "its payload is no JSON");
        row("a payload in Latin-1", hs256(header(), "{\"sub\":\"Andr\xe9\"}"), "its payload is no JSON");
        row("two subjects", hs256(header(), "{\"sub\":\"ann\",\"sub\":\"bob\",\"exp\":1900000000}"),
            "its payload has the member \"sub\" twice");
        row("a member twice within", hs256(header(), "{\"sub\":\"ann\",\"x\":[{\"a\":1,\"a\":2}]}"),
            "its payload has the member \"a\" twice");
        const auto claim = [&](const char *name, const QString &member, const QJsonValue &value,
                               const char *reason) { row(name, of(with(claims(), member, value)), reason); };
        claim("expired", u"exp"_s, Today - 31, "it has expired 31 s ago (exp)");
        claim("expired to the second", u"exp"_s, Today - 30, "it has expired 30 s ago (exp)");
        claim("no expiry", u"exp"_s, QJsonValue::Undefined, "it does not say when it expires (exp)");
        claim("an expiry that is a text", u"exp"_s, u"1900000000"_s, "its exp is no time");
        claim("an expiry of nothing", u"exp"_s, QJsonValue::Null, "its exp is no time");
        claim("a negative expiry", u"exp"_s, -1, "its exp is no time");
        claim("an expiry beyond all times", u"exp"_s, 1e30, "its exp is no time");
        claim("an expiry in milliseconds", u"exp"_s, Today * 1000, "its exp is no time");
        claim("not yet", u"nbf"_s, Today + 31, "it holds only in 31 s (nbf)");
        claim("nbf that is no time", u"nbf"_s, u"now"_s, "its nbf is no time");
        claim("from the future", u"iat"_s, Today + 31, "it holds only in 31 s (iat)");
        claim("no issuer", u"iss"_s, QJsonValue::Undefined, "it names no issuer (iss)");
        claim("another issuer", u"iss"_s, u"https://id.example.org.evil.example"_s,
              "it is of another issuer (iss)");
        claim("an issuer with a slash more", u"iss"_s, u"https://id.example.org/"_s,
              "it is of another issuer (iss)");
        claim("issuers", u"iss"_s, QJsonArray{u"https://id.example.org"_s}, "it names no issuer (iss)");
        claim("no audience", u"aud"_s, QJsonValue::Undefined, "it names no audience (aud)");
        claim("another audience", u"aud"_s, u"shop"_s, "it is for another audience (aud)");
        claim("other audiences", u"aud"_s, QJsonArray{u"shop"_s, u"Chat"_s},
              "it is for another audience (aud)");
        claim("no audience at all", u"aud"_s, QJsonArray(), "it is for another audience (aud)");
        claim("an audience that is a number", u"aud"_s, QJsonArray{u"chat"_s, 1},
              "its audience (aud) is neither a text nor a list of them");
        claim("no subject", u"sub"_s, QJsonValue::Undefined, "its \"sub\" is no text that names a user");
        claim("an empty subject", u"sub"_s, u""_s, "its \"sub\" is no text that names a user");
        claim("a subject that is a number", u"sub"_s, 7, "its \"sub\" is no text that names a user");
        claim("a subject that is an object", u"sub"_s, QJsonObject{{u"id"_s, u"ann"_s}},
              "its \"sub\" is no text that names a user");
        claim("the server itself", u"sub"_s, u"system"_s, "is the server's own in any spelling");
        claim("the server itself, spelled otherwise", u"sub"_s, u"S\u200bystem"_s, "must not contain U+200B");
        claim("a subject of 257 characters", u"sub"_s, QString(257, u'a'),
              "has 257 characters, 256 are allowed (limits.userIdLength)");
        claim("a subject with a line's end", u"sub"_s, u"ann\nbob"_s, "must not contain U+000A");
        claim("roles that are a number", u"roles"_s, 7, "its \"roles\" is neither a role nor a list of them");
        claim("roles of which one is no text", u"roles"_s, QJsonArray{u"member"_s, true},
              "its \"roles\" is neither a role nor a list of them");
        claim("a role without a name", u"roles"_s, QJsonArray{u""_s},
              "its \"roles\" is neither a role nor a list of them");
        QJsonArray many;
        for (int i = 0; i < 101; ++i)
            many.append(QString::number(i));
        claim("101 roles", u"roles"_s, many, "it has 101 roles, 100 are allowed");
    }
    void areRefusedForWhatIsWrong()
    {
        QFETCH(QByteArray, token);
        QFETCH(QString, reason);
        const Result<Identity> identity = server().check(token, today());
        QVERIFY2(!identity, "it was accepted");
        const bool isExpired = reason.startsWith("it has expired"_L1);
        QCOMPARE(identity.error().code, isExpired ? ErrorCode::TokenExpired : ErrorCode::Unauthorized);
        QVERIFY2(identity.error().message.contains(reason), qPrintable(identity.error().message));
        // Whatever it is about, it does not hold what would let somebody in.
        if (const QByteArray signature = signatureOf(token); signature.size() > 20)
            QVERIFY(!identity.error().message.contains(QString::fromLatin1(signature)));
    }

    void areThoseAndNoOthers()
    {
        const Result<Identity> identity = server().check(of(claims()), today());
        QVERIFY2(identity, identity ? "" : qPrintable(identity.error().text()));
        QCOMPARE(identity->userId, u"ann"_s);
        QVERIFY(identity->verified);
    }
};

DIALOGUE_TEST(TestBadTokens, NoApplication)
#include "tst_badtokens.moc"
