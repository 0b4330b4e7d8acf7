#pragma once

#include "client/connection/backoff.h"
#include "client/connection/proxylookup.h"
#include "client/dialogueclient.h"
#include "client/socketio/socketclient.h"

#include <QTimer>

namespace dialogue::client {

/**
 * Keeps a connection: makes one SocketClient after the other, each for one attempt, and waits in between.
 *
 * Its signals come from the event loop or from start() and stop(); whoever hears one may delete it.
 */
class Connector : public QObject
{
    Q_OBJECT
public:
    using State = DialogueClient::State;

    Connector(const ClientConfig &config, Network network);
    ~Connector() override;

    void start(); ///< Nothing where it is connected or at it; a waiting attempt begins now.
    /** Whether the connection still is one; a waiting attempt begins now. */
    void check();
    void stop(); ///< Says goodbye and stays disconnected.
    /** The server is not to be believed, or silent: the connection ends, and another is tried. */
    void drop(const ConnectionFailure &failure);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] SocketClient *socket() const { return m_state == State::Connected ? m_socket : nullptr; }

Q_SIGNALS:
    void stateChanged(dialogue::DialogueClient::State state);
    void connected(const QString &sid);
    void eventReceived(const QString &name, const dialogue::JsonData &args,
                       const QList<QByteArray> &attachments, std::optional<quint64> ackId);
    /** An attempt failed or a connection ended, \a byServer or otherwise; state() says what is next. */
    void ended(const dialogue::ConnectionFailure &failure, bool byServer);
    void scheduled(int attempt, int delay);

private:
    void attempt();
    void onRefused(const QString &message, const QJsonObject &data);
    void end(const ConnectionFailure &failure, bool mayRetry, bool byServer = false);
    void retire();
    bool setState(State state);

    const ClientConfig &m_config;
    Network m_network;
    Backoff m_backoff;
    ProxyLookup m_proxies;
    State m_state = State::Disconnected;
    SocketClient *m_socket = nullptr; ///< Owned; deleted from the event loop.
    QTimer m_retryTimer;
    QTimer m_lastingTimer; ///< Until a connection counts as a good one: the next delay is the first again.
};

} // namespace dialogue::client
