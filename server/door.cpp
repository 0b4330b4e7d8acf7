#include "server/door.h"

#include "core/base/answer.h"
#include "core/base/logging.h"
#include "server/tcp/listenhosts.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

bool hasAuthenticator(const Hooks &hooks) { return hooks.authenticate || hooks.authenticateLater; }

bool isOfThisMachine(const QString &host)
{
    return host.compare("localhost"_L1, Qt::CaseInsensitive) == 0 || QHostAddress(host).isLoopback();
}

bool isBeyond(const ServerConfig &config)
{
    if (config.host == NoListener || config.host == HandedOver || config.host.startsWith(UnixPrefix))
        return false;
    return !isOfThisMachine(config.host);
}

Error strangers(const QString &where)
{
    return {
        ErrorCode::ConfigError,
        u"Nobody vouches for who clients are, and %1: each of them would be whoever it says it is. "
        "Configure auth.jwt or auth.apiKeys, or set Hooks::authenticate; or say that it is meant, by auth.claimed: true"_s
            .arg(where)};
}

} // namespace

Door::Door(const ServerConfig &config, apikeys::ApiKeyAuthenticator::Revoked revoked)
    : m_config(config)
    , m_tokens(config.auth.jwt.isSet()
                   ? std::make_unique<jwt::JwtAuthenticator>(config.auth.jwt, config.limits.userIdLength)
                   : nullptr)
    , m_apiKeys(config.auth.apiKeys.isSet() ? std::make_unique<apikeys::ApiKeyAuthenticator>(
                    config.auth.apiKeys, config.limits.userIdLength, std::move(revoked))
                                            : nullptr)
    , m_certificates(config.auth.certificates.isSet() ? std::make_unique<CertificateAuthenticator>(
                         config.auth.certificates, config.limits.userIdLength)
                                                      : nullptr)
{ }

Hooks Door::hooks(Hooks hooks) const
{
    std::vector<Authenticator *> authenticators;
    if (m_tokens)
        authenticators.push_back(m_tokens.get());
    if (m_apiKeys)
        authenticators.push_back(m_apiKeys.get());
    // Last: a client that brings a credential besides is who that says.
    if (m_certificates)
        authenticators.push_back(m_certificates.get());
    if (authenticators.empty() || (hooks.authenticate && hooks.authenticateLater))
        return hooks;
    AuthenticateLater otherwise = std::move(hooks.authenticateLater);
    if (hooks.authenticate) {
        otherwise = [authenticate = std::move(hooks.authenticate)](const ConnectRequest &request,
                                                                   const std::stop_token &) {
            return later::ended<Identity>(authenticate(request));
        };
    }
    hooks.authenticate = {};
    hooks.authenticateLater = authenticateBy(std::move(authenticators), std::move(otherwise));
    return hooks;
}

Result<void> Door::start(const Hooks &hooks) const
{
    if (m_tokens) {
        if (auto started = m_tokens->start(); !started)
            return started;
    }
    if (m_apiKeys) {
        if (auto started = m_apiKeys->start(); !started)
            return started;
    }
    if (hasAuthenticator(hooks) || m_config.auth.claimed)
        return {};
    if (!m_config.trustedProxies.isEmpty() || m_config.proxyProtocol)
        return strangers(u"it stands behind a proxy (trustedProxies)"_s);
    if (isBeyond(m_config))
        return strangers(u"it listens beyond this machine (host: \"%1\")"_s.arg(m_config.host));
    return {};
}

Result<void> Door::mayListen(const Hooks &hooks, const QList<QUrl> &urls) const
{
    if (m_config.host != HandedOver || hasAuthenticator(hooks) || m_config.auth.claimed)
        return {};
    const auto beyond = std::ranges::find_if(urls, [](const QUrl &url) {
        return url.scheme().startsWith("http"_L1) && !isOfThisMachine(url.host());
    });
    if (beyond == urls.end())
        return {};
    return strangers(u"it listens beyond this machine (%1)"_s.arg(beyond->toString()));
}

void Door::configure(const AuthConfig &auth, jwt::KeySet &&keys) const
{
    if (m_tokens)
        m_tokens->configure(auth.jwt, std::move(keys));
}

void Door::readFilesAgain() const
{
    if (m_tokens)
        m_tokens->readAgain();
    if (m_apiKeys)
        m_apiKeys->readAgain();
}

void Door::warn(const Hooks &hooks) const
{
    if (hasAuthenticator(hooks))
        return;
    qCWarning(lcAuth) << "No authenticator is configured: every client is whoever it says it is "
                         "(auth.userId or auth.token, which the others see), and its meta() is what else "
                         "it says in auth; decide nothing by them";
    if (m_config.roomCreation.create.all == Permission::Authenticated) {
        qCWarning(lcAuth) << "roomCreation.create: authenticated lets nobody create rooms, as nobody is "
                             "authenticated; configure auth.jwt or auth.apiKeys, or set Hooks::authenticate";
    }
}

bool Door::mayMonitor(const HttpRequest &request) const
{
    return m_apiKeys && m_apiKeys->admits(request, Grant::Monitor);
}

Result<Identity> Door::identify(const HttpRequest &request) const
{
    Q_ASSERT(m_apiKeys);
    return m_apiKeys->identify(request);
}

TokenCounters Door::tokenCounters() const { return m_tokens ? m_tokens->counters() : TokenCounters(); }

CertificateUseCounters Door::certificateUseCounters() const
{
    return m_certificates ? m_certificates->counters() : CertificateUseCounters();
}

ApiKeyCounters Door::apiKeyCounters() const { return m_apiKeys ? m_apiKeys->counters() : ApiKeyCounters(); }

} // namespace dialogue
