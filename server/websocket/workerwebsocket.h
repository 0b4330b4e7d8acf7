#pragma once

#include "server/websocket/websocket.h"

#include <QObject>

namespace dialogue {

/** What all WebSockets of a worker have: somebody who listens, and is told when little waits any more. */
class WorkerWebSocket : public QObject, public WebSocket
{
    Q_OBJECT

public:
    void setListener(WebSocketListener *listener) final { m_listener = listener; }
    void tellWhenDrained(qint64 mark) final
    {
        m_drainMark = mark;
        reportIfDrained();
    }

protected:
    /** Less waits than before. */
    void reportIfDrained()
    {
        if (m_drainMark >= 0 && !m_closing && queuedBytes() <= m_drainMark)
            reportDrained();
    }

    WebSocketListener *m_listener = nullptr;
    bool m_closing = false; ///< Nothing more is sent or delivered.

private:
    void reportDrained();

    qint64 m_drainMark = -1; ///< Told when no more waits; negative: nobody asked.
};

} // namespace dialogue
