#pragma once

#include "core/event/eventmessage.h"
#include "server/rooms/requestorder.h"
#include "server/rooms/room_p.h"

#include <QFuture>
#include <QHash>
#include <QPointer>
#include <QPromise>

#include <functional>
#include <memory>
#include <optional>
#include <set>

namespace dialogue {

/**
 * Events of clients that middleware, or Hooks::beforeEachLater, is asked about and answers later. Under its
 * id an event is applied once, also where it comes again, from whatever connection, while the first still
 * waits: both get the same answer.
 */
class LaterTriggers
{
public:
    using Outcome = Result<EventMessage>;
    /** With the events behind it, of the same client, that are the same. */
    using Done = std::function<void(const Outcome &, const std::vector<IncomingEvent> &same)>;

    /** \a order outlives what waits in it no longer than this does. */
    LaterTriggers(const RoomServices &services, RequestOrder &order)
        : m_services(services)
        , m_order(order)
    { }

    /** Nothing: \a done is called, unless \a client goes before. */
    [[nodiscard]] std::optional<Outcome> trigger(ConnectedClient &client, Room &room, EventMessage &&message,
                                                 RoomPrivate::DeliveryPtr delivery, Done done);

private:
    /** What makes two triggers the same. */
    struct Key
    {
        QString user;
        quint64 stream = 0;
        QString id;
        QString event;

        friend bool operator==(const Key &, const Key &) = default;
        friend std::size_t qHash(const Key &key, std::size_t seed = 0)
        {
            return qHashMulti(seed, key.user, key.stream, key.id, key.event);
        }
    };
    class Pending;
    /** What is left to do once the hook has answered. */
    struct Asked
    {
        QPointer<Room> room;
        QPointer<ConnectedClient> sender;
        RoomPrivate::Submission event;
    };

    [[nodiscard]] Triggered settle(Asked &&asked, Outcome &&said) const;
    /** Nothing: \a done is called once the broker has answered. */
    [[nodiscard]] static std::optional<Outcome> outcomeOf(Triggered &&triggered, const Done &done);
    void tellLater(WaitingEvent &event, const std::shared_ptr<Pending> &pending, Done done);

    const RoomServices &m_services;
    RequestOrder &m_order;
    QHash<Key, Pending *> m_pending; ///< Those with an id.
    std::set<std::shared_ptr<Pending>> m_appending; ///< Of them those that their hook has passed.
};

} // namespace dialogue
