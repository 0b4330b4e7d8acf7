#include "server/socketio/socket.h"

#include "server/engine/session.h"
#include "server/fanout/publication.h"

namespace dialogue::socketio {

Delivered Socket::deliver(const Publication &publication, Occasion occasion)
{
    if (occasion == Occasion::Live) // Nearly always: no reference is counted.
        return notify(publication.encodedBy(encoding));
    return notify(publication.encodedFor(occasion, encoding));
}

Delivered Socket::tellGap(const Gap &gap)
{
    return notify(gap.room->in(encoding)->gapFrame(gap.from, gap.to, gap.reason));
}

Delivered Socket::notify(const FramePtr &frame)
{
    if (frame->isVolatile && session->isBehind())
        return Delivered::Behind;
    session->send(frame);
    return Delivered::Sent;
}

} // namespace dialogue::socketio
