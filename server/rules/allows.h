#pragma once

#include "core/room/who.h"
#include "server/auth/identity.h"

namespace dialogue {

/** Who wants to do something with a room. */
struct Subject
{
    const Identity &identity;
    bool isOwner = false; ///< It created the room.
};

/** Whether \a identity has one of \a roles, verified or not. */
[[nodiscard]] bool hasRole(const QStringList &roles, const Identity &identity);
/** Whether \a who holds for \a subject. It allocates nothing, but for claims. */
[[nodiscard]] bool allows(const Who &who, const Subject &subject);

} // namespace dialogue
