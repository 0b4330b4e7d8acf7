#include "server/auth/identity.h"

#include "server/auth/userid.h"

#include <QJsonDocument>

namespace dialogue {

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
    identity.meta = auth.value(QLatin1String("meta")).toObject();
    if (identity.meta.isEmpty())
        return identity;
    const qsizetype size = QJsonDocument(identity.meta).toJson(QJsonDocument::Compact).size();
    if (size > limits.metaSize) {
        return Error{ErrorCode::Unauthorized,
                     QStringLiteral("auth.meta may take %1 bytes, it has %2").arg(limits.metaSize).arg(size),
                     QStringLiteral("auth.meta")};
    }
    return identity;
}

} // namespace dialogue
