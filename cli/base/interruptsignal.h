#pragma once

#include <QObject>

#include <memory>

class QSocketNotifier;

namespace dialogue::cli {

/**
 * Ctrl-C and SIGTERM as a Qt signal, by signalfd(2). To be made before any other thread, as it blocks the two
 * signals; after the first they end the process as ever. One per process.
 */
class InterruptSignal : public QObject
{
    Q_OBJECT
public:
    explicit InterruptSignal(QObject *parent = nullptr);
    ~InterruptSignal() override;

Q_SIGNALS:
    void requested();

private:
    void release();

    int m_descriptor = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace dialogue::cli
