#pragma once

#include <QObject>

#include <array>
#include <memory>

class QSocketNotifier;

namespace dialogue {

/**
 * SIGTERM and SIGINT as a Qt signal: the handler only writes to a pipe (signal-safety(7)), the event loop
 * reads it. One per process.
 */
class ShutdownSignal : public QObject
{
    Q_OBJECT
public:
    explicit ShutdownSignal(QObject *parent = nullptr);
    ~ShutdownSignal() override;

Q_SIGNALS:
    void requested();

private:
    std::array<int, 2> m_pipe{-1, -1};
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace dialogue
