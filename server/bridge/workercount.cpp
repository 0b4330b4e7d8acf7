#include "server/bridge/workercount.h"

#include "server/loop/turndispatcher.h"

#include <QThread>

namespace dialogue::bridge {

int workerCount(std::optional<int> asked, int processors, bool servesConnections)
{
    return asked.value_or(processors == 1 && servesConnections ? 0 : 1);
}

int workerCount(std::optional<int> asked)
{
    // The processors this thread, and those it starts, may run on; not those of the machine.
    return workerCount(asked, QThread::idealThreadCount(),
                       qobject_cast<TurnDispatcher *>(QThread::currentThread()->eventDispatcher()));
}

} // namespace dialogue::bridge
