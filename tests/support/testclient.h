#pragma once

#include "core/protocol/socketio/packet.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QObject>
#include <QSslConfiguration>
#include <QWebSocket>

#include <functional>
#include <optional>

namespace dialogue::test {

/**
 * The least Socket.IO client there is, over a WebSocket: enough to see what a server says. It answers
 * heartbeats and remembers every packet; waiting spins the event loop, so that the server may live in the
 * same thread.
 */
class TestClient : public QObject
{
    Q_OBJECT
public:
    struct Event
    {
        QString name; ///< "ack" for an ack, "connect" and "connect_error" for those packets.
        QJsonValue payload;
        QList<QByteArray> attachments;
        QByteArray nsp = "/";
    };

    explicit TestClient(quint16 port, QJsonObject auth = {}, QObject *parent = nullptr);
    /** Over TLS, as \a ssl says whom to trust and what to show. */
    TestClient(quint16 port, const QSslConfiguration &ssl, QJsonObject auth = {}, QObject *parent = nullptr);

    /** Waits for the connection first. */
    void emitEvent(const QString &name, const QJsonValue &payload = QJsonValue::Undefined,
                   const QList<QByteArray> &attachments = {});
    /** Emits with an ack id and waits for the answer; an empty object when none came in time. */
    QJsonObject ask(const QString &name, const QJsonValue &payload = QJsonValue::Undefined);

    /** As it stands, such as `42/name,["event"]`; waits for the connection first. */
    void sendText(const QByteArray &text);

    /** The next event called \a name, taken out of what came; an empty name when none came in time. */
    Event waitFor(const QString &name);
    /** Waits until the server has read all that was sent, whether or not it has dealt with it. */
    [[nodiscard]] bool waitUntilRead();
    /** The server has said that it is in \a nsp no more. */
    [[nodiscard]] bool waitForDisconnect(const QByteArray &nsp);
    [[nodiscard]] bool waitForClose();
    [[nodiscard]] bool isClosed() const { return m_closed; }
    [[nodiscard]] const QList<Event> &received() const { return m_received; }
    void close() { m_socket.close(); }
    void abort() { m_socket.abort(); }
    void flush() { m_socket.flush(); } ///< What was sent is with the kernel.

private:
    TestClient(const QString &scheme, quint16 port, QJsonObject auth, QObject *parent);

    void onText(const QString &text);
    void take(Result<std::optional<socketio::Packet>> packet);
    bool spinUntil(const std::function<bool()> &done);

    const QUrl m_url;
    QWebSocket m_socket;
    QJsonObject m_auth;
    socketio::Decoder m_decoder;
    QList<Event> m_received;
    QList<QByteArray> m_left; ///< Namespaces.
    quint64 m_lastAck = 0;
    bool m_connected = false;
    bool m_closed = false;
};

} // namespace dialogue::test
