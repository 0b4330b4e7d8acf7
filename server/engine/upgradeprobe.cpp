#include "server/engine/upgradeprobe.h"

#include "core/protocol/engineio/packet.h"

namespace dialogue::engineio {

UpgradeProbe::UpgradeProbe(std::unique_ptr<WebSocketLink> link, bool base64, DeadlineQueue *deadlines,
                           std::chrono::milliseconds timeout, ProbeListener *listener)
    : m_link(std::move(link))
    , m_base64(base64)
    , m_listener(listener)
{
    m_link->setListener(this);
    m_deadline.schedule(deadlines, timeout);
}

UpgradeProbe::~UpgradeProbe() { abandon(); }

void UpgradeProbe::abandon()
{
    m_deadline.cancel();
    if (!m_link)
        return;
    m_link->setListener(nullptr);
    m_link->close(1000);
    m_link.reset();
}

void UpgradeProbe::textReceived(const QByteArray &utf8)
{
    if (!m_link)
        return;
    const Result<Packet> packet = decodeText(utf8);
    if (packet && packet->type == PacketType::Ping && packet->data == "probe") {
        static const FramePtr answer = Frame::create("3probe");
        m_link->send(answer);
        m_answered = true;
        m_listener->probeAnswered();
    } else if (packet && packet->type == PacketType::Upgrade) {
        m_deadline.cancel();
        m_link->setListener(nullptr);
        m_listener->probeSucceeded(std::move(m_link), m_base64);
    } else {
        fail();
    }
}

void UpgradeProbe::binaryReceived(const QByteArray &) { fail(); }

void UpgradeProbe::webSocketClosed(int)
{
    m_link->setListener(nullptr);
    m_link.reset();
    m_deadline.cancel();
    m_listener->probeFailed();
}

void UpgradeProbe::sendQueueOverflowed() { fail(); }

void UpgradeProbe::timedOut() { fail(); }

void UpgradeProbe::fail()
{
    if (!m_link)
        return;
    abandon();
    m_listener->probeFailed();
}

} // namespace dialogue::engineio
