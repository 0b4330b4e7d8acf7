#pragma once

#include "core/base/result.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace dialogue::console {

/** What a server says of itself and of us when we have come in: `admin:hello` (docs/admin.md). */
struct Hello
{
    QString version = {};
    QString node = {};
    QString run = {}; ///< Another one after a restart.
    QString account = {};
    QString role = {};
    QStringList rooms = {}; ///< That the account is for, patterns; none: all.
    QStringList permissions = {};
    QStringList actions = {};
    QStringList series = {}; ///< Of figures, in the server's order.
    int mostWatches = 0;
    qint64 sendQueue = 0; ///< Bytes that may wait for one client (limits.sendQueue); 0: it does not say.

    [[nodiscard]] bool may(QStringView permission) const { return permissions.contains(permission); }
    [[nodiscard]] bool canDo(QStringView action) const { return actions.contains(action); }

    /** ProtocolViolation: a server of another version of the protocol, or none of ours. */
    [[nodiscard]] static Result<Hello> read(const QJsonObject &json);
};

} // namespace dialogue::console
