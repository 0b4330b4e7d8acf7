#pragma once

#include "server/http/httpmessage.h"

namespace dialogue {

/** A request in the hands of the layer above, marked on its connection until it is answered. */
class PendingRequest
{
public:
    virtual ~PendingRequest() = default;
    /** The peer is gone, or too slow: the connection must not be used any more. */
    virtual void aborted() = 0;
    /** A POST whose body was over the limit and has been answered. */
    virtual void bodyRefused() { }
    /** A POST that was announced by its head is complete. */
    virtual void bodyComplete(const HttpRequest &request) { Q_UNUSED(request) }
    /** Another request waits behind it on its connection. */
    virtual void nextRequestWaits() { }
};

} // namespace dialogue
