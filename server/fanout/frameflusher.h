#pragma once

#include "server/fanout/joinedframes.h"
#include "server/fanout/linger.h"
#include "server/loop/turnend.h"
#include "server/tcp/sender.h"

#include <vector>

namespace dialogue {

class FlushedQueue;
class SendQueue;

/** Sends what a worker's connections have gathered in a turn, all of them in one call to the Sender. */
class FrameFlusher : private Flushable
{
public:
    /** \a most: of the connections that were sent to in a turn, and again of those left over from former
     * ones, so many are flushed before others have their turn. */
    FrameFlusher(TurnEnd *turnEnd, Sender *sender, std::size_t most);

    /** At the end of this turn; once is enough. */
    void schedule(FlushedQueue *connection);
    void forget(FlushedQueue *connection);
    /** One more waits at a connection that is scheduled. */
    void frameAdded() { ++m_frames; }
    /** Without waiting for the end of the turn. */
    void flushNow(FlushedQueue *connection);

private:
    void flush() override;
    void takeRound(std::size_t most);
    void share(std::size_t most);
    void sendRounds(int most);
    void keepTheRest();
    /** Appends to m_vectors what \a queue has to send; how many it took. */
    std::size_t gather(SendQueue &queue);

    TurnEnd *m_turnEnd;
    Sender *m_sender;
    std::size_t m_most;
    Linger m_linger;
    quint64 m_frames = 0; ///< Since the last flush.
    std::vector<FlushedQueue *> m_dirty; ///< Null: forgotten since.
    std::vector<FlushedQueue *> m_leftOver; ///< The same, of former turns.
    // Kept from flush to flush for their capacity.
    std::vector<FlushedQueue *> m_round;
    std::vector<iovec> m_vectors; ///< Of all requests, one behind the other.
    std::vector<std::size_t> m_counts; ///< How many of them belong to each.
    std::vector<SendRequest> m_requests;
    JoinedFrames m_joined;
};

} // namespace dialogue
