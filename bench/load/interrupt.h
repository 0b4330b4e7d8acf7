#pragma once

#include "bench/load/poller.h"
#include "process/heldsignals.h"

namespace dialogue::bench {

/** While it lives, the first Ctrl-C (or SIGTERM) is noted instead of ending the process; the second ends it.
 */
class Interrupt final : private Pollable
{
public:
    explicit Interrupt(Poller &poller);

    [[nodiscard]] bool isRequested() const { return m_isRequested; }

private:
    void onReady(std::uint32_t events) override;

    HeldSignals m_signals;
    bool m_isRequested = false;
};

} // namespace dialogue::bench
