#pragma once

#include "server/auth/connectrequest.h"
#include "server/bridge/gateway.h"
#include "server/rooms/roomentries.h"

#include <QObject>

#include <functional>

namespace dialogue {

/**
 * Clients that come to read some rooms and can ask for nothing more, as they come by a channel that brings no
 * requests: they are let in once they are in all of those rooms, or not at all; they begin with what they
 * missed, of all rooms in the order it went out; and they go with the first room that they are no longer in,
 * so that nobody waits for what does not come.
 */
class Readers : public QObject
{
    Q_OBJECT
public:
    /** \a error: why \a client is not let in. */
    using Refuse = std::function<void(const ConnectedClient &client, const Error &error)>;

    Readers(RoomManager &rooms, Refuse refuse);

    /** \a client has come; SocketGateway::accept() or \a refuse follows, at once or later. */
    void enter(const ConnectedClient &client, RoomsWanted &&wanted);
    void forget(SocketId socket) { m_entries.forget(socket); }
    /** Who is not in yet is refused. */
    void close();

private:
    void begin(ConnectedClient &client, const std::vector<RoomPlace> &entered,
               const std::optional<RoomsWanted::Place> &after);
    /** Up to where it has all of \a room; what is not to be had behind that is told. */
    [[nodiscard]] quint64 startIn(Room &room, const ConnectedClient &client,
                                  const RoomsWanted::Place &after) const;
    void left(ConnectedClient &client);

    RoomManager &m_rooms;
    const Refuse m_refuse;
    RoomEntries m_entries{m_rooms};
};

} // namespace dialogue
