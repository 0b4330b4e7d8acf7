#include "server/gateway/workercount.h"

#include "server/net/epolldispatcher.h"

#include <QThread>

namespace dialogue::gateway {

int workerCount(std::optional<int> asked, int processors, bool servesConnections)
{
    return asked.value_or(processors == 1 && servesConnections ? 0 : 1);
}

int workerCount(std::optional<int> asked)
{
    // The processors this thread, and those it starts, may run on; not those of the machine.
    return workerCount(asked, QThread::idealThreadCount(),
                       qobject_cast<EpollDispatcher *>(QThread::currentThread()->eventDispatcher()));
}

} // namespace dialogue::gateway
