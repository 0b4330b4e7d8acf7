#pragma once

#include "core/protocol/engineio/packet.h"
#include "server/config/serverconfig.h"
#include "server/engine/handshake.h"
#include "server/engine/heartbeat.h"
#include "server/engine/inbox.h"
#include "server/engine/pollingtransport.h"
#include "server/engine/sessionlistener.h"
#include "server/engine/upgradeprobe.h"
#include "server/loop/nextturn.h"
#include "server/loop/turnend.h"
#include "server/websocket/websocket.h"
#include "server/websocket/websocketlistener.h"

#include <chrono>
#include <memory>

namespace dialogue::engineio {

class Session;

/** Who keeps sessions. */
class SessionHost
{
public:
    virtual ~SessionHost() = default;
    /** Its sid is unknown from here on. Called from inside the session: destroy it later. */
    virtual void sessionEnded(Session *session) = 0;
    /** Session::settle() and unsettle(). False: it has had to give way, and ends in a moment. */
    virtual bool sessionSettles(Session *session, bool settled) = 0;
};

/** What all sessions of a worker have in common. */
struct SessionSettings
{
    EngineConfig engine;
    qint64 sendQueue = 4194304; ///< Bytes.
    /** Of what is dropped while it polls, where there are any. */
    SendQueueCounters *sendQueueCounters = nullptr;
    std::chrono::milliseconds closeTimeout{5000}; ///< For a polling client to fetch the `1`.
    std::chrono::milliseconds aliveFor{1000}; ///< Whoever answered is not asked again whether it lives.
    DeadlineQueue *deadlines = nullptr;
    TurnEnd *turnEnd = nullptr; ///< Polls are answered there, with all that came in the turn.
    NextTurn *nextTurn = nullptr; ///< For what of a body is too much for one turn.
};

/**
 * One Engine.IO v4 session, from the open packet to the close, over polling, a WebSocket, or first the one
 * and then the other (socket.io/docs/v4/engine-io-protocol). Knows no sockets: requests and WebSockets come
 * as Exchange and WebSocket. Lives in its worker's thread.
 */
class Session final : private HeartbeatListener,
                      private ProbeListener,
                      private WebSocketListener,
                      private Flushable
{
public:
    Session(SessionHost *host, const SessionSettings *settings, const QByteArray &sid,
            const HttpRequest &handshake);
    ~Session() override;

    [[nodiscard]] const QByteArray &sid() const { return m_sid; }
    /** What is kept of the request that opened it. */
    struct Opening
    {
        QHostAddress address;
        HttpHeaders headers;
        HttpQuery query;
        bool secure;
        PeerCertificatePtr certificate;
        bool ofConsole; ///< HttpRequest::ofConsole
    };
    [[nodiscard]] const Opening &opening() const { return m_opening; }
    [[nodiscard]] TransportName transport() const;
    [[nodiscard]] bool isOpen() const { return m_state == State::Open; }
    /** What is sent now waits behind what the client has not taken: its socket takes no more, or no GET is
     * there and something waits for one, or more than one GET is to bring. */
    [[nodiscard]] bool isBehind() const;
    /** What waits for the client: while it polls, what no GET was answered with yet. */
    [[nodiscard]] qint64 queuedBytes() const;
    [[nodiscard]] std::optional<std::chrono::microseconds> roundTrip() const
    {
        return m_heartbeat.roundTrip();
    }

    /** SendQueue::fateOf(), over whatever transports. */
    [[nodiscard]] std::optional<EventFate> fateOf(QStringView stream, quint64 offset);
    /** The same of SendQueue::record(). */
    [[nodiscard]] SendRecordPtr sendRecord(bool waiting = false);
    /** SendQueue::setTraced() */
    void setTraced(bool traced);
    [[nodiscard]] bool isTraced() const { return m_isTraced; }

    // From the layer above
    void setListener(std::unique_ptr<SessionListener> listener) { m_listener = std::move(listener); }
    /** Engine.IO packets; in order, over whatever transport carries the session by then. */
    SendResult send(const FramePtr &frame);
    /** Ends it once what was sent has left. The listener hears sessionClosed() before this returns. */
    void close(CloseReason reason);
    /** Listener's drained(), once and not from inside any call, when queuedBytes() are no more than \a mark,
     * on whatever transport; in place of what was asked for before. Never once it was closed. */
    void tellWhenDrained(qint64 mark);
    /** Pings the client now, whatever its heartbeat. Listener's heard(), once, when something has come from
     * it since; at once where it is held back (what is not read says nothing), and where it has answered a
     * moment ago: however many ask, it is not pinged more often than that. */
    void askWhetherAlive();
    /**
     * Until the layer above knows what the session is for (in Socket.IO: a CONNECT came and has not been
     * refused) it gives way to others when there are many like it. False where it has had to already: it ends
     * in a moment.
     */
    bool settle() { return m_host->sessionSettles(this, true); }
    /** What it is for is unknown again. */
    void unsettle() { m_host->sessionSettles(this, false); }
    /** Holds the client back: its WebSocket is not read, its POST not answered. Heartbeats go on. */
    void setReadPaused(bool paused);

    // From the server, which has verified the requests
    /** Before each request: ends the session if its pong is overdue. */
    void expire();
    /** Ends it at once, for others that have no place. */
    void giveWay() { finish(CloseReason::ServerClosed); }
    void openOnPolling(std::unique_ptr<Exchange> poll);
    void openOnWebSocket(WebSocket *webSocket, bool base64);
    void poll(std::unique_ptr<Exchange> exchange);
    /** Answers \a exchange, where it is the GET that waits, for a request waits behind it: on a connection
     * of HTTP/1.1 the answers come in the order of the requests. */
    void hurryPoll(const Exchange *exchange);
    void post(std::unique_ptr<Exchange> exchange, const HttpRequest &request);
    /** The head of a POST came; another POST is one too many from here on. There must be none. */
    void beginPost(std::unique_ptr<Exchange> exchange)
    {
        m_begunPost = std::move(exchange);
        heard();
    }
    void completePost(const HttpRequest &request) { post(std::move(m_begunPost), request); }
    /** Its body was refused, which costs the session nothing else. */
    void forgetPost() { m_begunPost.reset(); }
    [[nodiscard]] bool hasPost() const { return m_post || m_begunPost; }
    /** The peer of a waiting \a exchange has gone; the exchange is destroyed. */
    void aborted(const Exchange *exchange);
    /** A WebSocket with this session's sid: probed for the upgrade, or closed when that is not to be had. */
    void addWebSocket(WebSocket *webSocket, bool base64);

private:
    enum class State { Open, Closing, Closed };

    void open(TransportName transport);
    /** Dropped where the session has ended meanwhile: a frame too many ends it. */
    SendResult sendOnWebSocket(const FramePtr &frame);
    /** For a client that wants binary as text. */
    SendResult sendAsText(const Frame &frame);
    void pump();
    /** Something came from the client. */
    void heard()
    {
        if (m_asked)
            answered();
    }
    void answered(); ///< Whether it lives.
    void tellHeard();
    void received(Packet &&packet);
    void confirmPost(); ///< That its body was taken, if one waits.
    void answerPost(HttpResponse &&response);
    void overflowed();
    /** Ends it now; \a lastPoll answers a GET that waits. */
    void finish(CloseReason reason, const QByteArray &lastPoll = QByteArrayLiteral("1"));
    void tell(CloseReason reason);
    /** What waits for its client will hardly be taken. */
    [[nodiscard]] static bool isCutShort(CloseReason reason);
    void remember(CloseReason reason); ///< What became of what its WebSocket was sent.
    void closeTimedOut();

    // Flushable
    void flush() override;
    // HeartbeatListener
    void pingDue() override;
    void pongMissing() override { finish(CloseReason::PingTimeout); }
    // ProbeListener
    void probeAnswered() override;
    void probeSucceeded(WebSocket *webSocket, bool base64) override;
    void probeFailed() override;
    // WebSocketListener
    void textReceived(QByteArray utf8) override;
    void binaryReceived(const QByteArray &data) override;
    void webSocketClosed(int code) override;
    void sendQueueOverflowed() override { overflowed(); }
    void drained() override;

    // First what every delivery looks at.
    State m_state = State::Open;
    bool m_base64 = false;
    bool m_readPaused = false;
    bool m_pumping = false;
    bool m_asked = false; ///< Whether the client lives.
    bool m_isTraced = false;
    bool m_isCut = false; ///< It has ended, and of what waits it is said that it will not leave.
    WebSocket *m_webSocket = nullptr; ///< Carries the session, once it does.

    qint64 m_drainMark = -1; ///< Negative: nobody asked.
    SessionHost *m_host;
    const SessionSettings *m_settings;
    QByteArray m_sid;
    const Opening m_opening;
    std::unique_ptr<SessionListener> m_listener;
    std::unique_ptr<SessionListener> m_formerListener; ///< It may be on the call stack.
    Heartbeat m_heartbeat;
    PollingTransport m_polling;
    std::unique_ptr<Exchange> m_begunPost; ///< Its body is still coming.
    std::unique_ptr<Exchange> m_post; ///< Taken, not yet answered.
    std::unique_ptr<UpgradeProbe> m_probe;
    std::unique_ptr<UpgradeProbe> m_formerProbe; ///< It may be on the call stack.
    Inbox m_inbox;
    /** That it lives, the last time; or never. */
    std::chrono::steady_clock::time_point m_answered = std::chrono::steady_clock::time_point::min();
    MemberResumable<&Session::pump, Session> m_pumpOn{this};
    using CloseDeadline = MemberDeadline<&Session::closeTimedOut, Session>;
    std::unique_ptr<CloseDeadline> m_closeDeadline; ///< While it closes on polling.
    SendRecordPtr m_lastRecord; ///< Of its WebSocket, which is gone.
};

} // namespace dialogue::engineio
