#pragma once

#include "server/bridge/channel.h"
#include "server/bridge/messages.h"
#include "server/loop/mailbox.h"

#include <unordered_map>

namespace dialogue::bridge {

/** The readers of other channels in one worker, as the hub knows them. */
class ChannelReaders final : public ChannelHost
{
public:
    struct Making
    {
        std::function<SubscriberId()> id; ///< As sockets have them: the hub tells readers apart by nothing.
        std::function<GaugePtr()> gauge;
        std::function<bool()> turnsAway;
        std::function<void(const QByteArray &origin, HttpResponse &response)> dress;
        DeadlineQueue &deadlines;
    };
    ChannelReaders(TopicTable &topics, Outbox<ToHub> &hub, Making making);

    [[nodiscard]] ChannelReader *find(SubscriberId id) const;
    [[nodiscard]] qint64 count() const { return static_cast<qint64>(m_readers.size()); }
    [[nodiscard]] qint64 queuedBytes() const; ///< For all of them.
    template <class Visit>
    void forEach(Visit visit) const
    {
        for (const auto &[id, known] : m_readers)
            visit(*known.reader);
    }
    /** The server stops. */
    void disconnectAll();

    // ChannelHost
    [[nodiscard]] SubscriberId nextId() override { return m_making.id(); }
    [[nodiscard]] DeadlineQueue &deadlines() override { return m_making.deadlines; }
    [[nodiscard]] bool turnsAway() override { return m_making.turnsAway(); }
    void dress(const QByteArray &origin, HttpResponse &response) override
    {
        m_making.dress(origin, response);
    }
    void connecting(ChannelReader &reader, ConnectRequest &&request) override;
    void drained(const ChannelReader &reader, quint64 token) override;
    void heard(const ChannelReader &reader) override;
    void gone(ChannelReader &reader, DisconnectReason reason) override;
    [[nodiscard]] qint64 slowReaders() const { return m_slow; } ///< That were disconnected for it.

private:
    struct Known
    {
        ChannelReader *reader;
        GaugePtr gauge; ///< Of what the hub has yet to hear of it.
    };

    TopicTable &m_topics;
    Outbox<ToHub> &m_hub;
    const Making m_making;
    std::unordered_map<SubscriberId, Known> m_readers;
    qint64 m_slow = 0;
};

} // namespace dialogue::bridge
