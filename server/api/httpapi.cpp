#include "server/api/httpapi.h"

#include "server/answers/draining.h"
#include "server/api/access.h"
#include "server/api/openapi.h"
#include "server/api/operations.h"
#include "server/budgets/budgetkey.h"
#include "server/http/contentcoding.h"
#include "server/http/entitytag.h"
#include "server/http/problem.h"
#include "server/rooms/hubparts.h"
#include "server/rooms/room_p.h"

#include <QCryptographicHash>
#include <QJsonDocument>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue::api {

namespace {

// In the document, which is put together in one go: events, and rooms that are looked at for them.
constexpr std::size_t MostDeclared = 1000;
constexpr int MostVisited = 10'000;

constexpr std::size_t MostKeys = 10'000; ///< As a file of keys may have.
constexpr std::size_t MostAddresses = 10'000; ///< Of whom it is known that their keys were not accepted.

constexpr const char *Methods[] = {"GET", "POST", "PUT", "PATCH", "DELETE"};

struct Nothing
{ };

/** So that one who asks again and again for what has not changed is not sent it again and again. */
void addETag(HttpResponse &response, const HttpRequest &request)
{
    const QByteArray tag
        = '"' + QCryptographicHash::hash(response.body, QCryptographicHash::Sha256).toHex().left(32) + '"';
    // By gzip it is the same, but not byte for byte (RFC 9110, section 8.8.1).
    response.headers.append("ETag", response.gzip ? "W/" + tag : tag);
    if (!isKnown(request, tag))
        return;
    response.status = 304;
    response.body.clear();
}

HttpResponse responseOf(const Operation &operation, const Reply &reply, const HttpRequest &request)
{
    HttpResponse response;
    response.status = operation.status;
    // Of one caller, who asks again to know how it is now.
    response.headers.append("Cache-Control", "private, no-cache");
    if (!reply.location.isEmpty())
        response.headers.append("Location", HttpApi::Path + reply.location);
    if (reply.json.isEmpty())
        return response;
    response.headers.append("Content-Type", "application/json");
    response.headers.append("Vary", "Accept-Encoding");
    response.body = reply.json;
    response.gzip = isWorthGzip(response.body.size()) && request.acceptsGzip();
    if (operation.method == "GET")
        addETag(response, request);
    return response;
}

/** How many of what counts a request asks for: each item of a list. */
qsizetype countOf(const Operation &operation, const Values &values)
{
    qsizetype count = 1;
    for (qsizetype i = 0; i < operation.parameters.size(); ++i) {
        const std::optional<JsonData> &value = values[std::size_t(i)];
        if (value && operation.parameters[i].type == ValueType::List)
            count = std::max(count, qsizetype(itemsOf(*value).size()));
    }
    return count;
}

} // namespace

HttpApi::HttpApi(const ServerConfig &config, HubParts &parts, Identify identify)
    : m_config(config)
    , m_parts(parts)
    , m_identify(std::move(identify))
    , m_operations(roomOperations(parts) + eventOperations(parts) + historyOperations(parts)
                   + clientOperations(parts) + membershipOperations(parts) + messageOperations(parts)
                   + sanctionOperations(parts) + erasingOperations(parts))
{
    m_operations.append(operation<Nothing>(
        {u"getOpenApi"_s, "GET", "/openapi.json", u"This document."_s, {}, 200, u"OpenApi"_s}, {},
        [this](const Caller &caller, const Nothing &, const Done &done) {
            done(Reply{QJsonDocument(document(caller)).toJson(QJsonDocument::Compact)});
        }));
    for (const Operation &each : std::as_const(m_operations)) {
        m_router.routeAsync(each.method, Path + each.path,
                            [this, each](const HttpRequest &request, const HttpResponder &responder) {
                                run(each, request, responder);
                            });
    }
}

HttpApi::~HttpApi() = default;

void HttpApi::addTo(HttpRouter &router)
{
    for (const char *const method : Methods) {
        router.routeAsync(method, QByteArray(Path) + "/*",
                          [this](const HttpRequest &request, const HttpResponder &responder) {
                              handle(request, responder);
                          });
    }
    router.route("OPTIONS", QByteArray(Path) + "/*", [this](const HttpRequest &request) {
        const QList<QByteArray> allowed = allowedAt(request);
        if (allowed.isEmpty())
            return notServed(request);
        HttpResponse response;
        response.status = 204;
        response.headers.append("Allow", allowed.join(", "));
        return response;
    });
}

void HttpApi::handle(const HttpRequest &request, const HttpResponder &responder)
{
    const QByteArray method = request.method == "HEAD" ? QByteArray("GET") : request.method;
    if (m_router.takes(method, request.target))
        m_router.handle(request, responder);
    else
        responder.respond(notServed(request));
}

QList<QByteArray> HttpApi::allowedAt(const HttpRequest &request) const
{
    QList<QByteArray> allowed;
    for (const char *const method : Methods) {
        if (m_router.takes(method, request.target))
            allowed.append(method);
    }
    return allowed;
}

HttpResponse HttpApi::notServed(const HttpRequest &request) const
{
    const QList<QByteArray> allowed = allowedAt(request);
    if (allowed.isEmpty()) {
        return refusalAt(request.path, 404,
                         QByteArray("There is nothing at this path; what there is stands in ") + Path
                             + "/openapi.json");
    }
    HttpResponse response = refusalAt(request.path, 405, "This path does not take that method");
    response.headers.append("Allow", allowed.join(", "));
    return response;
}

void HttpApi::run(const Operation &operation, const HttpRequest &request, const HttpResponder &responder)
{
    Result<Identity> identity = identify(request);
    if (!identity)
        return responder.respond(problem(identity.error()));
    const Caller caller{*std::move(identity)};
    const auto refuse = [&](const Error &error) {
        HttpResponse response = problem(error);
        addRateLimit(response, caller);
        responder.respond(std::move(response));
    };
    if (auto taken = take(caller, 1); !taken)
        return refuse(taken.error());
    if (m_parts.draining.hasBegun())
        return refuse(serverDraining());
    if (!operation.scope.isEmpty() && !caller.identity.grant->allows(operation.scope)) {
        HttpResponse response
            = problem({ErrorCode::PermissionDenied,
                       u"Your key has not the scope '%1' (key new --scope %1)"_s.arg(operation.scope)});
        response.headers.append("WWW-Authenticate",
                                "Bearer error=\"insufficient_scope\", scope=\""
                                    + QByteArrayView(operation.scope).toByteArray() + '"');
        addRateLimit(response, caller);
        return responder.respond(std::move(response));
    }
    if (auto allowed = checkBan(caller, m_parts.rooms); !allowed)
        return refuse(allowed.error());
    if (const QByteArray coding = bodyCoding(request.headers); !coding.isEmpty() && !request.body.isEmpty()) {
        HttpResponse response = codingRefused(request.path, coding);
        addRateLimit(response, caller);
        return responder.respond(std::move(response));
    }
    const Result<Values> values = valuesOf(request, operation.parameters);
    if (!values)
        return refuse(values.error());
    if (auto taken = take(caller, countOf(operation, *values) - 1); !taken)
        return refuse(taken.error());
    operation.run(caller, *values,
                  [this, alive = std::weak_ptr(m_alive), &operation, request, responder,
                   caller](Result<Reply> &&reply) {
                      if (alive.expired())
                          return responder.respond(problem(serverDraining()));
                      HttpResponse response
                          = reply ? responseOf(operation, *reply, request) : problem(reply.error());
                      addRateLimit(response, caller);
                      responder.respond(std::move(response));
                  });
}

Result<Identity> HttpApi::identify(const HttpRequest &request)
{
    const RateLimit &limit = m_config.api.failedKeys;
    if (!m_failures || m_failures->limit() != limit)
        m_failures = std::make_unique<RateWindows>(limit, MostAddresses);
    const QString address = BudgetKey::ofAddress(request.peerAddress).address.toString();
    const auto now = m_parts.budgets.now();
    // Whatever key it brings: else who tries them out would still learn when one is good.
    if (const auto wait = m_failures->wait(address, now)) {
        return Error{
            ErrorCode::RateLimited,
            u"From your address %1 keys in %2 ms were not accepted (api.failedKeys)"_s.arg(limit.maxEvents)
                .arg(limit.window.count()),
            {},
            *wait};
    }
    Result<Identity> identity = m_identify(request);
    if (!identity)
        (void)m_failures->take(address, now); // There was no wait.
    return identity;
}

Result<void> HttpApi::take(const Caller &caller, qsizetype count)
{
    if (!m_rates || m_rates->limit() != m_config.api.rateLimit)
        m_rates = std::make_unique<RateWindows>(m_config.api.rateLimit, MostKeys);
    const RateLimit &limit = m_rates->limit();
    const QString &key = caller.identity.credential;
    const auto now = m_parts.budgets.now();
    const QString most = u"Your key may ask for %1 in %2 ms (api.rateLimit)"_s.arg(limit.maxEvents)
                             .arg(limit.window.count());
    // All or nothing; by then one was taken, for the request, and it is known how many are left.
    if (count > 1 && count + 1 > limit.maxEvents)
        return Error{ErrorCode::InvalidRequest, most + u"; this is more at once"_s};
    if (count > 1 && count > m_rates->left(key))
        return Error{ErrorCode::RateLimited, most, {}, limit.window};
    for (qsizetype i = 0; i < count; ++i) {
        if (const auto wait = m_rates->take(key, now))
            return Error{ErrorCode::RateLimited, most, {}, *wait};
    }
    return {};
}

/** As draft-ietf-httpapi-ratelimit-headers had it up to its version 6, which is what clients know. */
void HttpApi::addRateLimit(HttpResponse &response, const Caller &caller) const
{
    const RateLimit &limit = m_rates->limit();
    const qint64 seconds = std::max<qint64>(1, (limit.window.count() + 999) / 1000);
    response.headers.append("RateLimit-Limit", QByteArray::number(limit.maxEvents));
    response.headers.append("RateLimit-Remaining",
                            QByteArray::number(m_rates->left(caller.identity.credential)));
    response.headers.append("RateLimit-Reset", QByteArray::number(seconds));
}

QJsonObject HttpApi::document(const Caller &caller) const
{
    std::vector<DeclaredEvent> events;
    int visited = 0;
    const auto add = [&](const Room &room) {
        const RoomPrivate &inside = RoomPrivate::of(room);
        // Of those that clients have made there may be very many, alike.
        const bool isTold = inside.createdById.isEmpty() && caller.identity.grant->reaches(inside.id)
            && allows(caller, room, RoomAction::See);
        const QList<EventDefinition> told = isTold ? inside.declared().events : QList<EventDefinition>();
        for (const EventDefinition &event : told) {
            if (events.size() < MostDeclared)
                events.push_back({inside.id, event.name, event.description, event.schema.toJson()});
        }
        return ++visited < MostVisited && events.size() < MostDeclared;
    };
    if (caller.identity.grant->allows(Grant::See))
        m_parts.rooms.index().forEachAfter({}, add);
    return openApi(m_operations, QLatin1StringView(Path), events);
}

} // namespace dialogue::api
