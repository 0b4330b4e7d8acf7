#include "cli/base/clientoptions.h"
#include "cli/base/session.h"
#include "cli/base/style.h"
#include "cli/commands/command.h"
#include "cli/commands/roomtext.h"
#include "process/print.h"

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace dialogue::cli {

namespace {

int runRooms(const Arguments &arguments)
{
    const auto config = clientConfig(arguments);
    if (!config)
        return usageError(config.error(), u"rooms"_s);
    const bool isJson = arguments.isSet(u"json"_s);
    Session session(*config, Session::Patience::None);
    return session.run(
        [&] {
            session.client().listRooms().then(&session, [&](const Result<QList<RoomInfo>> &rooms) {
                if (!rooms)
                    return session.fail(rooms.error());
                const Style style = Style::of(STDOUT_FILENO);
                session.finish(exitCodeOf(print(isJson ? roomsJson(*rooms) : roomsTable(*rooms, style))));
            });
        },
        [&] { session.finish(ExitFailed); });
}

} // namespace

Command roomsCommand()
{
    return {{.name = u"rooms"_s,
             .operands = {},
             .summary = u"Lists the rooms of a server, with how many are in them."_s,
             .details = {},
             .options = clientOptions()
                 + QList<Option>{{u"json"_s, {}, u"One JSON object a line: id, name, size, maxSize ..."_s}}},
            runRooms};
}

} // namespace dialogue::cli
