#pragma once

#include "server/http/httpmessage.h"

namespace dialogue {

/**
 * Whether one of the extensions that a client offers is permessage-deflate as it is spoken here (RFC 7692,
 * section 7.1): without a memory from message to message, either way, and with the largest window; so that
 * one message compressed is so for all, and a connection keeps nothing.
 */
[[nodiscard]] bool offersDeflate(const HttpHeaders &headers);

/** What is answered to that, as Sec-WebSocket-Extensions. */
inline constexpr auto DeflateAgreed
    = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

} // namespace dialogue
