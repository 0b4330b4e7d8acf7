#pragma once

#include "client/engineio/transport.h"

#include <QTimer>

namespace dialogue::client {

/**
 * A session that had to begin on polling: whether a WebSocket gets through by now, is tried again, at growing
 * intervals. When one does, the session goes over to it (Engine.IO v4, "Upgrade").
 */
class Upgrade : public QObject
{
    Q_OBJECT
public:
    Upgrade(const ConnectionConfig &config, const TransportFactory &factory);
    ~Upgrade() override;

    /** For the session that began over \a kind, where the server would have it and we would rather. */
    void start(TransportKind kind, const engineio::Handshake &handshake);
    void stop();
    /** After probed(): the transport, which is the session's once it has said so. */
    [[nodiscard]] std::unique_ptr<Transport> take();

Q_SIGNALS:
    /** It gets through: what carries the session is to come to rest, and then take(). */
    void probed();
    /** It was too late for that: what carries the session goes on. */
    void abandoned();

private:
    void attempt();
    void onPacket(const engineio::Packet &packet);
    void giveUp();
    void retire();

    const ConnectionConfig &m_config;
    const TransportFactory &m_factory;
    engineio::Handshake m_handshake;
    std::unique_ptr<Transport> m_probe;
    bool m_isProbed = false;
    int m_attempts = 0;
    QTimer m_wait; ///< For the next attempt.
    QTimer m_limit; ///< Of one.
};

} // namespace dialogue::client
