#pragma once

namespace dialogue::bench {

/** While it lives, the first Ctrl-C (or SIGTERM) is noted instead of ending the process; the second ends it.
 */
class Interrupt
{
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt &) = delete;
    Interrupt &operator=(const Interrupt &) = delete;

    [[nodiscard]] bool isRequested() const;
};

} // namespace dialogue::bench
