#pragma once

#include "server/net/joinedframes.h"
#include "server/net/sender.h"
#include "server/net/turnend.h"

#include <vector>

namespace dialogue {

class SendQueue;
class WebSocketConnection;

/** Sends what a worker's WebSockets have gathered in a turn, all of them in one call to the Sender. */
class FrameFlusher : private Flushable
{
public:
    FrameFlusher(TurnEnd *turnEnd, Sender *sender);

    void schedule(WebSocketConnection *connection);
    void forget(WebSocketConnection *connection);
    /** Without waiting for the end of the turn. */
    void flushNow(WebSocketConnection *connection);

private:
    void flush() override;
    void sendRound();
    std::span<const iovec> gather(const SendQueue &queue, std::span<iovec> free);

    TurnEnd *m_turnEnd;
    Sender *m_sender;
    std::vector<WebSocketConnection *> m_dirty; ///< Null: forgotten since.
    // Kept from flush to flush for their capacity.
    std::vector<WebSocketConnection *> m_round;
    std::vector<iovec> m_vectors;
    std::vector<SendRequest> m_requests;
    JoinedFrames m_joined;
};

} // namespace dialogue
