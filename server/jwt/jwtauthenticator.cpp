#include "server/jwt/jwtauthenticator.h"

#include "core/base/answer.h"
#include "core/base/foreigntext.h"
#include "core/base/logging.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue::jwt {

namespace {

constexpr std::chrono::hours KeysAreGoodFor{24}; // That were fetched, where no others come.

ClaimRules rulesOf(JwtConfig config, int userIdLength)
{
    config.keys.clear();
    return {.config = std::move(config), .userIdLength = userIdLength};
}

/** What a stranger hears: whether it helps to come with another, and no more. */
Error plain(ErrorCode code)
{
    if (code == ErrorCode::TokenExpired)
        return {code, u"The token has expired; get a new one"_s};
    return {code, u"The token is not accepted"_s};
}

Error withoutKeys()
{
    return {ErrorCode::Unavailable,
            u"The keys for tokens cannot be had at the moment; try again"_s,
            {},
            std::chrono::seconds(5)};
}

Error busy(int most)
{
    return {ErrorCode::Unavailable,
            u"%1 tokens are being checked, as many as may (auth.jwt.maxPending); try again"_s.arg(most),
            {},
            std::chrono::seconds(1)};
}

} // namespace

JwtAuthenticator::JwtAuthenticator(const JwtConfig &config, int userIdLength, Now now,
                                   JwksFetcher::Times times)
    : m_config(config)
    , m_now(now)
    , m_rules(rulesOf(config, userIdLength))
    , m_times(times)
    , m_watch([this] { readAgain(); })
    , m_checked([this](Checked &&done) { checked(std::move(done)); })
    , m_read([this](Read &&read) { keysRead(std::move(read)); })
    , m_parsed([this](Read &&read) { parsed(std::move(read)); })
    , m_thread(u"tokens"_s, ServerTransport::Qt)
{ }

Result<void> JwtAuthenticator::start()
{
    Result<KeySet> keys = KeySet::load(m_config);
    if (!keys)
        return keys.error();
    m_own = *std::move(keys);
    combineKeys();
    m_watch.watch(keyFiles(m_config));
    m_thread.start();
    beginToFetch();
    return {};
}

void JwtAuthenticator::combineKeys()
{
    m_keys = std::make_shared<const KeySet>(m_fetched ? m_own.with(*m_fetched) : m_own);
}

void JwtAuthenticator::beginToFetch()
{
    m_fetcher.reset();
    m_fetched.reset();
    if (!m_config.jwks.url.isEmpty()) {
        m_fetcher
            = std::make_unique<JwksFetcher>(QUrl(m_config.jwks.url), m_config.jwks.ca, m_times,
                                            [this](Result<QByteArray> &&text) { fetched(std::move(text)); });
    }
}

void JwtAuthenticator::fetched(Result<QByteArray> &&text)
{
    if (!text)
        return fetchFailed(text.error().message);
    m_thread.post(
        [this, set = *std::move(text), algorithms = m_config.jwks.algorithms, configured = m_configured] {
            m_parsed.post({configured, KeySet::ofJwks(set, algorithms)});
        });
}

void JwtAuthenticator::parsed(Read &&read)
{
    if (read.configured != m_configured || !m_fetcher)
        return;
    if (!read.keys) {
        m_fetcher->refuse();
        return fetchFailed(u"it "_s + read.keys.error().message);
    }
    ++m_counters.keysFetched;
    m_fetched = *std::move(read.keys);
    m_fetchedUntil.setRemainingTime(KeysAreGoodFor);
    combineKeys();
    const std::vector<quint64> waiting = std::exchange(m_waiting, {});
    for (const quint64 number : waiting)
        check(number);
}

void JwtAuthenticator::fetchFailed(const QString &what)
{
    ++m_counters.fetchesFailed;
    if (m_fetched && m_fetchedUntil.hasExpired()) {
        m_fetched.reset();
        combineKeys();
    }
    if (const int times = m_failures.count()) {
        qCWarning(lcAuth).noquote() << "The keys of auth.jwt.jwks.url could not be fetched," << times
                                    << "times"
                                    << (m_fetched ? "(those from before stay)" : "(there are none)") << '-'
                                    << printable(what);
    }
    const std::vector<quint64> waiting = std::exchange(m_waiting, {});
    for (const quint64 number : waiting)
        check(number);
}

std::optional<QFuture<Result<Identity>>> JwtAuthenticator::authenticate(const ConnectRequest &request,
                                                                        const std::stop_token &stop)
{
    std::optional<Credential> credential = credentialOf(request, m_config.cookie.toUtf8());
    if (!credential || !looksLikeToken(credential->text))
        return {};
    const QHostAddress &address = request.handshake.address;
    if (credential->from == Credential::From::Cookie && !mayCookieSpeak(request.handshake.headers)) {
        return later::ended<Identity>(
            told(Error{ErrorCode::Unauthorized,
                       u"it came in a cookie, with a request that does not say which page it is from "
                       u"(Origin)"_s},
                 address));
    }
    if (static_cast<int>(m_pending.size()) >= m_config.maxPending) {
        ++m_counters.unchecked;
        return later::ended<Identity>(busy(m_config.maxPending));
    }
    const quint64 number = ++m_last;
    Pending &pending = m_pending[number];
    pending.address = address;
    pending.token = std::move(credential->text);
    pending.stop = stop;
    pending.promise.start();
    m_counters.pending = static_cast<int>(m_pending.size());
    check(number);
    return pending.promise.future();
}

void JwtAuthenticator::check(quint64 number)
{
    const Pending &pending = m_pending.at(number);
    m_thread.post([this, number, stop = pending.stop, token = pending.token,
                   checker = Checker{m_keys, m_rules}, now = m_now] {
        Checked done{number, Error{ErrorCode::Unavailable, u"Nobody waits for it any more"_s}, false};
        if (!stop.stop_requested()) {
            done.outcome = checker.check(token, now());
            done.lacksKey = !done.outcome && checker.lacksKey(token);
        }
        m_checked.post(std::move(done));
    });
}

void JwtAuthenticator::checked(Checked &&done)
{
    if (done.lacksKey && m_fetcher) {
        Pending &pending = m_pending.at(done.number);
        if (!std::exchange(pending.hasWaited, true) && m_fetcher->refresh()) {
            m_waiting.push_back(done.number);
            return;
        }
        if (!m_fetched)
            done.outcome = withoutKeys();
    }
    finish(done.number, std::move(done.outcome));
}

void JwtAuthenticator::finish(quint64 number, Outcome &&outcome)
{
    auto pending = m_pending.extract(number);
    m_counters.pending = static_cast<int>(m_pending.size());
    Pending &waiting = pending.mapped();
    waiting.promise.addResult(told(std::move(outcome), waiting.address));
    waiting.promise.finish();
}

JwtAuthenticator::Outcome JwtAuthenticator::told(Outcome &&outcome, const QHostAddress &address)
{
    if (outcome) {
        ++m_counters.accepted;
        return std::move(outcome);
    }
    const Error &error = outcome.error();
    if (error.code == ErrorCode::Unavailable)
        return std::move(outcome);
    ++(error.code == ErrorCode::TokenExpired ? m_counters.expired : m_counters.refused);
    // The reason, for who runs the server; the stranger hears that it is not accepted.
    qCDebug(lcAuth).noquote() << "Refused a token from" << address.toString() << "-" << error.message;
    if (const int times = m_refusals.count(error.code)) {
        qCInfo(lcAuth).noquote() << "Refused tokens" << times << "times, such as one from"
                                 << address.toString() << "-" << error.message;
    }
    return plain(error.code);
}

void JwtAuthenticator::readAgain()
{
    m_thread.post([this, config = m_config, configured = m_configured] {
        m_read.post({configured, KeySet::load(config)});
    });
}

void JwtAuthenticator::configure(const JwtConfig &config, KeySet &&keys)
{
    const JwtConfig before = std::exchange(m_config, config);
    m_config.cookie = before.cookie;
    m_rules = rulesOf(m_config, m_rules.userIdLength);
    m_own = std::move(keys);
    m_watch.watch(keyFiles(m_config));
    ++m_configured;
    if (m_config.jwks != before.jwks)
        beginToFetch();
    combineKeys();
    const std::vector<quint64> waiting = std::exchange(m_waiting, {});
    for (const quint64 number : waiting)
        check(number);
}

void JwtAuthenticator::keysRead(Read &&read)
{
    if (read.configured != m_configured)
        return; // They are those of another configuration.
    Result<KeySet> &keys = read.keys;
    if (!keys) {
        ++m_counters.keysKept;
        qCWarning(lcAuth).noquote() << "The keys for tokens were read again, and those from before stay:"
                                    << printable(keys.error().text());
        return;
    }
    ++m_counters.keysRead;
    qCInfo(lcAuth) << "The keys for tokens were read again; there are" << keys->keys().size();
    m_own = *std::move(keys);
    combineKeys();
}

} // namespace dialogue::jwt
