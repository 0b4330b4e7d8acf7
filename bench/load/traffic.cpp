#include "bench/load/traffic.h"

#include "bench/load/clock.h"
#include "bench/load/wire.h"

#include <algorithm>
#include <utility>

namespace dialogue::bench {

Traffic::Traffic(const LoadOptions &options, std::uint32_t run, std::vector<Member *> publishers)
    : m_options(options)
    , m_run(run)
{
    for (int room = 0; room < options.layout.rooms; ++room)
        m_rooms.push_back({.name = options.roomName(room)});
    for (int stream = 0; stream < options.layout.streams(); ++stream) {
        m_streams.push_back(
            {.room = options.layout.roomOfStream(stream),
             .publisher = publishers[static_cast<std::size_t>(options.layout.publisherOfStream(stream))]});
    }
}

void Traffic::start(std::int64_t now)
{
    m_sends = !m_streams.empty();
    m_progressAt = now;
    if (m_sends && m_options.rate > 0)
        m_pacer.emplace(m_options.rate, now);
    for (std::size_t i = 0; i < m_streams.size(); ++i) {
        m_streams[i].isWaiting = true;
        m_waiting.push_back(i);
    }
}

void Traffic::measure(std::int64_t now)
{
    m_measuredFrom = now;
    m_counts.sent = m_counts.delivered = m_counts.unsent = 0;
    m_latency.clear();
    for (Stream &stream : m_streams)
        stream.measuredFrom = stream.sent;
}

void Traffic::countFor(Member &subscriber) const
{
    for (std::size_t i = 0; i < subscriber.sequences().size(); ++i)
        subscriber.sequences()[i].countFrom(streamOf(subscriber, i).measuredFrom);
}

void Traffic::stop() { m_sends = false; }

std::int64_t Traffic::nextDue(std::int64_t now) const
{
    return m_sends && m_pacer ? m_pacer->next() : now + Second;
}

void Traffic::pump(std::int64_t now)
{
    if (!m_sends)
        return;
    if (m_pacer)
        sendDue(now);
    else
        sendWindows(now);
    for (Member *publisher : m_toFlush)
        publisher->connection().flush();
    m_toFlush.clear();
}

void Traffic::sendDue(std::int64_t now)
{
    // A bounded share of what is due, so that a rate beyond what we can send does not stop us reading.
    for (int burst = 0; burst < 1000 && m_pacer->isDue(now); ++burst) {
        if (!send(m_streams[m_nextStream], m_pacer->take()))
            ++m_counts.unsent;
        m_nextStream = (m_nextStream + 1) % m_streams.size();
    }
}

bool Traffic::hasWindow(const Stream &stream) const
{
    const std::int64_t listeners = m_rooms[static_cast<std::size_t>(stream.room)].listeners;
    return listeners > 0 && stream.onTheirWay + listeners <= listeners * m_options.window;
}

void Traffic::sendWindows(std::int64_t now)
{
    releaseWhenStuck(now);
    for (const std::size_t index : std::exchange(m_waiting, {})) {
        Stream &stream = m_streams[index];
        bool isTaken = true;
        while (isTaken && hasWindow(stream) && stream.publisher->isReady())
            isTaken = send(stream, now);
        stream.isWaiting = !isTaken; // the server does not read: it goes on once some of it has left
        if (stream.isWaiting)
            m_waiting.push_back(index);
    }
}

/**
 * An event that was refused, or lost with its connection, never arrives: it must not keep its place. It may
 * be late all the same, as the server was held up.
 */
void Traffic::releaseWhenStuck(std::int64_t now)
{
    if (m_counts.delivered != m_progressSeen) {
        m_progressSeen = m_counts.delivered;
        m_progressAt = now;
    }
    if (now - m_progressAt < Second)
        return;
    m_progressAt = now;
    m_waiting.clear();
    for (std::size_t i = 0; i < m_streams.size(); ++i) {
        m_streams[i].onTheirWay = 0;
        m_streams[i].givenUpTo = m_streams[i].sent;
        m_streams[i].isWaiting = true;
        m_waiting.push_back(i);
    }
}

bool Traffic::send(Stream &stream, std::int64_t due)
{
    const Room &room = m_rooms[static_cast<std::size_t>(stream.room)];
    const Mark mark{.run = m_run,
                    .stream = static_cast<std::uint32_t>(&stream - m_streams.data()),
                    .number = stream.sent,
                    .due = due};
    wire::trigger(m_text, m_options.wire, room.name, m_options.event, mark, m_options.size);
    if (!stream.publisher->isReady() || !stream.publisher->connection().queueEvent(m_text))
        return false;
    if (m_toFlush.empty() || m_toFlush.back() != stream.publisher)
        m_toFlush.push_back(stream.publisher);
    ++stream.sent;
    ++m_counts.sent;
    stream.onTheirWay += room.listeners;
    stream.missing += room.listeners;
    return true;
}

void Traffic::onDelivery(Member &member, std::string_view json)
{
    const auto mark = findMark(json);
    if (!mark || mark->run != m_run || mark->stream >= m_streams.size())
        return;
    ++m_counts.delivered;
    Stream &stream = m_streams[mark->stream];
    if (member.role() != Member::Role::Subscriber || member.room() != stream.room)
        return;
    const auto index = static_cast<std::size_t>(m_options.layout.indexInRoom(static_cast<int>(mark->stream)));
    const std::uint64_t settled = member.sequences()[index].take(mark->number); // the last of them is this
    const std::uint64_t stillWaited
        = mark->number < stream.givenUpTo ? 0 : std::min(settled, mark->number - stream.givenUpTo + 1);
    stream.onTheirWay -= static_cast<std::int64_t>(stillWaited);
    stream.missing -= static_cast<std::int64_t>(settled);
    if (!m_pacer && !stream.isWaiting && hasWindow(stream)) {
        stream.isWaiting = true;
        m_waiting.push_back(mark->stream);
    }
    if (mark->due >= m_measuredFrom)
        m_latency.record(static_cast<std::uint64_t>(std::max<std::int64_t>(0, clockNow() - mark->due)));
}

bool Traffic::hasAllArrived() const
{
    return std::all_of(m_streams.begin(), m_streams.end(), [](const Stream &s) { return s.missing <= 0; });
}

std::uint64_t Traffic::lostBy(Member &subscriber) const
{
    std::uint64_t lost = 0;
    for (std::size_t i = 0; i < subscriber.sequences().size(); ++i)
        lost += subscriber.sequences()[i].lost(streamOf(subscriber, i).sent);
    return lost;
}

const Traffic::Stream &Traffic::streamOf(const Member &subscriber, std::size_t index) const
{
    const auto rooms = static_cast<std::size_t>(m_options.layout.rooms);
    return m_streams[static_cast<std::size_t>(subscriber.room()) + index * rooms];
}

void Traffic::onRefused(Member &, const std::string &text)
{
    if (m_counts.refused++ == 0)
        m_counts.firstRefusal = text;
}

void Traffic::onLost(Member &member, const std::string &reason, bool)
{
    if (member.role() == Member::Role::Stalled) {
        ++m_counts.stalledLost;
        return;
    }
    if (m_counts.broken++ == 0)
        m_counts.firstBreak = reason;
    if (member.role() == Member::Role::Subscriber)
        --m_rooms[static_cast<std::size_t>(member.room())].listeners;
}

} // namespace dialogue::bench
