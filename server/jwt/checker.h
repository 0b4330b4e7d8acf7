#pragma once

#include "server/jwt/claims.h"
#include "server/jwt/keyset.h"

#include <QByteArray>

#include <chrono>

namespace dialogue::jwt {

/** Who a token says that somebody is, and how far that is to be believed. */
struct Checker
{
    KeySetPtr keys;
    ClaimRules rules;

    /** TokenExpired, or Unauthorized, with the reason, which is for the log. */
    [[nodiscard]] Result<Identity> check(const QByteArray &token,
                                         std::chrono::system_clock::time_point now) const
    {
        const Result<Token> parsed = Token::parse(token);
        if (!parsed)
            return parsed.error();
        if (const auto verified = keys->verify(*parsed); !verified)
            return verified.error();
        return identityOf(parsed->claims, rules, now);
    }

    /** It says a key that nobody knows, and that may be one of a JWK Set which can be asked for. */
    [[nodiscard]] bool lacksKey(const QByteArray &token) const
    {
        const Result<Token> parsed = Token::parse(token);
        return parsed && rules.config.jwks.algorithms.contains(parsed->algorithm) && !keys->knows(*parsed);
    }
};

} // namespace dialogue::jwt
