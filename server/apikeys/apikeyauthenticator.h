#pragma once

#include "core/base/seldom.h"
#include "core/base/seldomofkind.h"
#include "server/apikeys/keyring.h"
#include "server/apikeys/lastuses.h"
#include "server/auth/apikeycounters.h"
#include "server/auth/authenticator.h"
#include "server/config/serverconfig.h"
#include "server/files/filewatch.h"
#include "server/loop/iothread.h"
#include "server/loop/mailbox.h"

#include <QSet>
#include <QTimer>

namespace dialogue::apikeys {

/**
 * Lets in who brings one of the keys of a file. That is read again when it changes: who came in with a secret
 * that is not there any more, or is another's now, is told of by \a revoked. The hub hashes what a client
 * brings; files are read and written in a thread.
 */
class ApiKeyAuthenticator final : public Authenticator
{
public:
    using Now = std::chrono::system_clock::time_point (*)();
    /** Identity::credential of those that hold no more. */
    using Revoked = std::function<void(const QSet<QString> &credentials)>;

    ApiKeyAuthenticator(const ApiKeysConfig &config, int userIdLength, Revoked revoked,
                        Now now = &std::chrono::system_clock::now);
    ~ApiKeyAuthenticator() override; ///< Writes down what was used last.

    /** Reads the keys, and begins to watch their file. ConfigError. */
    [[nodiscard]] Result<void> start();
    /** Whether or not the file has changed. */
    void readAgain();
    std::optional<QFuture<Result<Identity>>> authenticate(const ConnectRequest &request,
                                                          const std::stop_token &stop) override;
    /** Whether \a request brings a key (Authorization: Bearer) that is for \a scope. */
    [[nodiscard]] bool admits(const HttpRequest &request, QLatin1StringView scope);
    /** Who the key in \a request (Authorization: Bearer) speaks for, with its grant; Unauthorized,
     * TokenExpired. */
    [[nodiscard]] Result<Identity> identify(const HttpRequest &request);
    [[nodiscard]] const ApiKeyCounters &counters() const { return m_counters; }

private:
    [[nodiscard]] Result<Identity> identityOf(QByteArrayView text);
    [[nodiscard]] Result<Identity> told(Result<Identity> &&outcome, const QHostAddress &address);
    void keysRead(Result<KeyRing> &&keys);
    void used(const QByteArray &hash, Time now);
    void saveUses();

    const ApiKeysConfig m_config;
    const int m_userIdLength;
    const Revoked m_revoked;
    const Now m_now;
    KeyRing m_keys;
    LastUses m_uses;
    ApiKeyCounters m_counters;
    SeldomOfKind<ErrorCode> m_refusals;
    Seldom m_unsaved;
    QTimer m_save;
    FileWatch m_watch;
    // What is posted to outlives who posts.
    Mailbox<Result<KeyRing>> m_read;
    Mailbox<Result<void>> m_saved;
    IoThread m_thread;
};

} // namespace dialogue::apikeys
