#pragma once

#include "server/bridge/gateway.h"

#include <unordered_map>
#include <vector>

namespace dialogue::engineio {
class Session;
}

namespace dialogue::bridge {

/** Who in one worker waits for which session to have read most of what was sent to it. */
class DrainWatches
{
public:
    struct Watch
    {
        SocketId socket;
        qint64 mark; ///< Bytes that may still wait.
        quint64 token;
    };

    void add(engineio::Session &session, const Watch &watch);
    /** Takes out those of \a session that are due by now; it tells again when the next are. */
    std::vector<Watch> takeDue(engineio::Session &session);
    /** \a socket of \a session is gone. */
    void remove(engineio::Session &session, SocketId socket);

    [[nodiscard]] std::size_t sessions() const { return m_watches.size(); } ///< With a watch.

private:
    void askAgain(engineio::Session &session, const std::vector<Watch> &watches);

    std::unordered_map<engineio::Session *, std::vector<Watch>> m_watches;
};

} // namespace dialogue::bridge
