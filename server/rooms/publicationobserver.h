#pragma once

#include "core/event/eventmessage.h"
#include "server/fanout/publication.h"

namespace dialogue {

class Room;

/** Told what rooms publish, as it goes out, before anybody's slots are. In the hub, for each event: it has to
 * be quick, and runs no user code. */
class PublicationObserver
{
public:
    virtual ~PublicationObserver() = default;
    virtual void published(const Room &room, const EventMessage &message, const PublicationPtr &publication)
        = 0;
};

/** Where one is put while somebody watches: what nobody watches costs a look at a pointer. */
struct PublicationTap
{
    PublicationObserver *observer = nullptr;
};

} // namespace dialogue
