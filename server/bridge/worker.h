#pragma once

#include "server/bridge/backlog.h"
#include "server/bridge/channelreaders.h"
#include "server/bridge/drainwatches.h"
#include "server/bridge/messages.h"
#include "server/engine/engineserver.h"
#include "server/fanout/topictable.h"
#include "server/loop/mailbox.h"
#include "server/socketio/connection.h"

#include <memory>
#include <unordered_map>
#include <vector>

namespace dialogue::bridge {

class HubExchange;

/**
 * One io worker's side of the gateway: Socket.IO over the engine, who is subscribed to what, and the
 * mailboxes to and from the hub. Lives in the worker's thread.
 */
class Worker final : public engineio::Application, private socketio::SocketHost
{
public:
    Worker(NetWorker &net, const ServerConfig &config, const std::vector<QByteArray> &namespaces,
           const std::vector<ChannelFactory> &channels, Mailbox<ToHub> *hub,
           socketio::InboundTotal *inboundTotal);
    ~Worker() override;

    /** Where the hub posts to. */
    [[nodiscard]] Mailbox<ToWorker> *mailbox() { return &m_inbox; }
    [[nodiscard]] Backlog *backlog() { return &m_backlog; }

    void setAnswersAtOnce(const AnswerAtOnce &answer) { m_answersAtOnce = answer; }
    /** WorkerGateway::setEncoding() */
    void setEncoding(const Encoding &encoding) { m_settings.encoding = &encoding; }

    // Application
    void start(engineio::EngineServer &engine) override { m_engine = &engine; }
    std::unique_ptr<engineio::SessionListener> sessionOpened(engineio::Session &session) override;
    void httpRequest(HttpConnection *connection, HttpRequest &&request) override;

    /** Too much waits for the hub: a request is answered 503, and counted. */
    bool turnsAway();
    /** The peer of an exchange is gone. */
    void exchangeAborted(ExchangeId exchange);

private:
    // SocketHost
    SocketId nextSocketId(qsizetype nsp) override
    {
        return socketIdIn(m_index, static_cast<std::size_t>(nsp), ++m_lastSocket);
    }
    GaugePtr makeGauge(const socketio::InboundLimits &limits, socketio::InboundTotal *total) override;
    void socketConnecting(socketio::Socket &socket, ConnectRequest &&request) override;
    void socketEvent(socketio::Socket &socket, IncomingEvent &&event) override;
    void socketAck(socketio::Socket &socket, quint64 ackId, JsonData &&args,
                   QList<QByteArray> &&attachments) override;
    void sessionDrained(engineio::Session &session) override;
    void socketHeard(socketio::Socket &socket) override;
    void socketDisconnected(socketio::Socket &socket, DisconnectReason reason) override;

    // What the hub says
    void receive(ToWorker &&message);
    void delivered();
    void goOn() { m_inbox.goOn(); }
    void handle(Accept &&message);
    void handle(Refuse &&message);
    void handle(Send &&message);
    void handle(NotifyWhenDrained &&message);
    void handle(AskWhetherAlive &&message);
    void handle(Disconnect &&message);
    void handle(Subscribe &&message);
    void handle(Unsubscribe &&message);
    void handle(DropTopic &&message);
    void handle(Publish &&message);
    void handle(Deliver &&message);
    void handle(TellGap &&message);
    void handle(Notify &&message);
    void handle(Respond &&message);
    void handle(Resume &&message);
    void handle(RefuseSessions &&message);
    void handle(OpenNamespace &&message) { m_settings.namespaces.push_back(std::move(message.nsp)); }
    void handle(Stop &&message);
    void handle(Snapshot &&message);
    void handle(Inspect &&message);
    void handle(FindFate &&message);
    void handle(Trace &&message);

    [[nodiscard]] socketio::Socket *find(SocketId id) const;
    /** By whatever channel. */
    [[nodiscard]] TopicSubscriber *findSubscriber(SubscriberId id) const;
    void count(Delivered delivered);
    /** There are subscribers of it here; else the hub is told. */
    bool isWanted(TopicId topic);
    /** Counts one message in for the hub, and holds its client back when the hub does not keep up. */
    Inbound countIn(socketio::Socket &socket);

    NetWorker &m_net;
    engineio::EngineServer *m_engine = nullptr;
    int m_index;
    socketio::InboundTotal &m_inboundTotal;
    socketio::ConnectionSettings m_settings;
    Mailbox<ToWorker> m_inbox;
    Backlog m_backlog;
    // Of this delivery
    qint64 m_doneMessages = 0;
    qint64 m_doneBytes = 0;
    qint64 m_sentBefore = 0;
    MemberDeadline<&Worker::goOn, Worker> m_nextPiece{this};
    Outbox<ToHub> m_outbox;
    TopicTable m_topics;
    DrainWatches m_drainWatches;
    AnswerAtOnce m_answersAtOnce;
    std::unordered_map<SocketId, socketio::Socket *> m_sockets;
    std::unordered_map<ExchangeId, std::unique_ptr<HubExchange>> m_exchanges;
    quint64 m_lastSocket = 0;
    quint64 m_lastExchange = 0;
    quint64 m_subscribesSeen = 0;
    WorkerCounters m_counters;
    ChannelReaders m_readers;
    std::vector<std::unique_ptr<Channel>> m_channels; ///< Last: their readers go with them.
};

} // namespace dialogue::bridge
