#include "server/sse/sserefusal.h"

#include "core/protocol/dialogue/errors.h"
#include "core/protocol/dialogue/names.h"
#include "server/http/problem.h"
#include "server/sse/sseencoding.h"

namespace dialogue::sse {

HttpResponse refusal(const Error &error, bool readsEvents, std::chrono::milliseconds retry)
{
    Error told = error;
    const bool isForNow = problemKindOf(error).isForNow;
    if (isForNow && !told.retryAfter)
        told.retryAfter = retry;
    HttpResponse response = problem(told);
    if (isForNow && readsEvents) {
        response = HttpResponse::of(
            200, "text/event-stream",
            "retry: " + QByteArray::number(told.retryAfterMs()) + '\n'
                + eventText({}, protocol::names::error, protocol::ErrorPayload::of(error).write().take()));
        response.headers.append("Cache-Control", "no-store");
    }
    response.close = true;
    return response;
}

} // namespace dialogue::sse
