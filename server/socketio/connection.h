#pragma once

#include "core/protocol/socketio/packet.h"
#include "server/engine/session.h"
#include "server/socketio/eventencoding.h"
#include "server/socketio/inboundgauge.h"
#include "server/socketio/socket.h"

#include <memory>
#include <optional>
#include <vector>

namespace dialogue::socketio {

/** What all connections of a worker have in common. */
struct ConnectionSettings
{
    /** Those a client may CONNECT to; the place of each is its number. Of a vector no thread shares the
     * storage. */
    std::vector<QByteArray> namespaces;
    /** The one of them that is where consoles come in, and nowhere else, as nothing else is there; empty:
     * none. */
    QByteArray ofConsoles = {};
    std::chrono::milliseconds connectTimeout{45000}; ///< From the opening to the first namespace joined.
    int maxAttachments = 10;
    qint64 authSize = 16384; ///< Bytes of the JSON that comes with CONNECT, of all namespaces of a session.
    InboundLimits inbound = {};
    InboundTotal *inboundTotal = nullptr; ///< Outlives them.
    int refusedConnects = 10; ///< So many CONNECTs may be refused; then the session is closed.
    DeadlineQueue *deadlines = nullptr;
    const Encoding *encoding = &eventEncoding(); ///< Of what is published; outlives them.
};

/**
 * Socket.IO v5 on one Engine.IO session: which namespaces it has joined, and what of its packets is in order
 * (socket.io/docs/v4/socket-io-protocol). A packet that is not closes the session. Lives in its worker's
 * thread.
 */
class Connection final : public engineio::SessionListener
{
public:
    Connection(engineio::Session *session, const ConnectionSettings *settings, SocketHost *host);
    ~Connection() override;

    // For the gateway; each takes a socket of this connection
    void accept(Socket &socket, const QByteArray &sid, const QByteArray &pid = {});
    void refuse(Socket &socket, const QString &message, const QJsonValue &data);
    /** DISCONNECT; with \a closeSession for every namespace, and the session ends. */
    void disconnect(Socket &socket, bool closeSession, DisconnectReason reason);

    void setReadPaused(bool paused) { m_session->setReadPaused(paused); }
    [[nodiscard]] const std::shared_ptr<InboundGauge> &gauge() const { return m_gauge; }
    /** Of the packet that the host is told of just now. */
    [[nodiscard]] qint64 packetBytes() const { return m_packetBytes; }

private:
    // SessionListener
    void textReceived(QByteArray text) override;
    void binaryReceived(const QByteArray &data) override;
    void drained() override { m_host->sessionDrained(*m_session); }
    void heard() override;
    void sessionClosed(engineio::CloseReason reason) override;

    void received(Result<std::optional<Packet>> &&packet);
    void handle(Packet &&packet);
    void connectReceived(const Packet &packet);
    /** What speaks against the auth that it brings; nothing: nothing. */
    [[nodiscard]] std::optional<Error> problemOf(const Packet &packet) const;
    void sendConnectError(const QByteArray &nsp, const QString &message,
                          const QJsonValue &data = QJsonValue::Undefined);
    void connectFailed(); ///< One more CONNECT came to nothing.
    void unsettleIfNew();
    void disconnectReceived(Socket &socket);
    void eventReceived(Socket &socket, Packet &&packet);
    void violation(const QString &what);
    void connectTimedOut();

    [[nodiscard]] Socket *find(const QByteArray &nsp) const;
    /** What the client says in the namespace of \a socket may be on its way still, and is no violation. */
    void endedByUs(const Socket &socket) { m_endedByUs.append(socket.nsp); }
    void sendPacket(const Packet &packet);
    void remove(Socket &socket, DisconnectReason reason);

    engineio::Session *m_session;
    const ConnectionSettings *m_settings;
    SocketHost *m_host;
    Decoder m_decoder;
    std::vector<std::unique_ptr<Socket>> m_sockets;
    QList<QByteArray> m_endedByUs; ///< Namespaces that it is not in because we have said so.
    std::shared_ptr<InboundGauge> m_gauge;
    qint64 m_packetBytes = 0; ///< Of what has come of a packet so far.
    int m_refused = 0; ///< CONNECTs, and those taken back before they were answered.
    std::optional<DisconnectReason> m_reason; ///< Ours, when it is us who close.
    using ConnectDeadline = MemberDeadline<&Connection::connectTimedOut, Connection>;
    /** Until it is in a namespace for the first time. */
    std::unique_ptr<ConnectDeadline> m_connectDeadline = std::make_unique<ConnectDeadline>(this);
};

} // namespace dialogue::socketio
