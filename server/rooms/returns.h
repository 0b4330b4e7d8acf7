#pragma once

#include "server/auth/connectrequest.h"
#include "server/auth/identity.h"
#include "server/rooms/awayclients.h"
#include "server/rooms/roomentries.h"

#include <functional>
#include <optional>
#include <unordered_map>

namespace dialogue {

class RoomManager;

/** Who a client was that comes back, and how far it had come. */
struct ComingBack
{
    AwayClient as;
    RoomsWanted::Place place;
};

/**
 * Connection state recovery, for clients that speak Socket.IO and nothing of ours (socket.io/docs/v4/
 * connection-state-recovery): who has lost its connection and comes back in time is in all its rooms again,
 * and gets what it missed, in the order it went out. All of it or none: else it is a client as any new one.
 * Whoever lets clients in and into rooms is asked again, as ever.
 */
class Returns
{
public:
    /** Ends the connection of \a socket in this call, as one that is lost. */
    using End = std::function<void(SocketId socket)>;
    /** \a client has been let in as who it was. */
    using Recovered = std::function<void(ConnectedClient &client)>;

    Returns(RoomManager &rooms, End end, Recovered recovered);

    [[nodiscard]] bool isOn() const;
    /** Takes out of \a request what is not for authenticators, and nobody else's either. */
    void readSession(ConnectRequest &request) const;
    /** Who \a request says that it was, where it may be; \a identity is then as it was. Its old connection
     * may still be there, unknown to be lost: it ends. User code runs. */
    [[nodiscard]] std::optional<ComingBack> comingBack(const ConnectRequest &request, Identity &identity,
                                                       bool isNameless);
    /** By what \a client may come back: it is new, or comes back as who had \a pid, and enter() follows. */
    [[nodiscard]] QByteArray begin(ConnectedClient &client, const QByteArray &pid = {});
    /** Into its rooms. SocketGateway::accept() follows, at once or later. */
    void enter(ConnectedClient &client, ComingBack &&back);
    void forget(SocketId socket) { m_entries.forget(socket); }
    /** \a client goes, and is in its rooms still. */
    void left(const ConnectedClient &client, DisconnectReason reason);

    [[nodiscard]] const RecoveryCounters &counters() const { return m_counters; }

private:
    void entered(ConnectedClient &client, const ComingBack &back, const std::vector<RoomPlace> &entries);
    /** With all that it missed, or nothing. */
    [[nodiscard]] std::optional<std::vector<RoomPlace>> placesOf(const ConnectedClient &client,
                                                                 const RoomsWanted::Place &place,
                                                                 const std::vector<RoomPlace> &entries) const;
    void beginAnew(ConnectedClient &client, const std::vector<RoomWish> &wishes);
    /** It has been in rooms of the application's since: from there on it gets what they publish. */
    [[nodiscard]] std::vector<RoomPlace> joinedMeanwhile(ConnectedClient &client) const;
    void letIn(ConnectedClient &client);

    RoomManager &m_rooms;
    const End m_end;
    const Recovered m_recovered;
    RecoveryCounters m_counters;
    AwayClients m_away;
    std::unordered_map<QByteArray, SocketId> m_connected; ///< By pid.
    RoomEntries m_entries{m_rooms};
};

} // namespace dialogue
