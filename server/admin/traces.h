#pragma once

#include "server/admin/console.h"

#include <QHash>

#include <functional>

namespace dialogue {
class WorkerGateway;
}

namespace dialogue::admin {

/** Clients that somebody in /admin wants to know more of: when each event was written to their connections.
 * What is sent to one of them takes a longer way meanwhile. Of the hub. */
class Traces
{
public:
    /** \a gateway outlives it. */
    explicit Traces(WorkerGateway &gateway)
        : m_gateway(gateway)
    { }

    using IsThere = std::function<bool(SocketId client)>;
    /** LimitReached. Those that are not there any more give way. */
    [[nodiscard]] Result<void> begin(Console &console, SocketId client, const IsThere &isThere);
    void end(Console &console, SocketId client);
    void forget(Console &console); ///< It is gone.
    [[nodiscard]] qint64 count() const { return m_traced.size(); }

    static constexpr int MostOfOne = 16; ///< Of one console.

private:
    void release(SocketId client);

    WorkerGateway &m_gateway;
    QHash<SocketId, int> m_traced; ///< By how many consoles.
};

} // namespace dialogue::admin
