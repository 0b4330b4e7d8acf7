#pragma once

#include "server/rooms/replay.h"
#include "server/rooms/replaycounters.h"

#include <list>
#include <memory>
#include <vector>

namespace dialogue {

inline constexpr qint64 LargestPortion = 65'536; ///< Bytes of what it missed that wait for one client.
inline constexpr int EventsAPortion = 64;
inline constexpr int LooksAPortion = 1024;

/**
 * The replays of one client, in as many rooms as it comes back to: they take turns, and together send a
 * portion whenever the client has taken most of the one before. So what waits for it does not grow with what
 * it missed, and what else is sent to it has its place in between.
 */
class ClientReplays
{
public:
    /** \a portion: bytes of it. */
    ClientReplays(SocketGateway &sockets, SocketId socket, qint64 portion)
        : m_sockets(sockets)
        , m_socket(socket)
        , m_whole{portion, EventsAPortion, LooksAPortion}
        , m_portion(m_whole)
    { }

    /** Sends what may be sent of it at once. */
    void add(std::unique_ptr<Replay> replay);
    /** The same of several, of which what went out first is sent first, whatever its room; they end together.
     */
    void addMerged(std::vector<std::unique_ptr<Replay>> replays);
    /** Null: there is none of that room. */
    [[nodiscard]] Replay *find(const Room *room) const;
    /** It ends; the client takes part in the room as any other. */
    void end(const Room *room);
    /** SocketListener::socketDrained() */
    void drained(quint64 token);

private:
    void send();
    void sendMerged();
    void endMerged();
    [[nodiscard]] bool isOver() const { return m_replays.empty() && m_merged.empty(); }

    SocketGateway &m_sockets;
    SocketId m_socket;
    std::list<std::unique_ptr<Replay>> m_replays; ///< Whose turn it is first.
    std::vector<std::unique_ptr<Replay>> m_merged;
    const ReplayPortion m_whole;
    ReplayPortion m_portion; ///< What is left of it.
    quint64 m_token = 0;
    bool m_asked = false; ///< To be told when the client has taken what it was sent.
};

} // namespace dialogue
