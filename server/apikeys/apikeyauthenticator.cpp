#include "server/apikeys/apikeyauthenticator.h"

#include "core/base/answer.h"
#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "core/base/moment.h"
#include "server/apikeys/apikey.h"
#include "server/auth/credential.h"
#include "server/files/smallfile.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue::apikeys {

namespace {

/** From a use to when it is written down, with those that come meanwhile. */
constexpr std::chrono::seconds SaveDelay{10};

QString credentialNameOf(const QString &id, const KeySecret &secret)
{
    return u"key:%1:%2"_s.arg(id, QLatin1StringView(shownHash(secret.hash)));
}

/** What a stranger hears: whether it helps to come with another, and no more. */
Error plainRefusal(ErrorCode code)
{
    if (code == ErrorCode::TokenExpired)
        return {code, u"The key has expired; use a new one"_s};
    return {code, u"The key is not accepted"_s};
}

Error refusal(const QString &reason) { return {ErrorCode::Unauthorized, reason}; }

/** Those of \a before that \a now has not as they were. */
QSet<QString> goneSince(const KeyRing &before, const KeyRing &now)
{
    QSet<QString> gone;
    for (auto key = before.keys.begin(); key != before.keys.end(); ++key) {
        const KeyEntry *const still = now.find(key.key());
        for (const KeySecret &secret : key->secrets) {
            if (!still || !still->isAlike(*key) || !still->secrets.contains(secret))
                gone.insert(credentialNameOf(key.key(), secret));
        }
    }
    return gone;
}

Result<KeyRing> loadWithin(const QString &fileName, int userIdLength)
{
    Result<KeyRing> keys = KeyRing::load(fileName);
    if (!keys)
        return keys;
    for (auto key = keys->keys.begin(); key != keys->keys.end(); ++key) {
        if (key->from.size() > userIdLength) {
            return Error{ErrorCode::ConfigError,
                         u"%1: keys.%2.from has more than %3 characters (limits.userIdLength)"_s
                             .arg(fileName, key.key())
                             .arg(userIdLength)};
        }
    }
    return keys;
}

/** The key that \a request brings; nothing: none. */
std::optional<QByteArray> keyIn(const ConnectRequest &request)
{
    const std::optional<Credential> credential = credentialOf(request);
    if (!credential || !looksLikeApiKey(credential->text))
        return {};
    return credential->text;
}

std::optional<QByteArray> keyIn(const HttpRequest &request)
{
    return keyIn({.nsp = {}, .auth = {}, .handshake = {.headers = request.headers}});
}

} // namespace

ApiKeyAuthenticator::ApiKeyAuthenticator(const ApiKeysConfig &config, int userIdLength, Revoked revoked,
                                         Now now)
    : m_config(config)
    , m_userIdLength(userIdLength)
    , m_revoked(std::move(revoked))
    , m_now(now)
    , m_watch([this] { readAgain(); })
    , m_read([this](Result<KeyRing> &&keys) { keysRead(std::move(keys)); })
    , m_saved([this](Result<void> &&saved) {
        if (const int times = saved ? 0 : m_unsaved.count()) {
            qCWarning(lcAuth).noquote()
                << "When API keys were last used is not written down:" << printable(saved.error().message)
                << "-" << times << "times";
        }
    })
    , m_thread(u"keys"_s, ServerTransport::Qt)
{
    m_save.setSingleShot(true);
    m_save.setInterval(SaveDelay);
    QObject::connect(&m_save, &QTimer::timeout, &m_save, [this] { saveUses(); });
}

ApiKeyAuthenticator::~ApiKeyAuthenticator()
{
    if (m_save.isActive())
        saveUses(); // The thread does what it was given before it ends.
}

Result<void> ApiKeyAuthenticator::start()
{
    Result<KeyRing> keys = loadWithin(m_config.file, m_userIdLength);
    if (!keys)
        return Error{ErrorCode::ConfigError, keys.error().message, u"auth.apiKeys.file"_s};
    m_keys = *std::move(keys);
    m_uses = LastUses::load(LastUses::fileOf(m_config.file));
    m_watch.watch({m_config.file});
    m_thread.start();
    return {};
}

std::optional<QFuture<Result<Identity>>> ApiKeyAuthenticator::authenticate(const ConnectRequest &request,
                                                                           const std::stop_token &)
{
    const std::optional<QByteArray> text = keyIn(request);
    if (!text)
        return {};
    Result<Identity> identity = identityOf(*text);
    if (identity && request.nsp != "/" && !identity->grant->allows(Grant::Request))
        identity = refusal(u"it is for the rooms alone (scope %1), and asks for a namespace of the "
                           u"application's"_s.arg(Grant::Request));
    return later::ended<Identity>(told(std::move(identity), request.handshake.address));
}

bool ApiKeyAuthenticator::admits(const HttpRequest &request, QLatin1StringView scope)
{
    const std::optional<QByteArray> text = keyIn(request);
    if (!text)
        return false;
    Result<Identity> identity = identityOf(*text);
    if (identity && !identity->grant->allows(scope))
        identity = refusal(u"it has not the scope %1"_s.arg(scope));
    return told(std::move(identity), request.peerAddress).has_value();
}

Result<Identity> ApiKeyAuthenticator::identify(const HttpRequest &request)
{
    const std::optional<QByteArray> text = keyIn(request);
    if (!text)
        return Error{ErrorCode::Unauthorized, u"An API key is needed (Authorization: Bearer dlg_...)"_s};
    return told(identityOf(*text), request.peerAddress);
}

Result<Identity> ApiKeyAuthenticator::identityOf(QByteArrayView text)
{
    const std::optional<ApiKey> key = ApiKey::parse(text);
    if (!key)
        return refusal(u"it has not the form of one"_s);
    const KeyEntry *const entry = m_keys.find(key->id);
    const KeySecret *found = nullptr;
    // Whichever it is, all are compared.
    for (const KeySecret &secret : entry ? entry->secrets : QList<KeySecret>()) {
        if (isSameHash(secret.hash, key->hash))
            found = &secret;
    }
    if (!found) {
        return refusal(entry ? u"it is none of the secrets of the key %1"_s.arg(quoted(key->id))
                             : u"there is no key %1"_s.arg(quoted(key->id)));
    }
    const auto now = std::chrono::floor<std::chrono::seconds>(m_now());
    if (found->expires && *found->expires <= now)
        return Error{ErrorCode::TokenExpired, u"the key %1 has expired"_s.arg(quoted(key->id))};
    used(found->hash, now);
    Identity identity{.userId = entry->from,
                      .claims = {{u"apiKey"_s, key->id}},
                      .roles = entry->roles,
                      .credential = credentialNameOf(key->id, *found),
                      .grant = std::make_shared<const Grant>(Grant{entry->scopes, entry->rooms})};
    if (found->expires)
        identity.expiresAt = momentAt(found->expires->time_since_epoch());
    return identity;
}

Result<Identity> ApiKeyAuthenticator::told(Result<Identity> &&outcome, const QHostAddress &address)
{
    if (outcome) {
        ++m_counters.accepted;
        return std::move(outcome);
    }
    const Error &error = outcome.error();
    ++(error.code == ErrorCode::TokenExpired ? m_counters.expired : m_counters.refused);
    qCDebug(lcAuth).noquote() << "Refused an API key from" << address.toString() << "-" << error.message;
    if (const int times = m_refusals.count(error.code)) {
        qCInfo(lcAuth).noquote() << "Refused API keys" << times << "times, such as one from"
                                 << address.toString() << "-" << error.message;
    }
    return plainRefusal(error.code);
}

void ApiKeyAuthenticator::readAgain()
{
    m_thread.post([this, fileName = m_config.file, length = m_userIdLength] {
        m_read.post(loadWithin(fileName, length));
    });
}

void ApiKeyAuthenticator::keysRead(Result<KeyRing> &&keys)
{
    if (!keys) {
        ++m_counters.keysKept;
        qCWarning(lcAuth).noquote() << "The API keys were read again, and those from before stay:"
                                    << printable(keys.error().text());
        return;
    }
    ++m_counters.keysRead;
    const QSet<QString> gone = goneSince(m_keys, *keys);
    m_keys = *std::move(keys);
    qCInfo(lcAuth) << "The API keys were read again; there are" << m_keys.keys.size();
    if (gone.isEmpty())
        return;
    m_counters.revoked += gone.size();
    m_revoked(gone);
}

void ApiKeyAuthenticator::used(const QByteArray &hash, Time now)
{
    if (m_uses.note(hash, now) && !m_save.isActive())
        m_save.start();
}

void ApiKeyAuthenticator::saveUses()
{
    m_thread.post([this, fileName = LastUses::fileOf(m_config.file), text = m_uses.toJson(m_keys)] {
        m_saved.post(replaceContent(fileName, text));
    });
}

} // namespace dialogue::apikeys
