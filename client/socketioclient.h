#pragma once

#include "client/clientconfig.h"
#include "client/connectionfailure.h"
#include "client/export.h"
#include "core/base/threadbound.h"

#include <QObject>

#include <memory>
#include <optional>

namespace dialogue {

class SocketIoClientPrivate;
class SocketIoSocket;

/**
 * A connection to any Socket.IO server of version 3 or newer (protocol revision 5), with as many namespaces
 * over it as there are sockets: what the JavaScript client calls a manager.
 *
 *     dialogue::SocketIoClient client({.url = QUrl(u"http://127.0.0.1:3000"_s)});
 *     dialogue::SocketIoSocket *const socket = client.socket();
 *     socket->on(u"news"_s, &app, [](const dialogue::SocketIoEvent &event) { qInfo() << event.arg(0); });
 *     socket->emitEvent(u"hello"_s, {u"world"_s});
 *
 * It tries the transports in their order, reconnects by itself, and then enters its namespaces again. It
 * lives in one thread, which needs an event loop; nothing here blocks. Handlers, futures and signals come
 * from the event loop, never from within a call, and may delete the client. For a server that speaks the
 * `dialogue:*` events there is DialogueClient, which stands on the same parts.
 */
class DIALOGUE_CLIENT_EXPORT SocketIoClient : public QObject
{
    Q_OBJECT
    Q_PROPERTY(State state READ state NOTIFY stateChanged)
    Q_PROPERTY(bool connected READ isConnected NOTIFY stateChanged)
public:
    enum class State {
        Disconnected, ///< And not about to connect.
        Connecting, ///< For the first time.
        Connected, ///< In at least one namespace.
        Reconnecting, ///< Lost; waits for the next attempt, or is at it.
    };
    Q_ENUM(State)

    /** Of \a config, `outbox` bounds what waits in each socket for its connection. */
    explicit SocketIoClient(ClientConfig config, QObject *parent = nullptr);
    ~SocketIoClient() override; ///< Open futures end with ConnectionLost.

    [[nodiscard]] const ClientConfig &config() const;
    [[nodiscard]] State state() const;
    [[nodiscard]] bool isConnected() const { return state() == State::Connected; }
    [[nodiscard]] std::optional<TransportKind> transport() const; ///< Nothing while not connected.

    /**
     * The socket of a namespace, of which there is one each, and which the client owns. A new one connects as
     * soon as control is back in the event loop, unless ClientConfig::autoConnect says otherwise. \a nsp
     * begins with a slash, which is added where it is missing; null where it has a comma, at which servers
     * would take its name to end.
     */
    [[nodiscard]] SocketIoSocket *socket(const QString &nsp = QStringLiteral("/"));
    /** With \a auth in place of the configuration's; what an earlier call said of this namespace stays. */
    [[nodiscard]] SocketIoSocket *socket(const QString &nsp, const Auth &auth);

    /** With all sockets but those that were disconnected by a call. */
    Q_SLOT void connectToServer();
    /** Whether there still is a connection, which else is found out by a missing heartbeat; a waiting attempt
     * begins now. For when the machine's network has changed. */
    Q_SLOT void checkConnection();
    Q_SLOT void disconnectFromServer();

Q_SIGNALS:
    void stateChanged(dialogue::SocketIoClient::State state);
    /** The next attempt, the \a attempt-th in a row, begins in \a delay milliseconds. */
    void reconnectScheduled(int attempt, int delay);
    /** No attempt, or no connection any more: why. */
    void connectionFailed(const dialogue::ConnectionFailure &failure);

private:
    friend class SocketIoClientPrivate;
    SocketIoClient(std::unique_ptr<SocketIoClientPrivate> d, QObject *parent);
    const ThreadBound<SocketIoClientPrivate> d;
};

} // namespace dialogue
