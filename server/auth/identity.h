#pragma once

#include "core/base/result.h"
#include "server/export.h"

#include <QJsonObject>
#include <QString>

namespace dialogue {

/** Who a client is. */
struct Identity
{
    QString userId;
    QJsonObject meta = {}; ///< Free for the application: roles, a display name ...
    QJsonObject claims = {}; ///< What was verified of the client, such as those of its token.
    bool verified = true; ///< False when it is only the client's own word.
};

/** What is kept of a stranger's word, for as long as it is connected. */
struct ClaimLimits
{
    int userIdLength; ///< Characters.
    qint64 metaSize; ///< Bytes of JSON.
};

/**
 * The client's own word: `auth.userId`, else `auth.token`, else \a fallback (the socket's id); what else
 * there is in `auth` becomes its meta. Used only while no authenticator is configured. Unauthorized where it
 * is too long.
 */
Result<Identity> claimedIdentity(const QJsonObject &auth, const QString &fallback, const ClaimLimits &limits);

} // namespace dialogue
