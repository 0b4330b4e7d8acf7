#pragma once

#include "server/http/httpmessage.h"
#include "server/tcp/bytestream.h"

#include <memory>
#include <optional>

namespace dialogue {

class EventStream;
class HttpConnection;
class HttpHandler;

/** What an HttpConnection asks of the worker that owns it. */
class HttpConnectionOwner
{
public:
    virtual ~HttpConnectionOwner() = default;

    [[nodiscard]] virtual int index() const = 0; ///< Among all workers.
    [[nodiscard]] virtual HttpHandler &httpHandler() = 0;
    /** Says in \a request who its client is: \a peer, or whom that names in its headers, where it is
     * trusted. */
    virtual void describeClient(HttpRequest &request, const Peer &peer) = 0;
    /** \a stream is \a client's, says the proxy it came from. False: there are too many of that one's. */
    [[nodiscard]] virtual bool becomeOf(ByteStream &stream, const Peer &client) = 0;
    virtual void proxyHeaderMissing(const Peer &peer, const QByteArray &reason) = 0;

    /** To another worker, with what was \a received. */
    virtual void moveAway(std::unique_ptr<ByteStream> stream, const QByteArray &received, int worker) = 0;
    /**
     * \a stream is a WebSocket's from here on, as \a head asks for; ConnectionHandler::webSocketOpened() has
     * been called. Or else the answer that refuses it, and \a stream is left.
     */
    [[nodiscard]] virtual std::optional<HttpResponse>
    openWebSocket(std::unique_ptr<ByteStream> &stream, const QByteArray &received, const HttpRequest &head,
                  qint64 maxMessageSize)
        = 0;
    /** \a stream is an answer's from here on that does not end, of which \a head goes out first. */
    [[nodiscard]] virtual EventStream *openEventStream(std::unique_ptr<ByteStream> stream,
                                                       const QByteArray &head)
        = 0;
    /** It has ended: \a connection is deleted, later. */
    virtual void remove(HttpConnection *connection) = 0;
};

} // namespace dialogue
