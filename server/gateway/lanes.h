#pragma once

#include <QtGlobal>

#include <optional>
#include <utility>

namespace dialogue::gateway {

template <class Message>
class Lanes;

/**
 * What waits of one sender, in the order it came: see Lanes. Must outlive what waits in it, which may be what
 * keeps it alive.
 */
template <class Message>
class Lane
{
public:
    Lane() = default;
    Q_DISABLE_COPY_MOVE(Lane)

    [[nodiscard]] bool isEmpty() const { return !m_first; }
    [[nodiscard]] int waiting() const { return m_waiting; }
    /** Nothing waits, nothing is being served, and nobody holds it. */
    [[nodiscard]] bool isIdle() const { return !m_inTurn && !m_held; }
    [[nodiscard]] bool isHeld() const { return m_held; }

    /** In which turn its sender was served without waiting; see HubTurns. */
    quint32 servedAtOnce = 0;
    /** How many messages had been handled when its first was the next; see HubTurns. */
    qint64 nextSince = 0;

private:
    friend class Lanes<Message>;
    struct Waiting
    {
        std::optional<Message> message; ///< Nothing in a spare one.
        Waiting *next = nullptr;
        Waiting *previous = nullptr;
    };

    Waiting *m_first = nullptr;
    Waiting *m_last = nullptr;
    Lane *m_next = nullptr; ///< Of those that take turns.
    Lane *m_previous = nullptr;
    int m_waiting = 0;
    bool m_inTurn = false; ///< One of those that take turns.
    bool m_held = false;
};

/**
 * Senders take turns: each has a lane, and of each lane that is not empty one message is served, round and
 * round. So who comes new waits for one message of each of the others, however many of theirs wait. All of it
 * takes constant time. Knows no threads, no clock and no sockets.
 */
template <class Message>
class Lanes
{
public:
    using Lane = gateway::Lane<Message>;
    using Ticket = typename Lane::Waiting *; ///< A message that waits; good until it is served.

    Lanes() = default;
    Q_DISABLE_COPY_MOVE(Lanes)
    ~Lanes(); ///< None may be held any more.

    /** \a message: one, or what one is made of. */
    template <class From>
    Ticket add(Lane &lane, From &&message);
    /**
     * Calls \a serve(message) for the one whose turn it is; false when nobody's is. What it calls may
     * add to any lane, and hold this one.
     */
    template <class Serve>
    bool serveNext(Serve &&serve);

    /** Takes out those of \a lane that \a which(message) picks; the others keep their order. */
    template <class Which>
    int drop(Lane &lane, Which &&which);
    void drop(Lane &lane, Ticket ticket) { forget(lane, ticket); }
    template <class Which>
    [[nodiscard]] bool any(const Lane &lane, Which &&which) const;

    /** Is not served until it is released, whatever waits in it. */
    void hold(Lane &lane);
    void release(Lane &lane);

    [[nodiscard]] Lane *next() const { return m_first; } ///< Whose turn it is; null: nobody's.
    [[nodiscard]] bool isEmpty() const { return !m_first; } ///< Nobody's turn it is; some may be held.
    [[nodiscard]] int lanes() const { return m_lanes; } ///< That take turns now.
    [[nodiscard]] qint64 waiting() const { return m_waiting; } ///< Messages, also of those that are held.

private:
    using Waiting = typename Lane::Waiting;
    static constexpr int MostSpares = 1024;

    void enter(Lane &lane);
    void leave(Lane &lane);
    void unlink(Lane &lane, Waiting *each);
    void forget(Lane &lane, Waiting *each);
    void recycle(Waiting *each);

    Lane *m_first = nullptr; ///< Whose turn is next.
    Lane *m_last = nullptr;
    int m_lanes = 0;
    qint64 m_waiting = 0;
    Waiting *m_spares = nullptr;
    int m_spareCount = 0;
};

template <class Message>
Lanes<Message>::~Lanes()
{
    // A lane may go with the last of what waits in it.
    Waiting *all = nullptr;
    while (Lane *lane = m_first) {
        leave(*lane);
        while (Waiting *each = lane->m_first) {
            unlink(*lane, each);
            each->next = std::exchange(all, each);
        }
    }
    for (Waiting *list : {all, m_spares}) {
        while (list)
            delete std::exchange(list, list->next);
    }
}

template <class Message>
template <class From>
typename Lanes<Message>::Ticket Lanes<Message>::add(Lane &lane, From &&message)
{
    Waiting *added = m_spares;
    if (added) {
        m_spares = added->next;
        --m_spareCount;
    } else {
        added = new Waiting;
    }
    added->message.emplace(std::forward<From>(message));
    added->next = nullptr;
    added->previous = lane.m_last;
    (lane.m_last ? lane.m_last->next : lane.m_first) = added;
    lane.m_last = added;
    ++lane.m_waiting;
    ++m_waiting;
    if (!lane.m_inTurn && !lane.m_held)
        enter(lane);
    return added;
}

template <class Message>
template <class Serve>
bool Lanes<Message>::serveNext(Serve &&serve)
{
    Lane *const lane = m_first;
    if (!lane)
        return false;
    Waiting *const next = lane->m_first;
    unlink(*lane, next);
    serve(*next->message);
    if (lane->m_inTurn) {
        if (lane->isEmpty()) {
            leave(*lane);
        } else if (lane != m_last) {
            leave(*lane);
            enter(*lane);
        }
    }
    recycle(next); // Last: it may be what kept the lane.
    return true;
}

template <class Message>
template <class Which>
int Lanes<Message>::drop(Lane &lane, Which &&which)
{
    int dropped = 0;
    for (Waiting *each = lane.m_first; each;) {
        Waiting *const next = each->next;
        if (which(*each->message)) {
            ++dropped;
            forget(lane, each);
        }
        each = next;
    }
    return dropped;
}

template <class Message>
template <class Which>
bool Lanes<Message>::any(const Lane &lane, Which &&which) const
{
    for (const Waiting *each = lane.m_first; each; each = each->next) {
        if (which(*each->message))
            return true;
    }
    return false;
}

template <class Message>
void Lanes<Message>::hold(Lane &lane)
{
    lane.m_held = true;
    if (lane.m_inTurn)
        leave(lane);
}

template <class Message>
void Lanes<Message>::release(Lane &lane)
{
    lane.m_held = false;
    if (!lane.m_inTurn && !lane.isEmpty())
        enter(lane);
}

template <class Message>
void Lanes<Message>::enter(Lane &lane)
{
    lane.m_inTurn = true;
    lane.m_next = nullptr;
    lane.m_previous = m_last;
    (m_last ? m_last->m_next : m_first) = &lane;
    m_last = &lane;
    ++m_lanes;
}

template <class Message>
void Lanes<Message>::leave(Lane &lane)
{
    (lane.m_previous ? lane.m_previous->m_next : m_first) = lane.m_next;
    (lane.m_next ? lane.m_next->m_previous : m_last) = lane.m_previous;
    lane.m_inTurn = false;
    --m_lanes;
}

template <class Message>
void Lanes<Message>::unlink(Lane &lane, Waiting *each)
{
    (each->previous ? each->previous->next : lane.m_first) = each->next;
    (each->next ? each->next->previous : lane.m_last) = each->previous;
    --lane.m_waiting;
    --m_waiting;
}

template <class Message>
void Lanes<Message>::forget(Lane &lane, Waiting *each)
{
    unlink(lane, each);
    if (lane.isEmpty() && lane.m_inTurn)
        leave(lane);
    recycle(each);
}

template <class Message>
void Lanes<Message>::recycle(Waiting *each)
{
    if (m_spareCount >= MostSpares) {
        delete each;
        return;
    }
    each->message.reset();
    each->next = std::exchange(m_spares, each);
    ++m_spareCount;
}

} // namespace dialogue::gateway
