#pragma once

#include "server/export.h"

class QAbstractEventDispatcher;

namespace dialogue {

/**
 * An event dispatcher whose cost does not grow with the number of idle connections (epoll(7)), which Qt's own
 * does. Io workers always have one; give the hub one too where connections live in it: with `workers: 0`,
 * which in a thread that has one is the default where the process may use one processor only.
 *
 *     QCoreApplication::setEventDispatcher(dialogue::createEventDispatcher());
 *     QCoreApplication app(argc, argv);
 *
 * Null in a build without the native transport (DIALOGUE_NATIVE_TRANSPORT), where Qt's own does.
 */
DIALOGUE_SERVER_EXPORT QAbstractEventDispatcher *createEventDispatcher();

} // namespace dialogue
