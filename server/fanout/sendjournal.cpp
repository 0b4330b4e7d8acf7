#include "server/fanout/sendjournal.h"

#include "server/fanout/frame.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

namespace dialogue {

namespace {

bool isOfARoom(const Frame &frame)
{
    return frame.stream && frame.offset != 0 && !frame.stream->name().isEmpty();
}

} // namespace

std::optional<EventFate> SendRecord::find(QStringView stream, quint64 offset) const
{
    // What was lost once may have come by another way since: the newest counts. But of what waited in the
    // end some may have been lost before.
    const auto isOf = [&](const FateSpan &span, bool inTheEnd) {
        const bool waited = span.kind == EventFate::Kind::Unsent || span.kind == EventFate::Kind::Waits;
        return span.from <= offset && offset <= span.to && span.stream == stream && waited == inTheEnd;
    };
    auto found
        = std::find_if(spans.rbegin(), spans.rend(), [&](const FateSpan &span) { return isOf(span, false); });
    if (found == spans.rend()) {
        found = std::find_if(spans.rbegin(), spans.rend(),
                             [&](const FateSpan &span) { return isOf(span, true); });
    }
    if (found == spans.rend())
        return {};
    return EventFate{
        .kind = found->kind, .by = found->ahead > 0 ? offset + found->ahead : 0, .time = found->time};
}

void SendJournal::lost(const FrameStream &stream, quint64 offset, GapReason reason, quint64 by, bool isOldest)
{
    if (offset == 0 || stream.name().isEmpty())
        return;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const auto kind = reason == GapReason::Replaced ? EventFate::Kind::Replaced : EventFate::Kind::Dropped;
    const quint64 ahead = by > offset ? by - offset : 0;
    // Of those between it and the last one, all went the same way, where nothing older waits or has left.
    if (m_mayGrow && isOldest) {
        FateSpan &last = m_record.spans.back();
        const bool isFull = m_record.spans.size() >= MostSpans;
        if (last.kind == kind && offset > last.to && last.stream == stream.name()
            && (last.ahead == ahead || isFull)) {
            last.to = offset;
            last.time = now;
            last.ahead = last.ahead == ahead ? ahead : 0;
            return;
        }
    }
    add({.stream = stream.name(), .kind = kind, .from = offset, .to = offset, .ahead = ahead, .time = now});
    m_mayGrow = true;
}

void SendJournal::unsent(const Frame &frame)
{
    if (!isOfARoom(frame))
        return;
    const auto known = m_unsent.find(frame.stream.get());
    if (known != m_unsent.end()) {
        FateSpan &span = m_record.spans[known->second];
        span.from = std::min(span.from, frame.offset);
        span.to = std::max(span.to, frame.offset);
        return;
    }
    if (m_unsent.size() >= MostSpans)
        return;
    // It is the last that is said of it, and beyond what is forgotten for one another.
    m_unsent.emplace(frame.stream.get(), m_record.spans.size());
    m_record.spans.push_back({.stream = frame.stream->name(),
                              .kind = EventFate::Kind::Unsent,
                              .from = frame.offset,
                              .to = frame.offset,
                              .time = QDateTime::currentMSecsSinceEpoch()});
    m_mayGrow = false;
}

void SendJournal::left(const Frame &frame)
{
    if (!isOfARoom(frame))
        return;
    if (!m_record.spans.empty() && m_record.spans.back().stream == frame.stream->name())
        m_mayGrow = false;
    if (!m_isTraced)
        return;
    add({.stream = frame.stream->name(),
         .kind = EventFate::Kind::Written,
         .from = frame.offset,
         .to = frame.offset,
         .time = QDateTime::currentMSecsSinceEpoch()});
    m_mayGrow = false;
}

void SendJournal::add(FateSpan &&span)
{
    if (m_record.spans.size() >= (m_isTraced ? MostTraced : MostSpans)) {
        // A quarter at a time, so that what is left is not moved for each.
        const auto end = m_record.spans.begin() + std::ptrdiff_t(m_record.spans.size() / 4);
        m_record.forgottenUntil = std::prev(end)->time;
        m_record.spans.erase(m_record.spans.begin(), end);
        m_unsent.clear(); // They stand elsewhere now.
    }
    m_record.spans.push_back(std::move(span));
}

} // namespace dialogue
