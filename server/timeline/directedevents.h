#pragma once

#include "server/rooms/eventdelivery.h"
#include "server/socketio/values.h"

#include <QtGlobal>

#include <deque>
#include <optional>

namespace dialogue {

/** The newest events that were not for all who are subscribed to them, and whom they were for; by their seq.
 */
class DirectedEvents
{
public:
    /** \a mostBytes: of all. */
    explicit DirectedEvents(qint64 mostBytes)
        : m_mostBytes(mostBytes)
    { }

    /** Of a greater \a seq than all before. */
    void add(quint64 seq, const EventDelivery &delivery);
    /** Whether it was for \a socket; nothing: that is not known any more. */
    [[nodiscard]] std::optional<bool> wasFor(quint64 seq, SocketId socket) const;
    [[nodiscard]] qint64 bytes() const { return m_bytes; }

private:
    struct Directed
    {
        quint64 seq;
        EventDelivery delivery;

        [[nodiscard]] qint64 bytes() const;
    };
    const qint64 m_mostBytes;
    qint64 m_bytes = 0;
    std::deque<Directed> m_events;
    quint64 m_forgottenUpTo = 0;
};

} // namespace dialogue
