#pragma once

#include "server/bridge/gateway.h"
#include "server/bridge/hubcounters.h"
#include "server/bridge/lanes.h"
#include "server/bridge/messages.h"
#include "server/bridge/slice.h"
#include "server/loop/deadlines.h"
#include "server/loop/mailbox.h"
#include "server/loop/memoryreturn.h"
#include "server/loop/turnend.h"

#include <QHash>
#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

namespace dialogue::bridge {

/**
 * Whose message the hub handles next. Clients take turns (see Lanes), and so do the addresses that HTTP
 * requests come from. Where messages come through the mailbox, it is looked into between any two; after a
 * slice of time the hub goes back to its event loop, which has timers, the embedder's events and stop() to
 * see to, and goes on in the next turn of that.
 *
 * With workers: 0 messages come by direct calls, while sockets are read. The first few of a client in each
 * turn of the event loop are handled at once, where nothing of it waits; what else there is, when all sockets
 * had theirs: as many as there are clients who wait at least, and more within a shorter slice.
 *
 * Nobody's few go on for longer than \a MostOfARun, so that what is expensive is handled one at a time.
 *
 * User code may run event loops of its own: nothing is handled before it is back.
 */
class HubTurns final : private QObject, private Flushable
{
public:
    using Handler = std::function<void(ToHub &&message)>;
    /** A session with this socket, which was read no further, may be read on. */
    using ReadOn = std::function<void(SocketId socket, const GaugePtr &gauge)>;
    using Now = Slice::Clock::time_point (*)();
    static constexpr Slice::Length QueuedSlice{std::chrono::microseconds(1000), 64};
    static constexpr Slice::Length DirectSlice{std::chrono::microseconds(250), 32};
    static constexpr std::chrono::microseconds MostOfARun{50};

    HubTurns(Handler handle, ReadOn readOn, TurnEnd *turnEnd, Now now = &Slice::Clock::now);
    ~HubTurns() override;

    /** Where workers post, or call, to. */
    [[nodiscard]] Mailbox<ToHub> *mailbox() { return &m_mailbox; }

    /** From within the handling of a message of a session: nothing more of it is for so long, or until it
     * leaves. */
    void hold(std::chrono::milliseconds time);
    /** What was held when this socket's message was handled is served again. */
    void release(SocketId socket);
    /** SocketGateway::keep() */
    [[nodiscard]] KeptMessage keep();

    /** While \a congested says so nothing is handled that came from outside; resume() when it no longer does.
     */
    void setCongestion(std::function<bool()> congested) { m_congested = std::move(congested); }
    void resume() { goOn(); }

    [[nodiscard]] HubCounters counters() const;
    /** What has waited. */
    [[nodiscard]] const MemoryReturn &memoryReturn() const { return m_memoryReturn; }

protected:
    bool event(QEvent *event) override;

private:
    using HubLane = Lane<ToHub>;
    using HubLanes = Lanes<ToHub>;
    friend struct AddressLane;
    struct Hold;
    class Kept;
    struct Request
    {
        AddressLane *lane;
        HubLanes::Ticket ticket;
    };

    // Flushable
    void flush() override { ++m_turn; }

    void call(ToHub &&message);
    /** True: it has its first, or one of its run, in this turn. */
    bool mayRun(HubLane &lane);
    void serve();
    bool serveNext();
    /** True: it was one message, and has been handled. */
    bool takeArrivals();
    void add(ToHub &&message);
    void add(Disconnected &&message);
    void add(HttpArrived &&message);
    template <class Message>
    HubLanes::Ticket enqueue(HubLane &lane, Message &&message);
    void abort(ExchangeId exchange);
    /** Nothing waits any more. */
    void emptied();
    void handle(ToHub &message);
    void handleAtOnce(ToHub &message);
    void release(HubLane &lane);
    void goOn();
    void ended();
    [[nodiscard]] bool isCongested() const { return m_congested && m_congested(); }

    const Handler m_handle;
    const ReadOn m_readOn;
    std::function<bool()> m_congested;
    TurnEnd *const m_turnEnd;
    const Now m_now;
    DeadlineQueue m_deadlines;
    MemoryReturn m_memoryReturn{&m_deadlines};
    qint64 m_bytes = 0; ///< Of what waits.
    qint64 m_mostBytes = 0; ///< Since nothing did.
    bool m_direct = false; ///< workers: 0
    bool m_serving = false;
    bool m_posted = false; ///< An event to ourselves, to go on.
    quint32 m_turn = 1; ///< Of the event loop.
    Slice::Clock::time_point m_runSince; ///< Of who was served at once last.
    const ToHub *m_served = nullptr; ///< Being handled, of a session.
    bool m_isKept = false; ///< That one; it is counted out by whoever keeps it.
    Mailbox<ToHub> m_mailbox;
    std::vector<ToHub> m_batch;
    QHash<QHostAddress, AddressLane *> m_addresses; ///< Those of which a request waits.
    QHash<ExchangeId, Request> m_requests; ///< That wait.
    HubLanes m_lanes;
    std::unordered_map<HubLane *, std::unique_ptr<Hold>> m_holds;
    QHash<SocketId, HubLane *> m_heldBy; ///< Whose message it was.
    std::vector<ToHub> m_stopped; ///< Until nothing waits any more.
    HubCounters m_counters;
};

} // namespace dialogue::bridge
