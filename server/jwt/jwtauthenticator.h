#pragma once

#include "core/base/seldom.h"
#include "core/base/seldomofkind.h"
#include "server/auth/authenticator.h"
#include "server/auth/credential.h"
#include "server/auth/tokencounters.h"
#include "server/files/filewatch.h"
#include "server/jwt/checker.h"
#include "server/jwt/jwksfetcher.h"
#include "server/loop/iothread.h"
#include "server/loop/mailbox.h"

#include <QDeadlineTimer>
#include <QPromise>

#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace dialogue::jwt {

/**
 * Lets in who brings a token that one of the configured keys has signed. The hub only looks for the token:
 * it is taken apart and checked in a thread of its own.
 */
class JwtAuthenticator final : public Authenticator
{
public:
    using Now = std::chrono::system_clock::time_point (*)();

    /** \a times are a parameter for tests. */
    JwtAuthenticator(const JwtConfig &config, int userIdLength, Now now = &std::chrono::system_clock::now,
                     JwksFetcher::Times times = {});

    /** Reads the keys, and begins to watch their files. ConfigError, with the member. */
    [[nodiscard]] Result<void> start();
    /** Whether or not a file has changed. */
    void readAgain();
    /** From now on as \a config says, with its \a keys; but for the cookie, which stays. */
    void configure(const JwtConfig &config, KeySet &&keys);
    std::optional<QFuture<Result<Identity>>> authenticate(const ConnectRequest &request,
                                                          const std::stop_token &stop) override;
    [[nodiscard]] const TokenCounters &counters() const { return m_counters; }

private:
    using Outcome = Result<Identity>;
    struct Pending
    {
        QPromise<Outcome> promise;
        QHostAddress address;
        QByteArray token;
        std::stop_token stop;
        bool hasWaited = false; ///< For keys, once.
    };
    /** From the thread: what became of a token. */
    struct Checked
    {
        quint64 number;
        Outcome outcome;
        bool lacksKey; ///< Checker::lacksKey()
    };

    /** From there too: keys, and how often it had been configured when they were asked for. */
    struct Read
    {
        quint64 configured;
        Result<KeySet> keys;
    };

    void check(quint64 number);
    void checked(Checked &&done);
    void finish(quint64 number, Outcome &&outcome);
    void beginToFetch();
    void fetched(Result<QByteArray> &&text);
    void parsed(Read &&read);
    void fetchFailed(const QString &what);
    void combineKeys();
    void keysRead(Read &&read);
    [[nodiscard]] Outcome told(Outcome &&outcome, const QHostAddress &address);

    JwtConfig m_config;
    const Now m_now;
    ClaimRules m_rules;
    quint64 m_configured = 0;
    const JwksFetcher::Times m_times;
    KeySet m_own{std::vector<Key>()}; ///< Those in files.
    std::optional<KeySet> m_fetched; ///< Those of auth.jwt.jwks.url, once they have come.
    QDeadlineTimer m_fetchedUntil; ///< Where no others come they are good so long.
    KeySetPtr m_keys; ///< All of them.
    std::vector<quint64> m_waiting; ///< Tokens whose keys are being asked for.
    std::unordered_map<quint64, Pending> m_pending;
    quint64 m_last = 0;
    TokenCounters m_counters;
    SeldomOfKind<ErrorCode> m_refusals;
    Seldom m_failures;
    FileWatch m_watch;
    // What is posted to outlives who posts.
    Mailbox<Checked> m_checked;
    Mailbox<Read> m_read;
    Mailbox<Read> m_parsed;
    IoThread m_thread;
    std::unique_ptr<JwksFetcher> m_fetcher; ///< Where there is an address.
};

} // namespace dialogue::jwt
