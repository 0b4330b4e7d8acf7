#pragma once

#include "server/bridge/counters.h"
#include "server/bridge/gateway.h"
#include "server/bridge/socketfigures.h"
#include "server/socketio/inboundgauge.h"

#include <memory>
#include <utility>
#include <variant>
#include <vector>

/** What crosses between the hub and an io worker: plain values, in batches, in the order they were posted. */
namespace dialogue::bridge {

/** Sockets, topics and exchanges are numbered per worker below these bits. */
constexpr int WorkerShift = 48;
/** Of sockets the number of their namespace stands between; they are numbered below these. */
constexpr int NamespaceShift = 40;
/** Namespaces beside "/", which is 0. */
constexpr int MostNamespaces = 255;

[[nodiscard]] constexpr int workerOf(quint64 id) { return static_cast<int>(id >> WorkerShift); }
[[nodiscard]] constexpr quint64 idIn(int worker, quint64 number)
{
    return (static_cast<quint64>(worker) << WorkerShift) | number;
}
[[nodiscard]] constexpr std::size_t namespaceOf(SocketId id) { return (id >> NamespaceShift) & 0xff; }
[[nodiscard]] constexpr SocketId socketIdIn(int worker, std::size_t nsp, quint64 number)
{
    return idIn(worker, (static_cast<quint64>(nsp) << NamespaceShift) | number);
}

using socketio::GaugePtr;
struct AddressLane;

// Hub to worker

struct Accept
{
    SocketId socket;
    QByteArray sid;
    QByteArray pid;
};
struct Refuse
{
    SocketId socket;
    QString message;
    QJsonValue data;
};
struct Send
{
    SocketId socket;
    FramePtr frame;
};
/** Answered once by Drained, when no more than so many bytes wait for it; not if it is gone. */
struct NotifyWhenDrained
{
    SocketId socket;
    qint64 mark;
    quint64 token;
};
/** Answered by Heard, when something has come from its client since; not if nothing does. */
struct AskWhetherAlive
{
    SocketId socket;
};
struct Disconnect
{
    SocketId socket;
    bool closeSession;
    DisconnectReason reason;
};
struct Subscribe
{
    SubscriberId subscriber;
    TopicId topic;
};
struct Unsubscribe
{
    SubscriberId subscriber;
    TopicId topic;
};
struct DropTopic
{
    TopicId topic;
};
/** Who gets it not, though subscribed; sorted. Null: nobody. */
using Spared = std::shared_ptr<const std::vector<SubscriberId>>;
struct Publish
{
    TopicId topic;
    PublicationPtr publication;
    Spared except;
};
struct Deliver
{
    SubscriberId subscriber;
    PublicationPtr publication;
    Occasion occasion;
};
struct TellGap
{
    SubscriberId subscriber;
    Gap gap;
};
struct Notify
{
    TopicId topic;
    FramePtr frame;
    Spared except;
};
struct Respond
{
    ExchangeId exchange;
    HttpResponse response;
};
/** The hub has caught up with this session. */
struct Resume
{
    GaugePtr gauge;
};
struct RefuseSessions
{
    QString message;
};
/** Clients may CONNECT to one more. */
struct OpenNamespace
{
    QByteArray nsp;
};
/** Close all sessions, then all connections, then answer Stopped. */
struct Stop
{ };
struct Snapshot
{
    quint64 request;
};
/** Answered by Inspected: how it is with these sockets; where there are none, with those of "/" for which
 * most waits, so many. */
struct Inspect
{
    quint64 request;
    std::vector<SocketId> sockets;
    std::size_t most = 0;
};
/** Answered by FateFound. */
struct FindFate
{
    quint64 request;
    SocketId socket;
    QString roomId;
    quint64 offset;
};
/** It is said of each event when it was written, from now on or no more. */
struct Trace
{
    SocketId socket;
    bool traced;
};

using ToWorker = std::variant<Accept, Refuse, Send, NotifyWhenDrained, AskWhetherAlive, Disconnect, Subscribe,
                              Unsubscribe, DropTopic, Publish, Deliver, TellGap, Notify, Respond, Resume,
                              RefuseSessions, OpenNamespace, Stop, Snapshot, Inspect, FindFate, Trace>;

// Worker to hub. Those of a session wait in its lane; those with an Inbound are counted out when the hub is
// done with them, or drops them.

struct Inbound
{
    GaugePtr gauge = {};
    qint64 bytes = 0;
};

struct Connecting
{
    SocketId socket;
    ConnectRequest request;
    Inbound inbound;
};
struct Event
{
    // Made where it is put: each move is a part of what an event costs.
    Event(SocketId from, IncomingEvent &&incoming, Inbound &&counted)
        : socket(from)
        , event(std::move(incoming))
        , inbound(std::move(counted))
    { }

    SocketId socket;
    IncomingEvent event;
    Inbound inbound;
};
struct Ack
{
    SocketId socket;
    quint64 ackId;
    JsonData args;
    QList<QByteArray> attachments;
    Inbound inbound;
};
struct Disconnected
{
    SocketId socket;
    DisconnectReason reason;
    GaugePtr gauge;
};
struct Drained
{
    SocketId socket;
    quint64 token;
    GaugePtr gauge;
};
/** In no lane: whoever is held, or has much waiting, lives all the same. */
struct Heard
{
    SocketId socket;
};
struct HttpArrived
{
    ExchangeId exchange;
    HttpRequest request;
    socketio::InboundShare share = {}; ///< What it takes of what may wait.
    std::shared_ptr<AddressLane> lane = {}; ///< The hub's: where it waits.
};
/** Nobody waits for the answer any more. */
struct HttpAborted
{
    ExchangeId exchange;
};
/** Nobody in \a worker got the last publication; it had seen so many of its Subscribes by then. */
struct TopicIdle
{
    int worker;
    TopicId topic;
    quint64 subscribesSeen;
};
struct Counted
{
    int worker;
    quint64 request;
    WorkerCounters counters;
};
struct Inspected
{
    quint64 request;
    std::vector<SocketFigures> figures;
};
struct FateFound
{
    quint64 request;
    SentState state;
};
/** What is known of what its client was sent and did not get; before Disconnected, and in no lane. */
struct Remains
{
    SocketId socket;
    SendRecordPtr record;
};
/** The worker has caught up with half of what the hub had found too much. */
struct Relieved
{
    int worker;
};
struct Stopped
{
    int worker;
};

using ToHub = std::variant<Connecting, Event, Ack, Disconnected, Drained, Heard, HttpArrived, HttpAborted,
                           TopicIdle, Counted, Inspected, FateFound, Remains, Relieved, Stopped>;

} // namespace dialogue::bridge
