#pragma once

#include "client/connection/backoff.h"
#include "client/connection/proxylookup.h"
#include "client/socketio/namespacelink.h"
#include "client/socketio/packetconnection.h"
#include "client/socketioclient.h"

#include <QMap>
#include <QSet>
#include <QTimer>

namespace dialogue::client {

/**
 * Keeps a connection: makes one PacketConnection after the other, each for one attempt, waits in between, and
 * brings its namespaces over it. It is connected when the first of them is. Where a server will have us in
 * none of them, the connection ends; in one of several, only that one does.
 *
 * Its signals come from the event loop or from start() and stop(); whoever hears one may delete it.
 */
class Connector : public QObject
{
    Q_OBJECT
public:
    using State = SocketIoClient::State;

    Connector(const ClientConfig &config, Network network);
    ~Connector() override;

    /** Of each name there is one at most. Until it is removed, it lives as long as this. */
    void add(NamespaceLink &link);
    void remove(NamespaceLink &link);
    /** Into \a link's namespace, now or once there is a connection; and one is made. */
    void enter(NamespaceLink &link);
    /** Out of it; who is in none any more needs no connection. */
    void leave(NamespaceLink &link);

    /** Nothing where it is connected or at it; a waiting attempt begins now. Also into namespaces that
     * refused us. */
    void start();
    /** Whether the connection still is one; a waiting attempt begins now. */
    void check();
    void stop(); ///< Says goodbye and stays disconnected.
    /** The server is not to be believed, or silent: the connection ends, and another is tried. */
    void drop(const ConnectionFailure &failure);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] PacketConnection *connection() const
    {
        return m_state == State::Connected ? m_connection : nullptr;
    }

Q_SIGNALS:
    void stateChanged(dialogue::SocketIoClient::State state);
    /** An attempt failed or a connection ended, \a byServer or otherwise; state() says what is next. */
    void ended(const dialogue::ConnectionFailure &failure, bool byServer);
    void scheduled(int attempt, int delay);

private:
    void attempt();
    void onOpened();
    void onPacket(const socketio::Packet &packet);
    void onConnected();
    void onRefused(NamespaceLink &link, const Error &error);
    void onDisconnected(NamespaceLink &link);
    void onUnanswered(NamespaceLink &link);
    [[nodiscard]] bool isWantedBeside(const NamespaceLink &link) const;
    void end(const ConnectionFailure &failure, bool mayRetry, bool byServer = false);
    void goodbye();
    void retire();
    bool setState(State state);

    const ClientConfig &m_config;
    Network m_network;
    Backoff m_backoff;
    ProxyLookup m_proxies;
    State m_state = State::Disconnected;
    QMap<QByteArray, NamespaceLink *> m_links;
    QSet<QByteArray> m_left; ///< For good; of this connection, something may be on its way still.
    PacketConnection *m_connection = nullptr; ///< Owned; deleted from the event loop.
    bool m_open = false;
    QTimer m_retryTimer;
    QTimer m_lastingTimer; ///< Until a connection counts as a good one: the next delay is the first again.
};

} // namespace dialogue::client
