#include "server/jwt/claims.h"

#include "core/base/foreigntext.h"
#include "core/base/moment.h"
#include "server/auth/claimat.h"
#include "server/auth/userid.h"

#include <QJsonArray>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace dialogue::jwt {

namespace {

using Clock = std::chrono::system_clock;

constexpr qsizetype MostRoles = 100;
constexpr qsizetype LongestRole = 256; // characters
constexpr double LastSecond = 253402300799; // of the year 9999

Error refused(const QString &reason) { return {ErrorCode::Unauthorized, reason}; }

QString shown(const QString &value) { return quoted(QStringView(value).left(64)); }

/** A moment, or nothing where the claim is not there. */
Result<std::optional<Clock::time_point>> timeAt(const QJsonObject &claims, const QString &name)
{
    const QJsonValue value = claims.value(name);
    if (value.isUndefined())
        return std::optional<Clock::time_point>();
    const double seconds = value.toDouble(-1);
    if (!value.isDouble() || seconds < 0 || seconds > LastSecond)
        return refused(u"its %1 is no time (seconds since 1970)"_s.arg(name));
    return std::optional(momentAt(std::chrono::seconds(qint64(seconds))));
}

QString seconds(Clock::duration time)
{
    return QString::number(std::chrono::duration_cast<std::chrono::seconds>(time).count());
}

/** Until when they hold. */
Result<std::optional<Clock::time_point>> checkTimes(const QJsonObject &claims, const JwtConfig &config,
                                                    Clock::time_point now)
{
    auto expires = timeAt(claims, u"exp"_s);
    if (!expires)
        return expires.error();
    if (!*expires && config.requireExpiry)
        return refused(u"it does not say when it expires (exp)"_s);
    if (*expires && now >= **expires + config.leeway) {
        return Error{ErrorCode::TokenExpired,
                     u"it has expired %1 s ago (exp)"_s.arg(seconds(now - **expires))};
    }
    for (const QString &name : {u"nbf"_s, u"iat"_s}) {
        const auto from = timeAt(claims, name);
        if (!from)
            return from.error();
        if (*from && **from > now + config.leeway)
            return refused(u"it holds only in %1 s (%2)"_s.arg(seconds(**from - now), name));
    }
    return expires;
}

Result<void> checkIssuer(const QJsonObject &claims, const JwtConfig &config)
{
    if (config.issuer.isEmpty())
        return {};
    const QJsonValue issuer = claims.value("iss"_L1);
    if (!issuer.isString())
        return refused(u"it names no issuer (iss)"_s);
    if (issuer.toString() != config.issuer)
        return refused(u"it is of another issuer (iss): %1"_s.arg(shown(issuer.toString())));
    return {};
}

Result<void> checkAudience(const QJsonObject &claims, const JwtConfig &config)
{
    const QJsonValue audience = claims.value("aud"_L1);
    const QJsonArray list = audience.isArray() ? audience.toArray() : QJsonArray{audience};
    const auto isText = [](const QJsonValue &each) { return each.isString(); };
    if (!audience.isUndefined() && !std::all_of(list.begin(), list.end(), isText))
        return refused(u"its audience (aud) is neither a text nor a list of them"_s);
    if (config.audience.isEmpty())
        return {};
    if (audience.isUndefined())
        return refused(u"it names no audience (aud)"_s);
    if (!list.contains(config.audience))
        return refused(u"it is for another audience (aud)"_s);
    return {};
}

Result<QString> userOf(const QJsonObject &claims, const ClaimRules &rules)
{
    const QString &name = rules.config.userClaim;
    const QJsonValue claim = claimAt(claims, name);
    if (!claim.isString() || claim.toString().isEmpty())
        return refused(u"its %1 is no text that names a user"_s.arg(shown(name)));
    QString user = claim.toString();
    if (user.size() > rules.userIdLength) {
        return refused(u"its %1 has %2 characters, %3 are allowed (limits.userIdLength)"_s.arg(shown(name))
                           .arg(user.size())
                           .arg(rules.userIdLength));
    }
    if (const auto good = checkUserId(user); !good)
        return refused(u"its %1: %2"_s.arg(shown(name), good.error().message));
    return user;
}

Result<QStringList> rolesOf(const QJsonObject &claims, const QString &name)
{
    const QJsonValue claim = claimAt(claims, name);
    if (claim.isUndefined() || claim.isNull())
        return QStringList();
    const QJsonArray list = claim.isArray() ? claim.toArray() : QJsonArray{claim};
    if (list.size() > MostRoles)
        return refused(u"it has %1 roles, %2 are allowed"_s.arg(list.size()).arg(MostRoles));
    QStringList roles;
    for (const QJsonValue &each : list) {
        const QString role = each.toString();
        if (role.isEmpty() || role.size() > LongestRole)
            return refused(u"its %1 is neither a role nor a list of them"_s.arg(shown(name)));
        roles.append(role);
    }
    roles.removeDuplicates();
    return roles;
}

} // namespace

Result<Identity> identityOf(const QJsonObject &claims, const ClaimRules &rules, Clock::time_point now)
{
    const JwtConfig &config = rules.config;
    const auto expires = checkTimes(claims, config, now);
    if (!expires)
        return expires.error();
    if (const auto good = checkIssuer(claims, config); !good)
        return good.error();
    if (const auto good = checkAudience(claims, config); !good)
        return good.error();
    const Result<QString> user = userOf(claims, rules);
    if (!user)
        return user.error();
    const Result<QStringList> roles = rolesOf(claims, config.rolesClaim);
    if (!roles)
        return roles.error();
    Identity identity{.userId = *user, .claims = claims, .roles = *roles, .expiresAt = *expires};
    for (const QString &name : config.metaClaims) {
        if (const QJsonValue value = claims.value(name); !value.isUndefined())
            identity.meta.insert(name, value);
    }
    return identity;
}

} // namespace dialogue::jwt
