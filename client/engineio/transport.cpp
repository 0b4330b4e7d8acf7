#include "client/engineio/transport.h"

#include "client/engineio/pollingtransport.h"
#include "client/engineio/websockettransport.h"

namespace dialogue::client {

std::unique_ptr<Transport> makeTransport(TransportKind kind, const ConnectionConfig &config)
{
    if (kind == TransportKind::WebSocket)
        return std::make_unique<WebSocketTransport>(config);
    return std::make_unique<PollingTransport>(config);
}

} // namespace dialogue::client
