#pragma once

#include "core/base/result.h"
#include "server/rules/ruleset.h"

#include <QStringList>

#include <functional>

namespace dialogue {

class ConnectedClient;
class Room;
class RoomManager;
struct Identity;

/** What the rules of rooms say of clients, and of who else speaks for a user. Each is one branch where a room
 * has none. */
namespace permissions {

/** RuleSet::allows() */
[[nodiscard]] bool allows(const Identity &identity, const Room &room, RoomAction action,
                          const QString &event = {});
[[nodiscard]] bool allows(const ConnectedClient &client, const Room &room, RoomAction action,
                          const QString &event = {});
/** The same; PermissionDenied, which is counted. */
[[nodiscard]] Result<void> check(const Identity &identity, const Room &room, RoomAction action,
                                 const QString &event = {});
[[nodiscard]] Result<void> check(const ConnectedClient &client, const Room &room, RoomAction action,
                                 const QString &event = {});
/** The same of an event that it triggers; \a definition is null where the room declares none. */
[[nodiscard]] Result<void> checkTrigger(const Identity &identity, const Room &room, const QString &event,
                                        const EventDefinition *definition);
[[nodiscard]] Result<void> checkTrigger(const ConnectedClient &client, const Room &room, const QString &event,
                                        const EventDefinition *definition);
/** Whether it may create rooms; PermissionDenied, which is counted. */
[[nodiscard]] Result<void> checkCreate(const RoomManager &rooms, const Identity &identity);

/** Those of \a events that \a client may subscribe to. */
[[nodiscard]] QStringList allowedOf(const QStringList &events, const ConnectedClient &client,
                                    const Room &room);
/** What a subscription to everything is for \a client: RuleSet::everythingFor(). */
[[nodiscard]] QStringList everythingFor(const ConnectedClient &client, const Room &room);
/** Which events \a client may read of the past of \a room; empty: all. It holds for as long as the call that
 * asks. */
using EventFilter = std::function<bool(const QString &event)>;
[[nodiscard]] EventFilter readable(const Identity &identity, const Room &room);
[[nodiscard]] EventFilter readable(const ConnectedClient &client, const Room &room);

} // namespace permissions
} // namespace dialogue
