#pragma once

#include "core/base/result.h"
#include "server/jwt/algorithm.h"
#include "server/jwt/token.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <memory>

struct json_t;

namespace dialogue::jwt {

/** A key, with the one algorithm that it is for. Copies are one; of any thread, one at a time. */
class Key
{
public:
    /** ConfigError where \a secret is shorter than the hash, or is a key of another kind. */
    [[nodiscard]] static Result<Key> ofSecret(const Algorithm &algorithm, const QByteArray &secret,
                                              const QString &id = {});
    /** A public key, a certificate, or a private key, which can sign() as well. ConfigError where it is of
     * another kind or curve, or RSA of less than 2048 bits. */
    [[nodiscard]] static Result<Key> ofPem(const Algorithm &algorithm, const QByteArray &pem,
                                           const QString &id = {});
    /** The public part of \a jwk (RFC 7517), or its secret. ConfigError as above. */
    [[nodiscard]] static Result<Key> ofJwk(const Algorithm &algorithm, const QJsonObject &jwk,
                                           const QString &id = {});

    [[nodiscard]] const Algorithm &algorithm() const { return *m_algorithm; }
    [[nodiscard]] const QString &id() const { return m_id; } ///< Empty: of any `kid`, and none.

    /** Whether it has signed \a token, which names its algorithm. */
    [[nodiscard]] bool hasSigned(const Token &token) const;
    /** A token of \a claims; ConfigError where it can only check. */
    [[nodiscard]] Result<QByteArray> sign(const QJsonObject &claims) const;

private:
    using Json = std::shared_ptr<json_t>;
    Key(const Algorithm &algorithm, QString id, Json jwk)
        : m_algorithm(&algorithm)
        , m_id(std::move(id))
        , m_jwk(std::move(jwk))
    { }
    static Result<Key> make(const Algorithm &algorithm, const QString &id, const Json &jwk, bool isPrivate);

    const Algorithm *m_algorithm;
    QString m_id;
    Json m_jwk;
};

} // namespace dialogue::jwt
