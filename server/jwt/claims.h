#pragma once

#include "core/base/result.h"
#include "server/auth/identity.h"
#include "server/config/serverconfig.h"

#include <QJsonObject>

#include <chrono>

namespace dialogue::jwt {

/** What the claims of a token have to be, and what becomes of them. */
struct ClaimRules
{
    JwtConfig config; ///< But its keys.
    int userIdLength; ///< Characters.
};

/**
 * Who \a claims, which were verified, say that somebody is (RFC 7519, section 4.1). TokenExpired, or
 * Unauthorized, with the reason: none that holds a value of a stranger's unescaped.
 */
[[nodiscard]] Result<Identity> identityOf(const QJsonObject &claims, const ClaimRules &rules,
                                          std::chrono::system_clock::time_point now);

} // namespace dialogue::jwt
