#pragma once

#include <QDateTime>
#include <QString>

#include <compare>

namespace chat {

/** Where a line stands in a room's log. */
struct Place
{
    int log = 0; ///< A server begun anew numbers anew: the next log.
    quint64 offset = 0;
    int part = 1; ///< 0: what stands before the event of that offset, as a gap does.
    friend auto operator<=>(const Place &, const Place &) = default;
};

/** One line of a conversation. */
struct Message
{
    enum class Kind {
        Said,
        Gap, ///< Here something may be missing.
    };
    enum class Delivery {
        Sent,
        Waiting, ///< For a connection, or for the server's ack.
        Refused, ///< `reason` says why.
    };

    Kind kind = Kind::Said;
    QString event = {}; ///< The event it came as.
    QString from = {}; ///< userId
    QString text = {};
    QDateTime time = {};
    Delivery delivery = Delivery::Sent;
    QString reason = {};
    QString tag
        = {}; ///< Ours, told back by the server in the event's meta: how our own message is known again.
    Place place = {}; ///< Of what is sent, and of gaps.

    [[nodiscard]] bool hasPlace() const { return delivery == Delivery::Sent; }
};

} // namespace chat
