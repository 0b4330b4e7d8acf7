#include "server/tcp/bytestream.h"
#include "server/tcp/nativetransport.h"
#include "server/tcp/streamsender.h"

// In a build without the native transport.

namespace dialogue {

std::unique_ptr<ByteStream> nativeStream(qintptr, Place &&)
{
    Q_UNREACHABLE(); // Nobody has accepted one.
}

// Of who has not said which transport, and listens on nothing.
std::unique_ptr<Sender> nativeSender(bool) { return std::make_unique<StreamSender>(); }

void closeDescriptor(qintptr) { }

} // namespace dialogue
