#include "server/rooms/middlewarewalk.h"

#include "server/rooms/connectedclient_p.h"
#include "server/rooms/refusals.h"
#include "server/rooms/room_p.h"

namespace dialogue {

Answer<EventMessage> MiddlewareWalk::begin(const RoomServices &services, Room &room, ConnectedClient &sender,
                                           const EventMessage &message, std::stop_token stop)
{
    std::unique_ptr<MiddlewareWalk> walk(
        new MiddlewareWalk(services, room, sender, message, std::move(stop)));
    if (Outcome outcome = walk->goOn())
        return *std::move(outcome);
    MiddlewareWalk *const kept = walk.release();
    kept->setParent(&services.answers);
    kept->m_promise.start();
    kept->m_unwanted.emplace(kept->m_stop, [kept] { kept->deleteLater(); });
    return kept->m_promise.future();
}

MiddlewareWalk::MiddlewareWalk(const RoomServices &services, Room &room, ConnectedClient &sender,
                               const EventMessage &message, std::stop_token stop)
    : m_services(services)
    , m_room(&room)
    , m_sender(&sender)
    , m_roomId(room.id())
    , m_message(message)
    , m_stop(std::move(stop))
    , m_chains(services.middlewares.chainsOf(room))
{ }

const Middleware *MiddlewareWalk::next()
{
    for (; m_chain < m_chains.size(); ++m_chain, m_step = 0) {
        const MiddlewareChainPtr &chain = m_chains[m_chain];
        if (chain && m_step < chain->steps.size())
            return &chain->steps[m_step++];
    }
    return nullptr;
}

Result<void> MiddlewareWalk::stillThere() const
{
    if (!m_room || RoomPrivate::of(*m_room).closed)
        return deletedRoom(m_roomId);
    if (!m_sender || !m_room->contains(m_sender))
        return noLongerIn(m_roomId);
    return {};
}

Result<void> MiddlewareWalk::take(Result<EventMessage> &&said)
{
    if (!said)
        return said.error();
    m_message.data = std::move(said->data);
    m_message.meta = std::move(said->meta);
    m_message.attachments = std::move(said->attachments);
    return {};
}

MiddlewareWalk::Outcome MiddlewareWalk::goOn()
{
    while (const Middleware *const step = next()) {
        if (auto there = stillThere(); !there)
            return there.error();
        if (const Middleware::AtOnce *const atOnce = step->atOnce()) {
            if (auto passed = (*atOnce)(m_message, *m_room, m_sender); !passed)
                return passed.error();
            continue;
        }
        const Answer<EventMessage> answer
            = (*step->later())(m_message, m_roomId, ConnectedClientPrivate::snapshotOf(*m_sender), m_stop);
        if (!answer.isReady()) {
            answer.watch(this, [this, answer] { answered(m_services.answers.resultOf(answer)); });
            return std::nullopt;
        }
        if (auto taken = take(m_services.answers.resultOf(answer)); !taken)
            return taken.error();
    }
    return m_message;
}

void MiddlewareWalk::answered(Result<EventMessage> &&said)
{
    if (m_stop.stop_requested())
        return;
    Outcome outcome = Result<EventMessage>(m_message);
    if (auto taken = take(std::move(said)); !taken)
        outcome = taken.error();
    else
        outcome = goOn();
    if (!outcome)
        return;
    m_promise.addResult(*std::move(outcome));
    m_promise.finish();
    deleteLater();
}

} // namespace dialogue
