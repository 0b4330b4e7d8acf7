#include "server/net/sender.h"

#include "core/base/logging.h"

#ifdef DIALOGUE_HAS_IO_URING
#include "server/net/uringsender.h"
#endif

namespace dialogue {

std::unique_ptr<Sender> createSender(bool ioUring)
{
#ifdef DIALOGUE_HAS_IO_URING
    if (ioUring) {
        if (auto ring = UringSender::create())
            return ring;
        qCInfo(lcNet) << "The kernel refuses io_uring: what is sent in a turn goes out call by call";
    }
#else
    Q_UNUSED(ioUring)
#endif
    return std::make_unique<SocketSender>();
}

} // namespace dialogue
