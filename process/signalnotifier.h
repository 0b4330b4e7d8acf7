#pragma once

#include "process/heldsignals.h"

#include <QObject>
#include <QSocketNotifier>

namespace dialogue {

/** Signals of the process as one of Qt's, from the event loop. As HeldSignals, to be made before any thread.
 */
class SignalNotifier : public QObject
{
    Q_OBJECT
public:
    explicit SignalNotifier(const sigset_t &signals, QObject *parent = nullptr);

    void letThrough() { m_signals.letThrough(); } ///< From now on they do what they do.

Q_SIGNALS:
    void came(int signal);

private:
    HeldSignals m_signals;
    QSocketNotifier m_notifier;
};

} // namespace dialogue
