#pragma once

#include "server/http/httpmessage.h"

namespace dialogue {

class HttpConnection;

/**
 * What HTTP connections ask of the layer above them; one per io worker, called in that worker's thread.
 */
class HttpHandler
{
public:
    virtual ~HttpHandler() = default;

    /**
     * The index of the worker a connection belongs to, judged by the head of a request of which nothing is
     * consumed yet; another index than this worker's moves the connection there with all that it has
     * received.
     */
    virtual int homeOf(const HttpRequest &head) = 0;

    /** The most bytes the body of this request may have; a longer one is answered 413. */
    virtual qint64 bodyLimit(const HttpRequest &head) = 0;

    /** A head has come, its body is about to; requestReceived() follows, bodyRefused() or requestAborted().
     */
    virtual void bodyBegins(HttpConnection *connection, const HttpRequest &head)
    {
        Q_UNUSED(connection)
        Q_UNUSED(head)
    }

    /**
     * The body of \a head was over its limit or malformed; \a response, which says so, may be dressed before
     * it goes. The connection closes after it.
     */
    virtual void bodyRefused(HttpConnection *connection, const HttpRequest &head, HttpResponse &response)
    {
        Q_UNUSED(connection)
        Q_UNUSED(head)
        Q_UNUSED(response)
    }

    /** A complete request; answered through connection->respond(), now or later, once. */
    virtual void requestReceived(HttpConnection *connection, HttpRequest &&request) = 0;

    /**
     * Another request has come behind the one in hand, on the same connection, and waits for its answer: now
     * is the time where it may be given early. Called again as more comes.
     */
    virtual void nextRequestWaits(HttpConnection *connection) { Q_UNUSED(connection) }

    /** A request with `Upgrade: websocket`: call connection->acceptWebSocket() or connection->respond(). */
    virtual void upgradeRequested(HttpConnection *connection, const HttpRequest &head) = 0;

    /** The peer went away, or ran out of time, before the answer; \a connection is deleted after this call.
     */
    virtual void requestAborted(HttpConnection *connection) = 0;
};

} // namespace dialogue
