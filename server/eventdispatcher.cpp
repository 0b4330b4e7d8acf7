#include "server/eventdispatcher.h"

#include "server/net/epolldispatcher.h"

namespace dialogue {

QAbstractEventDispatcher *createEventDispatcher() { return new EpollDispatcher; }

} // namespace dialogue
