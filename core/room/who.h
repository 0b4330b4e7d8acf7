#pragma once

#include <QJsonArray>
#include <QMap>
#include <QString>
#include <QStringList>

namespace dialogue {

/** All of some kind. */
enum class Permission {
    Nobody,
    Authenticated, ///< Whoever an authenticator vouches for.
    Anyone,
};

/**
 * Who may do something: whoever one of these holds for. With none of them it is nobody.
 *
 *     Who{.roles = {u"editor"_s}, .users = {u"ann"_s}}
 *
 * Roles, users and claims are those that an authenticator vouches for.
 */
struct Who
{
    Permission all = Permission::Nobody; ///< Everybody of that kind.
    bool owner = false; ///< Who created the room.
    QStringList roles = {}; ///< Whoever has one of these.
    QStringList users = {};
    /** Whoever has one of the values in one of these claims, which may be a list; a name that begins with a
     * slash is a path: "/realm_access/roles". */
    QMap<QString, QJsonArray> claims = {};
    QString place = {}; ///< Where a configuration says it, for people: "chat.yaml:12".

    [[nodiscard]] bool isNobody() const { return *this == Who{.place = place}; }
    friend bool operator==(const Who &, const Who &) = default;
};

} // namespace dialogue
