#include "server/rules/allows.h"

#include "server/auth/claimat.h"

#include <algorithm>

namespace dialogue {

namespace {

/** One of \a values is the claim, or stands in it where it is a list. */
bool holds(const QJsonValue &claim, const QJsonArray &values)
{
    const auto isWanted = [&values](const QJsonValue &each) {
        return std::find(values.begin(), values.end(), each) != values.end();
    };
    if (!claim.isArray())
        return isWanted(claim);
    const QJsonArray items = claim.toArray();
    return std::any_of(items.begin(), items.end(), isWanted);
}

bool hasClaim(const QMap<QString, QJsonArray> &wanted, const Identity &identity)
{
    for (auto claim = wanted.cbegin(); claim != wanted.cend(); ++claim) {
        if (holds(claimAt(identity.claims, claim.key()), claim.value()))
            return true;
    }
    return false;
}

} // namespace

bool hasRole(const QStringList &roles, const Identity &identity)
{
    return std::ranges::any_of(identity.roles,
                               [&roles](const QString &role) { return roles.contains(role); });
}

bool allows(const Who &who, const Subject &subject)
{
    if (who.all == Permission::Anyone || (who.owner && subject.isOwner))
        return true;
    const Identity &identity = subject.identity;
    if (!identity.verified)
        return false; // The rest is its own word.
    return who.all == Permission::Authenticated || hasRole(who.roles, identity)
        || who.users.contains(identity.userId) || hasClaim(who.claims, identity);
}

} // namespace dialogue
