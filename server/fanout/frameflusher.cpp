#include "server/fanout/frameflusher.h"

#include "server/fanout/flushedqueue.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

namespace dialogue {

namespace {

constexpr std::size_t VectorsPerSend = 64;
/** Sends to one connection before others have their turn. */
constexpr int RoundsPerTurn = 8;

} // namespace

FrameFlusher::FrameFlusher(TurnEnd *turnEnd, Sender *sender, std::size_t most)
    : m_turnEnd(turnEnd)
    , m_sender(sender)
    , m_most(most)
{ }

void FrameFlusher::schedule(FlushedQueue *connection)
{
    if (std::exchange(connection->isScheduled, true))
        return;
    if (m_dirty.empty())
        m_turnEnd->schedule(this);
    m_dirty.push_back(connection);
}

void FrameFlusher::forget(FlushedQueue *connection)
{
    if (!connection->isScheduled)
        return;
    for (auto *list : {&m_dirty, &m_leftOver})
        std::replace(list->begin(), list->end(), connection, static_cast<FlushedQueue *>(nullptr));
}

void FrameFlusher::flushNow(FlushedQueue *connection)
{
    m_round.assign(1, connection);
    sendRounds(std::numeric_limits<int>::max());
}

void FrameFlusher::flush()
{
    const auto began = Linger::Clock::now();
    const bool inPieces = m_turnEnd->canPostpone();
    if (inPieces && m_leftOver.empty()) {
        const auto wait = m_linger.wait(began, m_dirty.size(), m_frames);
        if (wait > Linger::Duration(0)) {
            m_turnEnd->postpone(this, wait);
            return;
        }
    }
    m_frames = 0;
    takeRound(inPieces ? m_most : std::numeric_limits<std::size_t>::max());
    const std::size_t connections = m_round.size();
    sendRounds(inPieces ? RoundsPerTurn : std::numeric_limits<int>::max());
    if (!m_round.empty())
        keepTheRest();
    m_linger.flushed(began, Linger::Clock::now(), connections);
    if (!m_leftOver.empty())
        m_turnEnd->postpone(this, std::chrono::nanoseconds(0));
}

void FrameFlusher::takeRound(std::size_t most)
{
    m_round.clear();
    m_round.swap(m_dirty);
    if (m_round.size() > most || !m_leftOver.empty())
        share(most);
    std::erase(m_round, nullptr);
    for (FlushedQueue *connection : m_round)
        connection->isScheduled = false;
}

// Those of this turn are not behind a thousand others of the one before.
void FrameFlusher::share(std::size_t most)
{
    const auto newest = m_round.begin() + qsizetype(std::min(most, m_round.size()));
    const std::vector<FlushedQueue *> later(newest, m_round.end());
    m_round.erase(newest, m_round.end());
    const auto oldest = m_leftOver.begin() + qsizetype(std::min(most, m_leftOver.size()));
    m_round.insert(m_round.end(), m_leftOver.begin(), oldest);
    m_leftOver.erase(m_leftOver.begin(), oldest);
    m_leftOver.insert(m_leftOver.end(), later.begin(), later.end());
}

void FrameFlusher::keepTheRest()
{
    for (FlushedQueue *connection : m_round)
        connection->isScheduled = true;
    m_leftOver.insert(m_leftOver.end(), m_round.begin(), m_round.end());
    m_round.clear();
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
void FrameFlusher::sendRounds(int most)
{
    while (true) {
        std::erase_if(m_round, [](const FlushedQueue *connection) { return !connection->wantsToSend(); });
        if (m_round.empty() || most-- == 0)
            return;
        m_vectors.clear();
        m_counts.clear();
        for (FlushedQueue *connection : m_round)
            m_counts.push_back(gather(connection->queue()));
        m_requests.clear();
        std::span<const iovec> vectors = m_vectors; // Only now do they stay where they are.
        for (std::size_t i = 0; i < m_round.size(); ++i) {
            m_requests.push_back({m_round[i]->target(), vectors.first(m_counts[i])});
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
