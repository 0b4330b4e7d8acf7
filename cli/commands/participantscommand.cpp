#include "cli/base/connectionoptions.h"
#include "cli/base/print.h"
#include "cli/base/session.h"
#include "cli/commands/command.h"
#include "cli/commands/roomtext.h"
#include "core/base/foreigntext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::cli {

namespace {

QByteArray participantsText(const RoomInfo &room)
{
    QString text = u"%1: %2 %3"_s.arg(printable(room.id))
                       .arg(room.size)
                       .arg(room.size == 1 ? u"participant"_s : u"participants"_s);
    if (room.maxSize)
        text += u" of at most %1"_s.arg(*room.maxSize);
    return (text + u'\n').toUtf8();
}

int runParticipants(const Arguments &arguments)
{
    const auto config = clientConfig(arguments);
    if (!config)
        return usageError(config.error(), u"participants"_s);
    const QString roomId = arguments.operands().constFirst();
    const bool isJson = arguments.isSet(u"json"_s);
    Session session(*config, Session::Patience::None);
    return session.run(
        [&] {
            session.client().listRooms().then(&session, [&](const Result<QList<RoomInfo>> &rooms) {
                if (!rooms)
                    return session.fail(rooms.error());
                const auto room = std::find_if(rooms->begin(), rooms->end(),
                                               [&](const RoomInfo &info) { return info.id == roomId; });
                if (room == rooms->end()) {
                    return session.fail(
                        {.code = ErrorCode::RoomNotFound,
                         .message = u"the server lists no room '%1'"_s.arg(printable(roomId))});
                }
                session.finish(exitCodeOf(print(isJson ? roomsJson({*room}) : participantsText(*room))));
            });
        },
        [&] { session.finish(ExitFailed); });
}

} // namespace

Command participantsCommand()
{
    return {{.name = u"participants"_s,
             .operands = u"ROOM"_s,
             .summary = u"Says how many are in a room."_s,
             .details = u"Who they are, servers do not tell ordinary clients."_s,
             .leastOperands = 1,
             .mostOperands = 1,
             .options = clientOptions()
                 + QList<Option>{{u"json"_s, {}, u"One JSON object: id, name, size, maxSize ..."_s}}},
            runParticipants};
}

} // namespace dialogue::cli
