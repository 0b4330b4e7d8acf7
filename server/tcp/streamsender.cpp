#include "server/tcp/streamsender.h"

#include "server/tcp/qtstream.h"

namespace dialogue {

void StreamSender::sendAll(std::span<SendRequest> requests)
{
    for (SendRequest &request : requests) {
        // What QtStream::sendTarget() has made of a pointer; elsewhere it is a descriptor.
        // NOLINTNEXTLINE(performance-no-int-to-ptr)
        auto *const stream = reinterpret_cast<QtStream *>(request.target);
        request.result = stream->send(request.data);
    }
}

} // namespace dialogue
