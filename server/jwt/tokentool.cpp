#include "server/jwt/tokentool.h"

#include "server/files/strictjson.h"
#include "server/jwt/checker.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <memory>

using namespace Qt::StringLiterals;

namespace dialogue::jwt {

namespace {

Error noToken(const QString &message) { return {ErrorCode::ConfigError, message}; }

/** \a value at a name, or a path of them as in JwtConfig. */
void insertAt(QJsonObject &claims, const QString &name, const QJsonValue &value)
{
    if (!name.startsWith(u'/')) {
        claims.insert(name, value);
        return;
    }
    const QString member = name.section(u'/', 1, 1);
    const QString rest = name.section(u'/', 2);
    if (rest.isEmpty()) {
        claims.insert(member, value);
        return;
    }
    QJsonObject within = claims.value(member).toObject();
    insertAt(within, u'/' + rest, value);
    claims.insert(member, within);
}

QJsonObject claimsOf(const JwtConfig &config, const TokenRequest &request)
{
    const auto now = std::chrono::duration_cast<std::chrono::seconds>(
        std::chrono::system_clock::now().time_since_epoch());
    QJsonObject claims{{u"iat"_s, qint64(now.count())}, {u"exp"_s, qint64((now + request.lifetime).count())}};
    if (!config.issuer.isEmpty())
        claims.insert("iss"_L1, config.issuer);
    if (!config.audience.isEmpty())
        claims.insert("aud"_L1, config.audience);
    insertAt(claims, config.userClaim, request.userId);
    if (!request.roles.isEmpty())
        insertAt(claims, config.rolesClaim, QJsonArray::fromStringList(request.roles));
    for (auto claim = request.claims.begin(); claim != request.claims.end(); ++claim)
        claims.insert(claim.key(), claim.value());
    return claims;
}

/** The first of the configuration, or that of the id. */
Result<JwtKeyConfig> chosenKey(const JwtConfig &config, const QString &id)
{
    if (config.keys.isEmpty()) {
        return noToken(
            u"the configuration has no auth.jwt.keys to make a token with; those of a JWK Set only "
            u"check"_s);
    }
    for (const JwtKeyConfig &key : config.keys) {
        if (id.isEmpty() || key.id == id)
            return key;
    }
    return noToken(u"no key of auth.jwt.keys has the id '%1'"_s.arg(id));
}

} // namespace

Result<void> checkKeys(const JwtConfig &config)
{
    const Result<KeySet> keys = KeySet::load(config);
    return keys ? Result<void>() : keys.error();
}

Result<QByteArray> newToken(const JwtConfig &config, const TokenRequest &request)
{
    Result<JwtKeyConfig> chosen = chosenKey(config, request.keyId);
    if (!chosen)
        return chosen.error();
    if (!request.privateKey.isEmpty())
        chosen->file = request.privateKey;
    const Result<KeySet> keys = KeySet::load({.keys = {*chosen}});
    if (!keys)
        return noToken(keys.error().message);
    return keys->keys().front().sign(claimsOf(config, request));
}

Result<QByteArray> shownToken(const QByteArray &token)
{
    const Result<Token> parsed = Token::parse(token);
    if (!parsed)
        return parsed.error();
    const Result<QJsonObject> header = strictObject(*fromBase64Url(parsed->header));
    if (!header)
        return header.error();
    return QJsonDocument(QJsonObject{{u"header"_s, *header}, {u"claims"_s, parsed->claims}}).toJson();
}

Result<Identity> verifiedToken(const ServerConfig &config, const QByteArray &token)
{
    Result<KeySet> keys = KeySet::load(config.auth.jwt);
    if (!keys)
        return keys.error();
    if (keys->keys().empty() && !config.auth.jwt.jwks.url.isEmpty())
        return Error{
            ErrorCode::ConfigError,
            u"the server alone fetches keys; to check a token here, put them into a file (auth.jwt.jwks.file)"_s};
    const Checker checker{std::make_shared<const KeySet>(*std::move(keys)),
                          {.config = config.auth.jwt, .userIdLength = config.limits.userIdLength}};
    return checker.check(token, std::chrono::system_clock::now());
}

Result<Identity> identityOfClaims(const ServerConfig &config, QJsonObject claims)
{
    for (const QString &moment : {u"exp"_s, u"nbf"_s, u"iat"_s})
        claims.remove(moment);
    ClaimRules rules{.config = config.auth.jwt, .userIdLength = config.limits.userIdLength};
    rules.config.requireExpiry = false;
    rules.config.issuer.clear();
    rules.config.audience.clear();
    return identityOf(claims, rules, std::chrono::system_clock::now());
}

} // namespace dialogue::jwt
