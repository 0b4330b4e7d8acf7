#include "server/net/sendqueue.h"

#include <algorithm>
#include <utility>

namespace dialogue {

SendQueue::Added SendQueue::add(const FramePtr &frame, qint64 elsewhere)
{
    const qint64 size = frame->bytes().size();
    const auto tooMany = [&] { return m_bytes + elsewhere + size > m_limit; };
    const bool droppable = frame->stream != 0;

    if (droppable && frame->policy == SlowReaderPolicy::KeepLatest)
        dropOldestWhile([] { return true; }, *frame, true);
    if (tooMany()) {
        if (!droppable || frame->policy == SlowReaderPolicy::Disconnect)
            return Added::Overflow;
        dropOldestWhile(tooMany, *frame, false);
        if (tooMany()) {
            countDropped();
            return Added::Dropped;
        }
    }
    m_frames.push_back(frame);
    m_bytes += size;
    return Added::Queued;
}

template <class Predicate>
void SendQueue::dropOldestWhile(Predicate &&stillTooMany, const Frame &frame, bool sameKeyOnly)
{
    if (isEmpty())
        return;
    // Compacts in one pass, so that dropping many stays linear.
    const auto first = m_frames.begin() + qsizetype(m_first) + (m_frontWritten > 0 ? 1 : 0);
    const auto kept = std::remove_if(first, m_frames.end(), [&](const FramePtr &waiting) {
        if (waiting->stream != frame.stream || (sameKeyOnly && waiting->key != frame.key) || !stillTooMany())
            return false;
        m_bytes -= waiting->bytes().size();
        countDropped();
        return true;
    });
    m_frames.erase(kept, m_frames.end());
}

void SendQueue::countDropped()
{
    if (m_dropped)
        ++*m_dropped;
}

std::size_t SendQueue::gather(std::span<iovec> vectors) const
{
    const std::size_t count = std::min(vectors.size(), size());
    for (std::size_t i = 0; i < count; ++i) {
        const QByteArray &bytes = m_frames[m_first + i]->bytes();
        const qsizetype offset = i == 0 ? m_frontWritten : 0;
        vectors[i] = {const_cast<char *>(bytes.constData()) + offset, std::size_t(bytes.size() - offset)};
    }
    return count;
}

void SendQueue::consume(qint64 bytes)
{
    if (bytes == m_bytes) {
        clear(); // Nearly always, and then no frame is looked at once more.
        return;
    }
    m_bytes -= bytes;
    bytes += m_frontWritten;
    while (!isEmpty() && bytes >= m_frames[m_first]->bytes().size()) {
        bytes -= m_frames[m_first]->bytes().size();
        popFront();
    }
    m_frontWritten = qsizetype(bytes);
}

QByteArray SendQueue::takeFront()
{
    const QByteArray &whole = m_frames[m_first]->bytes();
    const QByteArray rest = m_frontWritten > 0 ? whole.sliced(m_frontWritten) : whole;
    m_bytes -= rest.size();
    m_frontWritten = 0;
    popFront();
    return rest;
}

void SendQueue::popFront()
{
    m_frames[m_first++].reset();
    if (isEmpty())
        clear();
    else if (m_first >= 32 && m_first * 2 >= m_frames.size()) {
        m_frames.erase(m_frames.begin(), m_frames.begin() + qsizetype(m_first));
        m_first = 0;
    }
}

void SendQueue::clear()
{
    constexpr std::size_t Kept = 16; // What a busy connection needs again at once.
    if (m_frames.capacity() > Kept)
        std::vector<FramePtr>().swap(m_frames);
    m_frames.clear();
    m_first = 0;
    m_frontWritten = 0;
    m_bytes = 0;
}

} // namespace dialogue
