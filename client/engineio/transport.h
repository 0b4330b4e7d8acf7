#pragma once

#include "client/connectionfailure.h"
#include "client/engineio/connectionconfig.h"
#include "core/base/result.h"
#include "core/protocol/engineio/packet.h"

#include <QObject>
#include <QTcpSocket>

#include <deque>
#include <functional>
#include <memory>

namespace dialogue::client {

/**
 * Carries the packets of one Engine.IO session, from its opening to its end. Never deleted from inside its
 * own signals: EngineClient lets control go back to the event loop first.
 */
class Transport : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /** Before open(): a connection to the server in which nothing was said yet. Who has no use for it closes
     * it. */
    virtual void adopt(std::unique_ptr<QTcpSocket>) { }
    virtual void open() = 0;
    /** The session began; a polling transport needs its name and the size of a body. Before open(): it began
     * over another transport, and this one asks whether it may take over. */
    virtual void begin(const engineio::Handshake &handshake) = 0;
    virtual void send(const engineio::Packet &packet) = 0;
    virtual void close() = 0; ///< Orderly, with what was sent before; no signals after it.
    virtual void abort() = 0; ///< At once; no signals after it.
    /** false: takes nothing more from the server than what is on its way up already; true: goes on. */
    virtual void setReading(bool reading) = 0;
    /** Another transport takes over: what is on its way ends, nothing new begins, then comes atRest(). */
    virtual void comeToRest() { }
    virtual void resume() { } ///< No other one does, after all.
    /** What was sent and is not on its way. */
    [[nodiscard]] virtual std::deque<engineio::Packet> takeWaiting() { return {}; }
    virtual void check() = 0; ///< Asks for a sign of life: answered().
    [[nodiscard]] virtual qint64 bytesWaiting() const { return 0; } ///< Sent, but not on its way yet.

Q_SIGNALS:
    void packetReceived(const dialogue::engineio::Packet &packet);
    void atRest();
    void answered(); ///< The server did, to what was sent after check(), or shortly before.
    /**
     * The end. \a retryOther: another transport may get through where this one was refused. \a byServer: it
     * said goodbye. An HTTP error is none: a session that the network cut off is unknown, too, to the next
     * request.
     */
    void failed(const dialogue::ConnectionFailure &failure, bool retryOther, bool byServer = false);
};

/** Makes the transports; tests put their own here. */
using TransportFactory = std::function<std::unique_ptr<Transport>(TransportKind, const ConnectionConfig &)>;

/** On Qt's sockets, and on QNetworkAccessManager. */
std::unique_ptr<Transport> makeTransport(TransportKind kind, const ConnectionConfig &config);

} // namespace dialogue::client
