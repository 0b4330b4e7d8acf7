#pragma once

#include "server/auth/connectrequest.h"
#include "server/fanout/encoding.h"
#include "server/fanout/topictable.h"
#include "server/socketio/inboundgauge.h"
#include "server/socketio/values.h"

#include <QJsonArray>

namespace dialogue::engineio {
class Session;
}

namespace dialogue::socketio {

class Connection;

/** A session's connection to one namespace; owned by its Connection. */
class Socket final : public TopicSubscriber
{
public:
    enum class State {
        Connecting, ///< CONNECT came; accept() or refuse() is due.
        Joined,
    };

    Socket(Connection *parent, engineio::Session *itsSession, SocketId socketId, const QByteArray &socketNsp,
           qint64 authBytes, const Encoding &itsEncoding)
        : TopicSubscriber(socketId)
        , connection(parent)
        , session(itsSession)
        , encoding(itsEncoding)
        , nsp(socketNsp)
        , authSize(authBytes)
    { }

    Delivered deliver(const Publication &publication, Occasion occasion) override;
    Delivered tellGap(const Gap &gap) override;
    Delivered notify(const FramePtr &frame) override;

    Connection *const connection;
    engineio::Session *const session; ///< Where deliveries go, by the shortest way.
    const Encoding &encoding; ///< Of what is published.
    const QByteArray nsp;
    const qint64 authSize; ///< Bytes of the JSON that came with its CONNECT.
    State state = State::Connecting;
};

/** What sockets say, in their worker's thread. Each call may end the socket, and its whole session. */
class SocketHost
{
public:
    virtual ~SocketHost() = default;
    /** For one in the namespace of that number, see ConnectionSettings. */
    virtual SocketId nextSocketId(qsizetype nsp) = 0;
    /** For a session of which so much may wait. */
    virtual GaugePtr makeGauge(const InboundLimits &limits, InboundTotal *total)
    {
        return std::make_shared<InboundGauge>(limits, total);
    }
    virtual void socketConnecting(Socket &socket, ConnectRequest &&request) = 0;
    virtual void socketEvent(Socket &socket, IncomingEvent &&event) = 0;
    virtual void socketAck(Socket &socket, quint64 ackId, JsonData &&args, QList<QByteArray> &&attachments)
        = 0;
    /** engineio::Session::tellWhenDrained() */
    virtual void sessionDrained(engineio::Session &session) = 0;
    /** engineio::Session::askWhetherAlive() */
    virtual void socketHeard(Socket &socket) { Q_UNUSED(socket) }
    /** Last call for \a socket; it is destroyed next. */
    virtual void socketDisconnected(Socket &socket, DisconnectReason reason) = 0;
};

} // namespace dialogue::socketio
