#include "cli/base/clientoptions.h"
#include "cli/commands/command.h"
#include "cli/commands/tail.h"

using namespace Qt::StringLiterals;

namespace dialogue::cli {

namespace {

int runTail(const Arguments &arguments)
{
    const auto config = clientConfig(arguments);
    if (!config)
        return usageError(config.error(), u"tail"_s);
    const auto options = tailOptions(arguments);
    if (!options)
        return usageError(options.error(), u"tail"_s);
    Session session(*config, Session::Patience::Endless);
    Tail tail(session, *options);
    return session.run([&] { tail.begin(); }, [&] { tail.end(); });
}

} // namespace

Command tailCommand()
{
    return {
        {.name = u"tail"_s,
         .operands = u"[ROOM...]"_s,
         .summary = u"Follows rooms: every event in a line, until Ctrl-C."_s,
         .details
         = u"A lost connection is told on stderr, and comes back by itself; what happened meanwhile\n"
           "follows, or a line on stderr says that it cannot be recovered. At the end stderr says\n"
           "where to go on. --since takes such an EPOCH:OFFSET, or an offset, or a time such as 90s,\n"
           "10m, 2h, 1d; the last two see what the room keeps as its history.\n\n"
           "Examples:\n"
           "  dialogue tail chat --history 10\n"
           "  dialogue tail --direct\n"
           "  dialogue tail sensors --event reading,alarm --json | jq .data\n"_s,
         .leastOperands = 0,
         .mostOperands = -1,
         .options
         = clientOptions()
             + QList<
                 Option>{{u"event"_s, u"NAMES"_s, u"Only these events, with commas between them."_s},
                         {u"history"_s, u"N"_s, u"Begin with the last N events the room keeps."_s},
                         {u"since"_s, u"WHERE"_s,
                          u"Begin after a place in the room's log, or some time ago."_s},
                         {u"count"_s, u"N"_s, u"End after N events."_s},
                         {u"direct"_s,
                          {},
                          u"What the server says to this client or to all, outside of rooms, too."_s},
                         {u"json"_s,
                          {},
                          u"One JSON object a line: event, roomId, data, from, timestamp, offset ..."_s}}},
        runTail};
}

} // namespace dialogue::cli
