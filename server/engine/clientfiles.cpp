#include "server/engine/clientfiles.h"

namespace dialogue::engineio {

std::optional<HttpResponse> clientFileAnswer(QByteArrayView name)
{
    if (!name.startsWith("socket.io.") || !(name.endsWith(".js") || name.endsWith(".js.map")))
        return std::nullopt;
    HttpResponse response = HttpResponse::text(
        "This server brings no client in JavaScript. Any socket.io-client from 3.0 on speaks to it:\n"
        "  npm install socket.io-client@4\n"
        "  <script src=\"https://cdn.socket.io/4.8.1/socket.io.min.js\"></script>\n"
        "  import { io } from \"https://cdn.socket.io/4.8.1/socket.io.esm.min.js\";\n",
        404);
    response.headers.append("X-Content-Type-Options", "nosniff");
    return response;
}

} // namespace dialogue::engineio
