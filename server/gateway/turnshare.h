#pragma once

#include "server/net/deadlines.h"
#include "server/net/turnend.h"
#include "server/socketio/inboundgauge.h"

#include <functional>
#include <utility>
#include <vector>

namespace dialogue::gateway {

/**
 * Where the hub is the worker's own thread, an event is done as soon as it was read, and a gauge alone would
 * hold nobody back: so events count as waiting until the turn ends, and who had his share of it reads on in
 * the next. Lives in the worker's thread.
 */
class TurnShare final : private Flushable
{
public:
    TurnShare(TurnEnd *turnEnd, DeadlineQueue *deadlines,
              std::function<void(const socketio::GaugePtr &)> resume);

    /** One event of so many bytes is done. */
    void add(const socketio::GaugePtr &gauge, qint64 bytes);

private:
    void flush() override;
    void resume();

    TurnEnd *m_turnEnd;
    DeadlineQueue *m_deadlines;
    std::function<void(const socketio::GaugePtr &)> m_resume;
    std::vector<std::pair<socketio::GaugePtr, qint64>> m_done; ///< In this turn, with their bytes.
    std::vector<socketio::GaugePtr> m_paused;
    // A posted call would be made in the same turn, and its successors too.
    MemberDeadline<&TurnShare::resume, TurnShare> m_nextTurn{this};
};

} // namespace dialogue::gateway
