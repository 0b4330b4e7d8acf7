// What a file says of who comes in.
#include "server/config/fields.h"
#include "server/config/jwtalgorithms.h"
#include "server/config/makefield.h"

#include <limits>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace dialogue::config {

namespace {

QString algorithmProblem(const QString &name)
{
    const QStringList names = jwtAlgorithmNames();
    if (names.contains(name))
        return {};
    return u"must be one of %1, not \"%2\""_s.arg(names.join(u", "_s), name);
}

} // namespace

QStringList jwtAlgorithmNames()
{
    return {u"HS256"_s, u"HS384"_s, u"HS512"_s, u"RS256"_s, u"RS384"_s, u"RS512"_s,
            u"PS256"_s, u"PS384"_s, u"PS512"_s, u"ES256"_s, u"ES384"_s};
}

Fields<ServerConfig> authFields()
{
    using C = ServerConfig;
    const auto jwt = [](auto member) {
        return [member](auto &config) -> auto & { return config.auth.jwt.*member; };
    };
    return {
        flag<C>(
            u"auth.claimed"_s,
            u"Everybody is whoever he says he is, and that is meant. Without it a server that nobody vouches for users to does not listen beyond its machine, or behind a proxy."_s,
            [](auto &config) -> auto & { return config.auth.claimed; }),
        duration<C>(
            u"auth.grace"_s, 0ms, 10min,
            u"How long somebody stays whose token has expired and who has not brought a new one; then he is told TOKEN_EXPIRED, and disconnected."_s,
            [](auto &config) -> auto & { return config.auth.grace; }),
        text<C>(
            u"auth.apiKeys.file"_s,
            u"A file of API keys (JSON), which dialogue-server key new|list|revoke keep. It is read again when it changes; where the new one is bad the keys from before stay."_s,
            [](auto &config) -> auto & { return config.auth.apiKeys.file; }),
        text<C>(
            u"auth.jwt.jwks.file"_s,
            u"A JWK Set (JSON) with the keys of who issues the tokens. It is read again when it changes; where the new one is bad the keys from before stay."_s,
            [](auto &config) -> auto & { return config.auth.jwt.jwks.file; }),
        text<C>(
            u"auth.jwt.jwks.url"_s,
            u"The same at an address, in place of a file: asked for when the server starts, after five minutes to a day (as the answer's max-age says), and when somebody comes with a key that nobody knows, every 30 seconds at most. Where it fails the keys from before stay for a day. Redirects are not followed."_s,
            [](auto &config) -> auto & { return config.auth.jwt.jwks.url; }, u"^(https://[^\\s#]+)?$"_s,
            u"an address such as \"https://id.example.org/jwks.json\""_s),
        text<C>(
            u"auth.jwt.jwks.ca"_s,
            u"A file (PEM) of the authorities that sign the certificate of url's server, in place of those that the system trusts."_s,
            [](auto &config) -> auto & { return config.auth.jwt.jwks.ca; }),
        checked(textList<C>(
                    u"auth.jwt.jwks.algorithms"_s,
                    u"The algorithms its keys are for, such as [RS256]; others are left out of it."_s,
                    [](auto &config) -> auto & { return config.auth.jwt.jwks.algorithms; }, u"."_s,
                    u"the name of an algorithm such as RS256"_s),
                algorithmProblem),
        text<C>(u"auth.jwt.issuer"_s, u"Who must have issued a token: its `iss`. Left out: anyone."_s,
                jwt(&JwtConfig::issuer)),
        text<C>(u"auth.jwt.audience"_s,
                u"Whom a token must be for: its `aud` is this, or a list that holds it. Left out: anyone."_s,
                jwt(&JwtConfig::audience)),
        text<C>(u"auth.jwt.userClaim"_s, u"The claim that is the user id, a text."_s,
                jwt(&JwtConfig::userClaim), u"."_s, u"the name of a claim"_s),
        text<C>(
            u"auth.jwt.rolesClaim"_s,
            u"The claim that holds the user's roles, one or a list; a path begins with a slash: \"/realm_access/roles\"."_s,
            jwt(&JwtConfig::rolesClaim), u"."_s, u"the name of a claim"_s),
        textList<C>(
            u"auth.jwt.metaClaims"_s,
            u"Claims that become the client's meta, such as [name, picture]. All are there for the application's code."_s,
            jwt(&JwtConfig::metaClaims), u"."_s, u"the name of a claim"_s),
        text<C>(
            u"auth.jwt.cookie"_s,
            u"A cookie that holds the token, where neither auth.token nor Authorization does. cors.origins then has to name each origin in full."_s,
            jwt(&JwtConfig::cookie), u"^[!#$%&'*+.^_`|~0-9A-Za-z-]*$"_s, u"the name of a cookie"_s),
        flag<C>(u"auth.jwt.requireExpiry"_s, u"Refuse tokens that do not say when they expire (`exp`)."_s,
                jwt(&JwtConfig::requireExpiry)),
        duration<C>(u"auth.jwt.leeway"_s, 0ms, 10min,
                    u"How much the issuer's clock may differ, for `exp`, `nbf` and `iat`."_s,
                    jwt(&JwtConfig::leeway)),
        number<C>(
            u"auth.jwt.maxPending"_s, 1, std::numeric_limits<int>::max(),
            u"Tokens that are being checked at a time; beyond it clients are told UNAVAILABLE. hooks.maxPending holds as well."_s,
            jwt(&JwtConfig::maxPending)),
    };
}

Fields<JwtKeyConfig> jwtKeyFields()
{
    using K = JwtKeyConfig;
    const auto of = [](auto member) {
        return [member](auto &config) -> auto & { return config.*member; };
    };
    return {
        plainField<K>({.key = u"algorithm"_s,
                       .type = FieldType::Choice,
                       .doc = u"The one algorithm it is for."_s,
                       .choices = jwtAlgorithmNames()},
                      of(&K::algorithm)),
        text<K>(
            u"file"_s,
            u"Of RS, PS and ES: the public key in PEM, or a certificate. A private one can make tokens, too."_s,
            of(&K::file)),
        text<K>(
            u"secretFile"_s,
            u"Of HS: a file with the secret, at least as many random bytes as the hash has (32, 48, 64). A line's end behind it does not count."_s,
            of(&K::secretFile)),
        text<K>(u"id"_s, u"The `kid` of its tokens. Left out: whatever they say."_s, of(&K::id)),
    };
}

QString jwtKeysDoc()
{
    return u"The keys that sign tokens, each with its algorithm; the token's header only chooses among them. "
           "Files are relative to this one. They are read again when they change."_s;
}

} // namespace dialogue::config
