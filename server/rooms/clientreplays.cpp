#include "server/rooms/clientreplays.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace dialogue {

void ClientReplays::add(std::unique_ptr<Replay> replay)
{
    m_replays.push_back(std::move(replay));
    send();
}

void ClientReplays::addMerged(std::vector<std::unique_ptr<Replay>> replays)
{
    m_merged = std::move(replays);
    send();
}

Replay *ClientReplays::find(const Room *room) const
{
    const auto isOfRoom = [room](const auto &replay) { return replay->room() == room; };
    if (const auto found = std::ranges::find_if(m_replays, isOfRoom); found != m_replays.end())
        return found->get();
    const auto found = std::ranges::find_if(m_merged, isOfRoom);
    return found == m_merged.end() ? nullptr : found->get();
}

void ClientReplays::end(const Room *room)
{
    const auto endIn = [room](auto &replays) {
        const auto found
            = std::ranges::find_if(replays, [room](const auto &replay) { return replay->room() == room; });
        if (found == replays.end())
            return;
        const std::unique_ptr<Replay> replay = std::move(*found);
        replays.erase(found);
        replay->end();
    };
    endIn(m_replays);
    endIn(m_merged);
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
    sendMerged();
    while (!m_replays.empty() && !m_portion.isUsedUp()) {
        const Replay::Progress progress = m_replays.front()->send(m_portion);
        if (progress == Replay::Progress::More) {
            m_replays.splice(m_replays.end(), m_replays, m_replays.begin());
            continue;
        }
        if (progress == Replay::Progress::AtEnd)
            m_replays.front()->end();
        m_replays.pop_front();
    }
    if ((!m_portion.isUntouched || !isOver()) && !m_asked) {
        m_asked = true;
        // The next portion is to be there before the last is taken.
        m_sockets.notifyWhenDrained(m_socket, m_whole.bytes / 2, ++m_token);
    }
}

// Each sends as long as none of the others has what went out before.
void ClientReplays::sendMerged()
{
    constexpr quint64 never = std::numeric_limits<quint64>::max();
    while (!m_merged.empty() && !m_portion.isUsedUp()) {
        Replay *first = nullptr;
        quint64 earliest = never;
        quint64 second = never;
        for (const std::unique_ptr<Replay> &replay : m_merged) {
            const quint64 next = replay->next().value_or(never);
            if (!first || next < earliest) {
                second = first ? earliest : never;
                earliest = next;
                first = replay.get();
            } else {
                second = std::min(second, next);
            }
        }
        if (earliest == never)
            return endMerged();
        if (first->send(m_portion, second) == Replay::Progress::Gone)
            m_merged.clear();
    }
}

void ClientReplays::endMerged()
{
    const auto ending = std::exchange(m_merged, {});
    // What was forgotten meanwhile, with nothing behind it, is to be told yet.
    for (const std::unique_ptr<Replay> &replay : ending) {
        if (replay->send(m_portion) == Replay::Progress::Gone)
            return;
    }
    for (const std::unique_ptr<Replay> &replay : ending)
        replay->end();
}

} // namespace dialogue
