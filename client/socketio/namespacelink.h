#pragma once

#include "client/socketio/outgoingevent.h"

#include <QJsonObject>
#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>
#include <unordered_map>
#include <vector>

namespace dialogue::client {

class PacketConnection;

/**
 * What a client is in one namespace, over one connection after the other: from CONNECT to DISCONNECT, its
 * events and what they are acknowledged with. Connector gives it its connections.
 *
 * It speaks from the event loop; whoever hears it may delete it.
 */
class NamespaceLink : public QObject
{
    Q_OBJECT
public:
    /** \a args is an array. */
    using AckHandler = std::function<void(const JsonData &args, const QList<QByteArray> &attachments)>;
    enum class State {
        Outside,
        Entering,
        Inside,
        Leaving, ///< Before CONNECT was answered: a server that heard DISCONNECT now would take it for a
                 ///< fault.
    };
    /** Whether to be in it where there is a connection; Refused: until it is asked for again. */
    enum class Wish { Out, In, Refused };

    NamespaceLink(QByteArray nsp, Auth auth, const ClientConfig &config, QObject *parent = nullptr);

    [[nodiscard]] const QByteArray &nsp() const { return m_nsp; }
    [[nodiscard]] State state() const { return m_state; }
    /** Or on its way there. */
    [[nodiscard]] bool isThere() const { return m_state == State::Entering || isInside(); }
    [[nodiscard]] bool isInside() const { return m_state == State::Inside; }
    /** The server knew us, and sends what we missed (connection state recovery). */
    [[nodiscard]] bool isRecovered() const { return m_recovered; }
    [[nodiscard]] const Auth &auth() const { return m_auth; }
    [[nodiscard]] Wish wish() const { return m_wish; }
    void setWish(Wish wish) { m_wish = wish; }

    /** \a onAck is called at most once, and not at all when the connection ends before. Only inside. */
    void emitEvent(const OutgoingEvent &event, AckHandler onAck = {});
    /** Answers what came with that ack id; \a args is an array. Only inside. */
    void acknowledge(quint64 ackId, const JsonData &args, const QList<QByteArray> &attachments = {});

    /** Says CONNECT over \a connection, which outlives the link's being there. */
    void enter(PacketConnection &connection);
    void take(const socketio::Packet &packet);
    void leave(); ///< Says DISCONNECT, as soon as it may; silent after it.
    void connectionGone(); ///< Or no longer for us; silent.

Q_SIGNALS:
    void connected(const QString &sid);
    /** \a args is an array; with an \a ackId the server waits for acknowledge(). */
    void eventReceived(const QString &name, const dialogue::JsonData &args,
                       const QList<QByteArray> &attachments, std::optional<quint64> ackId);
    /** It is outside then. Unauthorized, where the server gives no code in \a data. */
    void refused(const dialogue::Error &error, const QJsonObject &data);
    void disconnectedByServer();
    void unanswered(); ///< CONNECT was, for too long.

private:
    void onConnect(const socketio::Packet &packet);
    void onConnectError(const socketio::Packet &packet);
    void onEvent(const socketio::Packet &packet);
    /** What was missed comes before the answer to CONNECT, where the server has kept it. */
    void onEarlyEvent(const socketio::Packet &packet);
    void onAck(const socketio::Packet &packet);
    void send(socketio::Packet packet);

    const QByteArray m_nsp;
    const Auth m_auth;
    const std::chrono::milliseconds m_patience;
    const qint64 m_mostEarly; ///< Bytes.
    PacketConnection *m_connection = nullptr; ///< Null: outside.
    State m_state = State::Outside;
    Wish m_wish = Wish::In;
    QTimer m_connectTimer;
    std::unordered_map<quint64, AckHandler> m_acks;
    quint64 m_lastAck = 0;
    QString m_pid; ///< What the server knows us by, after a connection was lost; empty: it forgets.
    QString m_offset; ///< Of the last event that it numbered.
    bool m_recovered = false;
    bool m_mayRecover = false; ///< We have asked for it.
    std::vector<socketio::Packet> m_early;
    qint64 m_earlyBytes = 0;
};

} // namespace dialogue::client
