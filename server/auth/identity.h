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
    bool verified = true; ///< False when it is only the client's own word.
};

/**
 * The client's own word: `auth.userId`, else `auth.token`, else \a fallback (the socket's id). Used only
 * while no authenticator is configured.
 */
Identity claimedIdentity(const QJsonObject &auth, const QString &fallback);

} // namespace dialogue
