#pragma once

#include <QtGlobal>

#include <csignal>

namespace dialogue {

/**
 * While it lives, signals wait to be taken from a descriptor instead of doing what they do: signalfd(2). To
 * be made before any other thread, as it blocks them in this one and in those that it starts.
 */
class HeldSignals
{
public:
    explicit HeldSignals(const sigset_t &signals);
    ~HeldSignals(); ///< Those that nobody took are forgotten.
    Q_DISABLE_COPY_MOVE(HeldSignals)

    [[nodiscard]] int descriptor() const { return m_descriptor; } ///< Readable when one has come.
    int take(); ///< One that has come; 0: none.
    void letThrough(); ///< From now on they do what they do.

private:
    const sigset_t m_signals;
    int m_descriptor = -1;
};

} // namespace dialogue
