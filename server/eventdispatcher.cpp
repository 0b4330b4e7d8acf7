#include "server/eventdispatcher.h"

#include "server/loop/nativedispatcher.h"

#include <QAbstractEventDispatcher>

namespace dialogue {

QAbstractEventDispatcher *createEventDispatcher() { return nativeDispatcher(); }

} // namespace dialogue
