#pragma once

#include "server/admin/account.h"
#include "server/admin/accounthook.h"
#include "server/admin/hubcalls.h"
#include "server/admin/passwordhash.h"
#include "server/auth/connectrequest.h"
#include "server/budgets/ratewindows.h"
#include "server/loop/iothread.h"

#include <QHash>
#include <QUrl>

#include <functional>
#include <optional>

namespace dialogue::admin {

/**
 * Says who comes into /admin. Passwords are compared in a thread of its own, a few at a time; how often an
 * address may try is bounded. Of the hub.
 */
class Doorkeeper
{
public:
    /** All outlive it. */
    Doorkeeper(const AdminConfig &config, HubCalls &hub, AccountHook &hook);
    ~Doorkeeper();
    Q_DISABLE_COPY_MOVE(Doorkeeper)

    /** ConfigError for a hash that is none. */
    [[nodiscard]] Result<void> start();
    /** Makes the token, where one is wanted, writes it to its file and says how to come in with it; \a url is
     * the server's, which is listened on: so that who cannot begin takes the place of nobody's. IoError. */
    [[nodiscard]] Result<void> announce(const QUrl &url);

    using Told = std::function<void(Result<Account> &&)>;
    /** `auth: {account, password}`, or `{token}`. Unauthorized, PermissionDenied, RateLimited, Unavailable;
     * \a told now or later. */
    void ask(SocketId socket, const ConnectRequest &request, Told told);

    /** \a account may still be here as the configuration is now. */
    [[nodiscard]] bool stillHolds(const Account &account) const;

    static constexpr RateLimit Tries{.maxEvents = 30, .window = std::chrono::minutes(1)}; ///< That fail.
    static constexpr int MostPending = 8;

private:
    [[nodiscard]] Result<void> mayTry(const ConnectRequest &request);
    /** \a told, and another failure of that address is counted. */
    [[nodiscard]] bool isAccount(const QString &name) const; ///< Of the configuration.
    [[nodiscard]] bool isToken(const QString &token) const;
    void askHook(SocketId socket, const AdminLogin &login, const Told &told);
    void tell(const QHostAddress &address, Result<Account> &&account, const Told &told);
    [[nodiscard]] Result<Account> byToken(const QString &token, const QHostAddress &address) const;
    [[nodiscard]] bool isPassword(const QByteArray &hash, const QByteArray &password); ///< In the thread.
    void askByPassword(const QString &name, const QByteArray &password, const QHostAddress &address,
                       Told told);

    const AdminConfig &m_config;
    HubCalls &m_hub;
    AccountHook &m_hook;
    RateWindows m_failures; ///< By address.
    QHash<QString, RateWindows::Clock::time_point> m_heldUntil; ///< Addresses that have failed too often.
    QByteArray m_tokenHash; ///< Empty: there is none.
    QByteArray m_token; ///< As it stands in its file, while that is ours.
    QString m_tokenFile;
    int m_pending = 0;
    std::optional<PasswordHash> m_nobodys; ///< The thread's.
    IoThread m_thread;
};

} // namespace dialogue::admin
