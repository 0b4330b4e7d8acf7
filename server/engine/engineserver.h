#pragma once

#include "core/base/seldomofkind.h"
#include "server/connections/connectionhandler.h"
#include "server/engine/allowedhosts.h"
#include "server/engine/cors.h"
#include "server/engine/endpointpath.h"
#include "server/engine/session.h"
#include "server/tcp/places.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <variant>

namespace dialogue {
class NetWorker;
}

namespace dialogue::engineio {

class EngineServer;

/** The layer above the engine; one per worker, called in its thread. */
class Application
{
public:
    virtual ~Application() = default;
    /** Once, before anything else; \a engine is destroyed before the application. */
    virtual void start(EngineServer &engine) = 0;
    /** \a session is open; what listens to it from now on. */
    virtual std::unique_ptr<SessionListener> sessionOpened(Session &session) = 0;
    /** A request that is not Engine.IO's. To hear of its end before the answer, give it a
     * PendingRequest. */
    virtual void httpRequest(HttpConnection *connection, HttpRequest &&request) = 0;
};

/**
 * Engine.IO in one worker: decides what each request is, keeps the sessions by their sid, and answers what is
 * out of order. A session lives in the worker its first request came to; its sid says which.
 */
class EngineServer final : public QObject, public ConnectionHandler, private SessionHost
{
    Q_OBJECT

public:
    /** \a places bounds the sessions of all workers, because polling ones need no connection to exist; \a
     * placesOfConsoles those that come in by admin.port. */
    EngineServer(NetWorker *net, const ServerConfig &config, int workers, std::shared_ptr<Places> places,
                 Application *application, std::shared_ptr<Places> placesOfConsoles = {});
    ~EngineServer() override;

    /** Handshakes are answered 403, code 4, with \a message from here on. */
    void refuseSessions(const QString &message) { m_refusal = message; }
    /** Closes every session; what was sent before still leaves. */
    void closeAll(CloseReason reason);

    [[nodiscard]] std::size_t sessionCount() const { return m_sessions.size(); }
    [[nodiscard]] qint64 opened() const { return m_opened; }
    [[nodiscard]] qint64 refused() const { return m_refused; }
    /** Sessions that ended for others, having joined nothing. */
    [[nodiscard]] qint64 gaveWay() const { return m_gaveWay; }
    [[nodiscard]] qint64 queuedBytes() const;
    [[nodiscard]] const CorsPolicy &cors() const { return m_cors; }

    /**
     * A WebSocket that is accepted elsewhere, for \a head: what \a make hands back opens a session, or takes
     * over one that polls. Otherwise nothing is made, and this is the answer that HTTP would have had for it.
     */
    std::optional<HttpResponse> acceptWebSocket(const HttpRequest &head,
                                                const std::function<WebSocket *()> &make);

    // ConnectionHandler
    int homeOf(const HttpRequest &head) override;
    qint64 bodyLimit(const HttpRequest &head) override;
    void bodyBegins(HttpConnection *connection, const HttpRequest &head) override;
    void bodyRefused(HttpConnection *connection, const HttpRequest &head, HttpResponse &response) override;
    void requestReceived(HttpConnection *connection, HttpRequest &&request) override;
    void nextRequestWaits(HttpConnection *connection) override;
    void upgradeRequested(HttpConnection *connection, const HttpRequest &head) override;
    void webSocketOpened(WebSocketConnection *webSocket, const HttpRequest &head) override;
    void requestAborted(HttpConnection *connection) override;

private:
    struct Entry
    {
        std::unique_ptr<Session> session;
        Place place;
    };

    /** Of a session that is about to begin. */
    struct Admission
    {
        QByteArray sid;
        Place place;
    };

    /** The WebSocket that is just being opened. */
    struct Opening
    {
        Query query = {};
        std::optional<Admission> admission = {}; ///< Of a new session.
    };

    /** Or the answer that refuses it. */
    std::variant<Opening, HttpResponse> mayOpen(const HttpRequest &head);
    void open(WebSocket *webSocket, const HttpRequest &head, Opening &&opening);
    void noteRefusal(const HttpRequest &head, const HttpResponse &response);

    void sessionEnded(Session *session) override;
    bool sessionSettles(Session *session, bool settled) override;
    [[nodiscard]] bool isOurs(const HttpRequest &head) const;
    [[nodiscard]] Session *find(const QByteArray &sid) const;
    /** Ends it first when its pong is overdue. None that came in by another port than \a head. */
    [[nodiscard]] Session *findAlive(const QByteArray &sid, const HttpRequest &head) const;
    /** The answer to a request that is out of order, or nothing. */
    [[nodiscard]] std::optional<HttpResponse> refusal(const Query &query, const HttpRequest &head,
                                                      bool isUpgrade);
    /** Nothing where there are too many sessions. */
    std::optional<Admission> admit(const HttpRequest &head);
    Session *create(const HttpRequest &head, Admission &&admission);
    /** What asks the session \a sid to give way; any thread. */
    GiveWay giveWayOf(const QByteArray &sid);
    void giveWay(const QByteArray &sid);
    void refuse(HttpConnection *connection, const HttpRequest &head, HttpResponse &&response);

    NetWorker *m_net;
    int m_workers;
    EndpointPath m_path;
    qint64 m_maxBodySize;
    AllowedHosts m_hosts;
    CorsPolicy m_cors;
    SessionSettings m_settings;
    std::shared_ptr<Places> m_places;
    std::shared_ptr<Places> m_placesOfConsoles;
    Opening m_opening;
    Application *m_application;
    QString m_refusal;
    std::unordered_map<QByteArray, Entry> m_sessions;
    qint64 m_opened = 0;
    qint64 m_refused = 0;
    qint64 m_gaveWay = 0;
    SeldomOfKind<int> m_refusals;
    Seldom m_givingWay;
};

} // namespace dialogue::engineio
