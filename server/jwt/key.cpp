#include "server/jwt/key.h"

#include "core/base/foreigntext.h"

#include <QJsonDocument>

#include <jansson.h>
extern "C" {
#include <jose/jws.h>
#include <jose/openssl.h>
}
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <initializer_list>

using namespace Qt::StringLiterals;

namespace dialogue::jwt {

namespace {

using Json = std::shared_ptr<json_t>;
using Config = std::unique_ptr<jose_cfg_t, decltype(&jose_cfg_decref)>;
using OpenKey = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

constexpr int FewestRsaBits = 2048; // RFC 7518, section 3.3
constexpr int MostRsaBits = 8192; // A check takes as long as the key is.
constexpr int LongestExponent = 8; // bytes

Error wrong(const QString &message) { return {ErrorCode::ConfigError, message}; }

Json own(json_t *json) { return {json, json_decref}; }

/** Its own messages go to the standard error, unless somebody takes them. */
Config quietConfig()
{
    Config config(jose_cfg(), jose_cfg_decref);
    jose_cfg_set_err_func(
        config.get(), [](void *, const char *, int, uint64_t, const char *, va_list) {}, nullptr);
    return config;
}

QByteArray textOf(const json_t *object, const char *member)
{
    const json_t *const value = json_object_get(object, member);
    return json_is_string(value) ? QByteArray(json_string_value(value), qsizetype(json_string_length(value)))
                                 : QByteArray();
}

void setText(json_t *object, const char *member, const QByteArray &text)
{
    json_object_set_new(object, member, json_stringn(text.constData(), std::size_t(text.size())));
}

/** Of \a from only \a members, which must be there. */
Result<Json> membersOf(const json_t *from, std::initializer_list<const char *> members)
{
    const Json picked = own(json_object());
    for (const char *const member : members) {
        const QByteArray text = textOf(from, member);
        if (text.isEmpty())
            return wrong(u"lacks '%1'"_s.arg(QLatin1StringView(member)));
        setText(picked.get(), member, text);
    }
    return picked;
}

/** Nobody is there to be asked for the passphrase of a private key. */
int noPassphrase(char *, int, int, void *) { return 0; }

template <class Read>
OpenKey readPem(const QByteArray &pem, Read read)
{
    const std::unique_ptr<BIO, decltype(&BIO_free)> source(
        BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())), BIO_free);
    return OpenKey(source ? read(source.get()) : nullptr, EVP_PKEY_free);
}

OpenKey publicKey(const QByteArray &pem)
{
    OpenKey key
        = readPem(pem, [](BIO *from) { return PEM_read_bio_PUBKEY(from, nullptr, noPassphrase, nullptr); });
    if (key)
        return key;
    return readPem(pem, [](BIO *from) -> EVP_PKEY * {
        const std::unique_ptr<X509, decltype(&X509_free)> certificate(
            PEM_read_bio_X509(from, nullptr, noPassphrase, nullptr), X509_free);
        return certificate ? X509_get_pubkey(certificate.get()) : nullptr;
    });
}

OpenKey privateKey(const QByteArray &pem)
{
    return readPem(pem,
                   [](BIO *from) { return PEM_read_bio_PrivateKey(from, nullptr, noPassphrase, nullptr); });
}

int bitsOf(const QByteArray &number)
{
    qsizetype first = 0;
    while (first < number.size() && number[first] == '\0')
        ++first;
    if (first == number.size())
        return 0;
    int bits = static_cast<int>(number.size() - first - 1) * 8;
    for (auto high = static_cast<unsigned char>(number[first]); high != 0; high >>= 1)
        ++bits;
    return bits;
}

QLatin1StringView typeOf(KeyKind kind)
{
    switch (kind) {
    case KeyKind::Secret:
        return "oct"_L1;
    case KeyKind::Rsa:
        return "RSA"_L1;
    case KeyKind::Curve:
        return "EC"_L1;
    }
    return {};
}

Result<void> checkRsa(const json_t *jwk)
{
    const auto modulus = fromBase64Url(textOf(jwk, "n"));
    const auto exponent = fromBase64Url(textOf(jwk, "e"));
    if (!modulus || !exponent)
        return wrong(u"has an 'n' or 'e' that is not base64url"_s);
    const int bits = bitsOf(*modulus);
    if (bits < FewestRsaBits || bits > MostRsaBits) {
        return wrong(u"is an RSA key of %1 bits; it must have from %2 to %3"_s.arg(bits)
                         .arg(FewestRsaBits)
                         .arg(MostRsaBits));
    }
    const bool isOdd = !exponent->isEmpty() && (static_cast<unsigned char>(exponent->back()) & 1) != 0;
    if (!isOdd || bitsOf(*exponent) < 2 || exponent->size() > LongestExponent)
        return wrong(u"has an RSA exponent ('e') that is none"_s);
    return {};
}

/** What \a jwk is, fits \a algorithm. */
Result<void> checkFit(const Algorithm &algorithm, const json_t *jwk)
{
    const QByteArray type = textOf(jwk, "kty");
    if (QLatin1StringView(type) != typeOf(algorithm.kind)) {
        return wrong(u"is a key of type %1, %2 needs one of type %3"_s.arg(
            quoted(QByteArrayView(type.left(16))), algorithm.name, typeOf(algorithm.kind)));
    }
    switch (algorithm.kind) {
    case KeyKind::Secret: {
        const auto secret = fromBase64Url(textOf(jwk, "k"));
        if (!secret)
            return wrong(u"has a 'k' that is not base64url"_s);
        if (secret->size() < algorithm.secretSize()) {
            return wrong(u"has a secret of %1 bytes, %2 needs at least %3 random ones"_s.arg(secret->size())
                             .arg(algorithm.name)
                             .arg(algorithm.secretSize()));
        }
        return {};
    }
    case KeyKind::Rsa:
        return checkRsa(jwk);
    case KeyKind::Curve:
        if (const QByteArray curve = textOf(jwk, "crv"); QLatin1StringView(curve) != algorithm.curve) {
            return wrong(u"is on the curve %1, %2 needs %3"_s.arg(quoted(QByteArrayView(curve.left(16))),
                                                                  algorithm.name, algorithm.curve));
        }
        break;
    }
    return {};
}

} // namespace

Result<Key> Key::make(const Algorithm &algorithm, const QString &id, const Json &jwk, bool isPrivate)
{
    if (auto fits = checkFit(algorithm, jwk.get()); !fits)
        return fits.error();
    const auto picked = [&]() -> Result<Json> {
        switch (algorithm.kind) {
        case KeyKind::Secret:
            return membersOf(jwk.get(), {"kty", "k"});
        case KeyKind::Rsa:
            return isPrivate ? membersOf(jwk.get(), {"kty", "n", "e", "d", "p", "q", "dp", "dq", "qi"})
                             : membersOf(jwk.get(), {"kty", "n", "e"});
        case KeyKind::Curve:
            break;
        }
        return isPrivate ? membersOf(jwk.get(), {"kty", "crv", "x", "y", "d"})
                         : membersOf(jwk.get(), {"kty", "crv", "x", "y"});
    }();
    if (!picked)
        return picked.error();
    const Config config = quietConfig();
    if (algorithm.kind != KeyKind::Secret
        && !OpenKey(jose_openssl_jwk_to_EVP_PKEY(config.get(), picked->get()), EVP_PKEY_free))
        return wrong(u"is no key: its numbers do not belong together"_s);
    setText(picked->get(), "alg", QByteArray(algorithm.name.data(), algorithm.name.size()));
    return Key(algorithm, id, *picked);
}

Result<Key> Key::ofSecret(const Algorithm &algorithm, const QByteArray &secret, const QString &id)
{
    if (secret.contains("-----BEGIN ")) {
        return wrong(u"holds a key in PEM; %1 takes a secret of random bytes, and a public key is none"_s.arg(
            algorithm.name));
    }
    const Json jwk = own(json_object());
    setText(jwk.get(), "kty", "oct");
    setText(jwk.get(), "k", toBase64Url(secret));
    return make(algorithm, id, jwk, true);
}

Result<Key> Key::ofPem(const Algorithm &algorithm, const QByteArray &pem, const QString &id)
{
    OpenKey key = publicKey(pem);
    const bool isPrivate = !key;
    if (isPrivate)
        key = privateKey(pem);
    if (!key)
        return wrong(u"holds no key in PEM: expected \"-----BEGIN PUBLIC KEY-----\", or a certificate"_s);
    const Config config = quietConfig();
    const Json jwk = own(jose_openssl_jwk_from_EVP_PKEY(config.get(), key.get()));
    if (!jwk) {
        return wrong(u"is a key of a kind that %1 does not take"_s.arg(algorithm.name));
    }
    return make(algorithm, id, jwk, isPrivate);
}

Result<Key> Key::ofJwk(const Algorithm &algorithm, const QJsonObject &jwk, const QString &id)
{
    const QByteArray text = QJsonDocument(jwk).toJson(QJsonDocument::Compact);
    const Json object = own(json_loadb(text.constData(), std::size_t(text.size()), 0, nullptr));
    if (!object)
        return wrong(u"is no key"_s);
    return make(algorithm, id, object, algorithm.kind == KeyKind::Secret);
}

bool Key::hasSigned(const Token &token) const
{
    const qsizetype expected = m_algorithm->signatureSize;
    const auto signature = fromBase64Url(token.signature);
    // ECDSA's two numbers as they are, without ASN.1 (RFC 7518, section 3.4).
    if (!signature || signature->isEmpty() || (expected > 0 && signature->size() != expected))
        return false;
    const Json jws = own(json_object());
    setText(jws.get(), "protected", token.header);
    setText(jws.get(), "payload", token.payload);
    setText(jws.get(), "signature", token.signature);
    const Config config = quietConfig();
    return jose_jws_ver(config.get(), jws.get(), nullptr, m_jwk.get(), false);
}

Result<QByteArray> Key::sign(const QJsonObject &claims) const
{
    const Json jws = own(json_object());
    setText(jws.get(), "payload", toBase64Url(QJsonDocument(claims).toJson(QJsonDocument::Compact)));
    const Json header = own(json_object());
    setText(header.get(), "alg", QByteArray(m_algorithm->name.data(), m_algorithm->name.size()));
    setText(header.get(), "typ", "JWT");
    if (!m_id.isEmpty())
        setText(header.get(), "kid", m_id.toUtf8());
    const Json signature = own(json_object());
    json_object_set(signature.get(), "protected", header.get());
    const Config config = quietConfig();
    if (!jose_jws_sig(config.get(), jws.get(), signature.get(), m_jwk.get()))
        return wrong(u"the key can check tokens, but not sign them: it is the public part"_s);
    return textOf(jws.get(), "protected") + '.' + textOf(jws.get(), "payload") + '.'
        + textOf(jws.get(), "signature");
}

} // namespace dialogue::jwt
