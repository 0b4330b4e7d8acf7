// How a client goes on being who it is: with a new token, over the same connection.
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/requestpayload.h"
#include "server/rooms/requests.h"

#include <QPointer>

#include <utility>

namespace dialogue {

Requests::Reply Requests::refresh(ConnectedClient &client, IncomingEvent &event)
{
    const auto request = requestOf<protocol::Refresh>(event);
    if (!request)
        return request.error();
    const RoomServices &services = m_rooms.services();
    const Hooks &hooks = services.hooks;
    if (!hooks.authenticate && !hooks.authenticateLater) {
        return Error{ErrorCode::InvalidRequest,
                     QStringLiteral("Nobody vouches for users here: there is nothing to refresh")};
    }
    ConnectedClientPrivate &asker = ConnectedClientPrivate::of(client);
    if (asker.refreshes) {
        return Error{ErrorCode::Unavailable,
                     QStringLiteral("Your last refresh has not been answered yet"),
                     {},
                     std::chrono::seconds(1)};
    }
    ConnectRequest asked{.nsp = "/", .auth = asker.handshakeAuth(), .handshake = asker.handshake};
    asked.auth.insert(QLatin1String("token"), request->token);
    const CallDepth::Scope scope(services.calls);
    const QPointer<ConnectedClient> alive(&client);
    if (hooks.authenticate) {
        Result<Identity> identity = hooks.authenticate(asked);
        return alive && !asker.gone ? refreshed(client, std::move(identity)) : std::nullopt;
    }
    if (const auto allowed = services.answers.mayAsk(); !allowed)
        return allowed.error();
    std::stop_source stop;
    const Answer<Identity> answer = hooks.authenticateLater(std::move(asked), stop.get_token());
    if (!alive || asker.gone) {
        stop.request_stop();
        return std::nullopt;
    }
    if (answer.isReady())
        return refreshed(client, services.answers.resultOf(answer));
    asker.refreshes = true;
    m_rooms.services().answers.keep<Identity>(
        answer, std::move(stop),
        [this, who = Asker{asker.socket, event.name, event.ackId}](Result<Identity> &&identity) {
            const CallDepth::Scope later(m_rooms.services().calls);
            ConnectedClient *const still = m_rooms.client(who.socket);
            if (!still || ConnectedClientPrivate::of(*still).gone)
                return;
            ConnectedClientPrivate::of(*still).refreshes = false;
            finish(who, {}, refreshed(*still, std::move(identity)));
        });
    return std::nullopt;
}

Requests::Reply Requests::refreshed(ConnectedClient &client, Result<Identity> &&identity)
{
    if (!identity)
        return identity.error();
    ConnectedClientPrivate &asker = ConnectedClientPrivate::of(client);
    if (identity->userId != asker.identity.userId || identity->verified != asker.identity.verified) {
        return Error{ErrorCode::Unauthorized,
                     QStringLiteral("The token is another user's; connect anew to come in with it")};
    }
    asker.setIdentity(*std::move(identity));
    m_expiries.watch(asker);
    const std::optional<std::chrono::milliseconds> left = Expiries::timeLeft(asker.identity);
    m_rooms.review(client);
    return protocol::Refreshed{left}.write();
}

} // namespace dialogue
