#include "server/auth/authenticator.h"

#include "core/base/answer.h"

#include <utility>

namespace dialogue {

AuthenticateLater authenticateBy(std::vector<Authenticator *> authenticators, AuthenticateLater otherwise)
{
    return [authenticators = std::move(authenticators), otherwise = std::move(otherwise)](
               ConnectRequest request, const std::stop_token &stop) -> QFuture<Result<Identity>> {
        for (Authenticator *const each : authenticators) {
            if (const auto answer = each->authenticate(request, stop))
                return *answer;
        }
        if (otherwise)
            return otherwise(std::move(request), stop);
        return later::ended<Identity>(
            Error{ErrorCode::Unauthorized,
                  QStringLiteral("A credential is needed to come in, such as a token in auth.token")});
    };
}

} // namespace dialogue
