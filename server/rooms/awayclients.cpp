#include "server/rooms/awayclients.h"

#include <QJsonDocument>

#include <algorithm>
#include <utility>

namespace dialogue {

using Clock = std::chrono::steady_clock;

qint64 AwayClient::bytes() const
{
    constexpr qint64 ofAText = 32; // Besides what stands in it.
    constexpr qint64 treeOfText = 8; // Times as much.
    qint64 sum
        = qint64(sizeof(AwayClient)) + 128 + 2 * (id.size() + userId.size()) + pid.size() + 3 * ofAText;
    for (const RoomWish &room : rooms) {
        sum += qint64(sizeof(RoomWish)) + 2 * room.roomId.size() + ofAText;
        for (const QString &event : room.events.value_or(QStringList()))
            sum += 2 * event.size() + qint64(sizeof(QString)) + ofAText;
    }
    if (meta)
        sum += treeOfText * QJsonDocument(*meta).toJson(QJsonDocument::Compact).size();
    return sum;
}

void AwayClients::add(AwayClient &&client)
{
    const qint64 bytes = client.bytes();
    const QByteArray pid = client.pid;
    m_kept.push_back({std::move(client), bytes, Clock::now() + m_config.maxDisconnection});
    m_places.insert(pid, std::prev(m_kept.end()));
    m_counters.bytes += bytes;
    ++m_counters.away;
    while (m_counters.bytes > m_config.bytes) {
        remove(m_kept.begin());
        ++m_counters.forgotten;
    }
    if (!m_nextTidying.isScheduled())
        m_nextTidying.schedule(&m_deadlines, m_config.maxDisconnection);
}

const AwayClient *AwayClients::find(const QByteArray &pid) const
{
    const auto found = m_places.constFind(pid);
    return found == m_places.constEnd() || (*found)->until <= Clock::now() ? nullptr : &(*found)->client;
}

AwayClient AwayClients::remove(Place place)
{
    AwayClient client = std::move(place->client);
    m_places.remove(client.pid);
    m_counters.bytes -= place->bytes;
    --m_counters.away;
    m_kept.erase(place);
    return client;
}

void AwayClients::tidy()
{
    const Clock::time_point now = Clock::now();
    while (!m_kept.empty() && m_kept.front().until <= now)
        remove(m_kept.begin());
    if (!m_kept.empty()) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(m_kept.front().until - now);
        m_nextTidying.schedule(&m_deadlines, left + std::chrono::milliseconds(1));
    }
}

} // namespace dialogue
