#include "cli/base/clientoptions.h"
#include "cli/base/session.h"
#include "cli/commands/command.h"
#include "cli/commands/participantstext.h"
#include "core/base/foreigntext.h"
#include "process/print.h"

#include <QPointer>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace dialogue::cli {

namespace {

/** Finds the room, and where it tells who is in it, goes in to ask. */
class Asking : public QObject
{
public:
    Asking(Session &session, QString roomId, bool isJson)
        : m_session(session)
        , m_roomId(std::move(roomId))
        , m_isJson(isJson)
    { }

    void begin()
    {
        m_session.client().listRooms().then(
            this, [this](const Result<QList<RoomInfo>> &rooms) { onListed(rooms); });
    }

private:
    void onListed(const Result<QList<RoomInfo>> &rooms)
    {
        if (!rooms)
            return m_session.fail(rooms.error());
        const auto room = std::ranges::find(*rooms, m_roomId, &RoomInfo::id);
        if (room == rooms->end()) {
            return m_session.fail({.code = ErrorCode::RoomNotFound,
                                   .message = u"the server lists no room '%1'"_s.arg(printable(m_roomId))});
        }
        m_presence.room = *room;
        if (room->presence == Presence::Off)
            return finish();
        m_session.client()
            .join(m_roomId, {.subscriptions = QStringList()})
            .then(this, [this](const Result<RoomContext *> &joined) {
                if (!joined)
                    return m_session.fail(joined.error());
                watch(*joined);
            });
    }

    void watch(RoomContext *room)
    {
        room->watchParticipants().then(
            this, [this, alive = QPointer<RoomContext>(room)](const Result<void> &watching) {
                if (!watching)
                    return m_session.fail(watching.error());
                if (!alive)
                    return m_session.fail({.code = ErrorCode::NotInRoom, .message = u"the room is gone"_s});
                m_presence.users = alive->userCount();
                m_presence.participants = alive->participants();
                leaveOut(m_session.client());
                finish();
            });
    }

    /** This command, where it has a name of its own: as another's it cannot be told from the others. */
    void leaveOut(const DialogueClient &client)
    {
        if (client.userId() != client.clientId())
            return;
        const auto isUs = [&client](const Participant &each) { return each.userId == client.userId(); };
        if (m_presence.participants.removeIf(isUs) > 0 || m_presence.room.presence == Presence::Counts)
            --*m_presence.users;
    }

    void finish()
    {
        const QByteArray text = m_isJson ? participantsJson(m_presence) : participantsText(m_presence);
        m_session.finish(exitCodeOf(print(text)));
    }

    Session &m_session;
    const QString m_roomId;
    const bool m_isJson;
    WhoIsIn m_presence;
};

int runParticipants(const Arguments &arguments)
{
    const auto config = clientConfig(arguments);
    if (!config)
        return usageError(config.error(), u"participants"_s);
    Session session(*config, Session::Patience::None);
    Asking asking(session, arguments.operands().constFirst(), arguments.isSet(u"json"_s));
    return session.run([&] { asking.begin(); }, [&] { session.finish(ExitFailed); });
}

} // namespace

Command participantsCommand()
{
    return {{.name = u"participants"_s,
             .operands = u"ROOM"_s,
             .summary = u"Says how many are in a room, and who, where the room tells that."_s,
             .details
             = u"A room whose presence is `users` tells its participants who they are: the command\n"
               "joins it to ask. It leaves itself out, unless --token gives it the name of a user.\n"_s,
             .leastOperands = 1,
             .mostOperands = 1,
             .options = clientOptions()
                 + QList<Option>{{u"json"_s,
                                  {},
                                  u"One JSON object: id, name, size, maxSize ..., users, participants."_s}}},
            runParticipants};
}

} // namespace dialogue::cli
