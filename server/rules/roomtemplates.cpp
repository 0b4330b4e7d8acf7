#include "server/rules/roomtemplates.h"

#include "server/rules/idpattern.h"

#include <algorithm>

namespace dialogue {

const RoomTemplate *templateFor(const QString &roomId, const QList<RoomTemplate> &templates)
{
    const auto found = std::ranges::find_if(
        templates, [&roomId](const RoomTemplate &each) { return matchesPattern(roomId, each.pattern); });
    return found == templates.end() ? nullptr : &*found;
}

} // namespace dialogue
