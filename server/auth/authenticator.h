#pragma once

#include "server/auth/connectrequest.h"
#include "server/auth/identity.h"

#include <QFuture>

#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

namespace dialogue {

/** Knows one kind of credential. Of the hub's thread. */
class Authenticator
{
public:
    Authenticator() = default;
    virtual ~Authenticator() = default;
    Q_DISABLE_COPY_MOVE(Authenticator)

    /**
     * Who \a request comes from, now or later. Nothing: it brings no credential of this kind. One that is of
     * this kind and fails is an Error, and is nobody else's to look at.
     */
    [[nodiscard]] virtual std::optional<QFuture<Result<Identity>>> authenticate(const ConnectRequest &request,
                                                                                const std::stop_token &stop)
        = 0;
};

/** As Hooks::authenticateLater is. */
using AuthenticateLater = std::function<QFuture<Result<Identity>>(ConnectRequest, std::stop_token)>;

/** Asks \a authenticators, which outlive it, in their order; and \a otherwise, which may be none, who comes
 * with nothing of theirs: without it he is refused with Unauthorized. */
[[nodiscard]] AuthenticateLater authenticateBy(std::vector<Authenticator *> authenticators,
                                               AuthenticateLater otherwise);

} // namespace dialogue
