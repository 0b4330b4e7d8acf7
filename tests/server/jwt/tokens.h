#pragma once

#include "server/jwt/checker.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QMessageAuthenticationCode>

#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>

namespace dialogue::jwt::test {

struct Pem
{
    QByteArray publicKey;
    QByteArray privateKey;
};

inline QByteArray textOf(BIO *memory)
{
    char *text = nullptr;
    const auto size = BIO_get_mem_data(memory, &text);
    return {text, qsizetype(size)};
}

inline Pem pemOf(EVP_PKEY *made)
{
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(made, EVP_PKEY_free);
    const std::unique_ptr<BIO, decltype(&BIO_free)> open(BIO_new(BIO_s_mem()), BIO_free);
    const std::unique_ptr<BIO, decltype(&BIO_free)> closed(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_PUBKEY(open.get(), key.get());
    PEM_write_bio_PrivateKey(closed.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    return {textOf(open.get()), textOf(closed.get())};
}

inline Pem rsa(unsigned bits) { return pemOf(EVP_RSA_gen(bits)); }
inline Pem curve(const char *name) { return pemOf(EVP_EC_gen(name)); }

/** The keys of most tests, made once. */
inline const Pem &rsaKey()
{
    static const Pem key = rsa(2048);
    return key;
}
inline const Pem &otherRsaKey()
{
    static const Pem key = rsa(2048);
    return key;
}
inline const Pem &p256Key()
{
    static const Pem key = curve("P-256");
    return key;
}
inline const Pem &p384Key()
{
    static const Pem key = curve("P-384");
    return key;
}
inline QByteArray secret() { return "0123456789abcdef0123456789abcdef"; }

inline const Algorithm &algorithm(const char *name) { return *algorithmNamed(QString::fromLatin1(name)); }

inline QByteArray jsonOf(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/** A token of just these texts, which has been signed with \a key as HS256. */
inline QByteArray hs256(const QByteArray &header, const QByteArray &payload, const QByteArray &key = secret())
{
    const QByteArray input = toBase64Url(header) + '.' + toBase64Url(payload);
    return input + '.'
        + toBase64Url(QMessageAuthenticationCode::hash(input, key, QCryptographicHash::Sha256));
}

inline constexpr qint64 Today = 1'800'000'000; ///< Seconds, of all tests.

inline std::chrono::system_clock::time_point today()
{
    return std::chrono::system_clock::time_point(std::chrono::seconds(Today));
}

/** Those of a good token. */
inline QJsonObject claims()
{
    return {{QStringLiteral("sub"), QStringLiteral("ann")},
            {QStringLiteral("iss"), QStringLiteral("https://id.example.org")},
            {QStringLiteral("aud"), QStringLiteral("chat")},
            {QStringLiteral("iat"), Today},
            {QStringLiteral("exp"), Today + 3600},
            {QStringLiteral("roles"), QJsonArray{QStringLiteral("member"), QStringLiteral("editor")}}};
}

inline QJsonObject with(QJsonObject object, const QString &member, const QJsonValue &value)
{
    if (value.isUndefined())
        object.remove(member);
    else
        object.insert(member, value);
    return object;
}

inline JwtConfig rules()
{
    JwtConfig config;
    config.issuer = QStringLiteral("https://id.example.org");
    config.audience = QStringLiteral("chat");
    return config;
}

inline Checker checker(std::vector<Key> keys, const JwtConfig &config = rules())
{
    return {.keys = std::make_shared<const KeySet>(std::move(keys)),
            .rules = {.config = config, .userIdLength = 256}};
}

} // namespace dialogue::jwt::test
