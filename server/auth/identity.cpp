#include "server/auth/identity.h"

#include "server/auth/userid.h"

#include <QJsonDocument>

namespace dialogue {

namespace {

/** All but who it is; the members of `auth.meta` as if they stood beside it. */
QJsonObject saidOfItself(QJsonObject auth)
{
    auth.remove(QLatin1String("userId"));
    auth.remove(QLatin1String("token"));
    const QJsonValue meta = auth.value(QLatin1String("meta"));
    if (!meta.isObject())
        return auth;
    auth.remove(QLatin1String("meta"));
    const QJsonObject members = meta.toObject();
    for (auto it = members.begin(); it != members.end(); ++it) {
        if (!auth.contains(it.key()))
            auth.insert(it.key(), it.value());
    }
    return auth;
}

} // namespace

Result<Identity> claimedIdentity(const QJsonObject &auth, const QString &fallback, const ClaimLimits &limits)
{
    Identity identity{.userId = fallback, .verified = false};
    for (const auto key : {QLatin1String("userId"), QLatin1String("token")}) {
        const QString claimed = auth.value(key).toString();
        if (claimed.isEmpty())
            continue;
        // Not cut: two users whose ids begin alike would become one.
        if (claimed.size() > limits.userIdLength) {
            return Error{ErrorCode::Unauthorized,
                         QStringLiteral("A user id has at most %1 characters, auth.%2 has %3")
                             .arg(limits.userIdLength)
                             .arg(key)
                             .arg(claimed.size()),
                         QStringLiteral("auth.") + key};
        }
        if (const auto good = checkUserId(claimed); !good)
            return Error{good.error().code, good.error().message, QStringLiteral("auth.") + key};
        identity.userId = claimed;
        break;
    }
    identity.meta = saidOfItself(auth);
    if (identity.meta.isEmpty())
        return identity;
    const qsizetype size = QJsonDocument(identity.meta).toJson(QJsonDocument::Compact).size();
    if (size > limits.metaSize) {
        return Error{ErrorCode::Unauthorized,
                     QStringLiteral("What auth holds besides userId and token may take %1 bytes, it has %2 "
                                    "(limits.metaSize)")
                         .arg(limits.metaSize)
                         .arg(size),
                     QStringLiteral("auth")};
    }
    return identity;
}

} // namespace dialogue
