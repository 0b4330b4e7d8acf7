#pragma once

#include "core/base/seldom.h"
#include "server/loop/turnend.h"
#include "server/tls/tlscounters.h"

#include <QString>

#include <chrono>

namespace dialogue {

struct Peer;

namespace tls {

/** What the TLS connections of one io thread share: the time that handshakes may take of a turn, and what
 * became of them. Of that thread alone. */
class TlsWorker final : private Flushable
{
public:
    using Clock = std::chrono::steady_clock;
    /** Of one turn, but for the step that goes over it: the signing of a long key takes as long. */
    static constexpr std::chrono::milliseconds MostOfATurn{2};

    explicit TlsWorker(TurnEnd *turnEnd)
        : m_turnEnd(turnEnd)
    { }

    /** Whether another step may be made in this turn; else it is the next one's. */
    [[nodiscard]] bool mayGoOn() const { return m_spent < MostOfATurn; }
    void spent(Clock::duration time);

    void begun() { ++m_counters.handshaking; }
    void ended() { --m_counters.handshaking; }
    void completed() { ++m_counters.completed; }
    void cameWithout(const Peer &peer); ///< TLS.
    void failed(const Peer &peer, const QString &why);
    void refused(const Peer &peer); ///< There were too many.
    [[nodiscard]] const TlsCounters &counters() const { return m_counters; }

private:
    void flush() override { m_spent = {}; }
    void tell(Seldom &seldom, const Peer &peer, const QString &what);

    TurnEnd *m_turnEnd;
    Clock::duration m_spent{};
    TlsCounters m_counters;
    Seldom m_plain;
    Seldom m_failures;
    Seldom m_refusals;
};

} // namespace tls

} // namespace dialogue
