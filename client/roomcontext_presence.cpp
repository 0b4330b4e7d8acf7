#include "client/presence/participantswatch.h"
#include "client/roomcontext_p.h"

// Who is in the room.
namespace dialogue {

using namespace client;

QFuture<Result<void>> RoomContextPrivate::watchParticipants()
{
    if (!client)
        return finishedLater(Error{ErrorCode::NotInRoom, QStringLiteral("The room was left")});
    if (!participants)
        participants = std::make_unique<ParticipantsWatch>(*this);
    return participants->watch();
}

void RoomContextPrivate::onPresence(const protocol::PresenceNotice &notice)
{
    if (inside && participants)
        participants->onNotice(notice);
}

Presence RoomContext::presence() const { return d->presence; }
QFuture<Result<void>> RoomContext::watchParticipants() { return d->watchParticipants(); }

QList<Participant> RoomContext::participants() const
{
    return d->participants ? d->participants->list().participants() : QList<Participant>();
}

int RoomContext::userCount() const { return d->participants ? d->participants->list().counts().users : 0; }

int RoomContext::connectionCount() const
{
    return d->participants ? d->participants->list().counts().connections : 0;
}

} // namespace dialogue
