#include "server/http/router.h"

#include "core/base/logging.h"

#include <optional>

namespace dialogue {

struct HttpResponder::State
{
    Send send;

    explicit State(Send s)
        : send(std::move(s))
    { }
    ~State()
    {
        if (send)
            send(HttpResponse::json(
                QJsonObject{{QStringLiteral("message"), QStringLiteral("The route gave no answer")}}, 500));
    }
    Q_DISABLE_COPY_MOVE(State)
};

HttpResponder::HttpResponder(Send send)
    : m_state(std::make_shared<State>(std::move(send)))
{ }

void HttpResponder::respond(HttpResponse response) const
{
    if (auto send = std::exchange(m_state->send, {}))
        send(std::move(response));
    else
        qCWarning(lcHttp) << "A second answer to one request was dropped";
}

namespace {

using Parameters = QList<std::pair<QByteArray, QByteArray>>;

QList<QByteArray> segmentsOf(const QByteArray &path) { return path.split('/'); }

/** The parameters of \a path, if it has the shape of \a pattern. */
std::optional<Parameters> match(const QList<QByteArray> &pattern, const QList<QByteArray> &path)
{
    Parameters parameters;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        if (i == pattern.size() - 1 && pattern[i] == "*") {
            parameters.append({"*", path.mid(i).join('/')});
            return parameters;
        }
        if (i >= path.size())
            return std::nullopt;
        if (pattern[i].startsWith(':')) {
            if (path[i].isEmpty())
                return std::nullopt;
            parameters.append({pattern[i].mid(1), path[i]});
        } else if (pattern[i] != path[i]) {
            return std::nullopt;
        }
    }
    if (path.size() != pattern.size())
        return std::nullopt;
    return parameters;
}

} // namespace

void HttpRouter::route(const QByteArray &method, const QByteArray &pattern, Handler handler)
{
    routeAsync(method, pattern,
               [handler = std::move(handler)](const HttpRequest &request, const HttpResponder &responder) {
                   responder.respond(handler(request));
               });
}

void HttpRouter::routeAsync(const QByteArray &method, const QByteArray &pattern, AsyncHandler handler)
{
    m_routes.push_back({method, segmentsOf(pattern), std::move(handler)});
}

void HttpRouter::handle(HttpRequest request, const HttpResponder &responder) const
{
    const QByteArray method = request.method == "HEAD" ? QByteArrayLiteral("GET") : request.method;
    const QList<QByteArray> path = segmentsOf(request.path);
    QList<QByteArray> allowed;
    for (const Route &route : m_routes) {
        auto parameters = match(route.segments, path);
        if (!parameters)
            continue;
        if (route.method == method) {
            request.parameters = *parameters;
            route.handler(request, responder);
            return;
        }
        if (!allowed.contains(route.method))
            allowed.append(route.method);
    }
    const auto message = QStringLiteral("message");
    if (allowed.isEmpty()) {
        responder.respond(HttpResponse::json(
            QJsonObject{{message, QStringLiteral("Nothing is served at this path")}}, 404));
        return;
    }
    HttpResponse response = HttpResponse::json(
        QJsonObject{{message, QStringLiteral("This path does not take this method")}}, 405);
    response.headers.append("Allow", allowed.join(", "));
    responder.respond(std::move(response));
}

} // namespace dialogue
