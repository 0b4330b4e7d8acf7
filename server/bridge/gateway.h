#pragma once

#include "server/auth/connectrequest.h"
#include "server/fanout/frame.h"
#include "server/fanout/publication.h"
#include "server/fanout/sendjournal.h"
#include "server/fanout/topictable.h"
#include "server/http/httpmessage.h"
#include "server/socketio/values.h"

#include <QJsonArray>
#include <QJsonValue>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

/**
 * What crosses between the hub (rooms, hooks, user code) and the io workers (connections): plain values one
 * way, these calls the other. Everything here is called, and calls back, in the hub's thread.
 */
namespace dialogue {

/** One stream of publications and notices, for who subscribes to it; made and dropped by the hub. */
using TopicId = quint64;

/** One HTTP request waiting for the hub's answer; the upper 16 bits are its worker. */
using ExchangeId = quint64;

/**
 * Told what the sockets of one namespace do, see WorkerGateway::open(). Sessions take turns, as HubTurns
 * says, whatever their namespaces; what one whose connection broke has still waiting never comes. Never
 * called from within another call of it; nor from within a call of the gateway, save socketEvent with
 * workers: 0.
 */
class SocketListener
{
public:
    virtual ~SocketListener() = default;
    /** A CONNECT waits for accept() or refuse(), now or later. */
    virtual void socketConnecting(SocketId socket, ConnectRequest &&request) = 0;
    virtual void socketEvent(SocketId socket, IncomingEvent &&event) = 0;
    /** \a args: an array as it came; undefined where the ack has none, or one that cannot be taken. */
    virtual void socketAck(SocketId socket, quint64 ackId, JsonData &&args, QList<QByteArray> &&attachments)
        = 0;
    /** Last call for this socket; it comes for each socketConnecting, also for refused ones when they go. */
    virtual void socketDisconnected(SocketId socket, DisconnectReason reason) = 0;
    /** SocketGateway::notifyWhenDrained() */
    virtual void socketDrained(SocketId socket, quint64 token)
    {
        Q_UNUSED(socket)
        Q_UNUSED(token)
    }
    /** SocketGateway::askWhetherAlive() */
    virtual void socketHeard(SocketId socket) { Q_UNUSED(socket) }
    /** Before socketDisconnected(), where something of what it was sent did not reach its client. */
    virtual void socketRemains(SocketId socket, const SendRecordPtr &record)
    {
        Q_UNUSED(socket)
        Q_UNUSED(record)
    }
};

/** A message that still counts as one that waits of its session, for as long as this is there: see
 * SocketGateway::keep(). Copies are one. */
using KeptMessage = std::shared_ptr<const void>;

/** Talks to single sockets. Calls for a socket that is gone do nothing. */
class SocketGateway
{
public:
    virtual ~SocketGateway() = default;
    /** \a pid: by which it may come back (connection state recovery); empty: by none. */
    virtual void accept(SocketId socket, const QByteArray &sid, const QByteArray &pid = {}) = 0;
    virtual void refuse(SocketId socket, const QString &message,
                        const QJsonValue &data = QJsonValue::Undefined)
        = 0;
    virtual void send(SocketId socket, const FramePtr &frame) = 0;
    /**
     * Once what was sent before has been taken by its client but for \a mark bytes, socketDrained() comes
     * with \a token: so that one who is sent much is sent it as fast as it reads. All counts that waits for
     * the session, whatever its namespaces; what a GET was answered with counts as taken. Never for a socket
     * that is gone.
     */
    virtual void notifyWhenDrained(SocketId socket, qint64 mark, quint64 token) = 0;
    /** Pings its session now: socketHeard() comes, without a turn of its own, once something has come from
     * the client since, and where that is held back. It comes for the session's other sockets, too. */
    virtual void askWhetherAlive(SocketId socket) = 0;
    /** DISCONNECT for the namespace; with \a closeSession the transport goes too. What was sent before still
     * leaves. */
    virtual void disconnect(SocketId socket, bool closeSession, DisconnectReason reason) = 0;
    /** From within socketConnecting() or socketEvent(): nothing more of that socket's session comes for so
     * long, and in the end it is not read. */
    virtual void hold(std::chrono::milliseconds time) = 0;
    /** Ends the hold of that socket's session, if there is one. */
    virtual void release(SocketId socket) = 0;
    /** From within socketEvent(): the event is kept, and counts as one that waits until what is given back
     * goes, which is before the gateway does. Nothing, where none is being handled, or it is kept already. */
    [[nodiscard]] virtual KeptMessage keep() = 0;
};

/** Fan-out: the tables of who gets what live in the workers, so that the hub's cost does not grow with them.
 */
class Publisher
{
public:
    virtual ~Publisher() = default;
    virtual TopicId createTopic() = 0;
    virtual void dropTopic(TopicId topic) = 0;
    virtual void subscribe(SubscriberId subscriber, TopicId topic) = 0;
    virtual void unsubscribe(SubscriberId subscriber, TopicId topic) = 0;
    // Each keeps its order with the others, and with SocketGateway::send(), for every receiver.
    /** To each subscriber of \a topic but those in \a except, by its own channel. */
    virtual void publish(TopicId topic, const PublicationPtr &publication,
                         const std::vector<SubscriberId> &except = {})
        = 0;
    /** To one alone, whatever it is subscribed to. */
    virtual void deliver(SubscriberId subscriber, const PublicationPtr &publication, Occasion occasion) = 0;
    /** To one alone, by its own channel. */
    virtual void tellGap(SubscriberId subscriber, const Gap &gap) = 0;
    /** To each subscriber of \a topic that speaks Socket.IO, but those in \a except. */
    virtual void notify(TopicId topic, const FramePtr &frame, const std::vector<SubscriberId> &except = {})
        = 0;

    /** The workers do not keep up: more than limits.workerMailbox waits for one. Who takes in what leads to
     * more should stop until Relieved; see WorkerGateway::onRelieved(). */
    [[nodiscard]] virtual bool isCongested() const = 0;
    /** It is twice as much, and there is no more to be added. */
    [[nodiscard]] virtual bool isOverloaded() const = 0;
};

/** Of a request that is not Socket.IO's the answer that needs nothing of the hub; nothing: it is the hub's.
 * Called in the worker's thread. */
using AnswerAtOnce = std::function<std::optional<HttpResponse>(const HttpRequest &)>;

/** Answers the requests that are not Socket.IO's. */
class HttpListener
{
public:
    virtual ~HttpListener() = default;
    virtual void httpRequest(ExchangeId exchange, HttpRequest &&request) = 0;
};

class HttpGateway
{
public:
    virtual ~HttpGateway() = default;
    virtual void respond(ExchangeId exchange, HttpResponse &&response) = 0;
};

} // namespace dialogue
