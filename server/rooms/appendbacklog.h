#pragma once

#include "core/base/result.h"
#include "server/rooms/appendcounters.h"

#include <QObject>

namespace dialogue {

/** What waits, in all rooms, for the broker to say that it is kept. */
class AppendBacklog : public QObject
{
    Q_OBJECT
public:
    explicit AppendBacklog(qint64 limit, QObject *parent = nullptr)
        : QObject(parent)
        , m_limit(limit)
    { }

    /** Unavailable, where as much waits as may. */
    [[nodiscard]] Result<void> mayWait();
    void add(qint64 bytes);
    void remove(qint64 bytes);
    void countFailed() { ++m_counters.failed; }
    void countUnknown() { ++m_counters.unknown; }

    [[nodiscard]] bool isIdle() const { return m_counters.waiting == 0; }
    [[nodiscard]] const AppendCounters &counters() const { return m_counters; }

Q_SIGNALS:
    void idle(); ///< Nothing waits any more; this or that may begin to in the same call.

private:
    const qint64 m_limit;
    AppendCounters m_counters;
};

} // namespace dialogue
