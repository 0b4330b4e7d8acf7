#pragma once

#include "core/base/result.h"
#include "core/event/eventmessage.h"
#include "server/rooms/clientsnapshot.h"

#include <QFuture>

#include <concepts>
#include <functional>
#include <stop_token>
#include <type_traits>
#include <utility>
#include <variant>

namespace dialogue {

class ConnectedClient;
class Room;

/**
 * A step that events pass before they get their offset, for Dialogue::use(): a function of one of two kinds.
 * All are called in the hub's thread, and may not block.
 *
 *     server.use(u"chat"_s, [](EventMessage &message, const Room &, ConnectedClient *) -> Result<void> {
 *         if (isSpam(message))
 *             return Error{ErrorCode::EventBlocked, u"no advertising"_s};
 *         return {};
 *     });
 */
class Middleware
{
public:
    /** Says at once: may change `data` and `meta`, or stop the event with an Error, which reaches the client
     * as it is. \a sender is null for the server's own events. */
    using AtOnce = std::function<Result<void>(EventMessage &, const Room &, ConnectedClient *sender)>;
    /** Has somebody to ask: gets values, which are its to keep, and hands back a future that any thread may
     * finish, as Hooks::beforeEachLater does. Not asked about the server's own events. */
    using Later = std::function<QFuture<Result<EventMessage>>(EventMessage, QString roomId,
                                                              ClientSnapshot sender, std::stop_token)>;

    template <class F>
    requires(std::is_invocable_r_v<Result<void>, F &, EventMessage &, const Room &, ConnectedClient *>)
        Middleware(F function)
        : m_function(AtOnce(std::move(function)))
    { }
    template <class F>
    requires(std::is_invocable_r_v<QFuture<Result<EventMessage>>, F &, EventMessage, QString, ClientSnapshot,
                                   std::stop_token>) Middleware(F function)
        : m_function(Later(std::move(function)))
    { }

    [[nodiscard]] const AtOnce *atOnce() const { return std::get_if<AtOnce>(&m_function); } ///< Or null.
    [[nodiscard]] const Later *later() const { return std::get_if<Later>(&m_function); } ///< The other one.

private:
    std::variant<AtOnce, Later> m_function;
};

} // namespace dialogue
