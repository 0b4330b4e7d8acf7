#include "server/auth/userid.h"
#include "server/files/strictjson.h"
#include "server/jwt/claims.h"
#include "server/jwt/keyset.h"
#include "server/jwt/token.h"
#include "tests/fuzz/require.h"

using namespace dialogue;

namespace {

const std::chrono::system_clock::time_point now{std::chrono::seconds(1'800'000'000)};

void readClaims(const QJsonObject &claims)
{
    JwtConfig config;
    config.rolesClaim = QStringLiteral("/roles/all");
    config.requireExpiry = false;
    const Result<Identity> identity = jwt::identityOf(claims, {.config = config, .userIdLength = 64}, now);
    if (!identity)
        return;
    fuzz::require(!identity->userId.isEmpty() && identity->userId.size() <= 64);
    fuzz::require(checkUserId(identity->userId).has_value());
    fuzz::require(!identity->expiresAt || *identity->expiresAt + config.leeway > now);
    for (const QString &role : identity->roles)
        fuzz::require(!role.isEmpty());
}

} // namespace

/** The input is a token; what one says of its bearer; and a set of keys. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView input = fuzz::view(data, size);
    if (const Result<jwt::Token> token = jwt::Token::parse(input)) {
        fuzz::require(jwt::looksLikeToken(input));
        // It is the only text of what it says.
        fuzz::require(token->header + '.' + token->payload + '.' + token->signature == input);
        for (const QByteArray &part : {token->header, token->payload, token->signature})
            fuzz::require(jwt::toBase64Url(*jwt::fromBase64Url(part)) == part);
        const Result<QJsonObject> header = strictObject(*jwt::fromBase64Url(token->header));
        fuzz::require(header && !header->contains(QLatin1StringView("crit")));
        fuzz::require(token->keyId.toUtf8().size() <= jwt::LongestKeyId);
        readClaims(token->claims);
    }
    if (const Result<QJsonObject> object = strictObject(input.toByteArray()))
        readClaims(*object);
    (void)jwt::KeySet::ofJwks(input.toByteArray(),
                              {QStringLiteral("RS256"), QStringLiteral("ES256"), QStringLiteral("HS256")});
    return 0;
}
