#include "server/admin/doorkeeper.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "core/base/randombytes.h"
#include "server/admin/passwordtool.h"
#include "server/files/smallfile.h"
#include "server/tcp/trustedproxies.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QStandardPaths>
#include <QUrl>

#include <openssl/crypto.h>

using namespace Qt::StringLiterals;

namespace dialogue::admin {

namespace {

constexpr std::size_t MostAddresses = 10'000;
constexpr qsizetype LongestPassword = 1024;
constexpr qsizetype LongestToken = 8192;

Error wrong()
{
    // The same of an account that there is not.
    return {ErrorCode::Unauthorized, u"There is no such account, or its password is another one"_s};
}

QByteArray hashOf(const QByteArray &token)
{
    return QCryptographicHash::hash(token, QCryptographicHash::Sha256);
}

QByteArray newToken()
{
    return randomBytes<32>().toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QString defaultTokenFile()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    return (folder.isEmpty() ? QDir::tempPath() : folder)
        + u"/dialogue-admin-%1.token"_s.arg(QCoreApplication::applicationPid());
}

} // namespace

Doorkeeper::Doorkeeper(const AdminConfig &config, HubCalls &hub, AccountHook &hook)
    : m_config(config)
    , m_hub(hub)
    , m_hook(hook)
    , m_failures(Tries, MostAddresses)
    , m_thread(u"dialogue-admin-door"_s, ServerTransport::Qt)
{ }

Doorkeeper::~Doorkeeper()
{
    m_thread.stop();
    // Another server may have written its own by now.
    const auto there
        = m_tokenFile.isEmpty() ? Result<QByteArray>(QByteArray()) : contentOf(m_tokenFile, m_token.size());
    if (!m_tokenFile.isEmpty() && there && *there == m_token)
        QFile::remove(m_tokenFile);
}

Result<void> Doorkeeper::start()
{
    if (auto good = checkAccounts(m_config); !good)
        return good;
    m_thread.start();
    return {};
}

Result<void> Doorkeeper::announce(const QUrl &url)
{
    if (!m_config.generateToken || !m_tokenFile.isEmpty())
        return {};
    const QByteArray token = newToken();
    const QString file = m_config.tokenFile.isEmpty() ? defaultTokenFile() : m_config.tokenFile;
    if (auto written = replaceContent(file, token + '\n'); !written)
        return Error{written.error().code, written.error().message, u"admin.tokenFile"_s};
    m_tokenFile = file;
    m_token = token + '\n';
    m_tokenHash = hashOf(token);
    const QString way = u"--url %1 --token-file %2"_s.arg(url.toString(), m_tokenFile);
    qCInfo(lcServer).noquote() << "Look in with: dialogue admin stats" << way;
    qCInfo(lcServer).noquote() << "Or in a window: dialogue-console" << way;
    return {};
}

Result<void> Doorkeeper::mayTry(const ConnectRequest &request)
{
    const QHostAddress &address = request.handshake.address;
    const auto from = TrustedProxies::parse(m_config.from);
    // Who comes by a Unix socket has no address, and is on this machine.
    const bool isHere = address.isNull() || address.isLoopback();
    const bool isMeant
        = from && (from->contains(address) || (address.isNull() && m_config.from.contains(u"loopback"_s)));
    if (!isMeant) {
        return Error{ErrorCode::PermissionDenied,
                     u"Nobody comes into /admin from your address (admin.from)"_s};
    }
    if (!isHere && !request.handshake.secure && !m_config.plain) {
        return Error{
            ErrorCode::PermissionDenied,
            u"/admin is for connections with TLS; without it passwords can be read on the way (admin.plain)"_s};
    }
    const auto held = m_heldUntil.constFind(address.toString());
    const auto now = RateWindows::Clock::now();
    if (held != m_heldUntil.constEnd() && *held > now) {
        return Error{ErrorCode::RateLimited,
                     u"From your address it was tried too often to come into /admin"_s,
                     {},
                     std::chrono::ceil<std::chrono::milliseconds>(*held - now)};
    }
    return {};
}

void Doorkeeper::tell(const QHostAddress &address, Result<Account> &&account, const Told &told)
{
    // Who comes in costs nobody a try: an owner is not held up by his own scripts.
    if (!account && account.error().code == ErrorCode::Unauthorized) {
        const auto now = RateWindows::Clock::now();
        if (const auto wait = m_failures.take(address.toString(), now)) {
            m_heldUntil.removeIf([now](const auto &each) { return each.value() <= now; });
            if (m_heldUntil.size() < qsizetype(MostAddresses))
                m_heldUntil.insert(address.toString(), now + *wait);
        }
    }
    told(std::move(account));
}

void Doorkeeper::ask(SocketId socket, const ConnectRequest &request, Told told)
{
    if (auto allowed = mayTry(request); !allowed)
        return told(allowed.error());
    const QJsonValue token = request.auth[u"token"_s];
    const QHostAddress &address = request.handshake.address;
    if (token.isString() && m_hook.isSet() && !isToken(token.toString()))
        return askHook(socket, {.token = token.toString(), .handshake = request.handshake}, told);
    if (token.isString())
        return tell(address, byToken(token.toString(), address), told);
    const QJsonValue name = request.auth[u"account"_s];
    const QJsonValue password = request.auth[u"password"_s];
    if (!name.isString() || !password.isString()) {
        return tell(
            address,
            Error{ErrorCode::Unauthorized, u"auth must be {account, password}, or {token}"_s, u"auth"_s},
            told);
    }
    // What the configuration says of its accounts is not the application's to say.
    if (m_hook.isSet() && !isAccount(name.toString())) {
        return askHook(
            socket,
            {.account = name.toString(), .password = password.toString(), .handshake = request.handshake},
            told);
    }
    askByPassword(name.toString(), password.toString().toUtf8(), address, std::move(told));
}

void Doorkeeper::askHook(SocketId socket, const AdminLogin &login, const Told &told)
{
    if (login.token.size() > LongestToken || login.password.toUtf8().size() > LongestPassword)
        return tell(login.handshake.address, wrong(), told);
    m_hook.ask(socket, login, [this, address = login.handshake.address, told](Result<Account> &&account) {
        if (account && isAccount(account->name)) {
            qCWarning(lcAuth) << "Hooks::adminAccount names an account of the configuration; it is refused";
            account = wrong();
        }
        tell(address, std::move(account), told);
    });
}

bool Doorkeeper::isAccount(const QString &name) const
{
    return std::ranges::find(m_config.accounts, name, &AdminAccount::name) != m_config.accounts.end();
}

bool Doorkeeper::isToken(const QString &token) const
{
    const QByteArray hash = hashOf(token.toUtf8());
    return !m_tokenHash.isEmpty()
        && CRYPTO_memcmp(hash.constData(), m_tokenHash.constData(), std::size_t(hash.size())) == 0;
}

Result<Account> Doorkeeper::byToken(const QString &token, const QHostAddress &address) const
{
    if (!isToken(token))
        return Error{ErrorCode::Unauthorized, u"This is not the token of this run (admin.token)"_s};
    return Account{.name = u"(token)"_s, // No account can be called so.
                   .role = AdminRole::Owner,
                   .rooms = {u"*"_s},
                   .address = address,
                   .isTokens = true};
}

void Doorkeeper::askByPassword(const QString &name, const QByteArray &password, const QHostAddress &address,
                               Told told)
{
    if (m_pending >= MostPending || password.size() > LongestPassword) {
        return told(password.size() > LongestPassword ? wrong()
                                                      : Error{ErrorCode::Unavailable,
                                                              u"Too many passwords are being looked at"_s,
                                                              {},
                                                              std::chrono::seconds(1)});
    }
    const auto found = std::ranges::find(m_config.accounts, name, &AdminAccount::name);
    const bool isThere = found != m_config.accounts.end();
    const QByteArray hash = isThere ? found->password.toLatin1() : QByteArray();
    const Account account = isThere ? Account{.name = name,
                                              .role = found->role,
                                              .rooms = found->rooms,
                                              .address = address,
                                              .password = found->password}
                                    : Account();
    ++m_pending;
    m_thread.post([this, hash, password, account, address, told = std::move(told)]() mutable {
        const bool isRight = isPassword(hash, password);
        m_hub.post([this, isRight, account, address, told = std::move(told)] {
            --m_pending;
            tell(address, isRight ? Result<Account>(account) : wrong(), told);
        });
    });
}

bool Doorkeeper::isPassword(const QByteArray &hash, const QByteArray &password)
{
    // It takes as long where there is no such account, so that nobody learns which there are.
    if (hash.isEmpty()) {
        if (!m_nobodys)
            m_nobodys = PasswordHash::of(newToken());
        return m_nobodys->matches(password) && false;
    }
    const Result<PasswordHash> parsed = PasswordHash::parse(hash);
    return parsed && parsed->matches(password);
}

bool Doorkeeper::stillHolds(const Account &account) const
{
    if (account.isTokens)
        return !m_tokenHash.isEmpty();
    if (account.isHooks)
        return !isAccount(account.name);
    const auto found = std::ranges::find(m_config.accounts, account.name, &AdminAccount::name);
    return found != m_config.accounts.end() && found->role == account.role && found->rooms == account.rooms
        && found->password == account.password;
}

} // namespace dialogue::admin
