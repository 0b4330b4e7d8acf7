#pragma once

#include "core/base/result.h"
#include "server/bridge/channel.h"
#include "server/bridge/counters.h"
#include "server/bridge/gateway.h"
#include "server/bridge/hubcounters.h"
#include "server/bridge/socketfigures.h"
#include "server/config/serverconfig.h"
#include "server/export.h"
#include "server/tls/tlsentry.h"

#include <QObject>
#include <QUrl>

#include <functional>
#include <memory>
#include <vector>

namespace dialogue {

class GuestWebSocket;
class NetWorker;
class Place;
struct Peer;

/**
 * The hub's end of the io workers: it starts them, hands them what the hub says and the hub what sockets say.
 *
 *     WorkerGateway gateway(config, &sockets, &http);
 *     if (const Result<void> listening = gateway.listen(); !listening)
 *         return listening.error();
 *
 * Lives in the hub's thread; every call is made, and every callback comes, there. With `workers: 0` the
 * connections live in the hub's thread too and nothing crosses; what the listeners are told and what is asked
 * for here then happens at once instead of in the next turn. All listeners must outlive the gateway.
 */
class DIALOGUE_SERVER_EXPORT WorkerGateway final : public QObject,
                                                   public SocketGateway,
                                                   public Publisher,
                                                   public HttpGateway
{
    Q_OBJECT

public:
    /** \a sockets hears of those in "/". */
    WorkerGateway(const ServerConfig &config, SocketListener *sockets, HttpListener *http,
                  QObject *parent = nullptr);
    /** Ends the workers at once, without telling clients; call stop() before for a clean end. */
    ~WorkerGateway() override;

    /**
     * From now on clients may CONNECT to \a nsp, too, and \a listener hears of their sockets there, for as
     * long as this is; CONNECTs to what is not open are refused without asking anybody. ConfigError for a
     * name that is none, or is open; LimitReached.
     */
    [[nodiscard]] Result<void> open(const QByteArray &nsp, SocketListener *listener);

    /** What clients of Socket.IO get publications in, from listen() on; outlives this. */
    void setEncoding(const Encoding &encoding);

    /** Each worker has its part of that channel, from listen() on, for which it is called in that worker's
     * thread. */
    void addChannel(bridge::ChannelFactory make);

    /** What workers answer themselves, from listen() on; all of them ask \a answer. */
    void setAnswersAtOnce(AnswerAtOnce answer);

    /** Listens where the configuration says and starts the workers. IoError when the address cannot be had.
     */
    [[nodiscard]] Result<void> listen(const tls::TlsEntries &tls = {});
    /** The port that is listened on; 0 before listen() and after stop(). */
    [[nodiscard]] quint16 port() const;
    /** Where consoles come in, as admin.port says; empty: beside the clients, or not now. */
    [[nodiscard]] QUrl consolesUrl() const;
    /** Of all that is listened on for clients; none before listen() and after stop(). */
    [[nodiscard]] QList<QUrl> urls() const;

    /** Makes the WebSocket for the worker it is to be of. */
    using GuestMaker = std::function<std::unique_ptr<GuestWebSocket>(NetWorker &worker, Place &&place)>;
    /**
     * A WebSocket of \a peer that is accepted in this thread, for \a head, a GET of the handshake of
     * Engine.IO: it is one of the server's connections from here on, within all its limits, and lives in this
     * thread. Where there are io threads, a worker beside theirs sees to those here.
     *
     * Refused it is not made: Unavailable before listen(), ServerDraining, LimitReached, PermissionDenied for
     * its Origin or host, InvalidRequest.
     */
    [[nodiscard]] Result<void> accept(const Peer &peer, HttpRequest &&head, const GuestMaker &make);

    /** No new session from here on: handshakes are answered 403, code 4, with \a message. What is open stays.
     */
    void refuseSessions(const QString &message);
    /**
     * Stops accepting, closes every session (Engine.IO `1`, WebSocket 1000) once what was sent has left, and
     * calls \a done in the hub when all are gone, or when limits.closeTimeout is over. The sockets' listener
     * hears socketDisconnected() with ServerShutdown for each socket before.
     */
    void stop(std::function<void()> done);

    /** Asks each worker for its counters; \a done gets one entry per worker, in their order. */
    void snapshot(std::function<void(std::vector<WorkerCounters>)> done);

    /** How it is with these sockets now, in whatever order; those that are gone are left out. */
    void inspect(const std::vector<SocketId> &sockets, std::function<void(std::vector<SocketFigures>)> done);
    /** The same of those in "/" for which most waits, the most first: \a most at most. */
    void inspectSlowest(std::size_t most, std::function<void(std::vector<SocketFigures>)> done);
    /** How it is with the event of \a roomId at \a offset on its way to \a socket. */
    void findFate(SocketId socket, const QString &roomId, quint64 offset,
                  std::function<void(const SentState &)> done);
    /** It is remembered of each event when it was written, or no more. */
    void trace(SocketId socket, bool traced);

    [[nodiscard]] HubCounters hubCounters() const;

    // SocketGateway
    void accept(SocketId socket, const QByteArray &sid, const QByteArray &pid = {}) override;
    void refuse(SocketId socket, const QString &message,
                const QJsonValue &data = QJsonValue::Undefined) override;
    void send(SocketId socket, const FramePtr &frame) override;
    void notifyWhenDrained(SocketId socket, qint64 mark, quint64 token) override;
    void askWhetherAlive(SocketId socket) override;
    void disconnect(SocketId socket, bool closeSession, DisconnectReason reason) override;
    void hold(std::chrono::milliseconds time) override;
    void release(SocketId socket) override;
    KeptMessage keep() override;

    // Publisher
    TopicId createTopic() override;
    void dropTopic(TopicId topic) override;
    void subscribe(SubscriberId subscriber, TopicId topic) override;
    void unsubscribe(SubscriberId subscriber, TopicId topic) override;
    void publish(TopicId topic, const PublicationPtr &publication,
                 const std::vector<SubscriberId> &except = {}) override;
    void deliver(SubscriberId subscriber, const PublicationPtr &publication, Occasion occasion) override;
    void tellGap(SubscriberId subscriber, const Gap &gap) override;
    void notify(TopicId topic, const FramePtr &frame, const std::vector<SubscriberId> &except = {}) override;

    [[nodiscard]] bool isCongested() const override;
    [[nodiscard]] bool isOverloaded() const override;
    /** \a call is made each time that isCongested() has come to be true, and is not any more. */
    void onRelieved(std::function<void()> call);

    /** Of the messages of all clients that wait for the hub now; see limits.inboundBytes. */
    [[nodiscard]] qint64 inboundBytes() const;

    // HttpGateway
    void respond(ExchangeId exchange, HttpResponse &&response) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace dialogue
