#include "server/net/frameflusher.h"

#include "server/net/websocketconnection.h"

#include <algorithm>
#include <numeric>

namespace dialogue {

namespace {

constexpr std::size_t VectorsPerSend = 64;

} // namespace

FrameFlusher::FrameFlusher(TurnEnd *turnEnd, Sender *sender)
    : m_turnEnd(turnEnd)
    , m_sender(sender)
{ }

void FrameFlusher::schedule(WebSocketConnection *connection)
{
    if (m_dirty.empty())
        m_turnEnd->schedule(this);
    m_dirty.push_back(connection);
}

void FrameFlusher::forget(WebSocketConnection *connection)
{
    std::replace(m_dirty.begin(), m_dirty.end(), connection, static_cast<WebSocketConnection *>(nullptr));
}

void FrameFlusher::flushNow(WebSocketConnection *connection)
{
    m_round.assign(1, connection);
    sendRound();
}

void FrameFlusher::flush()
{
    const auto began = Linger::Clock::now();
    const std::size_t connections = m_dirty.size();
    if (m_turnEnd->canPostpone()) {
        const auto wait = m_linger.wait(began, connections, m_frames);
        if (wait > Linger::Duration(0)) {
            m_turnEnd->postpone(this, wait);
            return;
        }
    }
    m_frames = 0;
    flushGathered();
    m_linger.flushed(began, Linger::Clock::now(), connections);
}

void FrameFlusher::flushGathered()
{
    m_round.clear();
    m_round.swap(m_dirty);
    std::erase(m_round, nullptr);
    for (WebSocketConnection *connection : m_round)
        connection->m_scheduled = false;
    sendRound();
}

std::size_t FrameFlusher::gather(SendQueue &queue)
{
    if (queue.bytes() <= JoinedFrames::Largest) {
        if (const auto joined = m_joined.of(queue.wholeFrames())) {
            m_vectors.push_back(*joined);
            return 1;
        }
    }
    const std::size_t before = m_vectors.size();
    const std::size_t count = std::min(queue.size(), VectorsPerSend);
    m_vectors.resize(before + count);
    return queue.gather(std::span(m_vectors).subspan(before));
}

// Nothing in here calls a listener, and connections are deleted from the event loop only: m_round stays as it
// is.
void FrameFlusher::sendRound()
{
    while (true) {
        std::erase_if(m_round,
                      [](const WebSocketConnection *connection) { return !connection->wantsToSend(); });
        if (m_round.empty())
            return;
        m_vectors.clear();
        m_counts.clear();
        for (WebSocketConnection *connection : m_round)
            m_counts.push_back(gather(connection->m_queue));
        m_requests.clear();
        std::span<const iovec> vectors = m_vectors; // Only now do they stay where they are.
        for (std::size_t i = 0; i < m_round.size(); ++i) {
            m_requests.push_back({m_round[i]->descriptor(), vectors.first(m_counts[i])});
            vectors = vectors.subspan(m_counts[i]);
        }
        m_sender->sendAll(m_requests);
        m_joined.clear();
        for (std::size_t i = 0; i < m_round.size(); ++i) {
            const auto offered = m_requests[i].data;
            m_round[i]->sent(
                m_requests[i].result,
                std::accumulate(offered.begin(), offered.end(), qint64(0),
                                [](qint64 sum, const iovec &part) { return sum + qint64(part.iov_len); }));
        }
    }
}

} // namespace dialogue
