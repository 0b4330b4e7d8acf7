#pragma once

#include "server/apikeys/apikeyauthenticator.h"
#include "server/auth/apikeycounters.h"
#include "server/auth/tokencounters.h"
#include "server/clientcerts/certificateauthenticator.h"
#include "server/config/serverconfig.h"
#include "server/jwt/jwtauthenticator.h"
#include "server/rooms/hooks.h"

#include <QList>
#include <QUrl>

#include <memory>

namespace dialogue {

/** Who comes in, as the configuration and the hooks say together. */
class Door
{
public:
    /** \a revoked hears which credentials hold no more (Identity::credential). */
    Door(const ServerConfig &config, apikeys::ApiKeyAuthenticator::Revoked revoked);

    /** \a hooks, with what the configuration says asked before them. Where both forms of a hook are set they
     * stay as they are, for checkHooks() to say so. */
    [[nodiscard]] Hooks hooks(Hooks hooks) const;

    /** Reads what there is to read. ConfigError, also for a server that would take the word of clients from
     * beyond this machine, without being told to; \a hooks are those above. */
    [[nodiscard]] Result<void> start(const Hooks &hooks) const;
    /** The same of sockets that were handed over: only now it is known where they listen. */
    [[nodiscard]] Result<void> mayListen(const Hooks &hooks, const QList<QUrl> &urls) const;
    /** Other keys for tokens, and what else \a auth says of these: where there were tokens before. */
    void configure(const AuthConfig &auth, jwt::KeySet &&keys) const;
    /** Keys, whether or not their files have changed. */
    void readFilesAgain() const;
    /** Where nobody vouches for anybody. */
    void warn(const Hooks &hooks) const;

    /** \a request brings an API key for what is told to who looks after the server. */
    [[nodiscard]] bool mayMonitor(const HttpRequest &request) const;

    /** Who the API key of \a request speaks for; Unauthorized, TokenExpired. */
    [[nodiscard]] Result<Identity> identify(const HttpRequest &request) const;
    [[nodiscard]] bool hasApiKeys() const { return m_apiKeys != nullptr; }

    [[nodiscard]] TokenCounters tokenCounters() const;
    [[nodiscard]] ApiKeyCounters apiKeyCounters() const;
    [[nodiscard]] CertificateUseCounters certificateUseCounters() const;

private:
    const ServerConfig &m_config;
    // Null: there are none.
    const std::unique_ptr<jwt::JwtAuthenticator> m_tokens;
    const std::unique_ptr<apikeys::ApiKeyAuthenticator> m_apiKeys;
    const std::unique_ptr<CertificateAuthenticator> m_certificates;
};

} // namespace dialogue
