#pragma once

#include "core/base/result.h"
#include "server/http/httpmessage.h"

namespace dialogue::sse {

/**
 * Why there is no stream: problem+json (RFC 9457) with our code. A browser's EventSource never comes back
 * after an answer like that; so where it should, as it is a matter of time, and it \a readsEvents, it gets a
 * stream that says so in `dialogue:error`, and ends.
 */
[[nodiscard]] HttpResponse refusal(const Error &error, bool readsEvents, std::chrono::milliseconds retry);

} // namespace dialogue::sse
