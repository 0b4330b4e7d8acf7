#pragma once

#include "server/bridge/lane.h"

#include <algorithm>
#include <array>
#include <utility>

namespace dialogue::bridge {

/**
 * Senders take turns: each has a lane, and is due again when as many messages were served as lanes have a
 * turn. So who comes new, or comes back, waits for one message of each of the others, however many of theirs
 * wait.
 *
 * The messages of one sender mostly go to the same places, and are cheapest one after the other: where as
 * many wait as are a \a Run they are served so, as long as nobody of whom fewer wait is due, and the next is
 * due that much later.
 *
 * All of it takes constant time. Knows no threads, no clock and no sockets.
 */
template <class Message>
class Lanes
{
public:
    using Lane = bridge::Lane<Message>;
    using Ticket = typename Lane::Waiting *; ///< A message that waits; good until it is served.
    static constexpr quint32 Run = 4;

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

    /** Whoever is being served several at a time has had enough of them. */
    void endRun();

    /** Takes out those of \a lane that \a which(message) picks; the others keep their order. */
    template <class Which>
    int drop(Lane &lane, Which &&which);
    void drop(Lane &lane, Ticket ticket) { forget(lane, ticket); }
    template <class Which>
    [[nodiscard]] bool any(const Lane &lane, Which &&which) const;

    /** Is not served until it is released, whatever waits in it. */
    void hold(Lane &lane);
    void release(Lane &lane);

    [[nodiscard]] Lane *next() const; ///< Whose turn it is; null: nobody's.
    [[nodiscard]] bool isEmpty() const { return m_lanes == 0; } ///< Nobody's turn it is; some may be held.
    [[nodiscard]] int lanes() const { return m_lanes; } ///< That take turns now.
    [[nodiscard]] qint64 waiting() const { return m_waiting; } ///< Messages, also of those that are held.

private:
    using Waiting = typename Lane::Waiting;
    static constexpr int MostSpares = 1024;

    using Place = typename Lane::Place;
    struct Queue
    {
        Lane *first = nullptr;
        Lane *last = nullptr;
    };

    [[nodiscard]] Queue &at(Place place) { return m_places[static_cast<std::size_t>(place)]; }
    [[nodiscard]] const Queue &at(Place place) const { return m_places[static_cast<std::size_t>(place)]; }
    [[nodiscard]] bool isDue(const Lane &lane) const
    {
        return static_cast<qint32>(lane.m_due - m_served) <= 0;
    }
    /** So much later than now is who was served a run. What is more is of times when more had a turn. */
    [[nodiscard]] quint32 mostAhead() const { return static_cast<quint32>(m_lanes) * Run; }
    void wake();
    void enter(Lane &lane);
    void leave(Lane &lane);
    void queue(Lane &lane, Place place);
    void unqueue(Lane &lane);
    void queueAgain(Lane &lane);
    void served(Lane &lane);
    void unlink(Lane &lane, Waiting *each);
    void forget(Lane &lane, Waiting *each);
    void recycle(Waiting *each);

    std::array<Queue, 4> m_places;
    quint32 m_served = 0;
    quint32 m_run = 0; ///< Of the first of many.
    bool m_servedOfFew = false; ///< The last time.
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
    while (Lane *lane = next()) {
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
    if (lane.m_place != Place::None) {
        if (lane.m_waiting == static_cast<int>(Run) && lane.m_place != Place::Many)
            queueAgain(lane);
    } else if (!lane.m_held) {
        enter(lane);
    }
    return added;
}

template <class Message>
template <class Serve>
bool Lanes<Message>::serveNext(Serve &&serve)
{
    Lane *const lane = next();
    if (!lane)
        return false;
    m_servedOfFew = lane->m_place != Place::Many;
    const quint32 ahead = isDue(*lane) ? 0 : lane->m_due - m_served;
    lane->m_due = m_served + std::min(ahead + static_cast<quint32>(m_lanes), mostAhead());
    ++m_served;
    wake();
    Waiting *const message = lane->m_first;
    unlink(*lane, message);
    serve(*message->message);
    if (lane->m_place != Place::None)
        served(*lane);
    recycle(message); // Last: it may be what kept the lane.
    return true;
}

template <class Message>
void Lanes<Message>::served(Lane &lane)
{
    if (lane.isEmpty()) {
        leave(lane);
        return;
    }
    const bool isFirst = lane.m_place == Place::Many && !lane.m_previous; // It may be so only since just now.
    if (!isFirst || ++m_run == Run || at(Place::Ready).first)
        queueAgain(lane);
}

template <class Message>
void Lanes<Message>::endRun()
{
    if (m_run > 0)
        queueAgain(*at(Place::Many).first);
}

template <class Message>
typename Lanes<Message>::Lane *Lanes<Message>::next() const
{
    Lane *const ready = at(Place::Ready).first;
    Lane *const resting = at(Place::Resting).first;
    Lane *const many = at(Place::Many).first;
    if (!many)
        return ready ? ready : resting;
    if (isDue(*many))
        return ready && !m_servedOfFew ? ready : many;
    if (ready)
        return ready;
    return resting && static_cast<qint32>(resting->m_due - many->m_due) < 0 ? resting : many;
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
    if (lane.m_place != Place::None)
        leave(lane);
}

template <class Message>
void Lanes<Message>::release(Lane &lane)
{
    lane.m_held = false;
    if (lane.m_place == Place::None && !lane.isEmpty())
        enter(lane);
}

template <class Message>
void Lanes<Message>::enter(Lane &lane)
{
    ++m_lanes;
    queueAgain(lane);
}

/** Whoever is due now; what is further ahead than there is comes of a count that wrapped around, too. */
template <class Message>
void Lanes<Message>::wake()
{
    while (Lane *const lane = at(Place::Resting).first) {
        if (!isDue(*lane) && lane->m_due - m_served <= mostAhead())
            break;
        unqueue(*lane);
        queue(*lane, Place::Ready);
    }
}

template <class Message>
void Lanes<Message>::leave(Lane &lane)
{
    unqueue(lane);
    --m_lanes;
}

template <class Message>
void Lanes<Message>::queueAgain(Lane &lane)
{
    if (lane.m_place != Place::None)
        unqueue(lane);
    if (lane.m_waiting >= static_cast<int>(Run))
        queue(lane, Place::Many);
    else
        queue(lane, isDue(lane) ? Place::Ready : Place::Resting);
}

template <class Message>
void Lanes<Message>::queue(Lane &lane, Place place)
{
    Queue &where = at(place);
    lane.m_place = place;
    lane.m_next = nullptr;
    lane.m_previous = where.last;
    (where.last ? where.last->m_next : where.first) = &lane;
    where.last = &lane;
}

template <class Message>
void Lanes<Message>::unqueue(Lane &lane)
{
    Queue &where = at(lane.m_place);
    if (lane.m_place == Place::Many && !lane.m_previous)
        m_run = 0;
    (lane.m_previous ? lane.m_previous->m_next : where.first) = lane.m_next;
    (lane.m_next ? lane.m_next->m_previous : where.last) = lane.m_previous;
    lane.m_place = Place::None;
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
    if (lane.isEmpty() && lane.m_place != Place::None)
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

} // namespace dialogue::bridge
