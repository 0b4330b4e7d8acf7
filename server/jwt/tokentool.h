#pragma once

#include "server/auth/identity.h"
#include "server/config/serverconfig.h"
#include "server/export.h"

#include <QByteArray>
#include <QJsonObject>

#include <chrono>

/** What dialogue-server does with tokens and keys at a command line. */
namespace dialogue::jwt {

/** A token to be made with a key of the configuration. */
struct TokenRequest
{
    QString userId;
    QStringList roles = {};
    QJsonObject claims = {}; ///< Besides; they go before those that are made.
    std::chrono::seconds lifetime{3600};
    QString keyId = {}; ///< Empty: the first that can sign.
    QString privateKey = {}; ///< A file in PEM, where the configuration has only the public part.
};

/** ConfigError where the keys of \a config cannot be read, or are bad. */
DIALOGUE_SERVER_EXPORT Result<void> checkKeys(const JwtConfig &config);
/** ConfigError where there is no key that can sign. */
DIALOGUE_SERVER_EXPORT Result<QByteArray> newToken(const JwtConfig &config, const TokenRequest &request);
/** What \a token says, as JSON for people, without a look at its signature. */
DIALOGUE_SERVER_EXPORT Result<QByteArray> shownToken(const QByteArray &token);
/** Who comes in with \a token; else the reason, as the server's log has it. */
DIALOGUE_SERVER_EXPORT Result<Identity> verifiedToken(const ServerConfig &config, const QByteArray &token);

/** Who comes in with a token that says \a claims, whenever that is, whoever made it and for whom. */
DIALOGUE_SERVER_EXPORT Result<Identity> identityOfClaims(const ServerConfig &config, QJsonObject claims);

} // namespace dialogue::jwt
