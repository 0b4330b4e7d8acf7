#pragma once

#include "server/tcp/places.h"

#include <memory>

namespace dialogue {

class ByteStream;
class Sender;

/**
 * What of the native transport others make use of, whether or not it was built: without it
 * (DIALOGUE_NATIVE_TRANSPORT) there is none of it, and nobody has a descriptor to begin with.
 */

/** The stream of an accepted descriptor, which it owns; in the calling thread. */
[[nodiscard]] std::unique_ptr<ByteStream> nativeStream(qintptr descriptor, Place &&place);

/** For the calling thread: a ring where \a ioUring asks for one and the kernel and the build have it. */
[[nodiscard]] std::unique_ptr<Sender> nativeSender(bool ioUring);

/** Closes what was accepted and is nobody's; negative: nothing. */
void closeDescriptor(qintptr descriptor);

} // namespace dialogue
