#include "server/bridge/drainwatches.h"

#include "server/engine/session.h"

#include <algorithm>

namespace dialogue::bridge {

void DrainWatches::add(engineio::Session &session, const Watch &watch)
{
    std::vector<Watch> &watches = m_watches[&session];
    watches.push_back(watch);
    askAgain(session, watches);
}

std::vector<DrainWatches::Watch> DrainWatches::takeDue(engineio::Session &session)
{
    const auto found = m_watches.find(&session);
    if (found == m_watches.end())
        return {};
    std::vector<Watch> &watches = found->second;
    const auto due = std::stable_partition(
        watches.begin(), watches.end(),
        [waiting = session.queuedBytes()](const Watch &watch) { return watch.mark < waiting; });
    std::vector<Watch> taken(due, watches.end());
    watches.erase(due, watches.end());
    if (watches.empty())
        m_watches.erase(found);
    else
        askAgain(session, watches);
    return taken;
}

void DrainWatches::remove(engineio::Session &session, SocketId socket)
{
    const auto found = m_watches.find(&session);
    if (found == m_watches.end())
        return;
    std::erase_if(found->second, [socket](const Watch &watch) { return watch.socket == socket; });
    if (found->second.empty())
        m_watches.erase(found);
}

void DrainWatches::askAgain(engineio::Session &session, const std::vector<Watch> &watches)
{
    session.tellWhenDrained(std::ranges::max_element(watches, {}, &Watch::mark)->mark);
}

} // namespace dialogue::bridge
