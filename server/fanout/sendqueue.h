#pragma once

#include "server/fanout/frame.h"
#include "server/fanout/lossyqueue.h"
#include "server/fanout/sendjournal.h"
#include "server/tcp/iovector.h"

#include <memory>
#include <span>
#include <vector>

namespace dialogue {

/**
 * Frames waiting for one reader, shared with all other readers, bounded in bytes. Knows no sockets.
 *
 * When a frame does not fit, its policy decides: Disconnect refuses it; DropOldest drops waiting frames of
 * its stream, oldest first, until it fits. KeepLatest drops the waiting frame of its stream and key, whether
 * or not the queue is full, takes the place at the end, and when it still does not fit, drops the oldest of
 * its stream. One that no policy may drop (Disconnect, or without a stream) makes place among those that may
 * be, of whatever stream, before it is refused. Nothing is dropped of which a part has been written.
 *
 * Where events with an offset were dropped, the reader is told so: see LossyQueue. What that takes comes on
 * top of the limit, one frame for a stream.
 */
class SendQueue
{
public:
    enum class Added {
        Queued,
        Dropped, ///< There is no room for it, even after dropping what may be dropped.
        Overflow, ///< There is no room for it and it may not be dropped.
    };

    /** \a counters, where there are any, count what is dropped. */
    explicit SendQueue(qint64 limit, SendQueueCounters *counters = nullptr)
        : m_room(limit)
        , m_counters(counters)
    { }

    /** \a elsewhere: bytes that wait for this reader outside of this queue and count against the limit. */
    Added add(const FramePtr &frame, qint64 elsewhere = 0);

    /** Fills \a vectors with what waits, from the front; how many of them it filled. */
    std::size_t gather(std::span<iovec> vectors);
    /** What waits, in order, where that is as it was added: no part of the first frame has been written, and
     * nothing dropped. Else nothing. */
    [[nodiscard]] std::span<const FramePtr> wholeFrames() const
    {
        return m_frontWritten > 0 ? std::span<const FramePtr>() : std::span(m_frames).subspan(m_first);
    }
    /** \a bytes were written, from the front, of what was gathered. */
    void consume(qint64 bytes);
    /** Takes the first frame out: what of it is not yet written. */
    QByteArray takeFront();
    /** Of the first frame, in all. */
    [[nodiscard]] qint64 frontBytes() { return front()->bytes().size(); }
    /** Takes the first frame out, of which nothing has been written. */
    FramePtr takeFrame();
    /** Of what waits it is remembered that its reader is gone. */
    void giveUp();
    /** And it is forgotten. */
    void abandon();

    [[nodiscard]] bool isEmpty() const
    {
        return m_first == m_frames.size() && (!m_lossy || m_lossy->isEmpty());
    }
    [[nodiscard]] std::size_t size() const { return m_lossy ? m_lossy->size() : m_frames.size() - m_first; }
    [[nodiscard]] qint64 bytes() const { return m_bytes; } ///< Still to be written.
    [[nodiscard]] quint64 looks() const { return m_lossy ? m_lossy->looks() : 0; } ///< LossyQueue::looks()

    /** What became of an event of \a stream; nothing: it was none of those that waited for long, or were
     * lost. Looks at all that waits. */
    [[nodiscard]] std::optional<EventFate> fateOf(QStringView stream, quint64 offset) const;
    /** What is known of what was lost, and \a waiting, that what waits does; null: nothing. */
    [[nodiscard]] SendRecordPtr record(bool waiting = false) const;
    /** SendJournal::setTraced(). While it is, each event takes the longer way. */
    void setTraced(bool traced);
    [[nodiscard]] bool isTraced() const { return m_journal && m_journal->isTraced(); }

private:
    // Kept out of the way of readers who are quick.
    [[nodiscard]] bool isToBeLinked(const Frame &newer) const;
    [[nodiscard]] Q_NEVER_INLINE bool mayReplace(const Frame &newer) const;
    Q_NEVER_INLINE Added addLossy(const FramePtr &frame, qint64 elsewhere);
    Q_NEVER_INLINE std::size_t gatherLossy(std::span<iovec> vectors);
    bool makeRoom(const Frame &frame, qint64 room);
    void link();
    void lossyChanged();

    const FramePtr &front() { return m_lossy ? m_lossy->front() : m_frames[m_first]; }
    void popFront();

    void clear();
    void clearFrames();
    [[nodiscard]] SendJournal &journal();
    template <class Look>
    void visit(Look look) const;

    static constexpr qint64 Lossy = -1;

    // Not a deque: that takes 600 bytes while it is empty, which it is for most connections most of the time.
    std::vector<FramePtr> m_frames;
    quint32 m_first = 0; ///< The first that waits; those before it are gone.
    quint32 m_frontWritten = 0; ///< Bytes of the first frame already written.
    qint64 m_bytes = 0;
    qint64 m_room; ///< The limit; Lossy: it is m_lossy's affair, so that add() has to ask but once.
    /** What waits, in place of m_frames, since something had to be dropped and until all is written. */
    std::unique_ptr<LossyQueue> m_lossy;
    std::unique_ptr<SendJournal> m_journal; ///< Since something was lost; outlives what waits.
    SendQueueCounters *m_counters;
};

} // namespace dialogue
