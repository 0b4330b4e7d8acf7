#include "server/http/router.h"

#include "core/base/exceptions.h"
#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "server/http/problem.h"
#include "server/http/requesttarget.h"
#include "server/http/routemistake.h"

#include <QSet>
#include <QThread>

#include <algorithm>

namespace dialogue {

struct HttpResponder::State
{
    Send send;
    const QThread *const hub = QThread::currentThread();

    explicit State(Send s)
        : send(std::move(s))
    { }
    ~State()
    {
        if (!send)
            return;
        assertHub();
        send(HttpResponse::json(
            QJsonObject{{QStringLiteral("message"), QStringLiteral("The route gave no answer")}}, 500));
    }
    Q_DISABLE_COPY_MOVE(State)

    void assertHub() const
    {
        Q_ASSERT_X(QThread::currentThread() == hub, "dialogue::HttpResponder",
                   "answers, and is dropped unanswered, in the thread of its Dialogue alone; use "
                   "QMetaObject::invokeMethod(&dialogue, ...)");
    }
};

HttpResponder::HttpResponder(Send send)
    : m_state(std::make_shared<State>(std::move(send)))
{ }

bool HttpResponder::isAnswered() const { return !m_state->send; }

void HttpResponder::respond(HttpResponse response) const
{
    m_state->assertHub();
    if (auto send = std::exchange(m_state->send, {}))
        send(std::move(response));
    else
        qCWarning(lcHttp) << "A second answer to one request was dropped";
}

namespace {

using Parameters = QList<std::pair<QByteArray, QByteArray>>;

/** As programs expect it where they ask, and else as JSON with a message. */
HttpResponse refusal(const QByteArray &path, int status, const char *message)
{
    if (isForPrograms(path))
        return refusalAt(path, status, message);
    return HttpResponse::json({{QStringLiteral("message"), QString::fromLatin1(message)}}, status);
}

/** Apart before they are decoded, so that a slash that was encoded divides none. */
QList<QByteArray> segmentsOf(QByteArrayView target)
{
    const std::optional<RequestTarget> parts = parseRequestTarget(target);
    QList<QByteArray> segments
        = parts ? parts->path.toByteArray().split('/') : QList<QByteArray>{QByteArray()};
    for (QByteArray &segment : segments)
        segment = percentDecoded(segment);
    return segments;
}

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

/** As people know it: `The route GET "/users/:id"`. */
QString nameOf(const QByteArray &method, const QByteArray &pattern)
{
    return QStringLiteral("The route %1 \"%2\"").arg(QString::fromUtf8(method), QString::fromUtf8(pattern));
}

/** What two patterns have in common that match the same: the names of parameters do not count. */
QByteArray shapeOf(QList<QByteArray> segments)
{
    for (QByteArray &segment : segments) {
        if (segment.startsWith(':'))
            segment = ":";
    }
    return segments.join('/');
}

/** Runs \a handle; an exception ends this request and nothing else. */
template <class F>
void answered(const HttpResponder &responder, const QByteArray &target, ExceptionLog &exceptions,
              const F &handle)
{
    const auto where = [&target] { return QStringLiteral("for ") + quoted(target); };
    if (!guarded(exceptions, where, handle) && !responder.isAnswered())
        responder.respond(refusal(target, 500, "The route failed"));
}

} // namespace

void HttpRouter::route(const QByteArray &method, const QByteArray &pattern, Handler handler)
{
    AsyncHandler async;
    if (handler) {
        async = [handler = std::move(handler)](const HttpRequest &request, const HttpResponder &responder) {
            responder.respond(handler(request));
        };
    }
    routeAsync(method, pattern, std::move(async));
}

void HttpRouter::routeAsync(const QByteArray &method, const QByteArray &pattern, AsyncHandler handler)
{
    AsyncHandler safe;
    if (handler) {
        // Strangers may ask for what throws as often as they like.
        safe = [handler = std::move(handler),
                exceptions = std::make_shared<ExceptionLog>(lcHttp, QStringLiteral("routes"))](
                   const HttpRequest &request, const HttpResponder &responder) {
            // The handler may add routes, and delete the server, and this with it.
            const QByteArray target = request.target;
            // NOLINTNEXTLINE(performance-unnecessary-copy-initialization)
            const std::shared_ptr<ExceptionLog> kept = exceptions;
            answered(responder, target, *kept, [&] { handler(request, responder); });
        };
    }
    Route route{method, pattern, pattern.split('/'), std::move(safe)};
    const QString mistake = m_reserved ? mistakeIn(route, *m_reserved) : QString();
    if (mistake.isEmpty())
        m_routes.push_back(std::move(route));
    else
        qCCritical(lcHttp).noquote() << nameOf(method, pattern) << mistake;
}

QString HttpRouter::mistakeIn(const Route &route, const QByteArray &reserved) const
{
    return route.handler ? routeMistake(route.method, route.pattern, reserved)
                         : QStringLiteral("has no handler");
}

Result<void> HttpRouter::check(const QByteArray &reserved)
{
    m_reserved = reserved;
    QSet<std::pair<QByteArray, QByteArray>> seen;
    for (const Route &route : m_routes) {
        QString mistake = mistakeIn(route, reserved);
        const std::pair same(route.method, shapeOf(route.segments));
        if (mistake.isEmpty() && seen.contains(same))
            mistake = QStringLiteral("is there twice, and the first one answers");
        if (!mistake.isEmpty())
            return Error{ErrorCode::ConfigError, nameOf(route.method, route.pattern) + u' ' + mistake,
                         QStringLiteral("http")};
        seen.insert(same);
    }
    return {};
}

bool HttpRouter::takes(const QByteArray &method, const QByteArray &path) const
{
    const QList<QByteArray> segments = segmentsOf(path);
    return std::any_of(m_routes.begin(), m_routes.end(), [&](const Route &route) {
        return route.method == method && match(route.segments, segments);
    });
}

void HttpRouter::handle(HttpRequest request, const HttpResponder &responder) const
{
    const QByteArray method = request.method == "HEAD" ? QByteArrayLiteral("GET") : request.method;
    const QList<QByteArray> path = segmentsOf(request.target);
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
    if (allowed.isEmpty()) {
        responder.respond(refusal(request.path, 404, "Nothing is served at this path"));
        return;
    }
    HttpResponse response = refusal(request.path, 405, "This path does not take this method");
    response.headers.append("Allow", allowed.join(", "));
    responder.respond(std::move(response));
}

} // namespace dialogue
