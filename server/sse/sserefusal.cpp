#include "server/sse/sserefusal.h"

#include "core/protocol/dialogue/errors.h"
#include "core/protocol/dialogue/names.h"
#include "server/sse/sseencoding.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue::sse {

namespace {

struct Answer
{
    int status;
    QString title;
    bool isForNow = false; ///< It may be another in a moment.
};

Answer answerFor(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidRequest:
    case ErrorCode::ParseError:
    case ErrorCode::ValidationFailed:
        return {400, u"The request is malformed"_s};
    case ErrorCode::Unauthorized:
    case ErrorCode::TokenExpired:
        return {401, u"The credential is missing or not valid"_s};
    case ErrorCode::PermissionDenied:
    case ErrorCode::JoinDenied:
    case ErrorCode::EventNotAllowed:
        return {403, u"That is not allowed"_s};
    case ErrorCode::RoomNotFound:
        return {404, u"There is no such room"_s};
    case ErrorCode::RateLimited:
        return {429, u"Too many requests"_s, true};
    case ErrorCode::RoomFull:
    case ErrorCode::LimitReached:
        return {503, u"There is no place now"_s, true};
    case ErrorCode::ServerDraining:
    case ErrorCode::Unavailable:
        return {503, u"The server is not available now"_s, true};
    default:
        return {403, u"That is refused"_s};
    }
}

} // namespace

HttpResponse refusal(const Error &error, bool readsEvents, std::chrono::milliseconds retry)
{
    const Answer answer = answerFor(error.code);
    const auto wait = error.retryAfter.value_or(retry);
    HttpResponse response;
    if (answer.isForNow && readsEvents) {
        response = HttpResponse::of(
            200, "text/event-stream",
            "retry: " + QByteArray::number(qint64(wait.count())) + '\n'
                + eventText({}, protocol::names::error, protocol::ErrorPayload::of(error).write().take()));
    } else {
        QJsonObject problem{{u"type"_s, u"about:blank"_s},
                            {u"title"_s, answer.title},
                            {u"status"_s, answer.status},
                            {u"detail"_s, error.text()},
                            {u"code"_s, QString::fromLatin1(codeName(error.code))}};
        if (!error.path.isEmpty())
            problem.insert(u"path"_s, error.path);
        response = HttpResponse::json(problem, answer.status);
        response.headers = {};
        response.headers.append("Content-Type", "application/problem+json");
        if (answer.isForNow) {
            const qint64 seconds = std::max<qint64>(1, (wait.count() + 999) / 1000);
            response.headers.append("Retry-After", QByteArray::number(seconds));
        }
        if (answer.status == 401)
            response.headers.append("WWW-Authenticate", "Bearer");
    }
    response.headers.append("Cache-Control", "no-store");
    response.close = true;
    return response;
}

} // namespace dialogue::sse
