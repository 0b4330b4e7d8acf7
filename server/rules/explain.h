#pragma once

#include "core/room/roomconfig.h"
#include "server/auth/identity.h"
#include "server/export.h"

#include <QList>
#include <QString>

namespace dialogue {

/** Whether somebody may do one thing, and what decides that. */
struct RuleVerdict
{
    QString action = {}; ///< "trigger"
    QString event = {}; ///< "message"; "*": any that is not named; empty: it is about none.
    bool isAllowed = false;
    QString rule = {}; ///< "rules.trigger.message"; empty: none is stated, and it is as it is then.
    QString place = {}; ///< "chat.yaml:12", where it is known.
};

/** All that \a identity may do with a room that is declared as \a room, and not; \a create: who may create
 * rooms. */
[[nodiscard]] DIALOGUE_SERVER_EXPORT QList<RuleVerdict>
explainRules(const RoomConfig &room, const Who &create, const Identity &identity);

} // namespace dialogue
