#include "server/rooms/latertriggers.h"

#include "core/base/exceptions.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/middlewarewalk.h"
#include "server/rooms/refusals.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

namespace dialogue {

/** Where it goes without having told, as its client has gone, its followers are told to try again. */
class LaterTriggers::Pending final
{
public:
    Pending(LaterTriggers &all, const Key &key)
        : m_all(all)
        , m_key(key)
    {
        m_promise.start();
        m_all.m_pending.insert(m_key, this);
    }
    ~Pending() { m_all.m_pending.remove(m_key); }
    Q_DISABLE_COPY_MOVE(Pending)

    [[nodiscard]] Answer<EventMessage> answer() const { return m_promise.future(); }
    void tell(const Outcome &outcome)
    {
        m_promise.addResult(outcome);
        m_promise.finish();
    }

private:
    LaterTriggers &m_all;
    const Key m_key;
    QPromise<Outcome> m_promise;
};

std::optional<LaterTriggers::Outcome> LaterTriggers::trigger(ConnectedClient &client, Room &room,
                                                             EventMessage &&message,
                                                             RoomPrivate::DeliveryPtr delivery, Done done)
{
    const CallDepth::Scope scope(m_services.calls);
    RoomPrivate &priv = RoomPrivate::of(room);
    const QString roomId = room.id();
    Asked asked{.room = &room,
                .sender = &client,
                .event = {.message = std::move(message), .sender = &client, .delivery = std::move(delivery)}};
    if (auto known = priv.receive(asked.event))
        return outcomeOf(std::move(*known), done);
    if (const auto allowed = m_order.mayAsk(); !allowed)
        return allowed.error();

    const EventMessage &sent = asked.event.message;
    const Key key{.user = sent.from, .stream = priv.stream, .id = sent.id, .event = sent.event};
    const RequestOrder::Names names{.roomId = roomId, .triggerId = key.id, .triggerEvent = key.event};
    const SocketId socket = ConnectedClientPrivate::of(client).socket;
    if (const Pending *const first = key.id.isEmpty() ? nullptr : m_pending.value(key)) {
        m_order.wait<EventMessage>(client, roomId, first->answer(), {}, [=, this](Outcome &&outcome) {
            done(outcome, m_order.takeSame(socket, names));
        });
        return std::nullopt;
    }
    if (auto passed = priv.check(asked.event); !passed)
        return passed.error();

    std::stop_source stop;
    const Answer<EventMessage> answer
        = MiddlewareWalk::begin(m_services, room, client, asked.event.message, stop.get_token());
    if (answer.isReady())
        return outcomeOf(settle(std::move(asked), m_services.answers.resultOf(answer)), done);
    if (!asked.sender || ConnectedClientPrivate::of(*asked.sender).gone) {
        stop.request_stop();
        return std::nullopt;
    }
    const auto pending = key.id.isEmpty() ? nullptr : std::make_shared<Pending>(*this, key);
    m_order.wait<EventMessage>(
        client, roomId, answer, std::move(stop),
        [this, socket, names, pending, asked = std::move(asked),
         done = std::move(done)](Outcome &&said) mutable {
            Triggered triggered{
                Error{ErrorCode::IoError,
                      QStringLiteral("The server failed at this; whether it was done, nobody knows")}};
            guarded(
                *m_services.slotExceptions, [] { return QStringLiteral("in an event that had to wait"); },
                [&] { triggered = settle(std::move(asked), std::move(said)); });
            if (!triggered.outcome) {
                tellLater(*triggered.waits, pending, std::move(done));
                return;
            }
            if (pending)
                pending->tell(*triggered.outcome);
            done(*triggered.outcome, m_order.takeSame(socket, names));
        });
    m_order.goesOn(client, roomId);
    return std::nullopt;
}

std::optional<LaterTriggers::Outcome> LaterTriggers::outcomeOf(Triggered &&triggered, const Done &done)
{
    if (!triggered.outcome)
        triggered.waits->whenSettled([done](const Outcome &outcome) { done(outcome, {}); });
    return std::move(triggered.outcome);
}

/** Its hook has passed it: those behind it go on. The same event, sent again, finds it in its room. */
void LaterTriggers::tellLater(WaitingEvent &event, const std::shared_ptr<Pending> &pending, Done done)
{
    if (pending)
        m_appending.insert(pending);
    event.whenSettled([this, pending = pending.get(), done = std::move(done)](const Outcome &outcome) {
        const auto kept = std::ranges::find(m_appending, pending, &std::shared_ptr<Pending>::get);
        if (kept != m_appending.end()) {
            (*kept)->tell(outcome);
            m_appending.erase(kept);
        }
        done(outcome, {});
    });
}

Triggered LaterTriggers::settle(Asked &&asked, Outcome &&said) const
{
    if (!said)
        return {std::move(said)};
    if (!asked.room)
        return {Error{ErrorCode::RoomNotFound, QStringLiteral("The room was deleted")}};
    if (!asked.sender || !asked.room->contains(asked.sender))
        return {noLongerIn(asked.room->id())};
    EventMessage &message = asked.event.message;
    // It may have come to be another by a new token.
    if (auto allowed = permissions::checkTrigger(*asked.sender, *asked.room, message.event, nullptr);
        !allowed)
        return {allowed.error()};
    message.data = std::move(said->data);
    message.meta = std::move(said->meta);
    message.attachments = std::move(said->attachments);
    asked.event.timestamp = QDateTime::currentMSecsSinceEpoch(); // Time has passed, and others their events.
    return RoomPrivate::of(*asked.room).publish(std::move(asked.event));
}

} // namespace dialogue
