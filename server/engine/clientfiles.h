#pragma once

#include "server/http/httpmessage.h"

#include <optional>

namespace dialogue::engineio {

/**
 * The answer to a request for a client in JavaScript, as the reference has them below its path
 * ("socket.io.js", "socket.io.min.js", "socket.io.esm.min.js", ...): 404, and where clients are to be had.
 * Nothing for any other. \a name: of what is asked for below the path.
 */
[[nodiscard]] std::optional<HttpResponse> clientFileAnswer(QByteArrayView name);

} // namespace dialogue::engineio
