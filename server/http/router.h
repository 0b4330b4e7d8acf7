#pragma once

#include "server/export.h"
#include "server/net/httpmessage.h"

#include <functional>
#include <memory>
#include <vector>

namespace dialogue {

/** The way back for one request; copyable, may be kept and used later from the hub's thread. Answers once. */
class DIALOGUE_SERVER_EXPORT HttpResponder
{
public:
    using Send = std::function<void(HttpResponse &&)>;
    explicit HttpResponder(Send send);
    /** Dropping every copy without an answer sends a 500, so that no connection waits for ever. */
    void respond(HttpResponse response) const;

private:
    struct State;
    std::shared_ptr<State> m_state;
};

/**
 * Own HTTP routes beside Dialogue's. Handlers run in the hub's thread and must not block.
 *
 *     dialogue.http().get("/hello/:name", [](const HttpRequest &request) {
 *         return HttpResponse::text("Hello " + request.parameter("name"));
 *     });
 *
 * A pattern is made of literal segments, `:name` for one segment and a final `*` for the rest. The first
 * route that matches answers: in the order they were added. HEAD is answered by GET routes; a path that
 * exists for other methods alone gets 405 with Allow.
 */
class DIALOGUE_SERVER_EXPORT HttpRouter
{
public:
    using Handler = std::function<HttpResponse(const HttpRequest &)>;
    using AsyncHandler = std::function<void(const HttpRequest &, const HttpResponder &)>;

    void get(const QByteArray &pattern, Handler handler) { route("GET", pattern, std::move(handler)); }
    void post(const QByteArray &pattern, Handler handler) { route("POST", pattern, std::move(handler)); }
    void put(const QByteArray &pattern, Handler handler) { route("PUT", pattern, std::move(handler)); }
    void del(const QByteArray &pattern, Handler handler) { route("DELETE", pattern, std::move(handler)); }
    void route(const QByteArray &method, const QByteArray &pattern, Handler handler);
    void routeAsync(const QByteArray &method, const QByteArray &pattern, AsyncHandler handler);

    /** Finds the route and runs it; 404 and 405 are answered here. */
    void handle(HttpRequest request, const HttpResponder &responder) const;

private:
    struct Route
    {
        QByteArray method;
        QList<QByteArray> segments;
        AsyncHandler handler;
    };
    std::vector<Route> m_routes;
};

} // namespace dialogue
