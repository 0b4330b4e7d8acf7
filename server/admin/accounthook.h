#pragma once

#include "server/admin/account.h"
#include "server/answers/pendinganswers.h"
#include "server/auth/adminlogin.h"
#include "server/bridge/gateway.h"

#include <functional>
#include <memory>
#include <unordered_map>

namespace dialogue {
class HubParts;
}

namespace dialogue::admin {

/** Asks the application who wants into /admin, by Hooks::adminAccount or its later form. What it answers is
 * taken for an account where it could stand in a configuration. Of the hub. */
class AccountHook
{
public:
    using Told = std::function<void(Result<Account> &&)>;

    /** \a parts, which outlive it, have the hooks. */
    explicit AccountHook(HubParts &parts);

    [[nodiscard]] bool isSet() const;
    /** \a told now or later; not where \a socket is forgotten before. Unauthorized, Unavailable, and what the
     * application refuses with. */
    void ask(SocketId socket, const AdminLogin &login, const Told &told);
    /** It is gone: nobody need answer. */
    void forget(SocketId socket) { m_waiting.erase(socket); }

private:
    HubParts &m_parts;
    std::unordered_map<SocketId, std::unique_ptr<PendingAnswer>> m_waiting;
};

} // namespace dialogue::admin
