#include "server/engine/engineserver.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "server/connections/networker.h"
#include "server/engine/clientfiles.h"
#include "server/engine/netexchange.h"
#include "server/engine/sid.h"
#include "server/http/contentcoding.h"
#include "server/http/httpconnection.h"
#include "server/http/pendingrequest.h"
#include "server/http/problem.h"
#include "server/websocket/websocketconnection.h"

#include <utility>
#include <vector>

namespace dialogue::engineio {

namespace {

/** Keeps a session until nothing of it is on the call stack, as deleteLater() sees to. */
class EndedSession : public QObject
{
public:
    EndedSession(std::unique_ptr<Session> session, QObject *parent)
        : QObject(parent)
        , m_session(std::move(session))
    { }

private:
    std::unique_ptr<Session> m_session;
};

/** When another has had to give way by then, or a client that would not stop has been put off. */
constexpr const char *RetryAfterSeconds = "1";

HttpResponse tooManySessions()
{
    HttpResponse response = errorResponse(HandshakeRefusal::Forbidden,
                                          QStringLiteral("Too many sessions; try again in a moment"));
    response.status = 503;
    response.headers.append("Retry-After", RetryAfterSeconds);
    return response;
}

} // namespace

EngineServer::EngineServer(NetWorker *net, const ServerConfig &config, int workers,
                           std::shared_ptr<Places> places, Application *application,
                           std::shared_ptr<Places> placesOfConsoles)
    : m_net(net)
    , m_workers(workers)
    , m_path(config.engine)
    , m_maxBodySize(config.limits.maxBodySize)
    , m_hosts(config.allowedHosts)
    , m_cors(config.cors)
    , m_settings{.engine = config.engine,
                 .sendQueue = config.limits.sendQueue,
                 .sendQueueCounters = &net->sendQueueCounters(),
                 .closeTimeout = config.limits.closeTimeout,
                 .deadlines = &net->deadlines(),
                 .turnEnd = &net->turnEnd(),
                 .nextTurn = &net->nextTurn()}
    , m_places(std::move(places))
    , m_placesOfConsoles(std::move(placesOfConsoles))
    , m_application(application)
{ }

EngineServer::~EngineServer() = default;

void EngineServer::closeAll(CloseReason reason)
{
    std::vector<Session *> sessions;
    sessions.reserve(m_sessions.size());
    for (const auto &[sid, entry] : m_sessions)
        sessions.push_back(entry.session.get());
    // None is destroyed before this returns, however many end meanwhile.
    for (Session *session : sessions)
        session->close(reason);
}

qint64 EngineServer::queuedBytes() const
{
    qint64 bytes = 0;
    for (const auto &[sid, entry] : m_sessions)
        bytes += entry.session->queuedBytes();
    return bytes;
}

int EngineServer::homeOf(const HttpRequest &head)
{
    if (!isOurs(head))
        return m_net->index();
    const std::optional<int> worker = workerOf(head.query.value("sid"));
    return worker && *worker < m_workers ? *worker : m_net->index();
}

qint64 EngineServer::bodyLimit(const HttpRequest &head)
{
    return isOurs(head) ? m_settings.engine.maxPayload : m_maxBodySize;
}

void EngineServer::bodyBegins(HttpConnection *connection, const HttpRequest &head)
{
    if (!isOurs(head) || head.method != "POST")
        return;
    const Query query = Query::parse(head);
    if (query.sid.isEmpty() || refusal(query, head, false))
        return; // Refused once it is complete.
    Session *session = find(query.sid);
    if (!session->hasPost())
        session->beginPost(
            std::make_unique<NetExchange>(connection, session, &m_cors, head.headers.value("Origin")));
}

void EngineServer::bodyRefused(HttpConnection *connection, const HttpRequest &head, HttpResponse &response)
{
    if (PendingRequest *pending = connection->pending())
        pending->bodyRefused();
    if (isOurs(head))
        response = {.status = response.status};
    m_cors.apply(head.headers.value("Origin"), response);
}

void EngineServer::requestReceived(HttpConnection *connection, HttpRequest &&request)
{
    if (!isOurs(request)) {
        if (!m_hosts.allows(request)) {
            refuse(connection, request, AllowedHosts::refusal(request));
            return;
        }
        if (request.ofConsole) {
            refuse(connection, request, refusalAt(request.path, 404, "There is nothing here but /admin"));
            return;
        }
        m_application->httpRequest(connection, std::move(request));
        return;
    }
    if (request.method == "OPTIONS") {
        connection->respond(m_cors.preflight(request));
        return;
    }
    if (auto file = clientFileAnswer(m_path.below(request.path)); file && m_hosts.allows(request)) {
        m_cors.apply(request.headers.value("Origin"), *file);
        connection->respond(*std::move(file));
        return;
    }
    if (PendingRequest *begun = connection->pending()) {
        begun->bodyComplete(request);
        return;
    }
    const Query query = Query::parse(request);
    if (std::optional<HttpResponse> response = refusal(query, request, false)) {
        refuse(connection, request, std::move(*response));
        return;
    }
    const QByteArray origin = request.headers.value("Origin");
    if (query.sid.isEmpty()) {
        auto admission = admit(request);
        if (!admission) {
            refuse(connection, request, tooManySessions());
            return;
        }
        Session *session = create(request, std::move(*admission));
        session->openOnPolling(std::make_unique<NetExchange>(connection, session, &m_cors, origin));
        session->setListener(m_application->sessionOpened(*session));
        return;
    }
    Session *session = find(query.sid);
    if (request.method == "GET") {
        session->poll(std::make_unique<NetExchange>(connection, session, &m_cors, origin));
    } else if (request.method == "POST") {
        session->post(std::make_unique<NetExchange>(connection, session, &m_cors, origin), request);
    } else {
        HttpResponse response{.status = 405};
        response.headers.append("Allow", "GET, POST, OPTIONS");
        m_cors.apply(origin, response);
        connection->respond(std::move(response));
    }
}

void EngineServer::nextRequestWaits(HttpConnection *connection)
{
    if (PendingRequest *pending = connection->pending())
        pending->nextRequestWaits();
}

void EngineServer::upgradeRequested(HttpConnection *connection, const HttpRequest &head)
{
    if (!isOurs(head)) {
        HttpResponse response
            = refusalAt(head.path, 404, "There is no WebSocket here, but at " + m_path.text());
        response.close = true;
        connection->respond(std::move(response));
        return;
    }
    auto opening = mayOpen(head);
    if (auto *response = std::get_if<HttpResponse>(&opening)) {
        response->close = true;
        refuse(connection, head, std::move(*response));
        return;
    }
    m_opening = std::get<Opening>(std::move(opening));
    connection->acceptWebSocket(m_settings.engine.maxPayload); // Calls webSocketOpened(), or fails.
    m_opening = {};
}

std::variant<EngineServer::Opening, HttpResponse> EngineServer::mayOpen(const HttpRequest &head)
{
    Opening opening{.query = Query::parse(head)};
    if (std::optional<HttpResponse> response = refusal(opening.query, head, true))
        return *std::move(response);
    if (opening.query.sid.isEmpty()) {
        opening.admission = admit(head);
        if (!opening.admission)
            return tooManySessions();
    }
    return opening;
}

void EngineServer::webSocketOpened(WebSocketConnection *webSocket, const HttpRequest &head)
{
    open(webSocket, head, std::exchange(m_opening, {}));
}

std::optional<HttpResponse> EngineServer::acceptWebSocket(const HttpRequest &head,
                                                          const std::function<WebSocket *()> &make)
{
    auto opening = mayOpen(head);
    if (auto *response = std::get_if<HttpResponse>(&opening)) {
        noteRefusal(head, *response);
        return std::move(*response);
    }
    open(make(), head, std::get<Opening>(std::move(opening)));
    return std::nullopt;
}

void EngineServer::open(WebSocket *webSocket, const HttpRequest &head, Opening &&opening)
{
    const Query &query = opening.query;
    if (!query.sid.isEmpty()) {
        if (Session *session = find(query.sid))
            session->addWebSocket(webSocket, query.base64);
        else
            webSocket->close(1000);
        return;
    }
    Session *session = create(head, std::move(*opening.admission));
    session->openOnWebSocket(webSocket, query.base64);
    session->setListener(m_application->sessionOpened(*session));
}

void EngineServer::requestAborted(HttpConnection *connection)
{
    if (PendingRequest *pending = connection->pending())
        pending->aborted();
}

void EngineServer::sessionEnded(Session *session)
{
    const auto found = m_sessions.find(session->sid());
    if (found == m_sessions.end())
        return;
    m_net->memoryReturn().freed(session->queuedBytes());
    (new EndedSession(std::move(found->second.session), this))->deleteLater();
    m_sessions.erase(found);
}

bool EngineServer::isOurs(const HttpRequest &head) const { return m_path.covers(head.path); }

Session *EngineServer::find(const QByteArray &sid) const
{
    const auto found = m_sessions.find(sid);
    return found == m_sessions.end() ? nullptr : found->second.session.get();
}

Session *EngineServer::findAlive(const QByteArray &sid, const HttpRequest &head) const
{
    if (Session *session = find(sid)) {
        if (session->opening().ofConsole != head.ofConsole)
            return nullptr;
        session->expire();
    }
    return find(sid);
}

std::optional<HttpResponse> EngineServer::refusal(const Query &query, const HttpRequest &head, bool isUpgrade)
{
    if (!m_hosts.allows(head))
        return AllowedHosts::refusal(head);
    if (!query.transport)
        return errorResponse(HandshakeRefusal::TransportUnknown);
    if (!CorsPolicy::isValidOrigin(head))
        return errorResponse(HandshakeRefusal::BadRequest);
    if (!m_cors.allows(head))
        return errorResponse(HandshakeRefusal::Forbidden, CorsPolicy::refusal(head));
    const Session *session = findAlive(query.sid, head);
    const Known known = !session                           ? Known::Nothing
        : session->transport() == TransportName::WebSocket ? Known::OnWebSocket
                                                           : Known::OnPolling;
    if (const auto error = verify(query, head.method, isUpgrade, known))
        return errorResponse(*error);
    if (query.sid.isEmpty() && !m_refusal.isEmpty())
        return errorResponse(HandshakeRefusal::Forbidden, m_refusal);
    if (const QByteArray coding = bodyCoding(head.headers); !coding.isEmpty() && head.method == "POST") {
        HttpResponse response = errorResponse(HandshakeRefusal::BadRequest, codingRefusal(coding));
        response.status = 415;
        addTakenCoding(response);
        return response;
    }
    return std::nullopt;
}

std::optional<EngineServer::Admission> EngineServer::admit(const HttpRequest &head)
{
    const QByteArray sid = makeSid(m_net->index());
    Places &places = head.ofConsole && m_placesOfConsoles ? *m_placesOfConsoles : *m_places;
    std::optional<Place> place = places.admit({.address = head.peerAddress}, giveWayOf(sid));
    if (!place)
        return std::nullopt;
    return Admission{sid, *std::move(place)};
}

Session *EngineServer::create(const HttpRequest &head, Admission &&admission)
{
    SessionHost *const host = this;
    auto session = std::make_unique<Session>(host, &m_settings, admission.sid, head);
    Session *const created = session.get();
    m_sessions.emplace(admission.sid, Entry{std::move(session), std::move(admission.place)});
    ++m_opened;
    return created;
}

GiveWay EngineServer::giveWayOf(const QByteArray &sid)
{
    // While it may be called there is a place of ours, and so there are we.
    return [this, sid] {
        QMetaObject::invokeMethod(
            this, [this, sid] { giveWay(sid); }, Qt::QueuedConnection);
    };
}

void EngineServer::giveWay(const QByteArray &sid)
{
    Session *session = find(sid);
    if (!session)
        return;
    ++m_gaveWay;
    if (const int times = m_givingWay.count()) {
        qCInfo(lcEngine).noquote() << "Sessions that joined no namespace and gave way to others:" << times
                                   << "- the last from" << session->opening().address.toString();
    }
    session->giveWay();
}

bool EngineServer::sessionSettles(Session *session, bool settled)
{
    const auto found = m_sessions.find(session->sid());
    if (found == m_sessions.end())
        return false;
    if (settled)
        return found->second.place.settle();
    found->second.place.wait(giveWayOf(session->sid()), true);
    return true;
}

void EngineServer::noteRefusal(const HttpRequest &head, const HttpResponse &response)
{
    ++m_refused;
    const auto text = [&] {
        return QStringLiteral("%1 %2 - %3")
            .arg(quoted(head.method.left(20)), quoted(head.target.left(200)),
                 printable(QString::fromUtf8(response.body)));
    };
    qCDebug(lcEngine).noquote() << "Refused with" << response.status << text();
    if (const int times = m_refusals.count(response.status))
        qCInfo(lcEngine).noquote() << "Requests refused with" << response.status << times << "times, such as"
                                   << text();
}

void EngineServer::refuse(HttpConnection *connection, const HttpRequest &head, HttpResponse &&response)
{
    noteRefusal(head, response);
    m_cors.apply(head.headers.value("Origin"), response);
    // What its WebSocket was sent before must leave first: a client that was refused for having upgraded
    // has to see the upgrade first.
    m_net->turnEnd().flushAll();
    connection->respond(std::move(response));
}

} // namespace dialogue::engineio
