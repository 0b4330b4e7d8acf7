#pragma once

#include <QObject>

#include <array>
#include <memory>

class QSocketNotifier;

namespace dialogue {

/**
 * SIGTERM, SIGINT and SIGHUP as Qt signals: the handler only writes to a pipe (signal-safety(7)), the event
 * loop reads it. SIGPIPE is ignored: who writes is told by the write. One per process.
 */
class ProcessSignals : public QObject
{
    Q_OBJECT
public:
    explicit ProcessSignals(QObject *parent = nullptr);
    ~ProcessSignals() override;

Q_SIGNALS:
    void stopRequested();
    void hungUp();

private:
    std::array<int, 2> m_pipe{-1, -1};
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace dialogue
