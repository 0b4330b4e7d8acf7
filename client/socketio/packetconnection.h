#pragma once

#include "client/engineio/engineclient.h"
#include "client/socketio/eventsize.h"
#include "core/protocol/socketio/packet.h"

namespace dialogue::client {

/**
 * One connection that Socket.IO packets go over, those of all its namespaces, from opened() to its end. Like
 * EngineClient it speaks from the event loop, and whoever hears it may delete it.
 */
class PacketConnection : public QObject
{
    Q_OBJECT
public:
    PacketConnection(const ClientConfig &config, Network network, QObject *parent = nullptr);

    void open(const std::optional<QNetworkProxy> &proxy = {});
    void send(const socketio::Packet &packet);
    void close(); ///< Orderly; silent after it.
    /** Ends it, because the server is not there: closed() comes with \a error. */
    void fail(const Error &error) { m_engine.fail(error); }
    /** Likewise, because it said what it must not, and what came after that is not told. */
    void violation(const QString &what);

    void check() { m_engine.check(); }
    void setTelling(bool telling) { m_engine.setTelling(telling); }
    void setUnheard(qint64 bytes) { m_engine.setUnheard(bytes); }
    /** Bytes of the packet that is being told, its attachments included. */
    [[nodiscard]] qint64 packetBytes() const { return m_packetBytes; }
    [[nodiscard]] qint64 maxPayload() const { return m_engine.handshake().maxPayload; }
    /** PayloadTooLarge, where the server takes less. */
    [[nodiscard]] Result<void> fits(const EventSize &size) const;
    [[nodiscard]] TransportKind transport() const { return m_engine.transport(); }
    /** Whether it leads to the server that was configured, and not to one that this has redirected to, which
     * may be somebody else's and is told no secrets. */
    [[nodiscard]] bool isTrusted() const { return m_engine.isTrusted(); }

Q_SIGNALS:
    void opened();
    void packetReceived(const dialogue::socketio::Packet &packet);
    /** The end. */
    void closed(const dialogue::ConnectionFailure &failure, bool byServer);

private:
    void received(const Result<std::optional<socketio::Packet>> &packet);

    EngineClient m_engine;
    socketio::Decoder m_decoder;
    qint64 m_packetBytes = 0;
};

} // namespace dialogue::client
