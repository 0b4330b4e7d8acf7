#include "server/bridge/hubturns.h"

#include "core/base/logging.h"
#include "server/bridge/sessionlane.h"
#include "server/tcp/addresskey.h"

#include <QCoreApplication>
#include <QEvent>

#include <algorithm>
#include <type_traits>
#include <utility>

namespace dialogue::bridge {

namespace {

/** Of a message of a session; null for others. */
const GaugePtr *gaugeOf(const ToHub &message)
{
    return std::visit(
        [](const auto &each) -> const GaugePtr * {
            if constexpr (requires { each.inbound; })
                return &each.inbound.gauge;
            else if constexpr (requires { each.gauge; })
                return &each.gauge;
            else
                return nullptr;
        },
        message);
}

SocketId socketOf(const ToHub &message)
{
    return std::visit(
        [](const auto &each) -> SocketId {
            if constexpr (requires { each.socket; })
                return each.socket;
            else
                return 0;
        },
        message);
}

/** What is to be counted out once the message is done with; null for others. */
const Inbound *inboundOf(const ToHub &message)
{
    return std::visit(
        [](const auto &each) -> const Inbound * {
            if constexpr (requires { each.inbound; })
                return &each.inbound;
            else
                return nullptr;
        },
        message);
}

qint64 bytesOf(const ToHub &message)
{
    const Inbound *const inbound = inboundOf(message);
    return inbound ? inbound->bytes : 0;
}

/** So much has to have waited at a time; the rest comes and goes with each turn. */
constexpr qint64 Much = 1'000'000; // Bytes.

/** Nobody is there any more who would want what waits done. */
bool isBroken(DisconnectReason reason)
{
    switch (reason) {
    case DisconnectReason::ClientDisconnect:
    case DisconnectReason::TransportClosed:
    case DisconnectReason::ServerShutdown:
        return false;
    case DisconnectReason::ConnectionLost:
    case DisconnectReason::PingTimeout:
    case DisconnectReason::ProtocolError:
    case DisconnectReason::PayloadTooLarge:
    case DisconnectReason::SlowReader:
    case DisconnectReason::RateLimited:
    case DisconnectReason::TokenExpired:
    case DisconnectReason::ServerDisconnect:
        return true;
    }
    return true;
}

} // namespace

/** A session that is not served for a while. */
struct HubTurns::Hold final : private Deadline
{
    Hold(HubTurns *owner, GaugePtr whose, SocketId by, std::chrono::milliseconds time)
        : turns(owner)
        , gauge(std::move(whose))
        , socket(by)
    {
        schedule(&owner->m_deadlines, time);
    }
    void expired() override { turns->release(SessionLane::of(gauge).lane); } // Destroys this.

    HubTurns *turns;
    GaugePtr gauge; ///< Keeps the lane.
    SocketId socket;
};

/** A message that was handled, and is not done with. */
class HubTurns::Kept final
{
public:
    Kept(const HubTurns *turns, SocketId socket, const Inbound &inbound)
        : m_turns(turns)
        , m_socket(socket)
        , m_inbound(inbound)
    { }
    ~Kept()
    {
        if (m_inbound.gauge->countOut(m_inbound.bytes))
            m_turns->m_readOn(m_socket, m_inbound.gauge);
    }
    Q_DISABLE_COPY_MOVE(Kept)

private:
    const HubTurns *const m_turns;
    const SocketId m_socket;
    const Inbound m_inbound;
};

/** What waits of the requests of one address; kept by them. */
struct AddressLane final : std::enable_shared_from_this<AddressLane>
{
    AddressLane(HubTurns *owner, const QHostAddress &whose)
        : turns(owner)
        , address(whose)
    { }
    ~AddressLane() { turns->m_addresses.remove(address); }
    Q_DISABLE_COPY_MOVE(AddressLane)

    HubTurns *turns;
    QHostAddress address;
    Lane<ToHub> lane;
};

HubTurns::HubTurns(Handler handle, ReadOn readOn, TurnEnd *turnEnd, Now now)
    : m_handle(std::move(handle))
    , m_readOn(std::move(readOn))
    , m_turnEnd(turnEnd)
    , m_now(now)
    , m_mailbox([this](ToHub &&message) { call(std::move(message)); }, {}, [this] { serve(); })
{ }

HubTurns::~HubTurns()
{
    for (const auto &[lane, hold] : m_holds)
        m_lanes.release(*lane);
}

HubCounters HubTurns::counters() const
{
    HubCounters counters = m_counters;
    counters.waiting = m_lanes.waiting();
    return counters;
}

void HubTurns::call(ToHub &&message)
{
    m_direct = true;
    const GaugePtr *const gauge = gaugeOf(message);
    HubLane *const lane = gauge ? &SessionLane::of(*gauge).lane : nullptr;
    if (m_serving || !lane || !lane->isIdle() || isCongested() || !mayRun(*lane)) {
        add(std::move(message));
        goOn();
        return;
    }
    m_turnEnd->schedule(this);
    m_serving = true;
    handleAtOnce(message);
    m_serving = false;
    if (!m_lanes.isEmpty())
        goOn();
}

bool HubTurns::mayRun(HubLane &lane)
{
    if (std::exchange(lane.turn, m_turn) != m_turn) {
        lane.servedAtOnce = 1;
        m_runSince = m_now();
        return true;
    }
    if (lane.servedAtOnce >= HubLanes::Run || m_now() - m_runSince >= MostOfARun)
        return false;
    ++lane.servedAtOnce;
    return true;
}

void HubTurns::serve()
{
    if (m_serving)
        return; // A nested event loop; the outer serving goes on when control is back.
    m_serving = true;
    ++m_counters.turns;
    auto last = m_now();
    const auto began = last;
    Slice slice(m_direct ? DirectSlice : QueuedSlice, last);
    bool served = takeArrivals();
    int due = m_direct ? m_lanes.lanes() : 0; // So many at least.
    while (served || serveNext()) {
        served = false;
        const auto now = m_now();
        if (now - std::exchange(last, now) >= MostOfARun)
            m_lanes.endRun();
        const bool over = slice.isOver(now);
        if (--due <= 0 && over)
            break;
    }
    m_serving = false;
    m_counters.turnTimes.add(last - began);
    if (isCongested())
        return; // Until resume().
    if (!m_lanes.isEmpty() || m_mailbox.hasArrivals())
        goOn();
    else if (m_lanes.waiting() == 0)
        emptied();
}

void HubTurns::emptied()
{
    if (const qint64 bytes = std::exchange(m_mostBytes, 0); bytes >= Much)
        m_memoryReturn.freed(bytes);
    ended();
}

bool HubTurns::serveNext()
{
    if (m_mailbox.hasArrivals() && takeArrivals())
        return true;
    HubLane *const lane = m_lanes.next();
    if (!lane || isCongested())
        return false;
    m_counters.waited = static_cast<quint32>(m_counters.messages) - lane->nextSince;
    m_counters.mostWaited = std::max(m_counters.mostWaited, m_counters.waited);
    lane->nextSince = static_cast<quint32>(m_counters.messages + 1);
    return m_lanes.serveNext([this](ToHub &message) {
        m_bytes -= bytesOf(message);
        handle(message);
    });
}

void HubTurns::handleAtOnce(ToHub &message)
{
    m_counters.waited = 0;
    handle(message);
}

bool HubTurns::takeArrivals()
{
    m_mailbox.take(m_batch);
    bool handled = false;
    if (m_batch.size() == 1 && m_lanes.isEmpty() && !isCongested()) {
        // As it mostly is, while there is not much to do.
        ToHub &only = m_batch.front();
        const auto *const event = std::get_if<Event>(&only);
        handled = event && SessionLane::of(event->inbound.gauge).lane.isIdle();
        if (handled)
            handleAtOnce(only);
        else
            add(std::move(only));
    } else {
        for (ToHub &message : m_batch)
            add(std::move(message));
    }
    Mailbox<ToHub>::release(m_batch);
    return handled;
}

template <class Message>
Lanes<ToHub>::Ticket HubTurns::enqueue(HubLane &lane, Message &&message)
{
    if (lane.isEmpty())
        lane.nextSince = static_cast<quint32>(m_counters.messages);
    const auto ticket = m_lanes.add(lane, std::forward<Message>(message));
    m_bytes += bytesOf(*ticket->message);
    m_mostBytes = std::max(m_mostBytes, m_bytes);
    m_counters.longestLane = std::max(m_counters.longestLane, lane.waiting());
    return ticket;
}

void HubTurns::add(ToHub &&message)
{
    if (auto *event = std::get_if<Event>(&message)) {
        HubLane &lane = SessionLane::of(event->inbound.gauge).lane; // It is what comes most.
        enqueue(lane, std::move(*event));
    } else if (auto *disconnected = std::get_if<Disconnected>(&message)) {
        add(std::move(*disconnected));
    } else if (const GaugePtr *const gauge = gaugeOf(message)) {
        enqueue(SessionLane::of(*gauge).lane, std::move(message));
    } else if (auto *request = std::get_if<HttpArrived>(&message)) {
        add(std::move(*request));
    } else if (const auto *aborted = std::get_if<HttpAborted>(&message)) {
        abort(aborted->exchange);
    } else if (std::holds_alternative<Stopped>(message)) {
        m_stopped.push_back(std::move(message)); // What came before it is handled first.
    } else {
        m_handle(std::move(message));
    }
}

void HubTurns::add(Disconnected &&message)
{
    const GaugePtr gauge = message.gauge; // Keeps the lane.
    const SocketId socket = message.socket;
    HubLane &lane = SessionLane::of(gauge).lane;
    bool unknown = false; // to the hub
    bool readsOn = false;
    if (isBroken(message.reason)) {
        m_lanes.drop(lane, [&](const ToHub &each) {
            if (socketOf(each) != socket)
                return false;
            unknown = unknown || std::holds_alternative<Connecting>(each);
            if (const Inbound *const inbound = inboundOf(each)) {
                ++m_counters.dropped;
                m_bytes -= inbound->bytes;
                readsOn = gauge->countOut(inbound->bytes) || readsOn;
            }
            return true;
        });
    }
    if (!unknown)
        enqueue(lane, std::move(message));
    // Not by the end of another of its session's sockets, or who has two would never be held.
    if (lane.isHeld())
        release(socket);
    if (readsOn)
        m_readOn(socket, gauge);
}

void HubTurns::add(HttpArrived &&message)
{
    const QHostAddress address = addressKey(message.request.peerAddress);
    if (AddressLane *const known = m_addresses.value(address))
        message.lane = known->shared_from_this();
    else
        m_addresses.insert(address, (message.lane = std::make_shared<AddressLane>(this, address)).get());
    const std::shared_ptr<AddressLane> lane = message.lane;
    const ExchangeId exchange = message.exchange;
    m_requests.insert(exchange, {lane.get(), enqueue(lane->lane, std::move(message))});
}

void HubTurns::abort(ExchangeId exchange)
{
    const auto found = m_requests.constFind(exchange);
    if (found == m_requests.cend())
        return; // It has had its turn.
    const Request request = *found;
    m_requests.erase(found);
    ++m_counters.dropped;
    m_lanes.drop(request.lane->lane, request.ticket);
}

void HubTurns::handle(ToHub &message)
{
    ++m_counters.messages;
    const auto *const event = std::get_if<Event>(&message);
    const GaugePtr *const gauge = event ? &event->inbound.gauge : gaugeOf(message);
    if (!gauge) {
        m_requests.remove(std::get_if<HttpArrived>(&message)->exchange);
        m_handle(std::move(message));
        return;
    }
    const SocketId socket = socketOf(message);
    const Inbound *const inbound = event ? &event->inbound : inboundOf(message);
    m_served = &message;
    m_handle(std::move(message));
    m_served = nullptr;
    if (inbound && !std::exchange(m_isKept, false) && (*gauge)->countOut(inbound->bytes))
        m_readOn(socket, *gauge);
}

void HubTurns::hold(std::chrono::milliseconds time)
{
    if (!m_served)
        return;
    const GaugePtr &gauge = *gaugeOf(*m_served);
    HubLane &lane = SessionLane::of(gauge).lane;
    const bool leaves = m_lanes.any(lane, [socket = socketOf(*m_served)](const ToHub &each) {
        return std::holds_alternative<Disconnected>(each) && socketOf(each) == socket;
    });
    if (leaves)
        return; // It hears nothing any more, and is to be gone.
    ++m_counters.held;
    const SocketId socket = socketOf(*m_served);
    qCDebug(lcGateway) << "Socket" << socket << "is not served for" << time.count() << "ms";
    m_lanes.hold(lane);
    m_holds.insert_or_assign(&lane, std::make_unique<Hold>(this, gauge, socket, time));
    m_heldBy.insert(socket, &lane);
}

KeptMessage HubTurns::keep()
{
    const Inbound *const inbound = m_served ? inboundOf(*m_served) : nullptr;
    if (!inbound || std::exchange(m_isKept, true))
        return {};
    return std::make_shared<const Kept>(this, socketOf(*m_served), *inbound);
}

void HubTurns::release(SocketId socket)
{
    if (HubLane *const lane = m_heldBy.value(socket))
        release(*lane);
}

void HubTurns::release(HubLane &lane)
{
    lane.nextSince = static_cast<quint32>(m_counters.messages);
    m_lanes.release(lane);
    if (const auto hold = m_holds.find(&lane); hold != m_holds.end()) {
        m_heldBy.remove(hold->second->socket);
        m_holds.erase(hold); // It may be what kept the lane.
    }
    if (!m_lanes.isEmpty())
        goOn();
}

void HubTurns::goOn()
{
    if (!std::exchange(m_posted, true))
        QCoreApplication::postEvent(this, new QEvent(QEvent::User));
}

void HubTurns::ended()
{
    // Whoever is told may be the end of this.
    for (ToHub &message : std::exchange(m_stopped, {}))
        m_handle(std::move(message));
}

bool HubTurns::event(QEvent *event)
{
    if (event->type() != QEvent::User)
        return QObject::event(event);
    m_posted = false;
    serve();
    return true;
}

} // namespace dialogue::bridge
