#include "server/tcp/nativetransport.h"

#include "server/tcp/clientsocket.h"
#include "server/tcp/createsender.h"

#include <unistd.h>

namespace dialogue {

std::unique_ptr<ByteStream> nativeStream(qintptr descriptor, Place &&place)
{
    return std::make_unique<ClientSocket>(int(descriptor), std::move(place));
}

std::unique_ptr<Sender> nativeSender(bool ioUring) { return createSender(ioUring); }

void closeDescriptor(qintptr descriptor)
{
    if (descriptor >= 0)
        ::close(int(descriptor));
}

} // namespace dialogue
