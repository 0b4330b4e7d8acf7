#include "server/engine/upgradeprobe.h"

#include "core/protocol/engineio/packet.h"

#include <utility>

namespace dialogue::engineio {

UpgradeProbe::UpgradeProbe(WebSocket *webSocket, bool base64, DeadlineQueue *deadlines,
                           std::chrono::milliseconds timeout, ProbeListener *listener)
    : m_webSocket(webSocket)
    , m_base64(base64)
    , m_listener(listener)
{
    m_webSocket->setListener(this);
    m_deadline.schedule(deadlines, timeout);
}

UpgradeProbe::~UpgradeProbe() { abandon(); }

void UpgradeProbe::abandon()
{
    m_deadline.cancel();
    if (!m_webSocket)
        return;
    m_webSocket->setListener(nullptr);
    m_webSocket->close(1000);
    m_webSocket = nullptr;
}

void UpgradeProbe::textReceived(QByteArray utf8)
{
    if (!m_webSocket)
        return;
    const Result<Packet> packet = decodeText(std::move(utf8));
    if (packet && packet->type == PacketType::Ping && packet->data == "probe") {
        static const FramePtr answer = Frame::create("3probe");
        m_webSocket->send(answer);
        m_answered = true;
        m_listener->probeAnswered();
    } else if (packet && packet->type == PacketType::Upgrade) {
        m_deadline.cancel();
        m_webSocket->setListener(nullptr);
        m_listener->probeSucceeded(std::exchange(m_webSocket, nullptr), m_base64);
    } else {
        fail();
    }
}

void UpgradeProbe::binaryReceived(const QByteArray &) { fail(); }

void UpgradeProbe::webSocketClosed(int)
{
    m_webSocket->setListener(nullptr);
    m_webSocket = nullptr;
    m_deadline.cancel();
    m_listener->probeFailed();
}

void UpgradeProbe::sendQueueOverflowed() { fail(); }

void UpgradeProbe::timedOut() { fail(); }

void UpgradeProbe::fail()
{
    if (!m_webSocket)
        return;
    abandon();
    m_listener->probeFailed();
}

} // namespace dialogue::engineio
