#pragma once

#include <QJsonObject>
#include <QStringView>

namespace dialogue {

/** The claim of that name, or where \a name begins with a slash, of a path of them: "/realm_access/roles".
 * Undefined: there is none. */
[[nodiscard]] inline QJsonValue claimAt(const QJsonObject &claims, QStringView name)
{
    if (!name.startsWith(u'/'))
        return claims.value(name);
    QJsonValue value = claims;
    for (const QStringView member : name.mid(1).tokenize(u'/'))
        value = value.toObject().value(member);
    return value;
}

} // namespace dialogue
