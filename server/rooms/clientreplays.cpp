#include "server/rooms/clientreplays.h"

#include <algorithm>

namespace dialogue {

void ClientReplays::add(std::unique_ptr<Replay> replay)
{
    m_replays.push_back(std::move(replay));
    send();
}

Replay *ClientReplays::find(const Room *room) const
{
    const auto found = std::ranges::find(m_replays, room, [](const auto &replay) { return replay->room(); });
    return found == m_replays.end() ? nullptr : found->get();
}

void ClientReplays::end(const Room *room)
{
    const auto found = std::ranges::find(m_replays, room, [](const auto &replay) { return replay->room(); });
    if (found == m_replays.end())
        return;
    const std::unique_ptr<Replay> replay = std::move(*found);
    m_replays.erase(found);
    replay->end();
}

void ClientReplays::drained(quint64 token)
{
    if (token != m_token)
        return;
    m_asked = false;
    m_portion = m_whole;
    send();
}

void ClientReplays::send()
{
    while (!m_replays.empty() && !m_portion.isUsedUp()) {
        if (m_replays.front()->send(m_portion))
            m_replays.pop_front();
        else
            m_replays.splice(m_replays.end(), m_replays, m_replays.begin());
    }
    if ((!m_portion.isUntouched || !m_replays.empty()) && !m_asked) {
        m_asked = true;
        // The next portion is to be there before the last is taken.
        m_sockets.notifyWhenDrained(m_socket, m_whole.bytes / 2, ++m_token);
    }
}

} // namespace dialogue
