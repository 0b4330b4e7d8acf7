#pragma once

#include "server/tcp/sender.h"

#include <memory>

namespace dialogue {

/** For the calling thread: a ring where \a ioUring asks for one and the kernel and the build have it. */
std::unique_ptr<Sender> createSender(bool ioUring);

} // namespace dialogue
