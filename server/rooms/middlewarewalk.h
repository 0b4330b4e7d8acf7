#pragma once

#include "core/base/answer.h"
#include "server/rooms/middlewares.h"

#include <QObject>
#include <QPointer>
#include <QPromise>

#include <functional>
#include <optional>
#include <stop_token>

namespace dialogue {

struct RoomServices;

/**
 * An event of a client on its way through the middleware of its room, where some of it answers later: the
 * steps that come behind are asked once it has. Ends with itself when nobody wants the answer any more.
 */
class MiddlewareWalk final : public QObject
{
public:
    /** What comes of it: the message as they have made it, or what one of them said. NotInRoom and
     * RoomNotFound, where its sender or its room goes meanwhile. */
    [[nodiscard]] static Answer<EventMessage> begin(const RoomServices &services, Room &room,
                                                    ConnectedClient &sender, const EventMessage &message,
                                                    std::stop_token stop);

private:
    using Outcome = std::optional<Result<EventMessage>>; ///< Nothing: somebody is waited for.

    MiddlewareWalk(const RoomServices &services, Room &room, ConnectedClient &sender,
                   const EventMessage &message, std::stop_token stop);

    [[nodiscard]] const Middleware *next();
    [[nodiscard]] Outcome goOn();
    [[nodiscard]] Result<void> stillThere() const;
    [[nodiscard]] Result<void> take(Result<EventMessage> &&said);
    void answered(Result<EventMessage> &&said);

    const RoomServices &m_services;
    const QPointer<Room> m_room;
    const QPointer<ConnectedClient> m_sender;
    const QString m_roomId;
    EventMessage m_message;
    const std::stop_token m_stop;
    const std::array<MiddlewareChainPtr, Middlewares::Chains> m_chains;
    std::size_t m_chain = 0;
    std::size_t m_step = 0;
    QPromise<Result<EventMessage>> m_promise;
    std::optional<std::stop_callback<std::function<void()>>> m_unwanted; ///< Once somebody is waited for.
};

} // namespace dialogue
