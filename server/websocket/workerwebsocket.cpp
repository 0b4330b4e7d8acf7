#include "server/websocket/workerwebsocket.h"

#include "server/websocket/websocketlistener.h"

namespace dialogue {

// Later: in the middle of a flush nobody may send.
void WorkerWebSocket::reportDrained()
{
    m_drainMark = -1;
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_listener && !m_closing)
                m_listener->drained();
        },
        Qt::QueuedConnection);
}

} // namespace dialogue
