#pragma once

#include "client/engineio/engineclient.h"
#include "client/socketio/eventsize.h"
#include "core/protocol/socketio/packet.h"

#include <QJsonArray>
#include <QJsonObject>

#include <unordered_map>

namespace dialogue::client {

/**
 * One Socket.IO connection to the namespace "/", from its CONNECT to its end. Like EngineClient it speaks
 * from the event loop, and whoever hears it may delete it.
 */
class SocketClient : public QObject
{
    Q_OBJECT
public:
    using AckHandler = std::function<void(const QJsonArray &args)>;

    SocketClient(const ClientConfig &config, Network network, QObject *parent = nullptr);

    void open(const std::optional<QNetworkProxy> &proxy = {});
    void close(); ///< Says goodbye; silent after it.

    void check() { m_engine.check(); }
    void setTelling(bool telling) { m_engine.setTelling(telling); }
    void setUnheard(qint64 bytes) { m_engine.setUnheard(bytes); }
    /** Bytes of the packet that is being told, its attachments included. */
    [[nodiscard]] qint64 packetBytes() const { return m_packetBytes; }

    struct Event
    {
        QString name;
        JsonData payload = QJsonValue::Undefined; ///< The single argument; undefined: none.
        QList<QByteArray> attachments = {};
    };
    /** \a onAck is called at most once, and not at all when the connection ends before. */
    void emitEvent(const Event &event, AckHandler onAck = {});

    /** Answers what came with that ack id; \a args is an array. */
    void acknowledge(quint64 ackId, const JsonData &args);

    /** How large \a event is, once it is found to be none that a server must take for a violation: it would
     * close the connection, and nobody would know why. InvalidRequest. */
    [[nodiscard]] static Result<EventSize> check(const Event &event);
    [[nodiscard]] qint64 maxPayload() const { return m_engine.handshake().maxPayload; }
    [[nodiscard]] TransportKind transport() const { return m_engine.transport(); }

Q_SIGNALS:
    void connected(const QString &sid);
    /** \a args is an array; with an \a ackId the server waits for acknowledge(). */
    void eventReceived(const QString &name, const dialogue::JsonData &args,
                       const QList<QByteArray> &attachments, std::optional<quint64> ackId);
    /** The end. */
    void refused(const QString &message, const QJsonObject &data);
    void disconnectedByServer();
    void closed(const dialogue::ConnectionFailure &failure, bool byServer);

private:
    void onOpened();
    void received(Result<std::optional<socketio::Packet>> packet);
    void handle(const socketio::Packet &packet);
    void onConnect(const socketio::Packet &packet);
    void onEvent(const socketio::Packet &packet);
    void onAck(const socketio::Packet &packet);
    void onConnectError(const socketio::Packet &packet);
    void violation(const QString &what);
    void send(const socketio::Packet &packet);

    const ClientConfig &m_config;
    EngineClient m_engine;
    socketio::Decoder m_decoder;
    QTimer m_connectTimer;
    std::unordered_map<quint64, AckHandler> m_acks;
    quint64 m_lastAck = 0;
    qint64 m_packetBytes = 0;
    bool m_connected = false;
};

} // namespace dialogue::client
