#pragma once

#include "server/fanout/frame.h"
#include "server/fanout/sendjournal.h"
#include "server/fanout/sendqueuecounters.h"
#include "server/tcp/iovector.h"

#include <deque>
#include <limits>
#include <span>
#include <unordered_map>
#include <unordered_set>

namespace dialogue {

/**
 * The frames that wait for a reader who is too slow for all of them: in order, and linked so that dropping
 * one takes constant time, be it the oldest of its stream, the oldest of all, or the one of a key.
 *
 * Where events with offsets were dropped stands a gap: one for a stream, in the place of the first of them.
 * It grows with each further one, is not dropped itself, and becomes a frame only when its turn to be written
 * comes. From then on a new one is begun.
 */
class LossyQueue
{
public:
    /** \a limit: kept for the owner; \a counters, where there are any, count what is dropped, which
     * \a journal remembers. */
    LossyQueue(qint64 limit, SendQueueCounters *counters, SendJournal &journal)
        : m_limit(limit)
        , m_counters(counters)
        , m_journal(journal)
    { }

    void append(const FramePtr &frame);
    /** Drops the one that \a newer, to be appended next, takes the place of: of its stream and key. */
    void replaceBy(const Frame &newer);
    /** Drops the oldest of a stream; false: none waits. */
    bool dropOldest(const FrameStream &stream);
    /** Drops the oldest of all that may be dropped; false: none may. */
    bool dropOldest();
    /** Counts \a frame, for which there is no room, as dropped. */
    void refuse(const Frame &frame);

    /** Only where not empty, as the next two. */
    const FramePtr &front();
    /** A part of the front was written: it stays. */
    void holdFront();
    void popFront();
    /** Fills \a vectors with what waits, of the front without the bytes that were \a written; how many it
     * filled. */
    std::size_t gather(std::span<iovec> vectors, qint64 written);

    [[nodiscard]] qint64 limit() const { return m_limit; }
    [[nodiscard]] bool isEmpty() const { return m_order.first == None; }
    [[nodiscard]] std::size_t size() const { return m_nodes.size() - m_freeCount; }
    /** Of the frames, and of each gap that is not a frame yet the most that it may become. */
    [[nodiscard]] qint64 bytes() const { return m_bytes; }
    /** How often dropping has looked at a frame: what tests compare, who cannot tell constant time by a
     * clock. */
    [[nodiscard]] quint64 looks() const { return m_looks; }

    /** \a look(frame) for each that waits, in order, until it says false; gaps are not frames yet. */
    template <class Look>
    void visit(Look look) const
    {
        for (Index index = m_order.first; index != None; index = m_nodes[index].next) {
            if (m_nodes[index].frame && !look(*m_nodes[index].frame))
                return;
        }
    }

private:
    using Index = quint32;
    static constexpr Index None = std::numeric_limits<Index>::max();

    struct List
    {
        Index first = None;
        Index last = None;
    };
    /** A stream of which something waits. */
    struct Stream
    {
        FrameStreamPtr stream;
        List waiting = {}; ///< Those that may be dropped.
        Index gap = None; ///< The one that may still grow.
        quint64 from = 0;
        quint64 to = 0;
        GapReason reason = GapReason::Replaced;
    };
    struct Node
    {
        FramePtr frame = {}; ///< Null: a gap that is not a frame yet.
        Stream *stream = nullptr; ///< Of a gap that may grow, and of a frame that may be dropped.
        Index previous = None;
        Index next = None;
        Index previousOfStream = None;
        Index nextOfStream = None;
    };
    /** The only one of its key that may be dropped. */
    struct Latest
    {
        const Frame *frame;
        Index node = None;
    };
    struct HashOfKey
    {
        std::size_t operator()(const Latest &latest) const;
    };
    struct SameKey
    {
        bool operator()(const Latest &one, const Latest &other) const;
    };

    template <Index Node::*Previous, Index Node::*Next>
    void link(List &list, Index index);
    template <Index Node::*Previous, Index Node::*Next>
    void unlink(List &list, Index index);
    Index insert();
    void remove(Index index);

    [[nodiscard]] bool isDroppable(const Node &node) const;
    Stream &streamOf(const Frame &frame);
    void release(Stream &stream);
    void detach(Index index);
    void lose(Index index, GapReason reason, quint64 by = 0);
    void openGap(Stream &stream, Index index, quint64 offset, GapReason reason);
    void widenGap(Stream &stream, quint64 offset, GapReason reason);
    void closeGap(Stream &stream);
    const FramePtr &frameAt(Index index);

    const qint64 m_limit;
    SendQueueCounters *m_counters;
    SendJournal &m_journal;
    std::deque<Node> m_nodes; ///< In no order; those that are free are linked by `next`.
    Index m_free = None;
    std::size_t m_freeCount = 0;
    List m_order;
    Index m_oldest = None; ///< None before it may be dropped.
    qint64 m_bytes = 0;
    std::unordered_map<const FrameStream *, Stream> m_streams;
    std::unordered_set<Latest, HashOfKey, SameKey> m_latest;
    quint64 m_looks = 0;
};

} // namespace dialogue
