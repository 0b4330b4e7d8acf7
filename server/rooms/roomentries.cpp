#include "server/rooms/roomentries.h"

#include "core/protocol/dialogue/names.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/grants.h"
#include "server/rooms/roommanager.h"
#include "server/rooms/spending.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue {

RoomEntries::~RoomEntries() = default;

void RoomEntries::enter(const ConnectedClient &client, std::vector<RoomWish> &&wishes, Ended ended)
{
    const SocketId socket = ConnectedClientPrivate::of(client).socket;
    auto entering = std::make_unique<Entering>();
    entering->wishes = std::move(wishes);
    entering->ended = std::move(ended);
    m_entering[socket] = std::move(entering);
    goOn(socket);
}

void RoomEntries::forget(SocketId socket) { m_entering.erase(socket); }

void RoomEntries::endAll(const Error &error)
{
    std::vector<SocketId> sockets;
    sockets.reserve(m_entering.size());
    for (const auto &[socket, entering] : m_entering)
        sockets.push_back(socket);
    for (const SocketId socket : sockets)
        end(socket, error);
}

void RoomEntries::end(SocketId socket, Result<void> &&outcome)
{
    const auto found = m_entering.find(socket);
    ConnectedClient *const client = m_rooms.client(socket);
    if (found == m_entering.end())
        return;
    const std::unique_ptr<Entering> entering = std::move(found->second);
    m_entering.erase(found);
    if (client && !ConnectedClientPrivate::of(*client).gone) {
        entering->ended(
            *client, outcome ? entered(*client, *entering) : Result<std::vector<RoomPlace>>(outcome.error()));
    }
}

Result<std::vector<RoomPlace>> RoomEntries::entered(const ConnectedClient &client,
                                                    const Entering &entering) const
{
    std::vector<RoomPlace> entries;
    for (std::size_t i = 0; i < entering.wishes.size(); ++i) {
        const QString &roomId = entering.wishes[i].roomId;
        Room *const room = m_rooms.find(roomId);
        if (!room || !room->contains(&client))
            return Error{ErrorCode::JoinDenied, u"Room '%1' is not to be read any more"_s.arg(roomId)};
        entries.push_back({room, entering.offsets[i]});
    }
    return entries;
}

// User code runs in here, which may end anything.
void RoomEntries::goOn(SocketId socket)
{
    for (;;) {
        ConnectedClient *const client = m_rooms.client(socket);
        const auto found = m_entering.find(socket);
        if (found == m_entering.end())
            return;
        Entering &entering = *found->second;
        if (!client || ConnectedClientPrivate::of(*client).gone) {
            m_entering.erase(found);
            return;
        }
        if (entering.at == entering.wishes.size())
            return end(socket, {});
        if (entering.step == Entering::Join) {
            if (auto joined = join(*client, entering); !joined)
                return end(socket, std::move(joined));
            continue;
        }
        const Result<bool> waits = ask(*client, entering);
        if (!waits)
            return end(socket, waits.error());
        if (*waits)
            return;
    }
}

/** As much as a dialogue:join would be asked before its room is. */
Result<void> RoomEntries::mayAsk(ConnectedClient &client, const QString &roomId) const
{
    if (auto granted = checkGrant(ConnectedClientPrivate::of(client).identity, protocol::names::join, roomId);
        !granted)
        return granted;
    return spend(m_rooms.services().budgets, client, BudgetKind::Join);
}

Result<bool> RoomEntries::ask(ConnectedClient &client, Entering &entering)
{
    const RoomServices &services = m_rooms.services();
    const Hooks &hooks = services.hooks;
    const RoomWish &wish = entering.wishes[entering.at];
    const auto step = entering.step;
    if (step == Entering::AskJoin) {
        if (const auto allowed = mayAsk(client, wish.roomId); !allowed)
            return allowed.error();
    }
    entering.step = step == Entering::AskJoin ? Entering::AskSubscribe : Entering::Join;
    const bool isAsked = step == Entering::AskJoin ? hooks.beforeJoinLater != nullptr
                                                   : hooks.beforeSubscribeLater && wish.events;
    if (!isAsked)
        return false;
    const Result<Room *> room = m_rooms.existing(wish.roomId);
    if (!room)
        return room.error();
    // Nobody is asked in vain.
    if (const auto allowed = m_rooms.mayJoin(client, **room, wish.events); !allowed)
        return allowed.error();
    if (const auto allowed = services.answers.mayAsk(); !allowed)
        return allowed.error();
    const SocketId socket = ConnectedClientPrivate::of(client).socket;
    const ClientSnapshot who = ConnectedClientPrivate::snapshotOf(client);
    const QString roomId = wish.roomId;
    std::stop_source stop;
    const Answer<void> answer = step == Entering::AskJoin
        ? Answer<void>(hooks.beforeJoinLater(who, roomId, stop.get_token()))
        : Answer<void>(hooks.beforeSubscribeLater(who, roomId, QStringList(*wish.events), stop.get_token()));
    const auto found = m_entering.find(socket);
    if (found == m_entering.end()) {
        stop.request_stop();
        return true; // The hook has ended it.
    }
    if (answer.isReady()) {
        if (const auto said = services.answers.resultOf(answer); !said)
            return said.error();
        return false;
    }
    found->second->answer
        = services.answers.wait<void>(answer, std::move(stop), [this, socket](Result<void> &&said) {
              const CallDepth::Scope scope(m_rooms.services().calls);
              const auto waiting = m_entering.find(socket);
              if (waiting == m_entering.end())
                  return;
              const auto ended = std::move(waiting->second->answer); // It outlives what holds this.
              if (said)
                  goOn(socket);
              else
                  end(socket, std::move(said));
          });
    return true;
}

Result<void> RoomEntries::join(ConnectedClient &client, Entering &entering)
{
    const RoomWish wish = entering.wishes[entering.at++];
    entering.step = Entering::AskJoin;
    const SocketId socket = ConnectedClientPrivate::of(client).socket;
    const auto joined = m_rooms.join(client, wish.roomId, {.subscriptions = wish.events, .isHeld = true});
    if (!joined)
        return joined.error();
    if (const auto found = m_entering.find(socket); found != m_entering.end())
        found->second->offsets.push_back(joined->joined.position.offset);
    return {};
}

} // namespace dialogue
