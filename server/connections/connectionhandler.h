#pragma once

#include "server/http/httphandler.h"

namespace dialogue {

class WebSocketConnection;

/** What connections ask of the layer above them; one per io worker, called in that worker's thread. */
class ConnectionHandler : public HttpHandler
{
public:
    /** The 101 is on its way; \a head is the request's. The handler owns what happens next:
     * webSocket->setListener(). */
    virtual void webSocketOpened(WebSocketConnection *webSocket, const HttpRequest &head) = 0;
};

} // namespace dialogue
