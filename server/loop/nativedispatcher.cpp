#include "server/loop/nativedispatcher.h"

#include "server/loop/epolldispatcher.h"

namespace dialogue {

QAbstractEventDispatcher *nativeDispatcher() { return new EpollDispatcher; }

} // namespace dialogue
