#include "server/fanout/lossyqueue.h"

#include <algorithm>
#include <utility>

namespace dialogue {

std::size_t LossyQueue::HashOfKey::operator()(const Latest &latest) const
{
    return latest.frame->keyHash() ^ std::hash<const void *>()(latest.frame->stream.get());
}

bool LossyQueue::SameKey::operator()(const Latest &one, const Latest &other) const
{
    return one.frame->stream == other.frame->stream && one.frame->key() == other.frame->key();
}

template <LossyQueue::Index LossyQueue::Node::*Previous, LossyQueue::Index LossyQueue::Node::*Next>
void LossyQueue::link(List &list, Index index)
{
    m_nodes[index].*Previous = list.last;
    m_nodes[index].*Next = None;
    (list.last == None ? list.first : m_nodes[list.last].*Next) = index;
    list.last = index;
}

template <LossyQueue::Index LossyQueue::Node::*Previous, LossyQueue::Index LossyQueue::Node::*Next>
void LossyQueue::unlink(List &list, Index index)
{
    const Node &node = m_nodes[index];
    (node.*Previous == None ? list.first : m_nodes[node.*Previous].*Next) = node.*Next;
    (node.*Next == None ? list.last : m_nodes[node.*Next].*Previous) = node.*Previous;
}

LossyQueue::Index LossyQueue::insert()
{
    Index index = m_free;
    if (index == None) {
        index = static_cast<Index>(m_nodes.size());
        m_nodes.emplace_back();
    } else {
        m_free = m_nodes[index].next;
        --m_freeCount;
    }
    link<&Node::previous, &Node::next>(m_order, index);
    if (m_oldest == None)
        m_oldest = index;
    return index;
}

void LossyQueue::remove(Index index)
{
    if (m_oldest == index)
        m_oldest = m_nodes[index].next;
    unlink<&Node::previous, &Node::next>(m_order, index);
    m_nodes[index] = {.next = std::exchange(m_free, index)};
    ++m_freeCount;
}

void LossyQueue::append(const FramePtr &frame)
{
    const Index index = insert();
    Node &node = m_nodes[index];
    node.frame = frame;
    m_bytes += frame->bytes().size();
    if (!frame->isDroppable())
        return;
    node.stream = &streamOf(*frame);
    link<&Node::previousOfStream, &Node::nextOfStream>(node.stream->waiting, index);
    if (frame->policy == SlowReaderPolicy::KeepLatest)
        m_latest.insert({frame.get(), index});
}

bool LossyQueue::isDroppable(const Node &node) const
{
    return node.stream && (node.stream->gap == None || &m_nodes[node.stream->gap] != &node);
}

LossyQueue::Stream &LossyQueue::streamOf(const Frame &frame)
{
    return m_streams.try_emplace(frame.stream.get(), Stream{.stream = frame.stream}).first->second;
}

void LossyQueue::release(Stream &stream)
{
    if (stream.waiting.first == None && stream.gap == None)
        m_streams.erase(stream.stream.get());
}

/** It may not be dropped any more, and its stream may be one without anything that waits. */
void LossyQueue::detach(Index index)
{
    Node &node = m_nodes[index];
    unlink<&Node::previousOfStream, &Node::nextOfStream>(node.stream->waiting, index);
    node.stream = nullptr;
    if (node.frame->policy == SlowReaderPolicy::KeepLatest)
        m_latest.erase({node.frame.get()});
}

void LossyQueue::replaceBy(const Frame &newer)
{
    ++m_looks;
    const auto found = m_latest.find({&newer});
    if (found != m_latest.end())
        lose(found->node, GapReason::Replaced, newer.offset);
}

bool LossyQueue::dropOldest(const FrameStream &stream)
{
    ++m_looks;
    const auto found = m_streams.find(&stream);
    if (found == m_streams.end() || found->second.waiting.first == None)
        return false;
    lose(found->second.waiting.first, GapReason::Dropped);
    return true;
}

bool LossyQueue::dropOldest()
{
    // Nothing that was passed once can be dropped later.
    while (m_oldest != None && !isDroppable(m_nodes[m_oldest])) {
        m_oldest = m_nodes[m_oldest].next;
        ++m_looks;
    }
    if (m_oldest == None)
        return false;
    ++m_looks;
    lose(m_oldest, GapReason::Dropped);
    return true;
}

void LossyQueue::lose(Index index, GapReason reason, quint64 by)
{
    Node &node = m_nodes[index];
    Stream &stream = *node.stream;
    const bool isOldest = node.previousOfStream == None;
    detach(index);
    const quint64 offset = node.frame->offset;
    m_journal.lost(*stream.stream, offset, reason, by, isOldest);
    m_bytes -= node.frame->bytes().size();
    node.frame.reset();
    if (m_counters)
        ++(reason == GapReason::Replaced ? m_counters->replaced : m_counters->dropped);
    stream.stream->countLoss(reason);
    if (offset == 0) {
        remove(index);
        release(stream);
    } else if (stream.gap == None) {
        openGap(stream, index, offset, reason);
    } else {
        // It is to be told before anything that came after the first of what is missing.
        const bool earlier = offset < stream.from;
        widenGap(stream, offset, reason);
        if (earlier) {
            m_nodes[index].stream = &stream;
            remove(std::exchange(stream.gap, index));
        } else {
            remove(index);
        }
    }
}

void LossyQueue::refuse(const Frame &frame)
{
    if (m_counters)
        ++m_counters->dropped;
    if (frame.stream)
        frame.stream->countLoss(GapReason::Dropped);
    if (frame.offset == 0)
        return;
    Stream &stream = streamOf(frame);
    m_journal.lost(*stream.stream, frame.offset, GapReason::Dropped, 0, stream.waiting.first == None);
    if (stream.gap == None)
        openGap(stream, insert(), frame.offset, GapReason::Dropped);
    else
        widenGap(stream, frame.offset, GapReason::Dropped);
}

void LossyQueue::openGap(Stream &stream, Index index, quint64 offset, GapReason reason)
{
    stream.gap = index;
    stream.from = stream.to = offset;
    stream.reason = reason;
    m_nodes[index].stream = &stream;
    m_bytes += stream.stream->largestGapFrame();
}

void LossyQueue::widenGap(Stream &stream, quint64 offset, GapReason reason)
{
    stream.from = std::min(stream.from, offset);
    stream.to = std::max(stream.to, offset);
    stream.reason = std::max(stream.reason, reason);
    // It may have been offered to a socket that took nothing of it.
    if (const FramePtr offered = std::exchange(m_nodes[stream.gap].frame, nullptr))
        m_bytes += stream.stream->largestGapFrame() - offered->bytes().size();
}

void LossyQueue::closeGap(Stream &stream)
{
    m_nodes[std::exchange(stream.gap, None)].stream = nullptr;
    release(stream);
    if (m_counters)
        ++m_counters->gaps;
}

const FramePtr &LossyQueue::frameAt(Index index)
{
    Node &node = m_nodes[index];
    if (!node.frame) {
        const Stream &gap = *node.stream;
        node.frame = gap.stream->gapFrame(gap.from, gap.to, gap.reason);
        m_bytes += node.frame->bytes().size() - gap.stream->largestGapFrame();
    }
    return node.frame;
}

const FramePtr &LossyQueue::front() { return frameAt(m_order.first); }

void LossyQueue::holdFront()
{
    const Index index = m_order.first;
    Stream *const stream = m_nodes[index].stream;
    if (!stream)
        return;
    front(); // Nothing grows it from here on.
    if (stream->gap == index) {
        closeGap(*stream);
    } else {
        detach(index);
        release(*stream);
    }
}

void LossyQueue::popFront()
{
    holdFront();
    const Index index = m_order.first;
    m_bytes -= m_nodes[index].frame->bytes().size();
    m_journal.left(*m_nodes[index].frame);
    remove(index);
}

std::size_t LossyQueue::gather(std::span<iovec> vectors, qint64 written)
{
    std::size_t count = 0;
    for (Index index = m_order.first; index != None && count < vectors.size(); index = m_nodes[index].next) {
        const QByteArrayView rest = QByteArrayView(frameAt(index)->bytes()).sliced(std::exchange(written, 0));
        vectors[count++] = {const_cast<char *>(rest.data()), static_cast<std::size_t>(rest.size())};
    }
    return count;
}

} // namespace dialogue
