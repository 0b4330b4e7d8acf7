#pragma once

#include "roomsfixture.h"

#include <QFuture>

namespace dialogue {

/** The ack id of the only thing that \a socket was asked. */
inline quint64 askedOf(RoomsFixture &f, SocketId socket)
{
    const QList<Received> got = f.take(socket);
    if (got.size() != 1 || !got[0].ackId)
        qFatal("it was asked %d things", int(got.size()));
    return *got[0].ackId;
}

inline void answer(RoomsFixture &f, SocketId socket, quint64 ackId, const QByteArray &args)
{
    f.hub.socketAck(socket, ackId, JsonData::fromText(args), {});
}

/** Connected, and greeted. */
inline SocketId greeted(RoomsFixture &f, const QString &userId)
{
    const SocketId socket = f.connectAs(userId);
    f.take(socket);
    return socket;
}

/** Of a future that is finished. */
template <class T>
ErrorCode failureOf(const QFuture<Result<T>> &future)
{
    if (!future.isFinished() || future.result())
        qFatal("there is no error");
    return future.result().error().code;
}

} // namespace dialogue
