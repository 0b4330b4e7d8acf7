#pragma once

#include "core/base/seldom.h"
#include "server/loop/turnend.h"
#include "server/tls/tlscounters.h"

#include <QString>

#include <chrono>
#include <deque>

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

    /** Who has something to read, and has to wait with it. */
    class Waiting
    {
    public:
        Waiting() = default;
        virtual ~Waiting() = default;
        Q_DISABLE_COPY_MOVE(Waiting)

    private:
        friend class TlsWorker;
        /** It does not read until it may: nobody is to be woken for it meanwhile. */
        virtual void setWaiting(bool waits) = 0;
        bool m_waits = false;
        bool m_isNext = false; ///< It has waited long enough.
    };

    /** Whether \a who may make another step in this turn; else it waits for a later one, behind those that
     * wait already. */
    [[nodiscard]] bool mayGoOn(Waiting &who);
    void forget(Waiting &who);
    void spent(Clock::duration time);

    void begun() { ++m_counters.handshaking; }
    void ended() { --m_counters.handshaking; }
    void completed() { ++m_counters.completed; }
    void cameWithout(const Peer &peer); ///< TLS.
    void failed(const Peer &peer, const QString &why);
    void refused(const Peer &peer); ///< There were too many.
    [[nodiscard]] const TlsCounters &counters() const { return m_counters; }

private:
    /** So many may read in a turn, of those that had to wait. */
    static constexpr int MostAtATime = 16;

    void flush() override;
    void tell(Seldom &seldom, const Peer &peer, const QString &what);

    TurnEnd *m_turnEnd;
    Clock::duration m_spent{};
    std::deque<Waiting *> m_waiting;
    TlsCounters m_counters;
    Seldom m_plain;
    Seldom m_failures;
    Seldom m_refusals;
};

} // namespace tls

} // namespace dialogue
