#include "server/admin/traces.h"

#include "server/bridge/workergateway.h"

#include <utility>

namespace dialogue::admin {

Result<void> Traces::begin(Console &console, SocketId client, const IsThere &isThere)
{
    if (console.traces.contains(client))
        return {};
    const QList<SocketId> before = console.traces;
    for (const SocketId each : before) {
        if (!isThere(each))
            end(console, each);
    }
    if (console.traces.size() >= MostOfOne) {
        return Error{ErrorCode::LimitReached,
                     QStringLiteral("A console traces %1 clients at most").arg(MostOfOne)};
    }
    console.traces.append(client);
    if (++m_traced[client] == 1)
        m_gateway.trace(client, true);
    return {};
}

void Traces::end(Console &console, SocketId client)
{
    if (console.traces.removeOne(client))
        release(client);
}

void Traces::forget(Console &console)
{
    for (const SocketId client : std::exchange(console.traces, {}))
        release(client);
}

void Traces::release(SocketId client)
{
    const auto traced = m_traced.find(client);
    if (traced == m_traced.end() || --*traced > 0)
        return;
    m_traced.erase(traced);
    m_gateway.trace(client, false);
}

} // namespace dialogue::admin
