#pragma once

#include "core/base/result.h"
#include "server/rules/ruleset.h"

#include <QStringList>

#include <functional>

namespace dialogue {

class ConnectedClient;
class Room;
class RoomManager;

/** What the rules of rooms say of clients. Each is one branch where a room has none. */
namespace permissions {

/** RuleSet::allows() */
[[nodiscard]] bool allows(const ConnectedClient &client, const Room &room, RoomAction action,
                          const QString &event = {});
/** The same; PermissionDenied, which is counted. */
[[nodiscard]] Result<void> check(const ConnectedClient &client, const Room &room, RoomAction action,
                                 const QString &event = {});
/** The same of an event that \a client triggers; \a definition is null where the room declares none. */
[[nodiscard]] Result<void> checkTrigger(const ConnectedClient &client, const Room &room, const QString &event,
                                        const EventDefinition *definition);
/** Whether \a client may create rooms; PermissionDenied, which is counted. */
[[nodiscard]] Result<void> checkCreate(const RoomManager &rooms, const ConnectedClient &client);

/** Those of \a events that \a client may subscribe to. */
[[nodiscard]] QStringList allowedOf(const QStringList &events, const ConnectedClient &client,
                                    const Room &room);
/** What a subscription to everything is for \a client: RuleSet::everythingFor(). */
[[nodiscard]] QStringList everythingFor(const ConnectedClient &client, const Room &room);
/** Which events \a client may read of the past of \a room; empty: all. It holds for as long as the call that
 * asks. */
using EventFilter = std::function<bool(const QString &event)>;
[[nodiscard]] EventFilter readable(const ConnectedClient &client, const Room &room);

} // namespace permissions
} // namespace dialogue
