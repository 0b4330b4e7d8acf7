#pragma once

#include "server/http/httpmessage.h"

namespace dialogue::engineio {

/** One HTTP request of a session that waits for its answer. Destroyed unanswered it was aborted. */
class Exchange
{
public:
    virtual ~Exchange() = default;
    /** Once; the exchange may be destroyed afterwards. */
    virtual void respond(HttpResponse &&response) = 0;
};

} // namespace dialogue::engineio
