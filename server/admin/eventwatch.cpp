#include "server/admin/eventwatch.h"

#include "core/protocol/dialogue/eventmessage.h"
#include "server/admin/permissions.h"

#include <QJsonDocument>

#include <utility>

namespace dialogue::admin {

using protocol::admin::WatchDrops;
using protocol::admin::WatchedRow;

bool WatchSpec::concerns(QStringView roomId) const
{
    return matches(rooms, roomId) && matches(reach, roomId);
}

bool EventWatch::isWanted(const WatchedEvent &event) const
{
    return m_spec.concerns(event.roomId)
        && (m_spec.events.isEmpty() || matches(m_spec.events, event.publication->event()));
}

void EventWatch::beginSecond(Clock::time_point now)
{
    if (now - m_secondBegan < std::chrono::seconds(1))
        return;
    m_secondBegan = now;
    m_inSecond = 0;
    m_filterTime = {};
}

bool EventWatch::isWithinRate() { return m_spec.maxRate <= 0 || m_inSecond++ < m_spec.maxRate; }

Filter::Verdict EventWatch::verdictOn(const FilterRow &row)
{
    if (m_spec.filter.isEmpty())
        return Filter::Verdict::Yes;
    if (m_filterTime >= m_filterShare)
        return Filter::Verdict::TooLong;
    const Clock::time_point began = Clock::now();
    const Filter::Verdict verdict = m_spec.filter.verdict(row);
    m_filterTime += Clock::now() - began;
    return verdict;
}

void EventWatch::drop(qint64 WatchDrops::*kind, qint64 count)
{
    m_next.dropped.*kind += count;
    m_drops.*kind += count;
}

int EventWatch::nameOf(const QString &text)
{
    const auto known = m_names.constFind(text);
    if (known != m_names.constEnd())
        return *known;
    const int place = int(m_next.names.size());
    m_next.names.append(text);
    m_names.insert(text, place);
    return place;
}

void EventWatch::look(const WatchedEvent &event, Clock::time_point now)
{
    beginSecond(now);
    if (!isWanted(event))
        return;
    const Publication &publication = *event.publication;
    // What may not be seen is not to be found out by asking for it, either.
    const QString from = m_spec.masked ? pseudonym(event.from, m_salt) : event.from;
    const Payload payload = m_spec.looksInside() ? payloadOf(event) : Payload();
    // Of what is in other rooms the account learns nothing, and of what is covered not how long it is.
    const bool hidesSize = m_spec.redacted && event.redaction;
    WatchedRow row{.seq = m_spec.reach.contains(QLatin1String("*")) ? publication.seq() : 0,
                   .time = publication.time(),
                   .offset = publication.offset()};
    row.size = hidesSize ? 0 : qint64(publication.json().size());
    const Filter::Verdict verdict = verdictOn({.room = event.roomId,
                                               .event = publication.event(),
                                               .from = from,
                                               .offset = row.offset > 0 ? qint64(row.offset) : -1,
                                               .size = hidesSize ? -1 : row.size,
                                               .time = row.time,
                                               .data = payload.data,
                                               .meta = payload.meta});
    if (verdict == Filter::Verdict::No)
        return;
    if (verdict == Filter::Verdict::TooLong)
        return drop(&WatchDrops::filter);
    if (!isWithinRate())
        return drop(&WatchDrops::rate);
    if (m_next.rows.size() >= MostRowsWaiting || m_next.payloads.size() >= MostBytesWaiting)
        return drop(&WatchDrops::queue);
    row.room = nameOf(event.roomId);
    row.event = nameOf(publication.event());
    row.from = nameOf(from);
    row.attachments = int(publication.attachmentCount());
    if (m_spec.payload && payload.data.size() + payload.meta.size() <= LargestPayload) {
        row.dataSize = payload.data.size();
        row.metaSize = payload.meta.size();
        m_next.payloads += payload.data;
        m_next.payloads += payload.meta;
    }
    m_next.rows.append(row);
}

EventWatch::Payload EventWatch::payloadOf(const WatchedEvent &event) const
{
    const EventMessage message = protocol::decodeEventMessage(event.publication->json());
    QByteArray data = message.data.text();
    if (m_spec.redacted && event.redaction)
        data = event.redaction->applied(data, m_salt);
    return {std::move(data),
            message.meta.isEmpty() ? QByteArray()
                                   : QJsonDocument(message.meta).toJson(QJsonDocument::Compact)};
}

bool EventWatch::hasSomething() const
{
    return !m_next.rows.isEmpty() || m_next.dropped.all() > 0
        || m_spec.ringDropped->load(std::memory_order_relaxed) > 0;
}

std::optional<EventWatch::Batch> EventWatch::take()
{
    if (!hasSomething() || m_number - m_credited >= MostUnderWay)
        return {};
    if (const qint64 lost = m_spec.ringDropped->exchange(0, std::memory_order_relaxed))
        drop(&WatchDrops::ring, lost);
    m_next.watch = m_spec.name;
    m_next.number = ++m_number;
    m_names.clear();
    return std::exchange(m_next, {});
}

void EventWatch::credit(quint64 number)
{
    if (number > m_credited && number <= m_number)
        m_credited = number;
}

} // namespace dialogue::admin
