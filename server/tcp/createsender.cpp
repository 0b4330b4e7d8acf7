#include "server/tcp/createsender.h"

#include "core/base/logging.h"
#include "server/tcp/socketsender.h"

#ifdef DIALOGUE_HAS_IO_URING
#include "server/tcp/uringsender.h"

#include <cstring>
#endif

namespace dialogue {

std::unique_ptr<Sender> createSender(bool ioUring)
{
#ifdef DIALOGUE_HAS_IO_URING
    if (ioUring) {
        int error = 0;
        if (auto ring = UringSender::create(&error))
            return ring;
        qCInfo(
            lcNet,
            "No io_uring (%s): what is sent in a turn goes out call by call. 'ioUring: false' asks for that",
            std::strerror(error));
    }
#else
    Q_UNUSED(ioUring)
#endif
    return std::make_unique<SocketSender>();
}

} // namespace dialogue
