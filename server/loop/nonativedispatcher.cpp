#include "server/loop/nativedispatcher.h"

// In a build without the native transport.

namespace dialogue {

QAbstractEventDispatcher *nativeDispatcher() { return nullptr; }

} // namespace dialogue
