#include "console/form/fieldvalues.h"
#include "console/form/formschema.h"

#include <algorithm>

namespace dialogue::console {

int FormSchema::scoreOf(const Field &branch, const QJsonValue &value) const
{
    if (!canHold(branch, value))
        return -1;
    if (branch.kind == FieldKind::Json)
        return 0;
    if (branch.kind != FieldKind::Object)
        return 1;
    const QJsonObject object = value.toObject();
    int score = 1;
    constexpr qsizetype MembersCompared = 50;
    const QList<Field> all = members(branch, MembersCompared);
    for (const Field &member : all) {
        const auto found = object.constFind(member.name);
        if (found == object.constEnd()) {
            score -= member.isRequired ? 1 : 0;
        } else if (canHold(member, found.value())) {
            score += member.kind == FieldKind::Choice ? 10 : 1;
        } else if (member.kind == FieldKind::Choice) {
            return -1;
        }
    }
    return std::max(score, 0);
}

int FormSchema::branchOf(const Field &field, const QJsonValue &value) const
{
    int best = -1;
    int bestScore = -1;
    const QList<Field> all = branches(field);
    for (int i = 0; i < all.size(); ++i) {
        const int score = scoreOf(all[i], value);
        if (score > bestScore) {
            best = i;
            bestScore = score;
        }
    }
    return best;
}

} // namespace dialogue::console
