#pragma once

#include "core/event/eventmessage.h"
#include "server/fanout/publication.h"

#include <vector>

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

/** Where those are put that watch, while they do: what nobody watches costs a look at a pointer. */
class PublicationTap
{
public:
    /** Once, however often it is called; \a observer is removed before it goes. */
    void add(PublicationObserver &observer)
    {
        remove(observer);
        m_observers.push_back(&observer);
    }
    void remove(PublicationObserver &observer) { std::erase(m_observers, &observer); }

    void tell(const Room &room, const EventMessage &message, const PublicationPtr &publication) const
    {
        for (PublicationObserver *const observer : m_observers)
            observer->published(room, message, publication);
    }

private:
    std::vector<PublicationObserver *> m_observers;
};

} // namespace dialogue
