#include "bench/load/interrupt.h"

#include "process/endingsignals.h"

#include <sys/epoll.h>

namespace dialogue::bench {

Interrupt::Interrupt(Poller &poller)
    : m_signals(endingSignals())
{
    poller.watch(m_signals.descriptor(), EPOLLIN, *this);
}

void Interrupt::onReady(std::uint32_t /*events*/)
{
    m_isRequested = m_signals.take() != 0 || m_isRequested;
    m_signals.letThrough();
}

} // namespace dialogue::bench
