#include "server/rooms/permissions.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/moderation.h"
#include "server/rooms/room_p.h"
#include "server/rooms/roommanager.h"

namespace dialogue::permissions {

namespace {

const RuleSet *rulesOf(const Room &room) { return RoomPrivate::of(room).declaration->rules.get(); }

const Identity &identityOf(const ConnectedClient &client)
{
    return ConnectedClientPrivate::of(client).identity;
}

Subject subjectOf(const Identity &identity, const Room &room)
{
    const QString &owner = RoomPrivate::of(room).createdById;
    return {identity, !owner.isEmpty() && owner == identity.userId};
}

qint64 &counterOf(RuleCounters &counters, RoomAction action)
{
    switch (action) {
    case RoomAction::Subscribe:
        return counters.subscriptions;
    case RoomAction::Trigger:
        return counters.triggers;
    case RoomAction::History:
        return counters.histories;
    case RoomAction::Delete:
        return counters.deletions;
    case RoomAction::See:
    case RoomAction::Join:
        break;
    }
    return counters.joins;
}

QString refusalOf(RoomAction action, const QString &roomId, const QString &event)
{
    switch (action) {
    case RoomAction::Subscribe:
        return event == Everything
            ? QStringLiteral("You may not subscribe to any event of room '%1'").arg(roomId)
            : QStringLiteral("You may not subscribe to '%1' in room '%2'").arg(event, roomId);
    case RoomAction::Trigger:
        return QStringLiteral("You may not trigger '%1' in room '%2'").arg(event, roomId);
    case RoomAction::History:
        return event.isEmpty()
            ? QStringLiteral("You may not read the history of room '%1'").arg(roomId)
            : QStringLiteral("You may not read the history of '%1' in room '%2'").arg(event, roomId);
    case RoomAction::Delete:
        return QStringLiteral("You may not delete room '%1'").arg(roomId);
    case RoomAction::See:
    case RoomAction::Join:
        break;
    }
    return QStringLiteral("You may not join room '%1'").arg(roomId);
}

Error refused(const Identity &identity, const Room &room, RoomAction action, const QString &event)
{
    const RoomPrivate &priv = RoomPrivate::of(room);
    ++counterOf(priv.services().rules, action);
    if (const RuleSet *const rules = rulesOf(room); rules && lcRooms().isDebugEnabled()) {
        const StatedRule rule = rules->ruleOf(action, event);
        qCDebug(lcRooms).noquote() << "User" << quoted(identity.userId) << "is refused by" << rule.name
                                   << (rule.who ? rule.who->place : QString()) << "of room"
                                   << quoted(priv.id);
    }
    return {ErrorCode::PermissionDenied, refusalOf(action, priv.id, event)};
}

Result<void> checkSanction(SanctionKind kind, const Identity &identity, const Room &room)
{
    const RoomPrivate &priv = RoomPrivate::of(room);
    const RoomServices &services = priv.services();
    const Sanction *const sanction = services.sanctions.find(kind, identity.userId, priv.id);
    if (!sanction)
        return {};
    ++(kind == SanctionKind::Ban ? services.rules.banned : services.rules.muted);
    return sanctioned(*sanction, services.sanctions);
}

} // namespace

bool allows(const Identity &identity, const Room &room, RoomAction action, const QString &event)
{
    const RuleSet *const rules = rulesOf(room);
    if (rules)
        return rules->allows(action, subjectOf(identity, room), event);
    return action != RoomAction::Delete || subjectOf(identity, room).isOwner;
}

bool allows(const ConnectedClient &client, const Room &room, RoomAction action, const QString &event)
{
    return allows(identityOf(client), room, action, event);
}

Result<void> check(const Identity &identity, const Room &room, RoomAction action, const QString &event)
{
    if (action == RoomAction::Join) {
        if (auto banned = checkSanction(SanctionKind::Ban, identity, room); !banned)
            return banned;
    }
    if (allows(identity, room, action, event))
        return {};
    return refused(identity, room, action, event);
}

Result<void> check(const ConnectedClient &client, const Room &room, RoomAction action, const QString &event)
{
    return check(identityOf(client), room, action, event);
}

Result<void> checkTrigger(const Identity &identity, const Room &room, const QString &event,
                          const EventDefinition *definition)
{
    if (auto muted = checkSanction(SanctionKind::Mute, identity, room); !muted)
        return muted;
    const RuleSet *const rules = rulesOf(room);
    if (!rules)
        return {};
    const Subject subject = subjectOf(identity, room);
    const bool isAllowed = definition ? rules->allowsTrigger(subject, *definition)
                                      : rules->allows(RoomAction::Trigger, subject, event);
    if (isAllowed)
        return {};
    return refused(identity, room, RoomAction::Trigger, event);
}

Result<void> checkTrigger(const ConnectedClient &client, const Room &room, const QString &event,
                          const EventDefinition *definition)
{
    return checkTrigger(identityOf(client), room, event, definition);
}

Result<void> checkCreate(const RoomManager &rooms, const Identity &identity)
{
    const Who &creators = rooms.services().config.roomCreation.create;
    if (dialogue::allows(creators, {identity}))
        return {};
    ++rooms.services().rules.creations;
    if (creators.isNobody()) {
        return Error{ErrorCode::PermissionDenied,
                     QStringLiteral("Rooms are not created by clients here (roomCreation.create: nobody)")};
    }
    return Error{ErrorCode::PermissionDenied,
                 creators.all == Permission::Authenticated
                     ? QStringLiteral("Only authenticated users create rooms here")
                     : QStringLiteral("You may not create rooms here")};
}

QStringList allowedOf(const QStringList &events, const ConnectedClient &client, const Room &room)
{
    const RuleSet *const rules = rulesOf(room);
    if (!rules || !rules->guardsEvents())
        return events;
    QStringList allowed;
    for (const QString &event : events) {
        if (rules->allows(RoomAction::Subscribe, subjectOf(identityOf(client), room), event))
            allowed.append(event);
    }
    return allowed;
}

QStringList everythingFor(const ConnectedClient &client, const Room &room)
{
    const RuleSet *const rules = rulesOf(room);
    return rules ? rules->everythingFor(subjectOf(identityOf(client), room)) : QStringList{Everything};
}

EventFilter readable(const Identity &identity, const Room &room)
{
    const RuleSet *const rules = rulesOf(room);
    if (!rules || !rules->guardsEvents())
        return {};
    return [rules, subject = subjectOf(identity, room)](const QString &event) {
        return rules->allows(RoomAction::Subscribe, subject, event);
    };
}

EventFilter readable(const ConnectedClient &client, const Room &room)
{
    return readable(identityOf(client), room);
}

} // namespace dialogue::permissions
