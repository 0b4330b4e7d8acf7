#pragma once

#include "server/fanout/sendqueue.h"

#include <algorithm>
#include <list>

namespace dialogue {

/** What a SendQueue does, done the plain way: by looking through everything each time. */
class NaiveSendQueue
{
public:
    explicit NaiveSendQueue(qint64 limit)
        : m_limit(limit)
    { }

    SendQueue::Added add(const FramePtr &frame, qint64 elsewhere = 0)
    {
        const bool droppable = frame->isDroppable();
        if (droppable && frame->policy == SlowReaderPolicy::KeepLatest) {
            const auto former = std::ranges::find_if(m_items, [&](const Item &item) {
                return isDroppable(item) && item.frame->policy == SlowReaderPolicy::KeepLatest
                    && item.frame->stream == frame->stream && item.frame->key() == frame->key();
            });
            if (former != m_items.end())
                lose(former, GapReason::Replaced);
        }
        const auto tooMany = [&] { return bytes() + elsewhere + frame->bytes().size() > m_limit; };
        while (tooMany()) {
            const auto oldest = std::ranges::find_if(m_items, [&](const Item &item) {
                return isDroppable(item) && (!droppable || item.frame->stream == frame->stream);
            });
            if (oldest == m_items.end())
                break;
            lose(oldest, GapReason::Dropped);
        }
        if (!tooMany()) {
            m_items.push_back({.frame = frame});
            return SendQueue::Added::Queued;
        }
        if (!droppable)
            return SendQueue::Added::Overflow;
        m_items.push_back({.frame = frame});
        lose(std::prev(m_items.end()), GapReason::Dropped);
        return SendQueue::Added::Dropped;
    }

    /** The bytes of the first \a count. */
    QByteArray gather(std::size_t count)
    {
        QByteArray all;
        for (Item &item : m_items) {
            if (count-- == 0)
                break;
            make(item);
            all += item.frame->bytes();
        }
        return all.sliced(m_frontWritten);
    }
    void consume(qint64 bytes)
    {
        bytes += m_frontWritten;
        while (!m_items.empty() && bytes >= sizeOfFront()) {
            bytes -= sizeOfFront();
            pop();
        }
        m_frontWritten = bytes;
        if (bytes > 0)
            hold(m_items.front());
    }
    QByteArray takeFront()
    {
        make(m_items.front());
        const QByteArray rest = m_items.front().frame->bytes().sliced(m_frontWritten);
        m_frontWritten = 0;
        pop();
        return rest;
    }

    [[nodiscard]] qint64 bytes() const
    {
        qint64 sum = -m_frontWritten;
        for (const Item &item : m_items)
            sum += item.frame ? item.frame->bytes().size() : item.gapOf->largestGapFrame();
        return sum;
    }
    [[nodiscard]] std::size_t size() const { return m_items.size(); }

    SendQueueCounters counters;

private:
    struct Item
    {
        FramePtr frame = {}; ///< Null: a gap that was not offered since it grew.
        bool held = false; ///< Partly written.
        FrameStreamPtr gapOf = {}; ///< A gap that may grow.
        quint64 from = 0;
        quint64 to = 0;
        GapReason reason = GapReason::Replaced;
    };
    using Position = std::list<Item>::iterator;

    static bool isDroppable(const Item &item)
    {
        return !item.gapOf && !item.held && item.frame->isDroppable();
    }
    static void make(Item &item)
    {
        if (!item.frame)
            item.frame = item.gapOf->gapFrame(item.from, item.to, item.reason);
    }
    qint64 sizeOfFront()
    {
        make(m_items.front());
        return m_items.front().frame->bytes().size();
    }
    void hold(Item &item)
    {
        make(item);
        counters.gaps += item.gapOf ? 1 : 0;
        item.gapOf = nullptr;
        item.held = true;
    }
    void pop()
    {
        hold(m_items.front());
        m_items.pop_front();
    }

    void lose(Position lost, GapReason reason)
    {
        ++(reason == GapReason::Replaced ? counters.replaced : counters.dropped);
        const FramePtr frame = lost->frame;
        if (frame->offset == 0) {
            m_items.erase(lost);
            return;
        }
        Item gap{.gapOf = frame->stream, .from = frame->offset, .to = frame->offset, .reason = reason};
        const auto former
            = std::ranges::find_if(m_items, [&](const Item &item) { return item.gapOf == frame->stream; });
        if (former == m_items.end()) {
            *lost = gap;
            return;
        }
        gap.from = std::min(gap.from, former->from);
        gap.to = std::max(gap.to, former->to);
        gap.reason = std::max(gap.reason, former->reason);
        const bool formerIsFirst
            = std::find_if(m_items.begin(), lost, [&](const Item &item) { return &item == &*former; })
            != lost;
        *(formerIsFirst ? former : lost) = gap;
        m_items.erase(formerIsFirst ? lost : former);
    }

    qint64 m_limit;
    qint64 m_frontWritten = 0;
    std::list<Item> m_items;
};

} // namespace dialogue
