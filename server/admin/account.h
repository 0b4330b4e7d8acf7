#pragma once

#include "server/admin/permissions.h"

#include <QHostAddress>
#include <QString>

namespace dialogue::admin {

/** Who is in /admin. */
struct Account
{
    QString name;
    AdminRole role = AdminRole::Viewer;
    QStringList rooms = {}; ///< Patterns.
    QHostAddress address = {}; ///< From where.
    QString password = {}; ///< The hash that was right.
    bool isTokens = false; ///< By the token of this run, and not by an account.
    bool isHooks = false; ///< The application says so.

    [[nodiscard]] bool may(Permission permission) const { return allows(role, permission); }
    [[nodiscard]] bool reaches(QStringView roomId) const { return matches(rooms, roomId); }
    [[nodiscard]] bool reachesAll() const { return rooms.contains(QLatin1String("*")); }
};

} // namespace dialogue::admin
