#pragma once

#include "server/net/frame.h"

#include <span>
#include <vector>

#include <sys/uio.h>

namespace dialogue {

/**
 * Frames waiting for one reader, shared with all other readers, bounded in bytes. Knows no sockets.
 *
 * When a frame does not fit, its policy decides: Disconnect refuses it; DropOldest drops waiting frames of
 * its stream, oldest first, until it fits. KeepLatest drops the waiting frames of its stream and key, whether
 * or not the queue is full, takes the place at the end, and when it still does not fit, drops the oldest of
 * its stream. Frames of stream 0 are never dropped, and refused like Disconnect; nor is one dropped of which
 * a part has been written.
 */
class SendQueue
{
public:
    enum class Added {
        Queued,
        Dropped, ///< There is no room for it, even after dropping what may be dropped.
        Overflow, ///< There is no room for it and its policy is Disconnect.
    };

    /** \a dropped, where there is one, counts the frames that were dropped. */
    explicit SendQueue(qint64 limit, quint64 *dropped = nullptr)
        : m_limit(limit)
        , m_dropped(dropped)
    { }

    /** \a elsewhere: bytes that wait for this reader outside of this queue and count against the limit. */
    Added add(const FramePtr &frame, qint64 elsewhere = 0);

    /** Fills \a vectors with what waits, from the front; how many of them it filled. */
    std::size_t gather(std::span<iovec> vectors) const;
    /** What waits, in order; nothing when a part of the first frame has been written. */
    [[nodiscard]] std::span<const FramePtr> wholeFrames() const
    {
        return m_frontWritten > 0 ? std::span<const FramePtr>() : std::span(m_frames).subspan(m_first);
    }
    /** \a bytes were written, from the front. */
    void consume(qint64 bytes);
    /** Takes the first frame out: what of it is not yet written. */
    QByteArray takeFront();
    void clear();

    [[nodiscard]] const FramePtr &front() const { return m_frames[m_first]; }
    [[nodiscard]] bool isEmpty() const { return m_first == m_frames.size(); }
    [[nodiscard]] std::size_t size() const { return m_frames.size() - m_first; }
    [[nodiscard]] qint64 bytes() const { return m_bytes; } ///< Still to be written.
    [[nodiscard]] qint64 limit() const { return m_limit; }

private:
    void countDropped();
    template <class Predicate>
    void dropOldestWhile(Predicate &&stillTooMany, const Frame &frame, bool sameKeyOnly);

    void popFront();

    // Not a deque: that takes 600 bytes while it is empty, which it is for most connections most of the time.
    std::vector<FramePtr> m_frames;
    std::size_t m_first = 0; ///< The first that waits; those before it are gone.
    qsizetype m_frontWritten = 0; ///< Bytes of the first frame already written.
    qint64 m_bytes = 0;
    qint64 m_limit;
    quint64 *m_dropped;
};

} // namespace dialogue
