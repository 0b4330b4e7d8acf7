#pragma once

#include "core/base/result.h"
#include "server/export.h"
#include "server/http/httpmessage.h"

#include <deque>
#include <functional>
#include <memory>
#include <optional>

namespace dialogue {

/** The way back for one request; copyable, may be kept and used later, in the hub's thread, which debug
 * builds assert. Answers once. */
class DIALOGUE_SERVER_EXPORT HttpResponder
{
public:
    using Send = std::function<void(HttpResponse &&)>;
    explicit HttpResponder(Send send);
    /** Dropping every copy without an answer sends a 500, so that no connection waits for ever. */
    void respond(HttpResponse response) const;
    [[nodiscard]] bool isAnswered() const;

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
 * exists for other methods alone gets 405 with Allow. An exception out of a handler is logged, and answered
 * with a 500 where the handler has not answered itself.
 *
 * A route that nothing can ever match is a mistake, and Dialogue::start() says which: a pattern that does not
 * begin with "/", a `*` before the end, a parameter without a name or with another's, a query, what lies
 * below the Socket.IO path, the same route twice; a method in small letters, HEAD (GET answers it), no
 * handler. One that is added after start() is logged instead.
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

    /** ConfigError for the first route that is a mistake, where \a reserved is the path of Socket.IO's. Asked
     * once; what comes later is logged. */
    Result<void> check(const QByteArray &reserved);

    /** Whether a route of \a method takes \a path. */
    [[nodiscard]] bool takes(const QByteArray &method, const QByteArray &path) const;
    /** Finds the route and runs it; 404 and 405 are answered here. */
    void handle(HttpRequest request, const HttpResponder &responder) const;

private:
    struct Route
    {
        QByteArray method;
        QByteArray pattern;
        QList<QByteArray> segments;
        AsyncHandler handler;
    };
    [[nodiscard]] QString mistakeIn(const Route &route, const QByteArray &reserved) const;

    std::deque<Route> m_routes; ///< Stays where it is while a handler adds to it.
    std::optional<QByteArray> m_reserved; ///< Once it was checked.
};

} // namespace dialogue
