#pragma once

#include "client/clientconfig.h"
#include "client/socketio/outgoingevent.h"

#include <deque>
#include <functional>

namespace dialogue::client {

/** Events that wait for a connection, oldest first, within OutboxLimits. */
class OutboundEvents
{
public:
    struct Waiting
    {
        OutgoingEvent event;
        EventSize size;
        quint64 request = 0; ///< 0: none.
    };

    explicit OutboundEvents(const OutboxLimits &limits)
        : m_limits(limits)
    { }

    Result<void> add(Waiting waiting);
    [[nodiscard]] Waiting take(); ///< The oldest, of which there is one.
    void forget(quint64 request); ///< What it was about is over.

    [[nodiscard]] bool isEmpty() const { return m_waiting.empty(); }
    [[nodiscard]] int size() const { return static_cast<int>(m_waiting.size()); }

private:
    const OutboxLimits m_limits;
    std::deque<Waiting> m_waiting;
    qint64 m_bytes = 0;
};

} // namespace dialogue::client
