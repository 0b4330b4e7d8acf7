#include "process/signalnotifier.h"

namespace dialogue {

SignalNotifier::SignalNotifier(const sigset_t &signals, QObject *parent)
    : QObject(parent)
    , m_signals(signals)
    , m_notifier(m_signals.descriptor(), QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, [this] {
        if (const int signal = m_signals.take(); signal != 0)
            Q_EMIT came(signal);
    });
}

} // namespace dialogue
