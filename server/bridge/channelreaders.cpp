#include "server/bridge/channelreaders.h"

#include "core/base/shrink.h"

#include <vector>

namespace dialogue::bridge {

ChannelReaders::ChannelReaders(TopicTable &topics, Outbox<ToHub> &hub, Making making)
    : m_topics(topics)
    , m_hub(hub)
    , m_making(std::move(making))
{ }

ChannelReader *ChannelReaders::find(SubscriberId id) const
{
    const auto found = m_readers.find(id);
    return found == m_readers.end() ? nullptr : found->second.reader;
}

qint64 ChannelReaders::queuedBytes() const
{
    qint64 bytes = 0;
    for (const auto &[id, known] : m_readers)
        bytes += known.reader->queuedBytes();
    return bytes;
}

void ChannelReaders::disconnectAll()
{
    std::vector<SubscriberId> ids;
    for (const auto &[id, known] : m_readers)
        ids.push_back(id);
    for (const SubscriberId id : ids) {
        if (ChannelReader *const reader = find(id)) // One may take another along.
            reader->disconnect(DisconnectReason::ServerShutdown);
    }
}

void ChannelReaders::connecting(ChannelReader &reader, ConnectRequest &&request)
{
    const GaugePtr gauge = m_making.gauge();
    m_readers.insert_or_assign(reader.id, Known{&reader, gauge});
    const auto bytes = static_cast<qint64>(sizeof(ToHub));
    (void)gauge->countIn(bytes); // It is the only message that waits of it.
    m_hub.post(Connecting{reader.id, std::move(request), {gauge, bytes}});
}

void ChannelReaders::drained(const ChannelReader &reader, quint64 token)
{
    const auto known = m_readers.find(reader.id);
    if (known != m_readers.end())
        m_hub.postQueued(Drained{reader.id, token, known->second.gauge});
}

void ChannelReaders::heard(const ChannelReader &reader) { m_hub.postQueued(Heard{reader.id}); }

void ChannelReaders::gone(ChannelReader &reader, DisconnectReason reason)
{
    const auto known = m_readers.find(reader.id);
    if (known == m_readers.end())
        return;
    const GaugePtr gauge = known->second.gauge;
    SendQueue *const queue = reader.sendQueue();
    if (SendRecordPtr record = queue ? queue->record(true) : nullptr)
        m_hub.postQueued(Remains{reader.id, std::move(record)});
    if (reason == DisconnectReason::SlowReader)
        ++m_slow;
    m_topics.unsubscribeAll(&reader);
    m_readers.erase(known);
    shrink(m_readers);
    m_hub.postQueued(Disconnected{reader.id, reason, gauge}); // The hub's own word may be what ended it.
}

} // namespace dialogue::bridge
