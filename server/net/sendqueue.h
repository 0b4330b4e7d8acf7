#pragma once

#include "server/net/frame.h"

#include <deque>
#include <span>
#include <sys/uio.h>

namespace dialogue {

/**
 * Frames waiting for one reader, shared with all other readers, bounded in bytes.
 *
 * When a frame does not fit, its policy decides: Disconnect refuses it; DropOldest drops waiting frames of
 * the same stream, oldest first, until it fits; KeepLatest replaces the waiting frame of the same stream and
 * key, whether or not the queue is full, and may drop further ones of its stream. Frames of stream 0 are
 * never dropped, nor is one of which a part has been written.
 */
class SendQueue
{
public:
    enum class Added { Queued, Dropped, Overflow };

    explicit SendQueue(qint64 limit)
        : m_limit(limit)
    { }

    /** Dropped: by policy, this frame or none fits; Overflow: its policy is Disconnect. */
    Added add(const FramePtr &frame, qint64 alreadyWaiting = 0);

    /** Fills \a vectors with what waits, from the front; how many of them were filled. */
    std::size_t gather(std::span<iovec> vectors) const;
    /** \a bytes were written, from the front. */
    void consume(qint64 bytes);
    void clear();

    [[nodiscard]] bool isEmpty() const { return m_frames.empty(); }
    [[nodiscard]] qint64 bytes() const { return m_bytes; } ///< Still to be written.
    [[nodiscard]] std::size_t size() const { return m_frames.size(); }
    [[nodiscard]] const FramePtr &front() const { return m_frames.front(); }
    [[nodiscard]] qsizetype frontOffset() const { return m_frontOffset; }
    [[nodiscard]] quint64 droppedFrames() const { return m_droppedFrames; }
    [[nodiscard]] quint64 droppedBytes() const { return m_droppedBytes; }

private:
    std::deque<FramePtr> m_frames;
    qsizetype m_frontOffset = 0; ///< Bytes of the first frame already written.
    qint64 m_bytes = 0;
    qint64 m_limit;
    quint64 m_droppedFrames = 0;
    quint64 m_droppedBytes = 0;
};

} // namespace dialogue
