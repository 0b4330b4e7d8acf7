#pragma once

#include "client/engineio/dialer.h"
#include "client/engineio/inbox.h"
#include "client/engineio/network.h"
#include "client/engineio/transport.h"
#include "client/engineio/upgrade.h"
#include "client/engineio/watchdog.h"

#include <QTimer>

namespace dialogue::client {

/**
 * One Engine.IO session, as a client: handshake, heartbeat, end. Finds the address of its server, to which
 * all of the session goes, and tries the configured transports there in their order until one gets through.
 *
 * Heartbeats are answered at once, and said unasked where the server's may wait behind what we do not read,
 * because what we have read is still to be told (ClientLimits::inbox). All else is told from the event loop,
 * never from inside a transport, so who hears it may delete this object.
 */
class EngineClient : public QObject
{
    Q_OBJECT
public:
    EngineClient(const ClientConfig &config, Network network, QObject *parent = nullptr);
    ~EngineClient() override;

    /** \a proxy: in place of the configuration's. */
    void open(const std::optional<QNetworkProxy> &proxy = {});
    void sendText(const QByteArray &text);
    void sendBinary(const QByteArray &data);
    void close(); ///< Orderly; silent after it.
    /** Ends it because of what the server did or did not do: closed() comes with \a failure. */
    void fail(const ConnectionFailure &failure);
    /** Likewise, and what came but was not told yet never is. */
    void reject(const Error &error);
    /** Ends it, unless the server gives a sign of life in time (timeouts.check). */
    void check();
    /** \a bytes of what was told wait to be heard, elsewhere. */
    void setUnheard(qint64 bytes);
    /** false: what comes waits here until true. */
    void setTelling(bool telling);

    [[nodiscard]] const engineio::Handshake &handshake() const { return m_handshake; }
    [[nodiscard]] TransportKind transport() const { return m_kind; }
    /** Whether we are at the server that was configured, however we got there. */
    [[nodiscard]] bool isTrusted() const;
    [[nodiscard]] qint64 inboxBytes() const { return m_inbox.bytes(); } ///< Received and not told yet.
    [[nodiscard]] bool isOpen() const { return m_state == State::Open; }

Q_SIGNALS:
    void opened();
    void textReceived(const QByteArray &text);
    void binaryReceived(const QByteArray &data);
    /** \a byServer: it ended the session, rather than the network or we. */
    void closed(const dialogue::ConnectionFailure &failure, bool byServer);

private:
    enum class State { Idle, Opening, Open, Closed };

    void begin(); ///< At the server that m_config names.
    void tryNext();
    void listen();
    void goOver(); ///< To the transport that got through.
    void onPacket(const engineio::Packet &packet);
    void onPing(const QByteArray &payload);
    void sayPong(const QByteArray &payload);
    void onFailed(const ConnectionFailure &failure, bool retryOther, bool byServer = false);
    bool follow(const ConnectionFailure &failure);
    void end(const ConnectionFailure &failure, bool byServer);
    void retire();
    void enqueue(Inbox::Incoming incoming);
    void regulate(); ///< Reads on, or not.
    void pulse();
    void onCheckExpired();
    void postDelivery();
    void deliver();

    const ClientConfig &m_configured;
    ConnectionConfig m_config;
    int m_redirects = 0;
    Network m_network;
    Dialer m_dialer;
    Upgrade m_upgrade;
    std::unique_ptr<Transport> m_transport;
    std::vector<std::unique_ptr<Transport>> m_retired; ///< Until control is back in the event loop.
    qsizetype m_next = 0; ///< Index of the transport to try next.
    TransportKind m_kind = TransportKind::WebSocket;
    State m_state = State::Idle;
    engineio::Handshake m_handshake;
    QTimer m_openTimer;
    QTimer m_checkTimer;
    Watchdog m_watchdog;
    QTimer m_nextTurn;
    Inbox m_inbox;
    bool m_telling = true;
    bool m_regulationPosted = false;
    QTimer m_pulse; ///< While we do not read.
    bool m_heldBack = false; ///< Since the last pulse, for a while at least.
    bool m_deliveryPosted = false;
};

} // namespace dialogue::client
