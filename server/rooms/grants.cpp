#include "server/rooms/grants.h"

#include "core/base/foreigntext.h"
#include "core/protocol/dialogue/names.h"

namespace dialogue {

namespace names = protocol::names;

namespace {

struct Use
{
    QLatin1StringView scope; ///< Empty: whoever is in may do it.
    bool hasRoom = true;
};

Use useOf(const QString &request)
{
    if (request == names::trigger)
        return {Grant::Trigger};
    if (request == names::join || request == names::subscribe || request == names::subscribeAll)
        return {Grant::Join};
    if (request == names::getHistory)
        return {Grant::History};
    if (request == names::listRooms)
        return {Grant::See, false};
    if (request == names::participants)
        return {Grant::See};
    if (request == names::createRoom)
        return {Grant::Create};
    if (request == names::deleteRoom)
        return {Grant::Delete};
    if (request == names::leave || request == names::unsubscribe || request == names::refresh)
        return {{}, false};
    return {Grant::Request, false};
}

} // namespace

Result<void> checkGrant(const Identity &identity, const QString &request, const QString &roomId)
{
    if (!identity.grant)
        return {};
    const auto refused = [](const QString &what) {
        return Error{ErrorCode::PermissionDenied, QStringLiteral("Your credential is not for ") + what};
    };
    const Use use = useOf(request);
    if (!use.scope.isEmpty() && !identity.grant->allows(use.scope))
        return refused(QStringLiteral("'%1'").arg(use.scope));
    if (use.hasRoom && !use.scope.isEmpty() && !identity.grant->reaches(roomId))
        return refused(QStringLiteral("the room %1").arg(quoted(QStringView(roomId).left(64))));
    return {};
}

} // namespace dialogue
