#pragma once

#include "server/loop/deadlines.h"
#include "server/websocket/websocket.h"
#include "server/websocket/websocketlistener.h"

#include <chrono>
#include <memory>

namespace dialogue::engineio {

/** Told how a probe goes. Each of the last two is the probe's last call. */
class ProbeListener
{
public:
    virtual ~ProbeListener() = default;
    virtual void probeAnswered() = 0;
    /** `5` came: \a webSocket carries the session from now on and has no listener yet. */
    virtual void probeSucceeded(WebSocket *webSocket, bool base64) = 0;
    virtual void probeFailed() = 0;
};

/**
 * A WebSocket that wants to take a polling session over: `2probe` is answered `3probe`, `5` takes over;
 * anything else, and silence for longer than the time-out, closes the WebSocket and leaves the session as it
 * is.
 */
class UpgradeProbe final : private WebSocketListener
{
public:
    UpgradeProbe(WebSocket *webSocket, bool base64, DeadlineQueue *deadlines,
                 std::chrono::milliseconds timeout, ProbeListener *listener);
    ~UpgradeProbe() override; ///< Closes the WebSocket, unless it succeeded.

    /** Closes the WebSocket without another word to the listener. */
    void abandon();
    [[nodiscard]] bool isAnswered() const { return m_answered; }

private:
    void textReceived(QByteArray utf8) override;
    void binaryReceived(const QByteArray &data) override;
    void webSocketClosed(int code) override;
    void sendQueueOverflowed() override;
    void timedOut();
    void fail();

    WebSocket *m_webSocket;
    bool m_base64;
    ProbeListener *m_listener;
    bool m_answered = false;
    MemberDeadline<&UpgradeProbe::timedOut, UpgradeProbe> m_deadline{this};
};

} // namespace dialogue::engineio
