// A room that goes on where an earlier run of the server stopped.
#include "core/base/foreigntext.h"
#include "core/protocol/dialogue/eventmessage.h"
#include "server/rooms/room_p.h"

namespace dialogue {

/** Null: it is none. \a policy: as the room declares its event now. */
PublicationPtr RoomPrivate::restored(const KeptEvent &event, HistoryPolicy &policy)
{
    EventMessage message = protocol::decodeEventMessage(event.json);
    if (message.event.isEmpty() || message.offset != event.position.offset) {
        qCWarning(lcRooms).noquote() << quoted(id) << "- what is stored as event" << event.position.offset
                                     << "is none; it is left out";
        return nullptr;
    }
    message.attachments = event.attachments;
    policy = {};
    if (const EventDefinition *const definition = declared().find(message.event)) {
        message.event = definition->name; // One string for all of them.
        policy = definition->history;
    }
    return publicationOf(event.json, message, event.position.seq);
}

void RoomPrivate::restore(const OpenedLog &opened)
{
    if (opened.offset == 0)
        return;
    EventLog &own = activity().log;
    HistoryPolicy policy;
    for (const KeptEvent &event : opened.older) {
        const PublicationPtr publication = restored(event, policy);
        if (publication && policy.enabled)
            own.restoreHistory(publication, policy);
    }
    own.continueFrom(opened.completeAfter);
    for (const KeptEvent &event : opened.recent) {
        if (const PublicationPtr publication = restored(event, policy))
            keep(publication, policy, nullptr);
    }
    own.reach(opened.offset); // Further than the newest that is left, where that was erased.
    for (const KeptTrigger &trigger : opened.triggers) {
        services().sentTriggers.add(
            {trigger.user, trigger.origin}, stream, trigger.id,
            {.event = trigger.event, .offset = trigger.offset, .timestamp = trigger.timestamp});
    }
}

} // namespace dialogue
