#pragma once

#include "core/base/result.h"
#include "server/answers/pendinganswers.h"
#include "server/bridge/gateway.h"
#include "server/rooms/roomplace.h"

#include <QStringList>

#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace dialogue {

class ConnectedClient;
class RoomManager;

/** A room that somebody is to be in, and what it is to get there. */
struct RoomWish
{
    QString roomId;
    std::optional<QStringList> events; ///< Nothing: the room's default subscriptions.
};

/**
 * Takes clients into several rooms, as one by one by dialogue:join, with whoever is to be asked about it, at
 * once or later; it is held there (JoinOptions::isHeld). All or none: where one fails the rest is not tried.
 */
class RoomEntries
{
public:
    /** Where it went well, where it stood when it came in, in the order of the wishes. Not told of who is
     * gone meanwhile. */
    using Ended = std::function<void(ConnectedClient &client, Result<std::vector<RoomPlace>> &&entered)>;

    explicit RoomEntries(RoomManager &rooms)
        : m_rooms(rooms)
    { }
    ~RoomEntries();
    Q_DISABLE_COPY_MOVE(RoomEntries)

    /** \a ended is told in the call, or later. */
    void enter(const ConnectedClient &client, std::vector<RoomWish> &&wishes, Ended ended);
    void forget(SocketId socket);
    /** Who is on its way ends with \a error. */
    void endAll(const Error &error);

private:
    struct Entering
    {
        std::vector<RoomWish> wishes;
        Ended ended;
        std::size_t at = 0; ///< The wish that is next.
        enum { AskJoin, AskSubscribe, Join } step = AskJoin; ///< Of it.
        std::vector<quint64> offsets = {}; ///< Of each room that it is in, when it came in.
        std::unique_ptr<PendingAnswer> answer = {};
    };

    void goOn(SocketId socket);
    [[nodiscard]] Result<void> mayAsk(ConnectedClient &client, const QString &roomId) const;
    /** True: the answer has to be waited for. */
    [[nodiscard]] Result<bool> ask(ConnectedClient &client, Entering &entering);
    [[nodiscard]] Result<void> join(ConnectedClient &client, Entering &entering);
    [[nodiscard]] Result<std::vector<RoomPlace>> entered(const ConnectedClient &client,
                                                         const Entering &entering) const;
    void end(SocketId socket, Result<void> &&outcome);

    RoomManager &m_rooms;
    std::unordered_map<SocketId, std::unique_ptr<Entering>> m_entering;
};

} // namespace dialogue
