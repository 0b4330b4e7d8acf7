#pragma once

#include "core/base/error.h"
#include "server/fanout/sendjournal.h"
#include "server/socketio/values.h"

#include <QHostAddress>
#include <QStringView>

#include <vector>

namespace dialogue {

class ConnectedClient;
class Publication;
class Room;
struct EventDelivery;

/** Something that a client was not given. What it said itself is as it said it. */
struct Refusal
{
    const Error &error;
    QStringView request; ///< Its name; `connect`, where it was not let in.
    QHostAddress address = {}; ///< Of who was not let in.
    const ConnectedClient *client = nullptr; ///< Null: it never was one, or is gone.
    QStringView roomId = {}; ///< Empty: it was about none.
    QStringView id = {}; ///< Of an event that it wanted to trigger.
};

/** What becomes of clients, told as it happens, whatever becomes of signals: slots may throw. It runs no user
 * code, and is quick: for each of them the hub waits. */
class ClientObserver
{
public:
    virtual ~ClientObserver() = default;
    virtual void connected(const ConnectedClient &client) { Q_UNUSED(client) }
    /** It is in its rooms still, and left() comes for each afterwards. */
    virtual void disconnected(const ConnectedClient &client, DisconnectReason reason)
    {
        Q_UNUSED(client)
        Q_UNUSED(reason)
    }
    /** \a client is in \a room, and gets what it is subscribed to of all \a after that offset; told again
     * where it turns out to get more than that. */
    virtual void follows(const Room &room, const ConnectedClient &client, quint64 after)
    {
        Q_UNUSED(room)
        Q_UNUSED(client)
        Q_UNUSED(after)
    }
    virtual void left(const Room &room, const ConnectedClient &client)
    {
        Q_UNUSED(room)
        Q_UNUSED(client)
    }
    /** Its subscriptions in \a room, which it is in, are others now. */
    virtual void subscriptionsChanged(const Room &room, const ConnectedClient &client)
    {
        Q_UNUSED(room)
        Q_UNUSED(client)
    }
    /** Some of what it is subscribed to, \a from to \a to, both included, is not there any more. */
    virtual void missed(const Room &room, const ConnectedClient &client, quint64 from, quint64 to)
    {
        Q_UNUSED(room)
        Q_UNUSED(client)
        Q_UNUSED(from)
        Q_UNUSED(to)
    }
    /** The connection of \a socket ends, or has ended, and not all that it was sent has left by it. */
    virtual void sentInPart(SocketId socket, const SendRecordPtr &record)
    {
        Q_UNUSED(socket)
        Q_UNUSED(record)
    }
    virtual void refused(const Refusal &refusal) { Q_UNUSED(refusal) }
    /** \a publication was not for all who are subscribed to it. */
    virtual void directed(const Room &room, const Publication &publication, const EventDelivery &delivery)
    {
        Q_UNUSED(room)
        Q_UNUSED(publication)
        Q_UNUSED(delivery)
    }
};

/** Where those are put that want to know; each outlives its place here. Where nobody does it costs a look. */
class ClientTap
{
public:
    void add(ClientObserver &observer) { m_observers.push_back(&observer); }
    void remove(ClientObserver &observer) { std::erase(m_observers, &observer); }
    [[nodiscard]] bool isWatched() const { return !m_observers.empty(); }

    template <class... Told, class... Values>
    void tell(void (ClientObserver::*what)(Told...), const Values &...values) const
    {
        for (ClientObserver *const observer : m_observers)
            (observer->*what)(values...);
    }

private:
    std::vector<ClientObserver *> m_observers;
};

} // namespace dialogue
