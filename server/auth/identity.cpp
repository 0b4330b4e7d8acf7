#include "server/auth/identity.h"

namespace dialogue {

namespace {

// A user id is kept per client and sent with every event, so a stranger does not choose its length.
constexpr qsizetype MaxUserIdLength = 256;

} // namespace

Identity claimedIdentity(const QJsonObject &auth, const QString &fallback)
{
    Identity identity{.userId = fallback, .verified = false};
    for (const auto key : {QLatin1String("userId"), QLatin1String("token")}) {
        const QString claimed = auth.value(key).toString();
        if (!claimed.isEmpty()) {
            identity.userId = claimed.left(MaxUserIdLength);
            break;
        }
    }
    identity.meta = auth.value(QLatin1String("meta")).toObject();
    return identity;
}

} // namespace dialogue
